"""Looking things up in the library, and what changed between two rubrics."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, Q, QuerySet, TextField, Value

from requisitions.models import Competency

Entry = Mapping[str, Any]
# In the order in which they are told, each in words.
PARTS = {
    "name": "name",
    "definition": "definition",
    "anchors": "anchors",
    "must_have": "must-have or nice-to-have",
    "weight": "weight",
    "weight_reason": "reason for its weight",
}


def named_like(text: str) -> QuerySet[Competency]:
    """Entries with this text in their name or in an alias, in any case."""
    aliases = Func(F("aliases"), Value("\n"), function="array_to_string", output_field=TextField())
    known = Competency.objects.annotate(known_as=aliases)
    return known.filter(Q(name__icontains=text) | Q(known_as__icontains=text))


@dataclass(frozen=True)
class Change:
    """`part` is "" where a whole competency came, went or moved."""

    competency: str
    name: str
    kind: str
    part: str = ""
    before: Any = None
    after: Any = None

    @property
    def sentence(self) -> str:
        match self.kind:
            case "added":
                return f"{self.name} is asked for now."
            case "removed":
                return f"{self.name} is not asked for any more."
            case "moved":
                return f"{self.name} moved from place {self.before} to place {self.after}."
        return f"{self.name}: the {PARTS[self.part]} changed."


def differences(before: Sequence[Entry], after: Sequence[Entry]) -> Iterator[Change]:
    """What changed between two frozen rubrics: who came, who went, then part by part."""
    old = {entry["competency"]: entry for entry in before}
    new = {entry["competency"]: entry for entry in after}
    yield from (Change(key, new[key]["name"], "added") for key in new if key not in old)
    yield from (Change(key, old[key]["name"], "removed") for key in old if key not in new)
    both = [key for key in new if key in old]
    for key in both:
        for part in PARTS:
            was, now = old[key].get(part), new[key].get(part)
            if was != now:
                yield Change(key, new[key]["name"], "changed", part, was, now)
    yield from moves([key for key in old if key in new], both, new)


def moves(
    before: Sequence[str], after: Sequence[str], new: Mapping[str, Entry]
) -> Iterator[Change]:
    for place, key in enumerate(after):
        if before[place] != key:
            yield Change(key, new[key]["name"], "moved", "", before.index(key) + 1, place + 1)

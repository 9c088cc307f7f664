"""Which roles resemble one, and why, in words. Pure."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

# How much each likeness counts when it is complete.
COMPETENCIES, TITLE, DEPARTMENT, PLACE = 0.55, 0.30, 0.10, 0.05
# What a competency counts for that everybody asks for.
COMMON = 0.01
# Words that say how senior, not what.
RANKS = frozenset([
    "a", "an", "and", "at", "for", "in", "of", "on", "or", "the", "to", "with", "junior", "senior",
    "staff", "principal", "lead", "head", "chief", "i", "ii", "iii", "iv", "m", "f", "d", "x", "w",
])  # fmt: skip
WORD = re.compile(r"[^\W_]+(?:[+#]+)?")


@dataclass(frozen=True)
class Role:
    """What is compared of a requisition; `id` is whatever the caller finds it by."""

    id: str
    title: str
    department: str = ""
    places: tuple[str, ...] = ()
    competencies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    id: str
    score: float
    reasons: tuple[str, ...]


# By competency in lower case: how much it counts where it is shared.
Rarity = Mapping[str, float]


def similar(
    to: Role, among: Iterable[Role], *, rarity: Rarity | None = None, limit: int = 5
) -> list[Match]:
    """The roles that share competencies or title words with `to`, the most alike first.

    A shared competency counts for more, the fewer roles ask for it; `rarity` says how rare each
    is where `among` is a part of all. A shared department or place alone makes no likeness.
    """
    others = [role for role in among if role.id != to.id]
    if rarity is None:
        rarity = rarities([to, *others])
    matches = [match(to, other, rarity) for other in others]
    alike = [each for each in matches if each is not None]
    return sorted(alike, key=lambda each: (-each.score, each.id))[:limit]


def rarities(roles: Sequence[Role]) -> dict[str, float]:
    """By competency in lower case: near zero when every role asks for it."""
    asked = Counter(name for role in roles for name in folded(role.competencies))
    return {name: math.log((1 + len(roles)) / count) for name, count in asked.items()}


def match(to: Role, other: Role, rarity: Rarity) -> Match | None:
    wanted, offered = folded(to.competencies), folded(other.competencies)
    shared = [name for name in to.competencies if name.casefold() in wanted & offered]
    words = [word for word in title_words(to.title) if word in title_words(other.title)]
    if not shared and not words:
        return None
    all_words = len({*title_words(to.title), *title_words(other.title)})
    same_department = bool(to.department) and to.department == other.department
    places = [place for place in to.places if place in other.places]
    score = (
        COMPETENCIES * share(shared, to.competencies, rarity)
        + TITLE * len(words) / max(all_words, 1)
        + DEPARTMENT * same_department
        + PLACE * bool(places)
    )
    return Match(
        other.id, round(score, 6), tuple(reasons(to, shared, words, same_department, places))
    )


def share(shared: Sequence[str], wanted: Sequence[str], rarity: Rarity) -> float:
    """Of 1; one that is not known to be rare counts a little."""
    total = sum(rarity.get(name, COMMON) or COMMON for name in folded(wanted))
    found = sum(rarity.get(name, COMMON) or COMMON for name in folded(shared))
    return found / total if total else 0.0


def reasons(
    to: Role,
    shared: Sequence[str],
    words: Sequence[str],
    same_department: bool,
    places: Sequence[str],
) -> Iterable[str]:
    if shared:
        yield f"Asks for the same {noun(shared)}: {listed(shared)}"
    if words:
        yield f"A similar title: {listed(words)}"
    if same_department:
        yield f"The same department: {to.department}"
    if places:
        yield f"The same place: {listed(places)}"


def noun(shared: Sequence[str]) -> str:
    return "competency" if len(shared) == 1 else f"{len(shared)} competencies"


def listed(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and 3 more`."""
    if len(names) > 4:
        return f"{', '.join(names[:3])} and {len(names) - 3} more"
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def folded(names: Collection[str]) -> set[str]:
    return {name.casefold() for name in names}


def title_words(title: str) -> list[str]:
    """In order, each once, in lower case, without what only says how senior."""
    words = [word.casefold() for word in WORD.findall(title)]
    return list(dict.fromkeys(word for word in words if word not in RANKS))

"""What an edit changed, in sentences."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ats.accounts.models import User
from ats.events.models import Event
from requisitions.models import RequisitionChange

# Beyond this many characters a value is a text, and two of them side by side say nothing.
SHORT = 120


def what_changed(user: User, events: Sequence[Event]) -> Mapping[int, list[str]]:
    """For each event by its key, a sentence per field that this reader may see; one query."""
    by_id = {uuid: event.pk for event in events for uuid in event.ids.get("changes", ())}
    found: dict[int, list[str]] = defaultdict(list)
    if by_id:
        rows = RequisitionChange.objects.visible_to(user).filter(public_id__in=by_id)
        for row in rows.order_by("pk"):
            found[by_id[str(row.public_id)]].append(sentence(row))
    return found


def sentence(change: RequisitionChange) -> str:
    name = change.field.removeprefix("custom.").replace("_", " ").capitalize()
    old, new = spoken(change.old), spoken(change.new)
    if max(len(old), len(new)) <= SHORT:
        return f"{name}: from {old} to {new}"
    if isinstance(change.old, list) and isinstance(change.new, list):
        return f"{name}: {differences(change.old, change.new)}"
    return f"{name} was rewritten: {shortened(new)}"


def differences(old: list[Any], new: list[Any]) -> str:
    gone = [shortened(spoken(each)) for each in old if each not in new]
    added = [shortened(spoken(each)) for each in new if each not in old]
    said = [f"without {listed(gone)}"] if gone else []
    said += [f"with {listed(added)}"] if added else []
    return ", ".join(said) or "in another order"


def listed(lines: Iterable[str]) -> str:
    return "; ".join(lines)


def shortened(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"


def spoken(value: Any) -> str:
    """A value of JSON as a person says it."""
    if value in (None, "", [], {}):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return listed(map(spoken, value))
    if isinstance(value, dict):
        return spoken_row(value)
    return value.replace("_", " ") if is_word(value) else str(value)


def is_word(value: Any) -> bool:
    """A value of an enum, such as `full_time`."""
    return isinstance(value, str) and value.isidentifier() and value.islower()


def spoken_row(row: dict[str, Any]) -> str:
    period = f" a {row['period']}" if row.get("period") else ""
    if "minimum" in row:
        scope = f", {row['scope']}" if row["scope"] else ""
        return f"{row['minimum']} to {row['maximum']} {row['currency']}{period}{scope}"
    if "amount" in row:
        return f"{row['amount']} {row['currency']}{period}"
    if "competency" in row:
        wanted = "must have" if row["is_must_have"] else "nice to have"
        weight = "" if float(row["weight"]) == 1 else f", weight {float(row['weight']):g}"
        return f"{row['competency']['name']} ({wanted}{weight})"
    said = row.get("name") or row.get("text") or row.get("question")
    return str(said) if said else ", ".join(f"{name} {spoken(each)}" for name, each in row.items())

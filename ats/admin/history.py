"""What happened to a row, in words: events hold ids, so that names are looked up here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ats.accounts.models import User
from ats.base import Row
from ats.events.models import Event
from ats.events.told import told_to

STRANGERS = {
    "link": "the candidate, by their link",
    "public": "the careers page",
    "system": "Evenhand",
}


@dataclass(frozen=True)
class Happened:
    at: datetime
    what: str
    who: str
    details: list[str]


Explain = Callable[[Sequence[Event]], Mapping[int, list[str]]]


def history_of(
    row: Any, reader: User, *, newest: int = 12, explain: Explain = lambda events: {}
) -> list[Happened]:
    """What this reader may know; nothing for a row that events cannot name.

    `explain` gives sentences to events, by their key: values are kept by whoever recorded them.
    """
    if not isinstance(row, Row):
        return []
    events = list(told_to(reader, row.public_id).order_by("-pk")[:newest])
    people = names_of(event.user_id for event in events)
    said = explain(events)
    return [
        Happened(event.at, words(event.verb), who(event, people), said.get(event.pk, []))
        for event in events
    ]


def names_of(ids: Any) -> dict[Any, str]:
    known = {each for each in ids if each}
    return {user.public_id: str(user) for user in User.objects.filter(public_id__in=known)}


def words(verb: str) -> str:
    return verb.replace(".", " ").replace("_", " ").capitalize()


def who(event: Event, people: dict[Any, str]) -> str:
    if event.user_id:
        return people.get(event.user_id, "somebody who has left")
    return STRANGERS.get(event.actor_kind, event.actor_kind)

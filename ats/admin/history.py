"""What happened to a row, in words: events hold ids, so that names are looked up here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ats.accounts.models import User
from ats.base import Row
from ats.events.models import Event, EventSubject

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


def history_of(row: Any, *, newest: int = 12) -> list[Happened]:
    """Nothing for a row that events cannot name."""
    if not isinstance(row, Row):
        return []
    about = EventSubject.objects.filter(object_id=row.public_id)
    events = list(Event.objects.filter(pk__in=about.values("event")).order_by("-pk")[:newest])
    people = names_of(event.user_id for event in events)
    return [Happened(event.at, words(event.verb), who(event, people)) for event in events]


def names_of(ids: Any) -> dict[Any, str]:
    known = {each for each in ids if each}
    return {user.public_id: str(user) for user in User.objects.filter(public_id__in=known)}


def words(verb: str) -> str:
    return verb.replace(".", " ").replace("_", " ").capitalize()


def who(event: Event, people: dict[Any, str]) -> str:
    if event.user_id:
        return people.get(event.user_id, "somebody who has left")
    return STRANGERS.get(event.actor_kind, event.actor_kind)

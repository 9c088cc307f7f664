"""What happened around a person, as one reader may know it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.fields.json import KT

from ats.accounts.models import User
from ats.events.histories import GUARDED
from ats.events.models import Event
from ats.events.told import told_about
from candidates.models import Application, Candidate, Note, Offer
from requisitions.models import Stage

NOTES = ("note.added", "note.edited")
SECRET = ("follow_up.asked", "follow_up.snoozed", "follow_up.done", "attachment.added")
STRANGERS = {
    "link": "the candidate, by their link",
    "public": "the candidate",
    "system": "Evenhand",
}


@dataclass(frozen=True)
class Known:
    """What the ids of some events stand for, of what this reader may see."""

    people: dict[UUID, str] = field(default_factory=dict)
    stages: dict[str, str] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    applications: dict[UUID, Application] = field(default_factory=dict)
    guarded: frozenset[int] = frozenset()


def activity_of(candidate: Candidate, user: User) -> QuerySet[Event]:
    """Events about the person and about those of their applications and offers that the reader
    may see; a note that is not for them did not happen, nor did others' reminders."""
    applications = Application.objects.visible_to(user).filter(candidate=candidate)
    offers = Offer.objects.visible_to(user).filter(application__candidate=candidate)
    notes = Note.objects.visible_to(user).filter(application__candidate=candidate)
    ids = [
        candidate.public_id,
        *applications.values_list("public_id", flat=True),
        *offers.values_list("public_id", flat=True),
    ]
    readable = [str(one) for one in notes.values_list("public_id", flat=True)]
    events = told_about(user, ids).exclude(verb__in=SECRET).annotate(note_id=KT("ids__note"))
    hidden = events.filter(verb__in=NOTES).exclude(note_id__in=readable)
    return events.exclude(pk__in=hidden.values("pk"))


def known_to(user: User, events: Sequence[Event]) -> Known:
    """Four look-ups, however many events."""
    said = [event.ids for event in events]
    stages = {ids.get(key) for ids in said for key in ("from_stage", "to_stage")} - {None}
    notes = {ids["note"] for ids in said if "note" in ids}
    about = {s.object_id for event in events for s in event.subjects.all()}
    applications = Application.objects.visible_to(user).filter(public_id__in=about)
    people = User.objects.filter(public_id__in={e.user_id for e in events if e.user_id})
    mine = Note.objects.visible_to(user).filter(public_id__in=notes).select_related("author")
    return Known(
        people={person.public_id: person.name for person in people},
        stages={str(s.public_id): s.name for s in Stage.objects.filter(public_id__in=stages)},
        notes={str(note.public_id): note for note in mine},
        applications={a.public_id: a for a in applications.select_related("requisition")},
        guarded=guarded(user, events),
    )


def guarded(user: User, events: Sequence[Event]) -> frozenset[int]:
    """Those whose ids are not for this reader."""
    found = set()
    for rows in {GUARDED[event.verb] for event in events if event.verb in GUARDED}:
        asked = [event for event in events if GUARDED.get(event.verb) is rows]
        ids = {s.object_id for event in asked for s in event.subjects.all()}
        seen = set(rows(user).filter(public_id__in=ids).values_list("public_id", flat=True))
        for event in asked:
            if not seen & {subject.object_id for subject in event.subjects.all()}:
                found.add(event.pk)
    return frozenset(found)


def words(event: Event) -> str:
    return event.verb.replace(".", " ").replace("_", " ").capitalize()


def detail(event: Event, known: Known) -> str:
    """From where to where, for a move."""
    ids: dict[str, Any] = {} if event.pk in known.guarded else event.ids
    before, after = (known.stages.get(ids.get(key, "")) for key in ("from_stage", "to_stage"))
    return f"from {before} to {after}" if before and after else ""


def who(event: Event, known: Known) -> str:
    if event.user_id:
        return known.people.get(event.user_id, "somebody who has left")
    return STRANGERS.get(event.actor_kind, event.actor_kind)


def application_of(event: Event, known: Known) -> Application | None:
    about = (known.applications.get(subject.object_id) for subject in event.subjects.all())
    return next((each for each in about if each), None)


def lines(user: User, events: Sequence[Event]) -> list[dict[str, Any]]:
    known = known_to(user, events)
    return [
        {
            "event": event,
            "what": words(event),
            "detail": detail(event, known),
            "who": who(event, known),
            "application": application_of(event, known),
            "note": known.notes.get(event.ids.get("note", "")),
        }
        for event in events
    ]

"""Whose history can be read, by whom, and which of its events a reader is told."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from ats.events.models import Event, EventSubject

Readable = Callable[[Any], QuerySet[Any]]

HISTORIES: dict[str, Readable] = {}
GUARDED: dict[str, Readable] = {}


def history_of(kind: str, rows: type[Model] | Readable) -> None:
    """Each app names, when it is ready, the kinds whose history can be read, and by whom:
    a model with `visible_to(user)`, or a function from a user to the rows they may see."""

    def visible(user: Any) -> QuerySet[Any]:
        return rows._default_manager.all().visible_to(user)  # type: ignore[union-attr,no-any-return]

    HISTORIES[kind] = visible if isinstance(rows, type) else rows


def guard_ids(*verbs: str, rows: Readable) -> None:
    """What these events carry is told only to those who find a subject of theirs among `rows`."""
    GUARDED.update(dict.fromkeys(verbs, rows))


def told_to(user: Any, object_id: UUID) -> QuerySet[Event]:
    """The events about an object, without those that also happened to something which exists and
    which this reader may not see: what one row may tell, the history of another must not."""
    about = EventSubject.objects.filter(object_id=object_id).values("event")
    beside = EventSubject.objects.filter(event__in=about, kind__in=HISTORIES)
    hidden = Q(pk=None)
    for kind in list(beside.values_list("kind", flat=True).distinct()):
        seen = HISTORIES[kind](user)
        named = beside.filter(kind=kind).values("object_id")
        there = seen.model._base_manager.filter(public_id__in=named)
        secret = there.exclude(pk__in=seen.filter(public_id__in=named).values("pk"))
        hidden |= Q(kind=kind, object_id__in=secret.values("public_id"))
    secrets = beside.filter(hidden).values("event")
    return Event.objects.filter(pk__in=about).exclude(pk__in=secrets)

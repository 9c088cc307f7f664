"""Which events about an object a reader is told."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from ats.events import histories
from ats.events.models import Event, EventSubject


def told_to(user: Any, object_id: UUID) -> QuerySet[Event]:
    """The events about an object that this reader may know."""
    return told_about(user, [object_id])


def told_about(user: Any, object_ids: Collection[UUID]) -> QuerySet[Event]:
    """The events about any of these, without those that also happened to something which exists
    and which this reader may not see: what one row may tell, the history of another must not."""
    about = EventSubject.objects.filter(object_id__in=object_ids).values("event")
    beside = EventSubject.objects.filter(event__in=about, kind__in=histories.HISTORIES)
    hidden = Q(pk=None)
    for kind in list(beside.values_list("kind", flat=True).distinct()):
        seen = histories.HISTORIES[kind](user)
        named = beside.filter(kind=kind).values("object_id")
        there = seen.model._base_manager.filter(public_id__in=named)
        secret = there.exclude(pk__in=seen.filter(public_id__in=named).values("pk"))
        hidden |= Q(kind=kind, object_id__in=secret.values("public_id"))
    secrets = beside.filter(hidden).values("event")
    return Event.objects.filter(pk__in=about).exclude(pk__in=secrets)

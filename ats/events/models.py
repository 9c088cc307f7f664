"""What happened: append-only, ids only, chained by hash per stream."""

from typing import Any
from uuid import UUID

import pgtrigger
from django.db import models

from ats.base import Row
from ats.events.histories import unseen


class EventSet(models.QuerySet["Event"]):
    def visible_to(self, user: Any) -> "EventSet":
        """For site admins: all but what also happened to something that they may not see."""
        return self.exclude(touches_secret(user, "pk")) if user.is_site_admin else self.none()


def touches_secret(user: Any, event: str) -> models.Exists:
    """Whether the event has a subject that exists and that this reader may not see."""
    subjects = EventSubject.objects.filter(event=models.OuterRef(event))
    return models.Exists(subjects.filter(unseen(user, "kind", "object_id")))


class Event(Row):
    """A fact. It holds ids, never personal data, so that erasure never rewrites the past."""

    verb = models.CharField(max_length=60)
    stream = models.CharField(max_length=80)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    user_id = models.UUIDField(null=True)
    rule = models.CharField(max_length=60, blank=True)
    ids = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EventSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="one_event_per_place_in_stream")
        ]
        triggers = [
            pgtrigger.Protect(
                name="events_are_never_changed",
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
            pgtrigger.Trigger(
                name="events_are_never_truncated",
                operation=pgtrigger.Truncate,
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                func="RAISE EXCEPTION 'events are never truncated';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} #{self.seq}"

    def subject(self, kind: str) -> UUID:
        """The public id of this event's subject of that kind. Raises KeyError."""
        return {row.kind: row.object_id for row in self.subjects.all()}[kind]


class EventSubject(models.Model):
    """To what it happened. No foreign key: history outlives its subject."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="subjects")
    kind = models.CharField(max_length=40)
    object_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "kind", "object_id"], name="a_subject_once")
        ]
        # reader: the history of one object, newest first
        indexes = [models.Index(fields=["object_id", "-event"], name="history_of_an_object")]
        triggers = [
            pgtrigger.Protect(
                name="subjects_are_never_changed",
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
        ]


class EventHead(models.Model):
    """The last link of each stream: locked while a new one is added."""

    stream = models.CharField(max_length=80, primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class Checkpoint(models.Model):
    """Every hour: a hash over all heads that moved, chained to the checkpoint before."""

    at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)


class CheckpointHead(models.Model):
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="heads")
    stream = models.CharField(max_length=80)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="a_head_is_checked_once")
        ]


class OwedSet(models.QuerySet["Owed"]):
    def visible_to(self, user: Any) -> "OwedSet":
        seen = self.exclude(touches_secret(user, "event"))
        return seen if user.is_site_admin else self.none()


class Owed(models.Model):
    """A reaction that an event still owes; deleted when paid, so this table is nearly empty."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    reaction = models.CharField(max_length=120)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    parked_at = models.DateTimeField(null=True)

    objects = OwedSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "reaction"], name="a_reaction_is_owed_once")
        ]
        indexes = [
            # reader: outbox.relay.claim
            models.Index(
                fields=["due_at", "id"],
                name="debts_by_due_time",
                condition=models.Q(parked_at=None),
            )
        ]

"""`remind()` and `forget()` in a verb's transaction; `ring_due()` by the sweep."""

import logging
import traceback
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction

from ats import clock
from ats.base import Row
from ats.events.log import kind_of
from ats.reminders.models import Reminder

log = logging.getLogger(__name__)

# A ringer reads its subject again, does what is due, and says when to ring next, or None.
Ringer = Callable[[Reminder], datetime | None]
RINGERS: dict[str, Ringer] = {}
BATCH = 100
ATTEMPTS = 5


def rings(kind: str) -> Callable[[Ringer], Ringer]:
    def register(ringer: Ringer) -> Ringer:
        RINGERS[kind] = ringer
        return ringer

    return register


def remind(subject: Row, kind: str, *, at: datetime, key: str = "") -> Reminder:
    """Ring at `at`; a second call with the same subject, kind and key moves the first one."""
    reminder, _ = Reminder.objects.update_or_create(
        key=key_for(subject, kind, key),
        defaults={
            "kind": kind,
            "subject_kind": kind_of(subject),
            "subject_id": subject.public_id,
            "due_at": at,
            "parked_at": None,
            "attempts": 0,
        },
    )
    return reminder


def forget(subject: Row, kind: str, *, key: str = "") -> None:
    """There is nothing to remind of any more; forgetting twice is fine."""
    Reminder.objects.filter(key=key_for(subject, kind, key)).delete()


def forget_all(subjects: Iterable[Row], kind: str) -> None:
    """Those that are not ringing at this moment: a verb never waits for its own reminder, and a
    ringer reads its subject again anyway."""
    keys = [key_for(subject, kind, "") for subject in subjects]
    idle = Reminder.objects.filter(key__in=keys).select_for_update(skip_locked=True)
    Reminder.objects.filter(pk__in=[reminder.pk for reminder in idle]).delete()


def key_for(subject: Row, kind: str, key: str) -> str:
    return f"{kind}:{subject.public_id}:{key}"


def ring_due() -> int:
    """Ring everything that is due; returns how many rang."""
    rung = 0
    while batch := ring_batch():
        rung += batch
    return rung


@transaction.atomic
def ring_batch() -> int:
    at = clock.now()
    due = Reminder.objects.filter(due_at__lte=at, parked_at=None).order_by("due_at", "id")
    batch = list(due.select_for_update(skip_locked=True)[:BATCH])
    for reminder in batch:
        ring(reminder, at)
    return len(batch)


def ring(reminder: Reminder, at: datetime) -> None:
    """In a savepoint: one that fails waits, and after five attempts a person has to look."""
    try:
        with transaction.atomic():
            again = RINGERS[reminder.kind](reminder)
            move_on(reminder, again)
    except Exception:
        log.exception("reminder %s of kind %s failed", reminder.public_id, reminder.kind)
        reminder.attempts += 1
        reminder.last_error = traceback.format_exc(limit=-3)[-2000:]
        reminder.due_at = at + timedelta(seconds=2**reminder.attempts)
        reminder.parked_at = at if reminder.attempts >= ATTEMPTS else None
        reminder.save(update_fields=["attempts", "last_error", "due_at", "parked_at"])


def move_on(reminder: Reminder, again: datetime | None) -> None:
    if again is None:
        reminder.delete()
        return
    reminder.rung += 1
    reminder.attempts, reminder.due_at = 0, again
    reminder.save(update_fields=["rung", "attempts", "due_at"])

"""Claim what events owe, react, and pay or postpone."""

import logging
import traceback
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction

from ats import clock
from ats.events.log import REACTIONS
from ats.events.models import Owed

log = logging.getLogger(__name__)

BATCH = 100
# A slow reaction (reading a file) must not hold back what the others of its batch wrote.
BATCH_SECONDS = 1.0
ATTEMPTS = 5
LONGEST_WAIT = timedelta(hours=1)


def relay_events() -> int:
    """Pay everything that is due; returns how many reactions ran."""
    paid = 0
    while batch := relay_batch():
        paid += batch
    return paid


@transaction.atomic
def relay_batch() -> int:
    """Pay one batch, each in its own savepoint, so that one that fails steps aside alone."""
    at, end = clock.now(), monotonic() + BATCH_SECONDS
    tried = 0
    paid = []
    for debt in claim(at):
        tried += 1
        if pay(debt, at):
            paid.append(debt.pk)
        if monotonic() > end:
            break
    Owed.objects.filter(pk__in=paid).delete()
    return tried


def claim(at: datetime) -> list[Owed]:
    due = Owed.objects.filter(due_at__lte=at, parked_at=None).order_by("due_at", "id")
    return list(
        due.select_related("event")
        .prefetch_related("event__subjects")
        .select_for_update(skip_locked=True, of=("self",))[:BATCH]
    )


def pay(debt: Owed, at: datetime) -> bool:
    try:
        with transaction.atomic():
            REACTIONS[debt.reaction](debt.event)
    except Exception:
        log.exception("reaction %s to event %s failed", debt.reaction, debt.event.public_id)
        postpone(debt, at, traceback.format_exc(limit=-3))
        return False
    return True


def postpone(debt: Owed, at: datetime, error: str) -> None:
    """Wait 2, 4, 8 ... seconds, up to an hour; after five attempts a person has to look."""
    debt.attempts += 1
    debt.last_error = error[-2000:]
    debt.due_at = at + min(timedelta(seconds=2**debt.attempts), LONGEST_WAIT)
    debt.parked_at = at if debt.attempts >= ATTEMPTS else None
    debt.save(update_fields=["attempts", "last_error", "due_at", "parked_at"])


@transaction.atomic
def retry_debt(debt: Owed) -> Owed:
    """Take a parked reaction up again, at once."""
    debt = Owed.objects.select_for_update().get(pk=debt.pk)
    debt.attempts, debt.parked_at, debt.due_at = 0, None, clock.now()
    debt.save(update_fields=["attempts", "parked_at", "due_at"])
    return debt

"""Forget one person, everywhere at once: every table that was registered, in one transaction."""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction

from ats import clock
from ats.base import Row
from ats.events.actors import Actor
from ats.events.log import kind_of, record
from ats.privacy.files import doom
from ats.privacy.models import Erasure
from ats.privacy.registry import HOLDINGS, PEOPLE, Holding, Rows, ids_of
from ats.reminders.bell import remind, rings
from ats.reminders.models import Reminder

log = logging.getLogger(__name__)

SWEEP = "erasure.sweep"
# Whoever read the person before the erasure may write a little later: it is gone over again.
SOON, LATER = timedelta(minutes=10), timedelta(days=1)


@transaction.atomic
def erase(person: Row, *, because: str, by: Actor) -> Erasure:
    """The caller holds the person's lock, and has asked whether it may be.

    Once more over somebody who was erased before changes what came back and nothing else.
    """
    kind, at = kind_of(person), clock.now()
    held = Erasure.objects.filter(person_kind=kind, person_id=person.public_id).first()
    ids = sorted({*ids_of(person), *(held.ids if held else ())})
    counts = sweep(person, ids)
    if held:
        held.ids, held.repeated_at = ids, at
        held.save(update_fields=["ids", "repeated_at"])
        return held
    receipt = Erasure.objects.create(
        person_kind=kind,
        person_id=person.public_id,
        because=because,
        erased_at=at,
        actor_kind=by.kind,
        user=by.user,
        counts=counts,
        ids=ids,
    )
    record(f"{kind}.erased", person, by=by, erasure=receipt, because=because)
    remind(receipt, SWEEP, at=at + SOON)
    return receipt


def sweep(person: Row, ids: list[UUID]) -> dict[str, int]:
    """How many rows of which table were erased, or kept without the person."""
    counts = {}
    for holding in HOLDINGS.values():
        rows = holding.rows(person, ids)
        if number := rows.count():
            counts[holding.model._meta.label_lower] = number
            doom(files_in(rows, holding))
            holding.erase.run(rows)
    return counts


def files_in(rows: Rows, holding: Holding) -> list[str]:
    """The stored files that erasing these rows leaves without a name."""
    covered = holding.erase.covers
    columns = [
        column.name
        for column in holding.model._meta.fields
        if isinstance(column, models.FileField) and (covered is None or column.name in covered)
    ]
    return [name for column in columns for name in rows.values_list(column, flat=True) if name]


@rings(SWEEP)
def sweep_again(reminder: Reminder) -> datetime | None:
    """Ten minutes and a day after the erasure."""
    receipt = Erasure.objects.get(public_id=reminder.subject_id)
    person = PEOPLE[receipt.person_kind]._default_manager.get(public_id=receipt.person_id)
    again(person, receipt)
    return clock.now() + LATER if reminder.rung == 0 else None


def again(person: Any, receipt: Erasure) -> None:
    sweep(person, sorted({*ids_of(person), *receipt.ids}))
    receipt.repeated_at = clock.now()
    receipt.save(update_fields=["repeated_at"])

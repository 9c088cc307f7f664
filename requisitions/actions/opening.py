"""Seats. The lock on the requisition comes first, so that seats are counted one at a time."""

from uuid import UUID

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError
from ats.events.actors import Actor
from ats.events.log import record
from requisitions.actions.posting import unpublish_all
from requisitions.enums import OPENING, REQUISITION, OpeningStatus, RequisitionStatus
from requisitions.models import Opening, Requisition

WAITING = (OpeningStatus.DRAFT, OpeningStatus.APPROVED, OpeningStatus.OPEN)


@transaction.atomic
def add_opening(requisition: Requisition, *, is_backfill: bool = False, by: Actor) -> Opening:
    """One more seat to ask approval for; how many there are is part of what is approved."""
    requisition = lock(requisition)
    if requisition.status != RequisitionStatus.DRAFT:
        raise DomainError(
            "The number of openings is part of what is approved, so it changes in a draft only."
            " Nothing was added: have it returned, or draft another requisition.",
            code="not_a_draft",
        )
    opening = Opening.objects.create(requisition=requisition, is_backfill=is_backfill)
    record("opening.added", opening, requisition, by=by)
    return opening


@transaction.atomic
def open_opening(opening: Opening, *, by: Actor) -> Opening:
    requisition = lock(opening.requisition)
    opening = lock(opening)
    opening.status = OPENING.next(opening.status, "open")
    if requisition.status != RequisitionStatus.OPEN:
        raise DomainError("The requisition is not open, so its seats are not either.")
    opening.save(update_fields=["status"])
    record("opening.opened", opening, requisition, by=by)
    return opening


def approve_and_open_all(requisition: Requisition, *, by: Actor) -> None:
    """What was approved is open at once: nobody has to open each seat by hand."""
    for opening in requisition.openings.filter(status=OpeningStatus.DRAFT).select_for_update():
        opening.status = OPENING.next(opening.status, "approve")
        opening.save(update_fields=["status"])
        open_opening(opening, by=by)


@transaction.atomic
def close_opening(opening: Opening, *, reason: str, by: Actor) -> Opening:
    """Give up a seat. It never makes a requisition filled; without an open seat nobody applies."""
    requisition = lock(opening.requisition)
    opening = lock(opening)
    opening.status = OPENING.next(opening.status, "close")
    opening.close_reason = reason
    opening.save(update_fields=["status", "close_reason"])
    record("opening.closed", opening, requisition, by=by)
    if not requisition.openings.filter(status=OpeningStatus.OPEN).exists():
        unpublish_all(requisition, by=by)
    return opening


@transaction.atomic
def fill_opening(opening: Opening, *, application: UUID, by: Actor) -> Opening:
    """The last open seat fills the requisition and takes its postings down.

    Raises `TransitionNotAllowed` for a seat that is not open: somebody else may have taken it.
    """
    requisition = lock(opening.requisition)
    opening = lock(opening)
    opening.status = OPENING.next(opening.status, "fill")
    REQUISITION.next(requisition.status, "fill")
    opening.filled_by, opening.filled_at = application, clock.now()
    opening.save(update_fields=["status", "filled_by", "filled_at"])
    record("opening.filled", opening, requisition, by=by, application=application)
    if not requisition.openings.filter(status__in=WAITING).exists():
        fill_requisition(requisition, by=by)
    return opening


def fill_requisition(requisition: Requisition, *, by: Actor) -> None:
    requisition.status = REQUISITION.next(requisition.status, "fill")
    requisition.closed_at = clock.now()
    requisition.save(update_fields=["status", "closed_at"])
    record("requisition.filled", requisition, by=by)
    unpublish_all(requisition, by=by)


@transaction.atomic
def reopen_opening(opening: Opening, *, application: UUID, by: Actor) -> Opening:
    """Undo a hire: the seat is open again, and so is a requisition that it had filled."""
    requisition = lock(opening.requisition)
    opening = lock(opening)
    if opening.filled_by != application:
        raise DomainError("This application does not hold this seat. Nothing was changed.")
    if requisition.status == RequisitionStatus.FILLED:
        reopen(requisition, by=by)
    return vacate(opening, requisition, by=by, application=application)


def vacate(
    opening: Opening, requisition: Requisition, *, by: Actor, application: UUID | None = None
) -> Opening:
    opening.status = OPENING.next(opening.status, "reopen")
    opening.filled_by, opening.filled_at, opening.close_reason = None, None, ""
    opening.save(update_fields=["status", "filled_by", "filled_at", "close_reason"])
    record("opening.reopened", opening, requisition, by=by, application=application)
    return opening


def reopen(requisition: Requisition, *, by: Actor) -> None:
    requisition.status = REQUISITION.next(requisition.status, "reopen")
    requisition.closed_at, requisition.close_reason = None, ""
    requisition.save(update_fields=["status", "closed_at", "close_reason"])
    record("requisition.reopened", requisition, by=by)

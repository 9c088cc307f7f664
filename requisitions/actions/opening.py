"""Seats. The lock on the requisition comes first, so that seats are counted one at a time."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from requisitions.actions.approval import restart_approval
from requisitions.actions.posting import unpublish_all
from requisitions.actions.team import check_recruiter
from requisitions.enums import CLOSED, OPENING, REQUISITION, OpeningStatus, RequisitionStatus
from requisitions.models import Opening, Requisition

WAITING = (OpeningStatus.DRAFT, OpeningStatus.APPROVED, OpeningStatus.OPEN)
EDITED = {"is_backfill", "target_start_on"}
LONGEST_REASON = 300
LAST_SEAT = (
    "This is the last seat, and nobody was hired into any: cancel the requisition, or put it on"
    " hold. The seat is as it was."
)


@transaction.atomic
def add_opening(
    requisition: Requisition,
    *,
    is_backfill: bool = False,
    target_start_on: date | None = None,
    by: Actor,
) -> Opening:
    """One more seat. How many there are is approved: after that, approval starts again."""
    requisition = lock(requisition)
    make_room(requisition)
    opening = Opening.objects.create(
        requisition=requisition, is_backfill=is_backfill, target_start_on=target_start_on
    )
    record("opening.added", opening, requisition, by=by)
    ask_for_the_seat(requisition, by)
    return opening


def make_room(requisition: Requisition) -> None:
    """Whether it can take one more seat; the caller holds its lock."""
    if requisition.status in CLOSED:
        raise DomainError("A closed requisition gets no seat: reopen it first.", code="closed")


def ask_for_the_seat(requisition: Requisition, by: Actor) -> None:
    """How many there are is part of what is approved; the caller holds the lock."""
    if requisition.status != RequisitionStatus.DRAFT:
        restart_approval(requisition, because=["openings"], by=by)


@transaction.atomic
def edit_opening(opening: Opening, *, by: Actor, **fields: Any) -> Opening:
    """`is_backfill` and `target_start_on`, until the seat is filled or given up."""
    if unknown := set(fields) - EDITED:
        raise TypeError(f"a seat has no {sorted(unknown)} to edit")
    requisition, opening = lock_seat(opening)
    if opening.status not in WAITING:
        said = opening.get_status_display().lower()
        raise DomainError(f"The seat is {said}: it stays as it was. Nothing was changed.")
    changed = sorted(name for name in fields if getattr(opening, name) != fields[name])
    for name in changed:
        setattr(opening, name, fields[name])
    opening.save(update_fields=changed)
    if changed:
        record("opening.edited", opening, requisition, by=by, fields=changed)
    return opening


def lock_seat(opening: Opening) -> tuple[Requisition, Opening]:
    """Both as they are now. Raises `DomainError` (code `moved_meanwhile`) where it has moved."""
    requisition = lock(opening.requisition)
    opening = lock(opening)
    if opening.requisition_id != requisition.pk:
        raise DomainError(
            "The seat was moved to another requisition meanwhile. Nothing was done: look again.",
            code="moved_meanwhile",
        )
    opening.requisition = requisition
    return requisition, opening


@transaction.atomic
def open_opening(opening: Opening, *, by: Actor) -> Opening:
    requisition, opening = lock_seat(opening)
    opening.status = OPENING.next(opening.status, "open")
    if requisition.status != RequisitionStatus.OPEN:
        raise DomainError("The requisition is not open, so its seats are not either.")
    opening.save(update_fields=["status"])
    record("opening.opened", opening, requisition, by=by)
    return opening


def approve_and_open_all(requisition: Requisition, *, by: Actor) -> None:
    """What was approved is open at once: nobody has to open each seat by hand."""
    at = clock.now()
    for opening in requisition.openings.filter(status=OpeningStatus.DRAFT).select_for_update():
        opening.status = OPENING.next(opening.status, "approve")
        opening.approved_at = at
        opening.save(update_fields=["status", "approved_at"])
        open_opening(opening, by=by)


@transaction.atomic
def close_opening(opening: Opening, *, reason: str, by: Actor) -> Opening:
    """Give up a seat. Where hires took all that are left, the requisition is filled.

    Raises `Blocked` for the last seat of a requisition that nobody was hired into: filled means
    hired, so that one is cancelled or put on hold.
    """
    requisition, opening = lock_seat(opening)
    check_reason(reason)
    close(opening, requisition, reason=reason, by=by)
    settle(requisition, by=by)
    return opening


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid("reason", "Say why, for whoever wonders later.")
    if len(reason) > LONGEST_REASON:
        raise Invalid("reason", f"Say it in {LONGEST_REASON} characters at most.")


def close(
    opening: Opening,
    requisition: Requisition,
    *,
    reason: str,
    with_requisition: bool = False,
    by: Actor,
) -> None:
    """`with_requisition`: by its cancellation, and so open again when that is taken back."""
    opening.status = OPENING.next(opening.status, "close")
    opening.close_reason, opening.closed_with_requisition = reason, with_requisition
    opening.save(update_fields=["status", "close_reason", "closed_with_requisition"])
    record("opening.closed", opening, requisition, by=by)


def settle(requisition: Requisition, *, by: Actor) -> None:
    """What becomes of the requisition after one of its seats was filled, closed or moved away.

    It is filled when a hire took every seat that was not given up, whichever came last.
    """
    seats = requisition.openings
    if requisition.status == RequisitionStatus.DRAFT:
        return
    if seats.filter(status__in=WAITING).exists():
        if not seats.filter(status=OpeningStatus.OPEN).exists():
            unpublish_all(requisition, by=by)
    elif seats.filter(status=OpeningStatus.FILLED).exists():
        fill_requisition(requisition, by=by)
    else:
        raise Blocked([LAST_SEAT])


@transaction.atomic
def fill_opening(opening: Opening, *, application: UUID, by: Actor) -> Opening:
    """The last open seat fills the requisition and takes its postings down.

    Raises `TransitionNotAllowed` for a seat that is not open: somebody else may have taken it.
    """
    requisition, opening = lock_seat(opening)
    opening.status = OPENING.next(opening.status, "fill")
    REQUISITION.next(requisition.status, "fill")
    opening.filled_by, opening.filled_at = application, clock.now()
    opening.save(update_fields=["status", "filled_by", "filled_at"])
    record("opening.filled", opening, requisition, by=by, application=application)
    settle(requisition, by=by)
    return opening


def fill_requisition(requisition: Requisition, *, by: Actor) -> None:
    requisition.status = REQUISITION.next(requisition.status, "fill")
    requisition.closed_at = clock.now()
    requisition.save(update_fields=["status", "closed_at"])
    record("requisition.filled", requisition, by=by)
    unpublish_all(requisition, by=by)


@transaction.atomic
def reopen_opening(opening: Opening, *, application: UUID | None = None, by: Actor) -> Opening:
    """Undo the hire of `application`; without one, take back a seat that was given up.

    A requisition that was filled is open again. In a cancelled one the seat ends up closed.
    """
    requisition, opening = lock_seat(opening)
    OPENING.next(opening.status, "reopen")
    check_reopening(opening, application)
    if requisition.status == RequisitionStatus.FILLED:
        reopen(requisition, by=by)
    vacate(opening, requisition, by=by, application=application)
    if requisition.status == RequisitionStatus.CANCELLED:
        why = requisition.close_reason
        close(opening, requisition, reason=why, with_requisition=True, by=by)
    return opening


def check_reopening(opening: Opening, application: UUID | None) -> None:
    if opening.filled_by is not None and application is None:
        raise Blocked(["Somebody was hired into this seat: undo the hire."])
    if opening.filled_by != application:
        raise DomainError("This application does not hold this seat. Nothing was changed.")
    if opening.status == OpeningStatus.CLOSED:
        if opening.requisition.status == RequisitionStatus.CANCELLED:
            raise Blocked(["The requisition is cancelled: reopen it, and its seats open with it."])
        if opening.approved_at is None:
            raise Blocked(["This seat was never approved: add another one."])


def vacate(
    opening: Opening, requisition: Requisition, *, by: Actor, application: UUID | None = None
) -> Opening:
    opening.status = OPENING.next(opening.status, "reopen")
    opening.filled_by, opening.filled_at, opening.close_reason = None, None, ""
    opening.closed_with_requisition = False
    opening.save(
        update_fields=[
            "status",
            "filled_by",
            "filled_at",
            "close_reason",
            "closed_with_requisition",
        ]
    )
    record("opening.reopened", opening, requisition, by=by, application=application)
    return opening


def reopen(requisition: Requisition, *, by: Actor) -> None:
    check_recruiter(requisition)
    requisition.status = REQUISITION.next(requisition.status, "reopen")
    requisition.closed_at, requisition.close_reason = None, ""
    requisition.save(update_fields=["status", "closed_at", "close_reason"])
    record("requisition.reopened", requisition, by=by)


@transaction.atomic
def move_opening(opening: Opening, *, requisition: Requisition, by: Actor) -> Opening:
    """To another requisition, whose approvers have to approve it like any seat of theirs."""
    home, target = lock_both(opening.requisition, requisition)
    _, opening = lock_seat(opening)
    opening.status = OPENING.next(opening.status, "move")
    check_target(home, target)
    make_room(target)
    opening.requisition, opening.approved_at = target, None
    opening.save(update_fields=["status", "requisition", "approved_at"])
    # Two facts: neither requisition's history names the other, which may be confidential.
    record("opening.moved_away", opening, home, by=by)
    record("opening.moved_here", opening, target, by=by)
    ask_for_the_seat(target, by)
    settle(home, by=by)
    return opening


def lock_both(one: Requisition, other: Requisition) -> tuple[Requisition, Requisition]:
    """In the order of their keys, so that two moves never wait for each other."""
    locked = {each.pk: lock(each) for each in sorted((one, other), key=lambda row: row.pk)}
    return locked[one.pk], locked[other.pk]


def check_target(home: Requisition, target: Requisition) -> None:
    if target == home:
        raise Invalid("requisition", "The seat is in this requisition already.")
    if target.status in CLOSED:
        said = target.get_status_display().lower()
        raise Invalid("requisition", f"{target.number} is {said}: nobody is hired there any more.")

from datetime import date
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from ats import clock
from ats.approvals.engine import StepSpec
from ats.errors import Blocked, DomainError, Invalid, TransitionNotAllowed
from ats.events.actors import Actor
from ats.events.models import Event
from requisitions.actions.opening import (
    add_opening,
    close_opening,
    edit_opening,
    fill_opening,
    move_opening,
    open_opening,
    reopen_opening,
)
from requisitions.actions.requisition import (
    cancel_requisition,
    hold_requisition,
    reopen_requisition,
    submit_requisition,
)
from requisitions.models import Opening, Requisition
from tests.factories.ats import UserFactory, force
from tests.factories.requisitions import (
    approved,
    draft,
    open_requisition,
)

pytestmark = pytest.mark.django_db

# An application is known here by its public id only.
ONE, TWO = UUID(int=1), UUID(int=2)


def statuses(requisition: Requisition) -> list[str]:
    return list(requisition.openings.values_list("status", flat=True))


def test_the_last_seat_fills_the_requisition_and_takes_postings_down() -> None:
    role = open_requisition(openings=2)
    by = Actor.of(role.recruiter)
    first, last = role.openings
    fill_opening(first, application=ONE, by=by)
    role.requisition.refresh_from_db()
    role.posting.refresh_from_db()
    assert (role.requisition.status, role.posting.status) == ("open", "published")
    filled = fill_opening(last, application=TWO, by=by)
    role.requisition.refresh_from_db()
    role.posting.refresh_from_db()
    assert (role.requisition.status, role.posting.status) == ("filled", "unpublished")
    assert filled.filled_at is not None
    assert role.posting.closed_at is not None
    with pytest.raises(TransitionNotAllowed):
        fill_opening(last, application=ONE, by=by)


def test_the_last_seat_is_not_given_up_where_nobody_was_hired() -> None:
    role = open_requisition(openings=2)
    by = Actor.of(role.recruiter)
    first, last = role.openings
    close_opening(first, reason="Budget", by=by)
    with pytest.raises(Blocked, match="nobody was hired into any"):
        close_opening(last, reason="Budget", by=by)
    role.requisition.refresh_from_db()
    role.posting.refresh_from_db()
    assert (role.requisition.status, role.posting.status) == ("open", "published")
    assert statuses(role.requisition) == ["closed", "open"]


@pytest.mark.parametrize("hired_last", [False, True])
def test_hires_into_all_that_was_not_given_up_fill_it_in_either_order(hired_last: bool) -> None:
    role = open_requisition(openings=3)
    by = Actor.of(role.recruiter)
    hired, given_up, also = role.openings
    close_opening(also, reason="Budget", by=by)
    if hired_last:
        close_opening(given_up, reason="Budget", by=by)
        fill_opening(hired, application=ONE, by=by)
    else:
        fill_opening(hired, application=ONE, by=by)
        close_opening(given_up, reason="Budget", by=by)
    role.requisition.refresh_from_db()
    role.posting.refresh_from_db()
    assert (role.requisition.status, role.posting.status) == ("filled", "unpublished")


def test_postings_come_down_where_the_seats_that_are_left_are_not_open() -> None:
    role = open_requisition(openings=2)
    by = Actor.of(role.recruiter)
    waiting, seat = role.openings
    force(waiting, status="approved")
    fill_opening(seat, application=ONE, by=by)
    role.posting.refresh_from_db()
    role.requisition.refresh_from_db()
    assert (role.requisition.status, role.posting.status) == ("open", "unpublished")


def test_the_database_itself_lets_nobody_but_a_hire_fill_a_requisition() -> None:
    role = open_requisition()
    rows = Requisition.objects.filter(pk=role.requisition.pk)
    closing = {"status": "filled", "closed_at": clock.now()}
    with pytest.raises(DatabaseError, match="is_filled_by_hires"), transaction.atomic():
        rows.update(**closing)
    force(role.opening, status="closed")
    with pytest.raises(DatabaseError, match="is_filled_by_hires"), transaction.atomic():
        rows.update(**closing)
    force(role.opening, status="filled", filled_by=ONE)
    rows.update(**closing)
    for status in ("draft", "approved", "open"):
        with pytest.raises(DatabaseError, match="no_waiting_seat"), transaction.atomic():
            Opening.objects.create(requisition=role.requisition, status=status)
    with pytest.raises(IntegrityError, match="only_a_closed_seat"), transaction.atomic():
        Opening.objects.filter(pk=role.opening.pk).update(closed_with_requisition=True)


def test_a_cancellation_taken_back_opens_what_it_closed_and_nothing_else() -> None:
    role = open_requisition(openings=3)
    by = Actor.of(role.recruiter)
    given_up, hired, _ = role.openings
    close_opening(given_up, reason="Never needed", by=by)
    fill_opening(hired, application=ONE, by=by)
    cancel_requisition(role.requisition, reason="Budget", by=by)
    assert statuses(role.requisition) == ["closed", "filled", "closed"]
    reopen_requisition(role.requisition, by=by)
    assert statuses(role.requisition) == ["closed", "filled", "open"]
    given_up.refresh_from_db()
    assert given_up.close_reason == "Never needed"


def test_a_hire_that_is_undone_in_a_cancelled_requisition_leaves_no_open_seat() -> None:
    role = open_requisition(openings=2)
    by = Actor.of(role.recruiter)
    fill_opening(role.opening, application=ONE, by=by)
    cancel_requisition(role.requisition, reason="Budget", by=by)
    seat = reopen_opening(role.opening, application=ONE, by=by)
    assert (seat.status, seat.filled_by, seat.close_reason) == ("closed", None, "Budget")
    reopen_requisition(role.requisition, by=by)
    assert statuses(role.requisition) == ["open", "open"]


def test_a_seat_that_was_given_up_is_taken_back() -> None:
    role = open_requisition(openings=2)
    by = Actor.of(role.recruiter)
    hired, given_up = role.openings
    fill_opening(hired, application=ONE, by=by)
    close_opening(given_up, reason="Budget", by=by)
    with pytest.raises(Blocked, match="undo a hire, or reopen one of the seats"):
        reopen_requisition(role.requisition, by=by)
    with pytest.raises(Blocked, match="undo the hire"):
        reopen_opening(hired, by=by)
    seat = reopen_opening(given_up, by=by)
    role.requisition.refresh_from_db()
    assert (seat.status, seat.close_reason, role.requisition.status) == ("open", "", "open")


def test_a_seat_that_nobody_approved_or_that_was_cancelled_is_not_taken_back() -> None:
    requisition = draft()
    by = Actor.of(requisition.created_by)
    given_up = close_opening(add_opening(requisition, by=by), reason="One is enough", by=by)
    with pytest.raises(Blocked, match="never approved"):
        reopen_opening(given_up, by=by)
    role = open_requisition()
    cancel_requisition(role.requisition, reason="Budget", by=by)
    with pytest.raises(Blocked, match="reopen it"):
        reopen_opening(role.opening, by=by)


@pytest.mark.parametrize("reason", ["", " \n", "x" * 301])
def test_a_seat_and_a_requisition_are_closed_with_a_reason_that_fits(reason: str) -> None:
    role = open_requisition(openings=2)
    by = Actor.of(role.recruiter)
    with pytest.raises(Invalid):
        close_opening(role.opening, reason=reason, by=by)
    with pytest.raises(Invalid):
        cancel_requisition(role.requisition, reason=reason, by=by)
    assert statuses(role.requisition) == ["open", "open"]


def test_when_a_seat_is_wanted_can_be_changed_until_it_is_taken() -> None:
    role = open_requisition()
    by = Actor.of(role.recruiter)
    start = date(2027, 3, 1)
    seat = edit_opening(role.opening, is_backfill=True, target_start_on=start, by=by)
    assert (seat.is_backfill, seat.target_start_on) == (True, start)
    before = Event.objects.count()
    edit_opening(role.opening, is_backfill=True, by=by)
    assert Event.objects.count() == before
    with pytest.raises(TypeError, match="status"):
        edit_opening(role.opening, status="filled", by=by)
    fill_opening(role.opening, application=ONE, by=by)
    with pytest.raises(DomainError, match="is filled: it stays"):
        edit_opening(role.opening, is_backfill=False, by=by)


def test_a_seat_moves_to_a_draft_and_is_approved_there() -> None:
    role, target = open_requisition(openings=2), draft()
    by = Actor.of(role.recruiter)
    seat = move_opening(role.opening, requisition=target, by=by)
    assert (seat.requisition, seat.status, seat.approved_at) == (target, "draft", None)
    assert statuses(role.requisition) == ["open"]
    assert statuses(approved(target)) == ["open", "open"]
    told = [
        Event.objects.filter(subjects__object_id=each.public_id, verb__startswith="opening.moved")
        for each in (role.requisition, target)
    ]
    assert [[event.verb for event in events] for events in told] == [
        ["opening.moved_away"],
        ["opening.moved_here"],
    ]


def test_a_seat_moves_to_nowhere_that_is_closed_and_not_as_the_last() -> None:
    role, closed = open_requisition(), open_requisition()
    by = Actor.of(role.recruiter)
    fill_opening(closed.opening, application=ONE, by=by)
    with pytest.raises(Invalid, match="is filled: nobody is hired there") as refusal:
        move_opening(role.opening, requisition=closed.requisition, by=by)
    assert refusal.value.field == "requisition"
    with pytest.raises(Invalid, match="already"):
        move_opening(role.opening, requisition=role.requisition, by=by)
    with pytest.raises(Blocked, match="last seat"):
        move_opening(role.opening, requisition=draft(), by=by)
    with pytest.raises(TransitionNotAllowed, match="Cannot move while filled"):
        move_opening(closed.opening, requisition=draft(), by=by)
    assert statuses(role.requisition) == ["open"]


def test_a_seat_that_moves_to_a_live_requisition_is_asked_for_there() -> None:
    role, live = open_requisition(openings=2), open_requisition()
    seat = move_opening(role.opening, requisition=live.requisition, by=Actor.of(role.recruiter))
    live.requisition.refresh_from_db()
    assert (live.requisition.status, seat.status) == ("pending_approval", "draft")
    assert live.requisition.approval.note == "Changed since: openings."


def test_whoever_still_thinks_that_a_seat_is_where_it_was_is_told() -> None:
    role, target = open_requisition(openings=2), draft()
    by = Actor.of(role.recruiter)
    before = Opening.objects.select_related("requisition").get(pk=role.opening.pk)
    move_opening(role.opening, requisition=target, by=by)
    with pytest.raises(DomainError, match="moved to another requisition") as refusal:
        fill_opening(before, application=ONE, by=by)
    assert refusal.value.code == "moved_meanwhile"


def test_a_seat_opens_with_an_open_requisition_only() -> None:
    role = open_requisition()
    by = Actor.of(role.recruiter)
    hold_requisition(role.requisition, by=by)
    force(role.opening, status="approved")
    with pytest.raises(DomainError, match="requisition is not open"):
        open_opening(role.opening, by=by)


def test_undoing_a_hire_opens_the_seat_and_the_requisition() -> None:
    role = open_requisition()
    by = Actor.of(role.recruiter)
    fill_opening(role.opening, application=ONE, by=by)
    role.opening.refresh_from_db()
    with pytest.raises(DomainError, match="does not hold"):
        reopen_opening(role.opening, application=TWO, by=by)
    with pytest.raises(Blocked, match="undo a hire"):
        reopen_requisition(role.requisition, by=by)
    opening = reopen_opening(role.opening, application=role.opening.filled_by, by=by)
    role.requisition.refresh_from_db()
    assert (opening.status, opening.filled_by) == ("open", None)
    assert (role.requisition.status, role.requisition.closed_at) == ("open", None)


def test_one_application_fills_one_opening_in_the_database_too() -> None:
    role = open_requisition(openings=2)
    by = Actor.of(role.recruiter)
    fill_opening(role.openings[0], application=ONE, by=by)
    with pytest.raises(IntegrityError, match="one_application_fills_one_opening"):
        fill_opening(role.openings[1], application=ONE, by=by)


def test_a_seat_opens_after_approval_only() -> None:
    requisition = draft()
    by = Actor.of(requisition.created_by)
    opening = add_opening(requisition, by=by)
    with pytest.raises(TransitionNotAllowed):
        open_opening(opening, by=by)
    assert statuses(approved(requisition)) == ["open", "open"]


def test_nothing_is_submitted_without_a_seat() -> None:
    requisition = draft()
    by = Actor.of(requisition.created_by)
    close_opening(requisition.openings.get(), reason="No", by=by)
    with pytest.raises(Blocked, match="no opening"):
        submit_requisition(requisition, steps=[StepSpec([UserFactory()])], by=by)

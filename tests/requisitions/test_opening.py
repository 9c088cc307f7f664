from uuid import UUID

import pytest
from django.db import IntegrityError

from ats.approvals.engine import StepSpec
from ats.errors import Blocked, DomainError, TransitionNotAllowed
from ats.events.actors import Actor
from requisitions.actions.opening import (
    add_opening,
    close_opening,
    fill_opening,
    open_opening,
    reopen_opening,
)
from requisitions.actions.requisition import (
    reopen_requisition,
    submit_requisition,
)
from requisitions.models import Requisition
from tests.factories.ats import UserFactory
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


def test_a_seat_that_was_given_up_never_makes_a_requisition_filled() -> None:
    role = open_requisition(openings=2)
    by = Actor.of(role.recruiter)
    first, last = role.openings
    fill_opening(first, application=ONE, by=by)
    close_opening(last, reason="Budget", by=by)
    role.requisition.refresh_from_db()
    role.posting.refresh_from_db()
    assert (role.requisition.status, role.posting.status) == ("open", "unpublished")


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


def test_seats_are_added_to_a_draft_only_and_open_after_approval_only() -> None:
    requisition = draft()
    by = Actor.of(requisition.created_by)
    opening = add_opening(requisition, by=by)
    with pytest.raises(TransitionNotAllowed):
        open_opening(opening, by=by)
    requisition = approved(requisition)
    with pytest.raises(DomainError, match="part of what is approved"):
        add_opening(requisition, by=by)
    assert statuses(requisition) == ["open", "open"]


def test_nothing_is_submitted_without_a_seat() -> None:
    requisition = draft()
    by = Actor.of(requisition.created_by)
    close_opening(requisition.openings.get(), reason="No", by=by)
    with pytest.raises(Blocked, match="no opening"):
        submit_requisition(requisition, steps=[StepSpec([UserFactory()])], by=by)

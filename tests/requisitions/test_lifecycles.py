"""Every (state, verb) by the real verbs, and every other change refused by the database."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.db import Error, models, transaction

from ats import clock
from ats.approvals.engine import StepSpec
from ats.errors import TransitionNotAllowed
from ats.events.actors import Actor
from requisitions.actions import opening as openings
from requisitions.actions import posting as postings
from requisitions.actions import requisition as requisitions
from requisitions.actions.approval import restart_approval
from requisitions.enums import (
    OPENING,
    POSTING,
    REQUISITION,
    OpeningStatus,
    PostingStatus,
    RequisitionStatus,
)
from requisitions.models import JobPosting, Opening, Requisition
from tests.factories.ats import UserFactory, force
from tests.factories.requisitions import Role, draft, open_requisition

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("test")
HIRE = UUID(int=1)
SOON = clock.now() + timedelta(days=30)


def boss_of(role: Role) -> Actor:
    return Actor.of(role.approver)


def reopen(role: Role) -> Any:
    """A filled one opens with one of its seats, a cancelled one with all that it closed."""
    if role.requisition.status == "filled":
        return openings.reopen_opening(role.opening, by=SYSTEM)
    return requisitions.reopen_requisition(role.requisition, by=SYSTEM)


Act = Callable[[Role], Any]
ON_REQUISITION: dict[str, Act] = {
    "submit": lambda role: requisitions.submit_requisition(
        role.requisition, steps=[StepSpec([UserFactory()])], by=SYSTEM
    ),
    "approve": lambda role: requisitions.approve_requisition(role.requisition, by=boss_of(role)),
    "return": lambda role: requisitions.return_requisition(
        role.requisition, comment="No", by=boss_of(role)
    ),
    "restart": lambda role: restart_approval(role.requisition, because=["title"], by=SYSTEM),
    "hold": lambda role: requisitions.hold_requisition(role.requisition, by=SYSTEM),
    "resume": lambda role: requisitions.resume_requisition(role.requisition, by=SYSTEM),
    "cancel": lambda role: requisitions.cancel_requisition(
        role.requisition, reason="No", by=SYSTEM
    ),
    "reopen": reopen,
    "fill": lambda role: openings.fill_opening(role.opening, application=HIRE, by=SYSTEM),
}


@pytest.mark.parametrize(
    ("state", "verb"), list(product(RequisitionStatus.values, REQUISITION.verbs))
)
def test_a_requisition_allows_in_each_state_what_the_table_says(state: str, verb: str) -> None:
    role = open_requisition()
    prepare(role, state, verb)
    if (state, verb) in REQUISITION.table:
        ON_REQUISITION[verb](role)
        role.requisition.refresh_from_db()
        assert role.requisition.status == REQUISITION.next(state, verb)
        return
    with pytest.raises(TransitionNotAllowed):
        ON_REQUISITION[verb](role)
    role.requisition.refresh_from_db()
    assert role.requisition.status == state


def prepare(role: Role, state: str, verb: str) -> None:
    """The row in that state, with the openings and votes that the verb would find there."""
    at = role.posting.published_at
    force(role.requisition, status=state, closed_at=at)
    force(role.opening, status="open" if verb == "fill" else "draft")
    if verb == "reopen":
        force(role.opening, status="closed", closed_with_requisition=state == "cancelled")
    if state == "pending_approval":
        force(role.requisition.approval, state="pending", decided_at=None)
        step = role.requisition.approval.steps.get()
        step.votes.all().delete()
        force(step, completed_at=None)


ON_OPENING: dict[str, Act] = {
    "open": lambda role: openings.open_opening(role.opening, by=SYSTEM),
    "close": lambda role: openings.close_opening(role.opening, reason="No", by=SYSTEM),
    "fill": lambda role: openings.fill_opening(role.opening, application=HIRE, by=SYSTEM),
    "reopen": lambda role: openings.reopen_opening(
        role.opening, application=role.opening.filled_by, by=SYSTEM
    ),
    "move": lambda role: openings.move_opening(role.opening, requisition=draft(), by=SYSTEM),
}


@pytest.mark.parametrize(("state", "verb"), list(product(OpeningStatus.values, OPENING.verbs)))
def test_an_opening_allows_in_each_state_what_the_table_says(state: str, verb: str) -> None:
    """`approve` has no verb of its own: a seat is approved with its requisition."""
    role = open_requisition(openings=2)
    force(role.opening, status=state, filled_by=HIRE if state == "filled" else None)
    if verb == "approve":
        openings.approve_and_open_all(role.requisition, by=SYSTEM)
        role.opening.refresh_from_db()
        assert role.opening.status == ("open" if state == "draft" else state)
        return
    if (state, verb) in OPENING.table:
        assert ON_OPENING[verb](role).status == OPENING.next(state, verb)
        return
    with pytest.raises(TransitionNotAllowed):
        ON_OPENING[verb](role)


ON_POSTING: dict[str, Act] = {
    "publish": lambda role: postings.publish_posting(role.posting, by=SYSTEM),
    "republish": lambda role: postings.republish_posting(role.posting, by=SYSTEM),
    "schedule": lambda role: postings.schedule_posting(role.posting, publish_at=SOON, by=SYSTEM),
    "unschedule": lambda role: postings.unschedule_posting(role.posting, by=SYSTEM),
    "unpublish": lambda role: postings.unpublish_posting(role.posting, by=SYSTEM),
    "expire": lambda role: postings.expire_posting(role.posting, by=SYSTEM),
}


@pytest.mark.parametrize(("state", "verb"), list(product(PostingStatus.values, POSTING.verbs)))
def test_a_posting_allows_in_each_state_what_the_table_says(state: str, verb: str) -> None:
    role = open_requisition()
    force(role.posting, status=state, title="Another", publish_at=scheduled(state, verb))
    if (state, verb) in POSTING.table:
        assert ON_POSTING[verb](role).status == POSTING.next(state, verb)
        return
    with pytest.raises(TransitionNotAllowed):
        ON_POSTING[verb](role)


def scheduled(state: str, verb: str) -> datetime | None:
    return SOON if verb == "unschedule" and state != "published" else None


def what_goes_with(model: type[models.Model], state: str) -> dict[str, Any]:
    """The columns that other constraints ask for in that state."""
    if model is Opening:
        return {"filled_by": HIRE if state == "filled" else None}
    return {"closed_at": clock.now()} if model is Requisition else {}


FENCES = {Requisition: REQUISITION, Opening: OPENING, JobPosting: POSTING}


@pytest.mark.parametrize("model", FENCES)
def test_the_database_refuses_every_other_change_of_state(model: type[models.Model]) -> None:
    role = open_requisition()
    row = {Requisition: role.requisition, Opening: role.opening, JobPosting: role.posting}[model]
    if model is Requisition:  # filled means hired, which another fence asks for
        force(role.opening, status="filled", filled_by=HIRE)
    lifecycle = FENCES[model]
    values = [state.value for state in lifecycle.states]
    allowed = set()
    for before, after in product(values, values):
        if before == after:
            continue
        force(row, status=before, **what_goes_with(model, before))
        try:
            with transaction.atomic():
                change = what_goes_with(model, after)
                model._default_manager.filter(pk=row.pk).update(status=after, **change)
            allowed.add((before, after))
        except Error:
            pass
    assert allowed == set(lifecycle.edges())

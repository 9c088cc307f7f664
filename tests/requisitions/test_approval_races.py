"""Real threads with connections of their own, at one approval."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from ats import clock
from ats.approvals.delegations import delegate_approvals
from ats.approvals.engine import StepSpec
from ats.approvals.models import Approval, Vote
from ats.errors import DomainError, TransitionNotAllowed
from ats.events.actors import Actor
from ats.events.chain import first_break
from ats.events.models import Event
from requisitions.actions.requisition import (
    approve_requisition,
    cancel_requisition,
    edit_requisition,
    submit_requisition,
)
from requisitions.models import Requisition
from tests.factories.ats import UserFactory
from tests.factories.requisitions import draft
from tests.requisitions.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def asked(*steps: StepSpec) -> tuple[Requisition, Actor]:
    requisition = draft()
    by = Actor.of(requisition.created_by)  # type: ignore[arg-type]
    return submit_requisition(requisition, steps=steps, by=by), by


def yes(requisition: Requisition, user: Any) -> Any:
    return partial(approve_requisition, requisition, by=Actor.of(user))


def test_of_32_at_once_exactly_the_needed_complete_a_step() -> None:
    people, last = UserFactory.create_batch(32), UserFactory()
    requisition, _ = asked(StepSpec(people, needed=20), StepSpec([last]))
    results = at_once([yes(requisition, person) for person in people])
    late = [result for result in results if isinstance(result, DomainError)]
    assert {refusal.code for refusal in late} == {"not_in_turn"}
    assert (len(results) - len(late), Vote.objects.count()) == (20, 20)
    assert Approval.objects.get().steps.filter(completed_at=None).count() == 1
    yes(requisition, last)()
    assert Requisition.objects.get().status == "open"
    verbs = list(Event.objects.values_list("verb", flat=True))
    counted = {verb: verbs.count(verb) for verb in ("approval.approved", "requisition.approved")}
    assert set(counted.values()) == {1}
    assert first_break() is None


def test_of_32_last_answers_one_opens_it() -> None:
    people = UserFactory.create_batch(32)
    requisition, _ = asked(StepSpec(people, needed=1))
    results = at_once([yes(requisition, person) for person in people])
    assert sum(isinstance(result, TransitionNotAllowed) for result in results) == 31
    assert (Vote.objects.count(), Requisition.objects.get().status) == (1, "open")


def test_the_absent_and_the_delegate_count_once_between_them() -> None:
    for _ in range(5):
        ann, dan, ben = UserFactory.create_batch(3)
        requisition, _by = asked(StepSpec([ann, ben], needed=2))
        span = {"starts_at": clock.now(), "ends_at": clock.now() + timedelta(days=1)}
        delegate_approvals(ann, delegate=dan, **span, by=Actor.of(ann))
        results = at_once([yes(requisition, ann), yes(requisition, dan)])
        refused = [result.code for result in results if isinstance(result, DomainError)]
        assert refused in (["answered_already"], ["not_in_turn"])
        requisition.refresh_from_db()
        assert requisition.status == "pending_approval"


def test_a_vote_and_a_cancellation_never_both_win() -> None:
    for _ in range(8):
        boss = UserFactory()
        requisition, by = asked(StepSpec([boss]))
        at_once(
            [yes(requisition, boss), partial(cancel_requisition, requisition, reason="No", by=by)]
        )
        requisition.refresh_from_db()
        approval = Approval.objects.get(pk=requisition.approval_id)
        assert (requisition.status, approval.state) in {
            ("cancelled", "approved"),
            ("cancelled", "withdrawn"),
        }
        assert approval.steps.get().votes.count() == (approval.state == "approved")


def test_a_vote_never_counts_for_terms_that_were_not_read() -> None:
    for _ in range(8):
        boss = UserFactory()
        requisition, by = asked(StepSpec([boss]))
        read = requisition.approval
        assert read
        vote = partial(approve_requisition, requisition, asked=read.public_id, by=Actor.of(boss))
        at_once([vote, partial(edit_requisition, requisition, title="Dearer", by=by)])
        requisition.refresh_from_db()
        read.refresh_from_db()
        assert (requisition.title, requisition.status) == ("Dearer", "pending_approval")
        assert requisition.approval_id != read.pk
        assert read.state in {"approved", "withdrawn"}
        assert not Vote.objects.filter(step__approval=requisition.approval).exists()

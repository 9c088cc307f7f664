from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction

from ats.accounts.models import User
from ats.approvals.engine import StepSpec, ask, notice_if_stuck, vote, withdraw
from ats.approvals.enums import APPROVAL, ApprovalState
from ats.approvals.models import Approval, Step, Vote
from ats.approvals.waiting import pending_for, waiting_for
from ats.errors import DomainError, Invalid, TransitionNotAllowed
from ats.events.actors import Actor
from ats.events.models import Event
from tests.factories.ats import UserFactory

pytestmark = pytest.mark.django_db


def people(count: int) -> list[User]:
    return UserFactory.create_batch(count)


def yes(approval: Approval, user: User) -> Approval:
    return vote(approval, by=Actor.of(user), decision="approve")


def names(rows: Any) -> set[str]:
    return {row.name for row in rows}


def test_steps_are_asked_one_after_the_other_and_people_side_by_side() -> None:
    asker, a, b, c, d = people(5)
    approval = ask([StepSpec([a, b, c], needed=2), StepSpec([d])], by=Actor.of(asker))
    assert names(waiting_for(approval)) == names([a, b, c])
    assert [list(pending_for(user)) for user in (a, d, asker)] == [[approval], [], []]
    approval = yes(approval, c)
    assert names(waiting_for(approval)) == names([a, b])
    assert list(pending_for(c)) == []
    approval = yes(approval, a)
    assert approval.state == ApprovalState.PENDING
    assert names(waiting_for(approval)) == names([d])
    assert [list(pending_for(user)) for user in (b, d)] == [[], [approval]]
    approval = yes(approval, d)
    assert approval.state == ApprovalState.APPROVED
    assert approval.decided_at is not None
    assert set(waiting_for(approval)) == set()
    assert list(pending_for(d)) == []
    assert list(Event.objects.order_by("pk").values_list("verb", flat=True)) == [
        "approval.requested",
        "approval.voted",
        "approval.voted",
        "approval.voted",
        "approval.approved",
    ]


def test_one_return_returns_it_with_a_comment() -> None:
    asker, a, b = people(3)
    approval = ask([StepSpec([a, b], needed=2)], by=Actor.of(asker))
    yes(approval, a)
    with pytest.raises(Invalid) as refusal:
        vote(approval, by=Actor.of(b), decision="return", comment="  ")
    assert refusal.value.field == "comment"
    approval = vote(approval, by=Actor.of(b), decision="return", comment="The pay is missing.")
    assert approval.state == ApprovalState.RETURNED
    assert Vote.objects.get(user=b).comment == "The pay is missing."
    assert "pay" not in str(list(Event.objects.values_list("ids", flat=True)))
    with pytest.raises(TransitionNotAllowed):
        yes(approval, a)


def test_who_is_not_in_turn_is_told_why() -> None:
    asker, a, b, stranger = people(4)
    approval = ask([StepSpec([a, asker]), StepSpec([b])], by=Actor.of(asker))
    for who, code in ((b, "not_in_turn"), (stranger, "not_an_approver"), (asker, "own_request")):
        with pytest.raises(DomainError) as refusal:
            yes(approval, who)
        assert refusal.value.code == code
    yes(approval, a)
    with pytest.raises(DomainError) as refusal:
        yes(approval, a)
    assert refusal.value.code == "not_in_turn"
    with pytest.raises(DomainError):
        vote(approval, by=Actor.system("a rule"), decision="approve")
    assert Vote.objects.count() == 1


def test_nobody_answers_a_step_twice() -> None:
    asker, a, b = people(3)
    approval = ask([StepSpec([a, b], needed=2)], by=Actor.of(asker))
    yes(approval, a)
    with pytest.raises(DomainError) as refusal:
        yes(approval, a)
    assert refusal.value.code == "answered_already"
    first = Vote.objects.get()
    with pytest.raises(IntegrityError, match="one_vote_per_person_and_step"), transaction.atomic():
        Vote.objects.create(step=first.step, user=a, decision="approve", at=first.at)


def test_one_person_may_be_named_in_two_steps() -> None:
    asker, a = people(2)
    approval = ask([StepSpec([a]), StepSpec([a])], by=Actor.of(asker))
    assert yes(yes(approval, a), a).state == ApprovalState.APPROVED


def test_what_could_never_be_approved_is_refused() -> None:
    asker, a = people(2)
    gone = UserFactory(is_active=False)
    by = Actor.of(asker)
    for steps in (
        [],
        [StepSpec([])],
        [StepSpec([asker])],
        [StepSpec([gone])],
        [StepSpec([a], needed=0)],
        [StepSpec([a, a], needed=2)],
        [StepSpec([a]), StepSpec([a, asker], needed=2)],
    ):
        with pytest.raises(Invalid) as refusal:
            ask(steps, by=by)
        assert refusal.value.field == "steps"
    assert Approval.objects.count() == 0


def test_the_asker_is_never_waited_for() -> None:
    asker, a = people(2)
    approval = ask([StepSpec([asker, a])], by=Actor.of(asker))
    assert names(waiting_for(approval)) == names([a])
    assert list(pending_for(asker)) == []


def test_a_withdrawn_approval_waits_for_nobody() -> None:
    asker, a = people(2)
    approval = withdraw(ask([StepSpec([a])], by=Actor.of(asker)), by=Actor.of(asker))
    assert approval.state == ApprovalState.WITHDRAWN
    assert list(pending_for(a)) == []
    with pytest.raises(TransitionNotAllowed):
        withdraw(approval, by=Actor.of(asker))


def test_an_approved_round_can_be_withdrawn_and_a_returned_one_cannot() -> None:
    asker, a = people(2)
    by = Actor.of(asker)
    approved = yes(ask([StepSpec([a])], by=by), a)
    assert withdraw(approved, by=by).state == ApprovalState.WITHDRAWN
    returned = ask([StepSpec([a])], by=by)
    vote(returned, by=Actor.of(a), decision="return", comment="No.")
    with pytest.raises(TransitionNotAllowed):
        withdraw(returned, by=by)


@pytest.mark.parametrize("state", ApprovalState.values)
def test_only_a_pending_approval_takes_answers(state: str) -> None:
    answers = {"approve", "return"} & set(APPROVAL.possible(state))
    assert answers == ({"approve", "return"} if state == ApprovalState.PENDING else set())


def test_the_database_keeps_the_lifecycle_and_the_reasons() -> None:
    asker, a = people(2)
    approval = yes(ask([StepSpec([a])], by=Actor.of(asker)), a)
    step = Step.objects.get()
    for change, sentence in (
        ({"state": "returned"}, "returned"),
        ({"decided_at": None}, "a_decided_approval_has_its_time"),
    ):
        with pytest.raises(DatabaseError, match=sentence), transaction.atomic():
            Approval.objects.filter(pk=approval.pk).update(**change)
    with pytest.raises(IntegrityError, match="returning_says_why"), transaction.atomic():
        Vote.objects.filter(step=step).update(decision="return")
    with pytest.raises(IntegrityError, match="a_step_needs_somebody"), transaction.atomic():
        Step.objects.update(needed=0)


@pytest.mark.django_db(transaction=True)
def test_two_last_votes_at_once_approve_once() -> None:
    asker, *approvers = people(9)
    approval = ask([StepSpec(approvers, needed=1)], by=Actor.of(asker))
    start = Barrier(len(approvers))

    def run(user: User) -> str:
        try:
            start.wait(30)
            return yes(approval, user).state
        except TransitionNotAllowed:
            return "late"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(approvers)) as pool:
        results = sorted(pool.map(run, approvers))
    assert results == ["approved", *["late"] * 7]
    assert Event.objects.filter(verb="approval.approved").count() == 1
    assert Vote.objects.count() == 1


def test_a_role_without_somebody_who_knows_it_is_nobody() -> None:
    asker, a = people(2)
    with pytest.raises(Invalid, match="asks the chief cook, and nobody is that here"):
        ask([StepSpec([a], roles=["chief_cook"])], by=Actor.of(asker))


def test_what_is_decided_is_never_stuck() -> None:
    asker, a = people(2)
    approval = yes(ask([StepSpec([a])], by=Actor.of(asker)), a)
    notice_if_stuck(approval, approval.decided_at, Actor.system("test"))
    withdrawn = withdraw(ask([StepSpec([a])], by=Actor.of(asker)), by=Actor.of(asker))
    notice_if_stuck(withdrawn, withdrawn.decided_at, Actor.system("test"))
    assert not Event.objects.filter(verb="approval.stuck").exists()


def test_rows_say_what_they_are() -> None:
    asker, a = people(2)
    approval = ask([StepSpec([a])], by=Actor.of(asker))
    step = approval.steps.get()
    said = [str(each) for each in (approval, step, step.seats.get())]
    assert said == ["approval, pending", "step 1", f"{a.name} in step 1"]

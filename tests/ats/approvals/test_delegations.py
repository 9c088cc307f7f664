"""Somebody is away, and another answers for them: once, in the open, and never in a circle."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from ats import clock
from ats.accounts.models import User
from ats.approvals.delegations import delegate_approvals, revoke_delegation
from ats.approvals.engine import StepSpec, ask, replace_approver, restart, vote
from ats.approvals.models import Approval, Delegation, Replacement, Step, Vote
from ats.approvals.waiting import pending_for, waiting_for
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.models import Event
from tests.factories.ats import UserFactory

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def people(*names: str) -> list[User]:
    return [UserFactory(name=name) for name in names]


def names(rows: Any) -> set[str]:
    return {row.name for row in rows}


def away(person: User, delegate: User, **span: Any) -> Delegation:
    at = clock.now()
    span = {"starts_at": at, "ends_at": at + WEEK, **span}
    return delegate_approvals(person, delegate=delegate, **span, by=Actor.of(person))


def yes(approval: Approval, user: User) -> Approval:
    return vote(approval, by=Actor.of(user), decision="approve")


def test_a_delegate_is_asked_sees_it_and_answers_for_the_absent() -> None:
    asker, ann, dan = people("Asker", "Ann", "Dan")
    approval = ask([StepSpec([ann])], by=Actor.of(asker))
    assert not approval.names(dan)
    delegation = away(ann, dan)
    assert names(waiting_for(approval)) == {"Dan"}
    assert list(pending_for(dan)) == list(pending_for(ann)) == [approval]
    assert approval.names(dan)
    assert yes(approval, dan).state == "approved"
    given = Vote.objects.get()
    assert (given.user, given.on_behalf_of, str(given)) == (dan, ann, "Dan for Ann: approve")
    revoke_delegation(delegation, by=Actor.of(ann))
    assert approval.names(dan)


def test_a_delegate_sees_nothing_that_does_not_wait() -> None:
    asker, ann, dan = people("Asker", "Ann", "Dan")
    over = yes(ask([StepSpec([ann])], by=Actor.of(asker)), ann)
    first_done = yes(ask([StepSpec([ann]), StepSpec([asker, dan])], by=Actor.of(asker)), ann)
    later = ask([StepSpec([dan]), StepSpec([ann])], by=Actor.of(asker))
    delegation = away(ann, dan)
    assert set(Approval.objects.naming(dan)) == {first_done, later}
    assert over not in set(Approval.objects.naming(dan))
    revoke_delegation(delegation, by=Actor.of(ann))
    assert list(pending_for(dan)) == [first_done, later]


def test_before_and_after_the_absence_nobody_stands_in(advance: Callable[..., None]) -> None:
    asker, ann, dan = people("Asker", "Ann", "Dan")
    at = clock.now()
    away(ann, dan, starts_at=at + timedelta(days=1), ends_at=at + timedelta(days=2))
    approval = ask([StepSpec([ann])], by=Actor.of(asker))
    assert names(waiting_for(approval)) == {"Ann"}
    with pytest.raises(DomainError) as refusal:
        yes(approval, dan)
    assert refusal.value.code == "not_an_approver"
    advance(timedelta(days=1, minutes=1))
    assert names(waiting_for(approval)) == {"Dan"}
    advance(timedelta(days=1))
    assert names(waiting_for(approval)) == {"Ann"}


def test_one_human_never_counts_twice_in_a_step() -> None:
    asker, ann, ben, dan = people("Asker", "Ann", "Ben", "Dan")
    approval = ask([StepSpec([ann, ben, dan], needed=2)], by=Actor.of(asker))
    away(ann, dan)
    yes(approval, dan)
    assert Vote.objects.get().on_behalf_of is None
    with pytest.raises(DomainError) as refusal:
        yes(approval, dan)
    assert refusal.value.code == "answered_already"
    assert names(waiting_for(approval)) == {"Ben"}
    assert yes(approval, ann).state == "approved"


def test_a_seat_is_answered_once_by_whoever_comes_first() -> None:
    asker, ann, ben, dan = people("Asker", "Ann", "Ben", "Dan")
    approval = ask([StepSpec([ann, ben], needed=2)], by=Actor.of(asker))
    away(ann, dan)
    yes(approval, dan)
    with pytest.raises(DomainError, match="answered for you"):
        yes(approval, ann)
    step = Step.objects.get()
    given = {"step": step, "decision": "approve", "at": clock.now()}
    with pytest.raises(IntegrityError, match="each_named_person"), transaction.atomic():
        Vote.objects.create(user=ann, **given)
    with pytest.raises(IntegrityError, match="nobody_stands_in"), transaction.atomic():
        Vote.objects.create(user=ben, on_behalf_of=ben, **given)


def test_the_asker_stands_in_for_nobody_in_their_own_request() -> None:
    asker, ann = people("Asker", "Ann")
    approval = ask([StepSpec([ann])], by=Actor.of(asker))
    away(ann, asker)
    assert names(waiting_for(approval)) == set()
    assert list(pending_for(asker)) == []
    with pytest.raises(DomainError) as refusal:
        yes(approval, asker)
    assert refusal.value.code == "own_request"


def test_an_absence_is_handed_on_once() -> None:
    asker, ann, ben, cem = people("Asker", "Ann", "Ben", "Cem")
    away(ann, ben)
    for person, delegate in ((ben, ann), (cem, ann)):
        with pytest.raises(Invalid, match="away then"):
            away(person, delegate)
    away(ben, cem)
    approval = ask([StepSpec([ann]), StepSpec([ben])], by=Actor.of(asker))
    assert names(waiting_for(approval)) == set()
    assert list(pending_for(cem)) == []
    assert Event.objects.filter(verb="approval.stuck").count() == 1
    approval = yes(approval, ann)
    assert names(waiting_for(approval)) == {"Cem"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_at": timedelta(0)}, "ends_at"),
        ({"starts_at": -2 * WEEK, "ends_at": -WEEK}, "ends_at"),
        ({"delegate": "self"}, "delegate"),
        ({"delegate": "gone"}, "delegate"),
        ({"starts_at": timedelta(days=1)}, "starts_at"),
    ],
)
def test_an_absence_that_cannot_be_meant_is_refused(change: dict[str, Any], field: str) -> None:
    ann, dan = people("Ann", "Dan")
    who = {"self": ann, "gone": UserFactory(is_active=False)}
    if field == "starts_at":
        away(ann, dan)
    at = clock.now()
    said = {"delegate": dan, "starts_at": at, "ends_at": at + WEEK}
    for name, value in change.items():
        said[name] = who[value] if isinstance(value, str) else at + value
    before = Delegation.objects.count()
    with pytest.raises(Invalid) as refusal:
        delegate_approvals(ann, **said, by=Actor.of(ann))
    assert (refusal.value.field, Delegation.objects.count()) == (field, before)


def test_the_database_keeps_absences_apart() -> None:
    ann, ben = people("Ann", "Ben")
    held = away(ann, ben)
    fields = {"starts_at": held.starts_at, "ends_at": held.ends_at}
    for row, sentence in (
        ({"person": ann, "delegate": UserFactory(), **fields}, "one_delegate_at_a_time"),
        ({"person": ben, "delegate": ben, **fields}, "nobody_delegates_to_themselves"),
        (
            {"person": ben, "delegate": ann, "starts_at": held.ends_at, "ends_at": held.starts_at},
            "an_absence_ends_after|range lower bound",
        ),
    ):
        with pytest.raises(Exception, match=sentence), transaction.atomic():
            Delegation.objects.create(**row)
    revoke_delegation(held, by=Actor.of(ann))
    assert str(away(ann, ben)) == "Ben for Ann"
    with pytest.raises(DomainError, match="over already"):
        revoke_delegation(held, by=Actor.of(ann))


def test_who_sees_an_absence() -> None:
    ann, ben, cem = people("Ann", "Ben", "Cem")
    held = away(ann, ben)
    admin = UserFactory(is_site_admin=True)
    seen = {who: list(Delegation.objects.visible_to(who)) for who in (ann, ben, cem, admin)}
    assert seen == {ann: [held], ben: [held], cem: [], admin: [held]}


@pytest.mark.django_db(transaction=True)
def test_two_who_hand_over_to_each_other_at_once_make_no_circle() -> None:
    for _ in range(5):
        ann, ben = people("Ann", "Ben")
        start = Barrier(2)

        def run(pair: tuple[User, User]) -> str:
            try:
                start.wait(30)  # noqa: B023
                away(*pair)
                return "away"
            except Invalid as refusal:
                return refusal.field
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(run, [(ann, ben), (ben, ann)])) == ["away", "delegate"]


# Somebody else in their place


def test_a_replaced_approver_is_asked_no_more_and_the_reason_stays() -> None:
    asker, ann, ben, cem = people("Asker", "Ann", "Ben", "Cem")
    approval = ask([StepSpec([ann, ben], 2), StepSpec([ann])], by=Actor.of(asker))
    yes(approval, ben)
    replace_approver(approval, was=ann, becomes=cem, reason="Ill", by=Actor.of(asker))
    assert names(waiting_for(approval)) == {"Cem"}
    assert not approval.names(ann)
    kept = [(str(row), row.reason, row.replaced_by) for row in Replacement.objects.all()]
    assert kept == [("Cem in place of Ann", "Ill", asker)] * 2
    assert yes(yes(approval, cem), cem).state == "approved"
    with pytest.raises(DomainError, match="decided"):
        replace_approver(approval, was=cem, becomes=ann, reason="No", by=Actor.of(asker))


def test_a_replacement_that_cannot_be_meant_is_refused() -> None:
    asker, ann, ben, cem, boss = people("Asker", "Ann", "Ben", "Cem", "Boss")
    gone = UserFactory(is_active=False)
    approval = ask([StepSpec([ann, ben], 2), StepSpec([cem])], by=Actor.of(asker))
    yes(approval, ben)
    said = {"was": ann, "becomes": cem, "reason": "Ill"}
    for change, field in (
        ({"reason": " "}, "reason"),
        ({"becomes": gone}, "becomes"),
        ({"becomes": asker}, "becomes"),
        ({"becomes": boss}, "becomes"),
        ({"becomes": ben}, "becomes"),
        ({"was": ben}, "was"),
        ({"was": boss}, "was"),
    ):
        with pytest.raises(Invalid) as refusal:
            replace_approver(approval, **{**said, **change}, by=Actor.of(boss))
        assert refusal.value.field == field
    assert Replacement.objects.count() == 0


def test_a_step_that_is_stuck_is_told_once_and_a_replacement_frees_it() -> None:
    asker, ann, ben = people("Asker", "Ann", "Ben")
    away(ann, asker)
    approval = ask([StepSpec([ann])], by=Actor.of(asker))
    assert Step.objects.get().short_since is not None
    replace_approver(approval, was=ann, becomes=ben, reason="Away", by=Actor.of(asker))
    assert Step.objects.get().short_since is None
    assert Event.objects.filter(verb="approval.stuck").count() == 1


def test_a_round_is_asked_again_also_if_nobody_can_answer() -> None:
    asker, ann = people("Asker", "Ann")
    approval = ask([StepSpec([ann])], by=Actor.of(asker))
    User.objects.filter(pk=ann.pk).update(is_active=False)
    again = restart(restart(approval, by=Actor.of(asker)), by=Actor.system("test"))
    assert [each.state for each in approval.rounds()] == ["withdrawn", "withdrawn", "pending"]
    assert (again.first, again.requested_by) == (approval, asker)
    assert Event.objects.filter(verb="approval.stuck").count() == 2


def test_a_request_of_nobody_waits_for_everybody_named() -> None:
    (ann,) = people("Ann")
    approval = ask([StepSpec([ann])], by=Actor.system("import"))
    assert names(waiting_for(approval)) == {"Ann"}
    assert list(pending_for(ann)) == [approval]
    assert yes(approval, ann).state == "approved"

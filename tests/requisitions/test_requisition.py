import pytest
from django.db import transaction

from ats import clock
from ats.approvals.engine import StepSpec
from ats.errors import Blocked, DomainError, Invalid, TransitionNotAllowed
from ats.events.actors import Actor
from ats.events.chain import first_break
from ats.events.models import Event
from requisitions.actions.requisition import (
    approve_requisition,
    cancel_requisition,
    edit_requisition,
    reopen_requisition,
    return_requisition,
    submit_requisition,
)
from requisitions.enums import TeamRole
from requisitions.models import Requisition
from tests.factories.ats import UserFactory
from tests.factories.requisitions import (
    approved,
    draft,
    open_requisition,
)

pytestmark = pytest.mark.django_db


def statuses(requisition: Requisition) -> list[str]:
    return list(requisition.openings.values_list("status", flat=True))


def test_an_open_requisition_has_all_that_hiring_needs() -> None:
    role = open_requisition(openings=2)
    role.requisition.refresh_from_db()
    assert role.requisition.status == "open"
    assert role.requisition.opened_at is not None
    assert statuses(role.requisition) == ["open", "open"]
    assert role.posting.status == "published"
    assert {stage.kind for stage in role.stages.values()} == set(role.stages)
    assert first_break() is None


def test_whoever_drafts_is_the_responsible_recruiter() -> None:
    requisition = draft()
    member = requisition.team.get()
    assert (member.user, member.role) == (requisition.created_by, TeamRole.RECRUITER)
    assert member.is_responsible
    assert statuses(requisition) == ["draft"]


def test_numbers_have_no_gaps_even_where_a_draft_failed() -> None:
    first = draft()
    with transaction.atomic():
        draft()
        transaction.set_rollback(True)
    second = draft()
    year = clock.now().year
    assert [first.number, second.number] == [f"REQ-{year}-0001", f"REQ-{year}-0002"]


def test_a_requisition_takes_no_field_that_verbs_decide() -> None:
    with pytest.raises(TypeError, match="status"):
        draft(status="open")


def test_every_step_approves_before_the_requisition_opens() -> None:
    requisition = draft()
    boss, head = UserFactory(), UserFactory()
    by = Actor.of(requisition.created_by)
    steps = [StepSpec([boss]), StepSpec([head])]
    requisition = submit_requisition(requisition, steps=steps, by=by)
    with pytest.raises(DomainError, match="not your turn"):
        approve_requisition(requisition, by=Actor.of(head))
    requisition = approve_requisition(requisition, by=Actor.of(boss))
    assert requisition.status == "pending_approval"
    requisition = approve_requisition(requisition, by=Actor.of(head))
    assert requisition.status == "open"
    verbs = Event.objects.filter(subjects__object_id=requisition.public_id)
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        "requisition.drafted",
        "team.joined",
        "opening.added",
        "requisition.submitted",
        "requisition.approved",
        "opening.opened",
    ]


def test_returning_makes_it_a_draft_that_can_be_asked_for_again() -> None:
    requisition, boss = draft(), UserFactory()
    by = Actor.of(requisition.created_by)
    submit_requisition(requisition, steps=[StepSpec([boss])], by=by)
    with pytest.raises(Invalid, match="what has to change"):
        return_requisition(requisition, comment=" ", by=Actor.of(boss))
    back = return_requisition(requisition, comment="Too dear", by=Actor.of(boss))
    assert back.status == "draft"
    assert approved(back).status == "open"


def test_an_edit_that_changes_nothing_leaves_no_event() -> None:
    requisition = draft()
    before = Event.objects.count()
    edit_requisition(requisition, title=requisition.title, by=Actor.system("test"))
    assert Event.objects.count() == before


def test_a_closed_requisition_is_not_edited() -> None:
    requisition = draft()
    by = Actor.of(requisition.created_by)
    cancel_requisition(requisition, reason="Budget", by=by)
    with pytest.raises(DomainError, match="reopen it first"):
        edit_requisition(requisition, summary="x", by=by)


def test_cancelling_closes_everything_and_reopening_opens_the_seats() -> None:
    role = open_requisition(openings=2)
    by = Actor.of(role.recruiter)
    with pytest.raises(Invalid):
        cancel_requisition(role.requisition, reason=" ", by=by)
    closed = cancel_requisition(role.requisition, reason="Budget", by=by)
    role.posting.refresh_from_db()
    assert (closed.status, closed.close_reason) == ("cancelled", "Budget")
    assert (statuses(closed), role.posting.status) == (["closed", "closed"], "unpublished")
    reopened = reopen_requisition(closed, by=by)
    assert (reopened.status, reopened.closed_at) == ("open", None)
    assert statuses(reopened) == ["open", "open"]


def test_cancelling_ends_the_wait_for_approval() -> None:
    requisition, boss = draft(), UserFactory()
    by = Actor.of(requisition.created_by)
    submit_requisition(requisition, steps=[StepSpec([boss])], by=by)
    requisition = cancel_requisition(requisition, reason="Budget", by=by)
    assert requisition.approval.state == "withdrawn"
    with pytest.raises(TransitionNotAllowed):
        approve_requisition(requisition, by=Actor.of(boss))
    with pytest.raises(Blocked, match="never approved"):
        reopen_requisition(requisition, by=by)

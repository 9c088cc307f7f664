"""What is approved stays approved until it changes; then the same people are asked again."""

from typing import Any
from uuid import uuid4

import pytest

from ats.accounts.models import User
from ats.approvals.engine import StepSpec
from ats.errors import Blocked, DomainError, Invalid, TransitionNotAllowed
from ats.events.actors import Actor
from ats.events.models import Event
from candidates.actions.application import hire_application
from requisitions.actions.approval import (
    add_approval_flow,
    edit_approval_flow,
    remove_approval_flow,
    replace_requisition_approver,
)
from requisitions.actions.opening import add_opening, fill_opening
from requisitions.actions.posting import draft_posting, publish_posting
from requisitions.actions.requisition import (
    approve_requisition,
    cancel_requisition,
    edit_requisition,
    hold_requisition,
    reopen_requisition,
    return_requisition,
    submit_requisition,
)
from requisitions.actions.team import join_hiring_team
from requisitions.enums import TeamRole
from requisitions.models import ApprovalFlow, Requisition
from tests.factories.ats import UserFactory
from tests.factories.candidates import accepted, apply
from tests.factories.candidates import draft as draft_for
from tests.factories.requisitions import (
    PAY,
    DepartmentFactory,
    RecruiterFactory,
    approved,
    draft,
    open_requisition,
)

pytestmark = pytest.mark.django_db


def asked(requisition: Requisition) -> list[list[tuple[str, str]]]:
    """Per step of the present round who is named, and as what."""
    assert requisition.approval
    steps = requisition.approval.steps.order_by("order")
    return [[(seat.user.name, seat.role) for seat in step.seats.all()] for step in steps]


CHANGES: list[dict[str, Any]] = [
    {"title": "New"},
    {"level": "7"},
    {"pay_ranges": []},
    {"pay_ranges": [{**PAY, "maximum": "130000"}]},
    {"advertised_pay": {"amount": 1, "currency": "USD", "period": "year"}},
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("before", ["pending_approval", "open", "on_hold"])
def test_a_change_of_what_is_approved_asks_the_same_steps_again(
    change: dict[str, Any], before: str
) -> None:
    requisition, ann, ben = draft(), UserFactory(name="Ann"), UserFactory(name="Ben")
    by = Actor.of(requisition.created_by)
    steps = [StepSpec([ann]), StepSpec([ben])]
    requisition = submit_requisition(requisition, steps=steps, by=by)
    requisition = approve_requisition(requisition, by=Actor.of(ann))
    if before != "pending_approval":
        requisition = approve_requisition(requisition, by=Actor.of(ben))
    if before == "on_hold":
        hold_requisition(requisition, by=by)
    first = requisition.approval
    again = edit_requisition(requisition, **change, by=by)
    assert (again.status, again.approval.state) == ("pending_approval", "pending")
    first.refresh_from_db()
    assert first.state == ("withdrawn" if before == "pending_approval" else "approved")
    assert list(again.approval.rounds()) == [first, again.approval]
    assert asked(again) == [[("Ann", "")], [("Ben", "")]]
    assert again.approval.note.startswith("Changed since: ")
    with pytest.raises(DomainError, match="not your turn"):
        approve_requisition(again, by=Actor.of(ben))
    approve_requisition(again, by=Actor.of(ann))
    assert approve_requisition(again, by=Actor.of(ben)).status == "open"


@pytest.mark.parametrize(
    "change",
    [
        {"summary": "Changed"},
        {"title": "Data Engineer"},
        {"pay_ranges": [PAY]},
        {"pay_ranges": [{**PAY, "note": "plus equity"}]},
    ],
)
def test_nothing_else_asks_anybody_again(change: dict[str, Any]) -> None:
    requisition = approved(draft())
    edited = edit_requisition(requisition, **change, by=Actor.of(requisition.created_by))
    assert (edited.status, edited.approval) == ("open", requisition.approval)


def test_a_draft_is_changed_freely() -> None:
    requisition = draft()
    by = Actor.of(requisition.created_by)
    assert edit_requisition(requisition, title="New", by=by).status == "draft"


def test_one_more_seat_is_asked_for_and_opens_with_the_answer() -> None:
    role = open_requisition()
    add_opening(role.requisition, by=Actor.of(role.recruiter))
    again = Requisition.objects.get()
    assert again.status == "pending_approval"
    assert list(again.openings.values_list("status", flat=True)) == ["open", "draft"]
    opened_at = again.opened_at
    again = approve_requisition(again, by=Actor.of(role.approver))
    assert list(again.openings.values_list("status", flat=True)) == ["open", "open"]
    assert (again.status, again.opened_at) == ("open", opened_at)
    cancel_requisition(again, reason="Budget", by=Actor.of(role.recruiter))
    with pytest.raises(DomainError, match="reopen it first"):
        add_opening(again, by=Actor.of(role.recruiter))


def test_meanwhile_people_apply_and_nobody_is_offered_the_job_or_hired() -> None:
    role = open_requisition(openings=2)
    by = Actor.of(role.recruiter)
    waiting, signed = apply(role), apply(role)
    accepted(signed, role)
    edit_requisition(role.requisition, title="Newer", by=by)
    role.posting.refresh_from_db()
    assert role.posting.status == "published"
    assert apply(role).status == "active"
    with pytest.raises(Blocked, match="approval comes first"):
        draft_for(waiting, role)
    signed.refresh_from_db()
    with pytest.raises(Blocked, match="approval comes first"):
        hire_application(type(signed).objects.get(pk=signed.pk), by=by)
    with pytest.raises(TransitionNotAllowed):
        fill_opening(role.openings[1], application=uuid4(), by=by)
    with pytest.raises(Blocked, match="pending approval"):
        publish_posting(draft_posting(role.requisition, by=by), by=by)
    approve_requisition(role.requisition, by=Actor.of(role.approver))
    hire_application(type(signed).objects.get(pk=signed.pk), by=by)


def test_a_change_that_is_returned_takes_the_postings_down() -> None:
    role = open_requisition()
    by = Actor.of(role.recruiter)
    edit_requisition(role.requisition, title="Newer", by=by)
    back = return_requisition(role.requisition, comment="No", by=Actor.of(role.approver))
    role.posting.refresh_from_db()
    assert (back.status, role.posting.status) == ("draft", "unpublished")
    again = submit_requisition(back, by=by)
    assert asked(again) == [[(role.approver.name, "")]]
    assert [each.state for each in again.approval.rounds()] == ["approved", "returned", "pending"]
    assert approve_requisition(again, by=Actor.of(role.approver)).status == "open"


def test_what_was_not_approved_as_it_stands_is_not_reopened() -> None:
    role = open_requisition()
    by = Actor.of(role.recruiter)
    edit_requisition(role.requisition, title="Newer", by=by)
    cancel_requisition(role.requisition, reason="Budget", by=by)
    with pytest.raises(Blocked, match="never approved"):
        reopen_requisition(role.requisition, by=by)


def test_an_answer_to_what_was_read_is_none_to_what_came_after() -> None:
    requisition, boss = draft(), UserFactory()
    by = Actor.of(requisition.created_by)
    read = submit_requisition(requisition, steps=[StepSpec([boss])], by=by).approval
    edit_requisition(requisition, title="Twice as dear", by=by)
    for verb in (approve_requisition, return_requisition):
        with pytest.raises(DomainError) as refusal:
            verb(requisition, comment="Yes", asked=read.public_id, by=Actor.of(boss))
        assert refusal.value.code == "asked_again"
    again = Requisition.objects.get()
    assert (
        approve_requisition(again, asked=again.approval.public_id, by=Actor.of(boss)).status
        == "open"
    )


def test_whoever_changed_it_does_not_approve_it() -> None:
    boss = RecruiterFactory(name="Boss")
    requisition = draft()
    by = Actor.of(requisition.created_by)
    join_hiring_team(requisition, user=boss, role=TeamRole.RECRUITER, by=by)
    approved(requisition, boss)
    again = edit_requisition(requisition, title="Mine", by=Actor.of(boss))
    with pytest.raises(DomainError) as refusal:
        approve_requisition(again, by=Actor.of(boss))
    assert refusal.value.code == "own_request"
    assert Event.objects.filter(verb="approval.stuck").count() == 1


# Roles


def staffed() -> tuple[Requisition, dict[str, User]]:
    """In a department whose parent has a head, with a team."""
    people = {name: UserFactory(name=name) for name in ("Head", "Manager", "Second", "Chief")}
    department = DepartmentFactory(parent=DepartmentFactory(head=people["Head"]))
    recruiter = RecruiterFactory(name="Recruiter", manager=people["Chief"])
    requisition = draft(recruiter, department=department)
    by = Actor.of(recruiter)
    manager = TeamRole.MANAGER
    join_hiring_team(requisition, user=people["Manager"], role=manager, is_responsible=True, by=by)
    join_hiring_team(requisition, user=people["Second"], role=manager, by=by)
    join_hiring_team(requisition, user=people["Second"], role=TeamRole.COORDINATOR, by=by)
    return requisition, {**people, "Recruiter": recruiter}


@pytest.mark.parametrize(
    ("role", "found"),
    [
        ("hiring_manager", ["Manager"]),
        ("department_head", ["Head"]),
        ("askers_manager", ["Chief"]),
        ("coordinator", ["Second"]),
    ],
)
def test_a_role_is_whoever_holds_it(role: str, found: list[str]) -> None:
    requisition, people = staffed()
    by = Actor.of(people["Recruiter"])
    asked_now = submit_requisition(requisition, steps=[StepSpec(roles=[role])], by=by)
    assert asked(asked_now) == [[(name, role) for name in found]]


def test_a_person_named_twice_is_asked_once_and_as_themselves() -> None:
    requisition, people = staffed()
    steps = [StepSpec([people["Manager"]], 2, ["hiring_manager", "department_head"])]
    requisition = submit_requisition(requisition, steps=steps, by=Actor.of(people["Recruiter"]))
    assert asked(requisition) == [[("Manager", ""), ("Head", "department_head")]]


def test_where_nobody_is_responsible_everybody_in_the_role_is_asked() -> None:
    requisition, people = staffed()
    requisition.team.exclude(role="recruiter").update(is_responsible=False)
    steps = [StepSpec(roles=["hiring_manager"])]
    requisition = submit_requisition(requisition, steps=steps, by=Actor.of(people["Recruiter"]))
    assert {name for name, _ in asked(requisition)[0]} == {"Manager", "Second"}


@pytest.mark.parametrize("role", ["department_head", "askers_manager", "recruiter", "coordinator"])
def test_a_role_that_nobody_else_holds_is_refused(role: str) -> None:
    requisition = draft()
    by = Actor.of(requisition.created_by)
    with pytest.raises(Invalid) as refusal:
        submit_requisition(requisition, steps=[StepSpec(roles=[role])], by=by)
    assert refusal.value.field == "steps"
    assert Requisition.objects.get().status == "draft"


def test_the_system_has_no_manager_to_ask() -> None:
    with pytest.raises(Invalid, match="manager"):
        submit_requisition(
            draft(), steps=[StepSpec(roles=["askers_manager"])], by=Actor.system("test")
        )


def test_an_inactive_head_is_passed_over_for_the_one_above() -> None:
    requisition, people = staffed()
    gone = UserFactory(is_active=False)
    requisition.department.head = gone
    requisition.department.save()
    steps = [StepSpec(roles=["department_head"])]
    requisition = submit_requisition(
        Requisition.objects.get(), steps=steps, by=Actor.of(people["Recruiter"])
    )
    assert asked(requisition) == [[("Head", "department_head")]]


def test_asking_again_asks_whoever_holds_the_role_now() -> None:
    requisition, people = staffed()
    by = Actor.of(people["Recruiter"])
    steps = [StepSpec([people["Chief"]]), StepSpec(roles=["department_head"])]
    submit_requisition(requisition, steps=steps, by=by)
    new = UserFactory(name="New")
    requisition.department.head = new
    requisition.department.save()
    again = edit_requisition(requisition, title="A", by=by)
    assert asked(again) == [[("Chief", "")], [("New", "department_head")]]
    requisition.department.head = requisition.department.parent.head = None
    requisition.department.parent.save()
    requisition.department.save()
    again = edit_requisition(requisition, title="B", by=by)
    assert asked(again) == [[("Chief", "")], [("New", "department_head")]]


# Flows


def test_the_nearest_flow_says_whom_to_ask_unless_somebody_is_named() -> None:
    requisition, people = staffed()
    by, admin = Actor.of(people["Recruiter"]), Actor.of(UserFactory(is_site_admin=True))
    with pytest.raises(Invalid, match="Name at least one step"):
        submit_requisition(requisition, by=by)
    add_approval_flow(kind="requisition", steps=[StepSpec([people["Chief"]])], by=admin)
    upper = add_approval_flow(
        kind="requisition",
        department=requisition.department.parent,
        steps=[StepSpec(roles=["hiring_manager"]), StepSpec([people["Head"], people["Chief"]], 2)],
        by=admin,
    )
    add_approval_flow(kind="offer", steps=[StepSpec([people["Head"]])], by=admin)
    submitted = submit_requisition(requisition, by=by)
    assert asked(submitted) == [
        [("Manager", "hiring_manager")],
        [("Head", ""), ("Chief", "")],
    ]
    return_requisition(requisition, comment="No", by=Actor.of(people["Manager"]))
    other = submit_requisition(requisition, steps=[StepSpec([people["Second"]])], by=by)
    assert asked(other) == [[("Second", "")]]
    plain = submit_requisition(draft(people["Recruiter"]), by=by)
    assert asked(plain) == [[("Chief", "")]]
    edit_approval_flow(upper, steps=[StepSpec([people["Second"]])], by=admin)
    fresh = draft(people["Recruiter"], department=requisition.department)
    assert asked(submit_requisition(fresh, by=by)) == [[("Second", "")]]
    remove_approval_flow(upper, by=admin)
    assert ApprovalFlow.objects.count() == 2


def test_a_flow_that_nobody_could_complete_is_refused() -> None:
    admin, boss = Actor.of(UserFactory(is_site_admin=True)), UserFactory()
    for steps in ([], [StepSpec([])], [StepSpec([boss, boss], 2)]):
        with pytest.raises(Invalid) as refusal:
            add_approval_flow(kind="requisition", steps=steps, by=admin)
        assert refusal.value.field == "steps"
    add_approval_flow(kind="requisition", steps=[StepSpec([boss])], by=admin)
    with pytest.raises(Invalid, match="already"):
        add_approval_flow(kind="requisition", steps=[StepSpec([boss])], by=admin)


def test_whoever_has_left_is_missing_from_a_flow_and_asking_says_so() -> None:
    boss = UserFactory()
    admin = Actor.of(UserFactory(is_site_admin=True))
    add_approval_flow(kind="requisition", steps=[StepSpec([boss])], by=admin)
    User.objects.filter(pk=boss.pk).update(is_active=False)
    requisition = draft()
    with pytest.raises(Invalid, match="names 0 who can"):
        submit_requisition(requisition, by=Actor.of(requisition.created_by))


# Somebody else in their place


def test_an_approver_is_replaced_with_a_reason() -> None:
    requisition, ann, ben = draft(), UserFactory(name="Ann"), UserFactory(name="Ben")
    by = Actor.of(requisition.created_by)
    with pytest.raises(DomainError, match="Nobody is asked"):
        replace_requisition_approver(requisition, was=ann, becomes=ben, reason="Ill", by=by)
    submit_requisition(requisition, steps=[StepSpec([ann])], by=by)
    replace_requisition_approver(requisition, was=ann, becomes=ben, reason="Ill", by=by)
    assert asked(Requisition.objects.get()) == [[("Ben", "")]]
    assert not Requisition.objects.visible_to(ann).exists()
    assert approve_requisition(requisition, by=Actor.of(ben)).status == "open"

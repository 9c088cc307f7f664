from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from ats import clock
from ats.approvals.engine import StepSpec
from ats.errors import Blocked, DomainError, Invalid, TransitionNotAllowed
from ats.events.actors import Actor
from ats.events.chain import first_break
from ats.events.models import Event
from requisitions.actions.competency import (
    choose_competencies,
    find_or_add_competency,
    freeze_rubric,
    load_library,
)
from requisitions.actions.opening import (
    add_opening,
    close_opening,
    fill_opening,
    open_opening,
    reopen_opening,
)
from requisitions.actions.pipeline import add_stage, attach_pipeline, retire_stage
from requisitions.actions.posting import draft_posting, publish_posting, unpublish_posting
from requisitions.actions.requisition import (
    approve_requisition,
    cancel_requisition,
    draft_requisition,
    edit_requisition,
    hold_requisition,
    reopen_requisition,
    resume_requisition,
    return_requisition,
    submit_requisition,
)
from requisitions.actions.team import join_hiring_team, leave_hiring_team
from requisitions.enums import TeamRole
from requisitions.models import Competency, PayRange, Requisition
from requisitions.queries.stages import first_stage, open_stage
from tests.factories.ats import UserFactory
from tests.factories.requisitions import (
    PAY,
    CompetencyFactory,
    RecruiterFactory,
    approved,
    draft,
    open_requisition,
)

pytestmark = pytest.mark.django_db

# An application is known here by its public id only.
ONE, TWO = UUID(int=1), UUID(int=2)


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


@pytest.mark.parametrize(
    "change", [{"title": "New"}, {"level": "7"}, {"pay_ranges": []}, {"advertised_pay": {}}]
)
def test_title_level_and_pay_are_what_was_approved(change) -> None:
    requisition, boss = draft(), UserFactory()
    by = Actor.of(requisition.created_by)
    submit_requisition(requisition, steps=[StepSpec([boss])], by=by)
    again = edit_requisition(requisition, **change, by=by)
    assert (again.status, again.approval.state) == ("draft", "withdrawn")
    requisition = approved(again)
    with pytest.raises(DomainError, match="as they were approved"):
        edit_requisition(requisition, title="Newer", by=by)
    assert edit_requisition(requisition, summary="Changed", by=by).status == "open"


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


def test_holding_takes_postings_down_and_resuming_does_not_publish() -> None:
    role = open_requisition()
    by = Actor.of(role.recruiter)
    hold_requisition(role.requisition, by=by)
    role.posting.refresh_from_db()
    assert (role.posting.status, role.posting.closed_at is None) == ("unpublished", False)
    with pytest.raises(Blocked, match="on hold"):
        publish_posting(role.posting, by=by)
    resume_requisition(role.requisition, by=by)
    assert publish_posting(role.posting, by=by).status == "published"


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


def test_publishing_says_everything_that_is_missing() -> None:
    requisition = draft(pay_ranges=[])
    by = Actor.of(requisition.created_by)
    posting = draft_posting(requisition, by=by)
    with pytest.raises(Blocked) as refusal:
        publish_posting(posting, by=by)
    assert refusal.value.blockers == [
        "The requisition is draft: only an open one can be published.",
        "No opening is open: there would be no seat to hire into.",
        "There is no pipeline: attach one, so that applications have a stage to arrive in.",
        "No pay range is given: add a minimum and a maximum with currency and period.",
    ]


def test_pay_transparency_names_what_a_range_lacks() -> None:
    role = open_requisition(publish=False)
    by = Actor.of(role.recruiter)
    PayRange.objects.update(currency="", period="", scope="U.S.")
    with pytest.raises(Blocked) as refusal:
        publish_posting(role.posting, by=by)
    assert refusal.value.blockers == [
        "The pay range 90,000 to 120,000 for U.S. has no currency and no period."
    ]


def test_a_posting_expires_in_the_future() -> None:
    role = open_requisition(publish=False)
    with pytest.raises(Invalid, match="future"):
        publish_posting(
            role.posting, expires_at=clock.now() - timedelta(1), by=Actor.of(role.recruiter)
        )


def test_a_published_version_is_kept_as_it_was() -> None:
    role = open_requisition(summary="First", topics=["Data"], pay_ranges=[PAY])
    content = role.posting.versions.get().content
    assert content["summary"] == "First"
    assert content["company"] == "Northlight Research"
    assert content["pay_ranges"][0]["minimum"] == "90000.00"
    assert len(content["competencies"]) == 3
    unpublish_posting(role.posting, by=Actor.of(role.recruiter))
    assert role.posting.versions.count() == 1


def test_responsibility_is_handed_over_and_whoever_has_it_does_not_leave() -> None:
    requisition = draft()
    by = Actor.of(requisition.created_by)
    other = RecruiterFactory()
    first = requisition.team.get()
    with pytest.raises(DomainError, match="is responsible here"):
        leave_hiring_team(first, by=by)
    join_hiring_team(requisition, user=other, role=TeamRole.RECRUITER, is_responsible=True, by=by)
    first.refresh_from_db()
    leave_hiring_team(first, by=by)
    assert [member.user for member in requisition.team.all()] == [other]


def test_joining_twice_changes_nothing() -> None:
    requisition, ann = draft(), UserFactory()
    by = Actor.of(requisition.created_by)
    for _ in range(2):
        join_hiring_team(requisition, user=ann, role=TeamRole.INTERVIEWER, by=by)
    assert requisition.team.count() == 2
    assert Event.objects.filter(verb="team.joined").count() == 2
    gone = UserFactory(is_active=False)
    with pytest.raises(Invalid, match="deactivated"):
        join_hiring_team(requisition, user=gone, role=TeamRole.INTERVIEWER, by=by)


def test_a_pipeline_is_attached_once_and_grows_in_its_middle() -> None:
    requisition = draft()
    by = Actor.of(requisition.created_by)
    attach_pipeline(requisition, by=by)
    with pytest.raises(DomainError, match="has a pipeline already"):
        attach_pipeline(requisition, by=by)
    applied = first_stage(requisition)
    add_stage(requisition, name="Phone", kind="screen", after=applied, by=by)
    add_stage(requisition, name="Reference", kind="offer", by=by)
    assert list(requisition.stages.values_list("name", "position")) == [
        ("Applied", 1),
        ("Phone", 2),
        ("Recruiter screen", 3),
        ("Interview loop", 4),
        ("Debrief", 5),
        ("Offer", 6),
        ("Reference", 7),
        ("Hired", 8),
    ]
    assert open_stage(requisition, "screen").name == "Phone"
    retire_stage(open_stage(requisition, "screen"), by=by)
    assert open_stage(requisition, "screen").name == "Recruiter screen"
    with pytest.raises(DomainError, match="stays"):
        retire_stage(applied, by=by)
    with pytest.raises(Invalid, match="one stage for arriving"):
        add_stage(requisition, name="In", kind="applied", by=by)
    elsewhere = open_requisition().stage("screen")
    with pytest.raises(Invalid, match="not in the requisition"):
        add_stage(requisition, name="X", kind="screen", after=elsewhere, by=by)


def test_competencies_keep_their_order_and_an_unequal_weight_its_reason() -> None:
    requisition = draft()
    by = Actor.of(requisition.created_by)
    one, two = CompetencyFactory.create_batch(2)
    choose_competencies(requisition, choices=[{"competency": two}, {"competency": one}], by=by)
    assert [row.competency for row in requisition.competencies.all()] == [two, one]
    with pytest.raises(Invalid, match="write down why"):
        choose_competencies(requisition, choices=[{"competency": one, "weight": 2}], by=by)
    with pytest.raises(Invalid, match="twice"):
        choose_competencies(requisition, choices=[{"competency": one}] * 2, by=by)
    assert requisition.competencies.count() == 2


def test_a_rubric_is_frozen_once_and_again_when_something_changed() -> None:
    role = open_requisition(competencies=2)
    by = Actor.of(role.recruiter)
    first = freeze_rubric(role.requisition, by=by)
    assert freeze_rubric(role.requisition, by=by) == first
    assert [row["name"] for row in first.content] == [each.name for each in role.competencies]
    choices = [{"competency": role.competencies[0]}]
    choose_competencies(role.requisition, choices=choices, by=by)
    second = freeze_rubric(role.requisition, by=by)
    assert (first.number, second.number) == (1, 2)
    first.refresh_from_db()
    assert len(first.content) == 2


def test_the_library_is_loaded_once_and_found_by_any_of_its_names() -> None:
    by = Actor.system("test")
    loaded = load_library(by=by)
    assert load_library(by=by) == loaded
    assert Competency.objects.count() == 10
    assert all(set(each.anchors) == {"1", "3", "5"} and each.definition for each in loaded)
    assert find_or_add_competency("hpc", by=by).name == "High-Performance Computing (HPC)"
    assert find_or_add_competency("ML", by=by).name == "Machine Learning"
    assert find_or_add_competency("Performance", by=by) not in loaded


def test_drafting_by_the_product_itself_leaves_the_team_empty() -> None:
    requisition = draft_requisition(title="A", by=Actor.system("test"))
    assert not requisition.team.exists()

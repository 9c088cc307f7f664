import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from ats.errors import Invalid
from ats.events.actors import Actor
from ats.events.models import Event
from interviews.actions.plan import draft_plan
from interviews.models import InterviewPlan
from interviews.queries.coverage import coverage, report_of, report_on, warnings
from requisitions.actions.competency import choose_competencies
from requisitions.actions.pipeline import retire_stage
from tests.factories.ats import UserFactory
from tests.factories.interviews import heard, plan
from tests.factories.requisitions import CompetencyFactory, open_requisition

pytestmark = pytest.mark.django_db


@pytest.fixture
def role():
    return open_requisition(competencies=2)


def asked(role, **change):
    return {
        "name": "Systems",
        "kind": "technical",
        "minutes": 60,
        "stage": role.stage("interview"),
        "focus": role.competencies,
        **change,
    }


def draft(role, *interviews):
    return draft_plan(role.requisition, interviews=interviews, by=Actor.of(role.recruiter))


def test_a_plan_keeps_its_interviews_in_order(role):
    drafted = draft(role, asked(role, name="One"), asked(role, name="Two", interviewers=2))
    rows = drafted.interviews.values_list("position", "name", "interviewers")
    assert list(rows) == [(1, "One", 1), (2, "Two", 2)]
    assert Event.objects.get(verb="plan.drafted").ids == {"version": 1}


def test_a_change_is_a_new_version_and_a_live_loop_keeps_its_own():
    day = heard()
    newer = plan(day.role, 3)
    day.loop.refresh_from_db()
    assert day.loop.plan.version == 1
    versions = InterviewPlan.objects.filter(requisition=day.role.requisition)
    assert list(versions.values_list("version", "is_current")) == [(1, False), (2, True)]
    assert newer.version == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "  "}, "has a name"),
        ({"minutes": 4}, "5 minutes to 8 hours"),
        ({"minutes": 481}, "5 minutes to 8 hours"),
        ({"interviewers": 0}, "1 to 10"),
    ],
)
def test_what_cannot_be_meant_is_refused(role, change, said):
    with pytest.raises(Invalid, match=said):
        draft(role, asked(role, **change))
    assert not InterviewPlan.objects.exists()


def test_an_empty_plan_is_refused(role):
    with pytest.raises(Invalid, match="at least one"):
        draft(role)


def test_a_stage_of_another_requisition_is_refused(role):
    other = open_requisition()
    with pytest.raises(Invalid, match="belongs to another requisition"):
        draft(role, asked(role, stage=other.stage("interview")))


def test_a_retired_stage_is_refused(role):
    retired = asked(role)
    retire_stage(retired["stage"], by=Actor.of(role.recruiter))
    retired["stage"].refresh_from_db()
    with pytest.raises(Invalid, match="retired"):
        draft(role, retired)


def test_a_competency_that_nobody_asked_for_is_refused(role):
    with pytest.raises(Invalid, match="not a competency of this requisition"):
        draft(role, asked(role, focus=[CompetencyFactory()]))


def test_coverage_counts_interviews_and_interviewers_and_warns_where_it_is_thin():
    often, thin, never, nice = CompetencyFactory.create_batch(4)
    role = open_requisition(competencies=[often])
    choices = [
        {"competency": often, "is_must_have": True},
        {"competency": thin, "is_must_have": True},
        {"competency": never, "is_must_have": True},
        {"competency": nice, "is_must_have": False},
    ]
    choose_competencies(role.requisition, choices=choices, by=Actor.of(role.recruiter))
    drafted = draft(
        role,
        asked(role, focus=[often, thin]),
        asked(role, focus=[often, nice]),
    )
    covered = coverage(drafted)
    assert [(row.competency, row.interviews, row.interviewers) for row in covered] == [
        (often, 2, 2),
        (thin, 1, 1),
        (never, 0, 0),
        (nice, 1, 1),
    ]
    help_it = "give it 2 independent interviewers."
    assert list(warnings(covered)) == [
        f"{thin.name} is a must-have, but only one interviewer assesses it: {help_it}",
        f"{never.name} is a must-have, but nobody assesses it: {help_it}",
    ]


def test_two_interviewers_in_one_interview_are_enough(role):
    drafted = draft(role, asked(role, interviewers=2))
    assert list(warnings(coverage(drafted))) == []


def test_the_report_of_a_requisition_says_what_no_plan_assesses(role):
    assert report_of(role.requisition).warnings == [
        "There is no interview plan yet: nobody assesses any competency."
    ]
    choose_competencies(role.requisition, choices=[], by=Actor.of(role.recruiter))
    assert report_of(role.requisition).warnings == [
        "The requisition asks for no competency yet: choose what interviews assess."
    ]


def test_a_focus_that_is_not_asked_for_any_more_and_an_interview_without_one_are_said(role):
    drafted = draft(role, asked(role, interviewers=2), asked(role, name="Lunch", focus=[]))
    kept, dropped = role.competencies
    choices = [{"competency": kept}]
    choose_competencies(role.requisition, choices=choices, by=Actor.of(role.recruiter))
    assert report_on(drafted).warnings == [
        f"{dropped.name} is assessed, but the requisition does not ask for it.",
        "Lunch assesses no competency: give it a focus, or leave it out.",
    ]
    assert report_of(role.requisition).not_asked_for == [dropped]


def test_the_coverage_of_a_requisition_is_read_by_those_who_see_it(role):
    plan = draft(role, asked(role, interviewers=2))
    url = f"/api/v1/requisitions/{role.requisition.public_id}/coverage"
    api = APIClient()
    api.force_login(role.recruiter)
    with CaptureQueriesContext(connection) as queries:
        said = api.get(url).json()
    assert (said["plan"], said["warnings"]) == (str(plan.public_id), [])
    assert [row["interviewers"] for row in said["competencies"]] == [2, 2]
    draft(role, asked(role), asked(role), asked(role))
    with CaptureQueriesContext(connection) as more:
        api.get(url)
    assert len(more) == len(queries)
    api.force_login(UserFactory())
    assert api.get(url).status_code == 404

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interviews.models import Loop, Scorecard
from tests.factories.ats import UserFactory
from tests.factories.interviews import heard, submit
from tests.factories.requisitions import open_requisition
from tests.interviews.bodies import V1

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("noun", ["plans", "loops", "interviews", "scorecards", "debriefs"])
def test_lists_ask_the_same_number_of_questions_for_1_and_3_rows(noun, as_, relay):
    role = open_requisition()
    api, numbers = as_(role.recruiter), []
    for number in (1, 2):
        for _ in range(number):
            day = heard(1, role=role, days=len(Loop.objects.all()) + 2)
            submit(day.card(day.interviewers[0]))
        relay()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            rows = api.get(f"{V1}/{noun}").json()["results"]
        assert len(rows) == (1 if number == 1 else 3)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= 7, numbers


def test_a_row_does_not_ask_more_for_more_inside(as_):
    role, numbers = open_requisition(), []
    api = as_(role.recruiter)
    for count, days in ((1, 5), (3, 9)):
        day = heard(count, role=role, days=days)
        with CaptureQueriesContext(connection) as asked:
            assert len(api.get(f"{V1}/loops/{day.loop.public_id}").json()["interviews"]) == count
        numbers.append(len(asked))
    assert numbers[0] == numbers[1], numbers


def test_strangers_find_nothing(day, as_):
    api = as_(UserFactory())
    for noun in ("plans", "loops", "interviews", "scorecards", "debriefs", "decisions"):
        assert api.get(f"{V1}/{noun}").json()["results"] == []
    for row in (day.plan, day.loop, day.interview, day.card(day.interviewers[0])):
        noun = {"interviewplan": "plans"}.get(row._meta.model_name, f"{row._meta.model_name}s")
        hidden = api.get(f"{V1}/{noun}/{row.public_id}")
        absent = api.get(f"{V1}/{noun}/0196a0a0-0000-7000-8000-000000000000")
        assert hidden.status_code == absent.status_code == 404
        assert hidden.json()["detail"] == absent.json()["detail"]
        assert api.get(f"{V1}/history/{row.public_id}").status_code == 404


def test_histories_are_read_by_whoever_sees_the_row(day, as_):
    verbs = {}
    for row in (day.plan, day.loop, day.interview, day.card(day.interviewers[0])):
        answer = as_(day.role.recruiter).get(f"{V1}/history/{row.public_id}")
        verbs[row._meta.model_name] = {event["verb"] for event in answer.json()["results"]}
    assert verbs == {
        "interviewplan": {"plan.drafted"},
        "loop": {"loop.booked", "interview.scheduled"},
        "interview": {"interview.scheduled", "scorecard.opened"},
        "scorecard": {"scorecard.opened"},
    }


def test_no_integer_key_leaves(day, as_):
    submit(day.card(day.interviewers[0]))
    api = as_(day.role.recruiter)
    for path in (f"/loops/{day.loop.public_id}", f"/plans/{day.plan.public_id}", "/scorecards"):
        text = json.dumps(api.get(f"{V1}{path}").json())
        assert '"pk"' not in text
        assert '"id": "' in text
    assert Scorecard.objects.count() == 2

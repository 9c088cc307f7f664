import pytest

from interviews.models import Loop
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply
from tests.factories.interviews import heard, plan
from tests.factories.requisitions import open_requisition
from tests.interviews.bodies import V1, loop_body, plan_body, pointers

pytestmark = pytest.mark.django_db


@pytest.fixture
def role():
    return open_requisition()


@pytest.fixture
def recruiter(role, as_):
    return as_(role.recruiter)


def test_a_plan_over_http(role, recruiter):
    made = recruiter.post(f"{V1}/plans", plan_body(role))
    assert made.status_code == 201, made.json()
    body = made.json()
    assert made.headers["Location"].endswith(body["id"])
    assert [one["name"] for one in body["interviews"]] == ["Systems"]
    assert {row["interviews"] for row in body["coverage"]["competencies"]} == {1}
    assert len(body["coverage"]["warnings"]) == 3
    assert recruiter.get(f"{V1}/plans/{body['id']}").json() == body
    listed = recruiter.get(f"{V1}/plans?requisition={role.requisition.public_id}").json()
    assert [row["id"] for row in listed["results"]] == [body["id"]]


def test_the_newest_plan_comes_first(role, recruiter):
    old, new = plan(role), plan(role)
    listed = recruiter.get(f"{V1}/plans").json()["results"]
    assert [row["id"] for row in listed] == [str(new.public_id), str(old.public_id)]
    current = recruiter.get(f"{V1}/plans?is_current=true").json()["results"]
    assert [row["version"] for row in current] == [2]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"minutes": 481}, "/interviews/0/minutes"),
        ({"kind": "seance"}, "/interviews/0/kind"),
        ({"stage": "no id"}, "/interviews/0/stage"),
        ({"colour": "red"}, "/interviews/0/colour"),
    ],
)
def test_a_bad_plan_says_where(role, recruiter, change, where):
    answer = recruiter.post(f"{V1}/plans", plan_body(role, **change))
    assert answer.status_code == 400
    assert pointers(answer) == {where}


def test_a_foreign_stage_is_a_400(role, recruiter):
    other = open_requisition(recruiter=role.recruiter)
    stage = str(other.stage("interview").public_id)
    answer = recruiter.post(f"{V1}/plans", plan_body(role, stage=stage))
    assert answer.status_code == 400
    assert "belongs to another requisition" in answer.json()["errors"][0]["detail"]


def test_who_may_plan(role, as_):
    assert as_(UserFactory()).post(f"{V1}/plans", plan_body(role)).status_code == 400
    assert as_(role.manager).post(f"{V1}/plans", plan_body(role)).status_code == 403


def test_a_loop_over_http(role, recruiter):
    people = UserFactory.create_batch(2)
    body = loop_body(apply(role), plan(role, 2), people, place="Room 4")
    made = recruiter.post(f"{V1}/loops", body)
    assert made.status_code == 201, made.json()
    interviews = made.json()["interviews"]
    assert [one["seats"][0]["interviewer"] for one in interviews] == [
        str(person.public_id) for person in people
    ]
    first = interviews[0]
    assert (first["wall_time"], first["timezone"], first["status"]) == (
        "10:00:00",
        "Europe/Madrid",
        "scheduled",
    )
    assert first["possible"] == ["cancel", "complete", "mark_no_show", "reschedule"]
    assert recruiter.get(f"{V1}/loops/{made.json()['id']}").json() == made.json()


def test_a_clash_is_a_409_with_sentences(role, recruiter):
    day = heard(1, role=role)
    busy = day.interviewers[0]
    body = loop_body(apply(role), plan(role, 1), [busy], timezone="UTC")
    answer = recruiter.post(f"{V1}/loops", body)
    assert answer.status_code == 409
    problem = answer.json()
    assert problem["type"].endswith(":blocked")
    assert problem["blockers"][0].startswith(f"{busy} is in another interview from 10:00")
    assert Loop.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"timezone": "Mars/Olympus"}, "/interviews/0/timezone"),
        ({"starts": "2027-03-28T02:30"}, "/interviews/0/starts"),
        ({"starts": "2027-10-31T02:30"}, "/interviews/0/starts"),
        ({"starts": "2026-12-01T10:00Z"}, "/interviews/0/starts"),
        ({"starts": 7}, "/interviews/0/starts"),
        ({"starts": "2020-01-01T10:00"}, "/interviews/0/starts"),
        ({"seats": []}, "/interviews/0/seats"),
        ({"seats": [{"user": "nobody"}]}, "/interviews/0/seats/0/user"),
        (
            {"seats": [{"user": "0196a0a0-0000-7000-8000-000000000000"}]},
            "/interviews/0/seats/0/user",
        ),
        ({"video_link": "javascript:alert(1)"}, "/interviews/0/video_link"),
        ({"place": "x" * 501}, "/interviews/0/place"),
    ],
)
def test_a_bad_loop_says_where(role, recruiter, change, where):
    body = loop_body(apply(role), plan(role, 1), [UserFactory()], **change)
    answer = recruiter.post(f"{V1}/loops", body)
    assert answer.status_code == 400
    assert pointers(answer) == {where}
    assert not Loop.objects.exists()


def test_a_deactivated_colleague_is_not_found(role, recruiter):
    body = loop_body(apply(role), plan(role, 1), [UserFactory(is_active=False)])
    assert pointers(recruiter.post(f"{V1}/loops", body)) == {"/interviews/0/seats/0/user"}


def test_the_same_key_books_once(role, recruiter):
    body = loop_body(apply(role), plan(role, 1), [UserFactory()])
    answers = [
        recruiter.post(f"{V1}/loops", body, headers={"Idempotency-Key": "one"}) for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    assert Loop.objects.count() == 1

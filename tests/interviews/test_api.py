import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interviews.models import Interview, Loop, Scorecard
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply
from tests.factories.interviews import heard, plan, starts_in, submit
from tests.factories.requisitions import open_requisition

pytestmark = pytest.mark.django_db
V1 = "/api/v1"


@pytest.fixture
def role():
    return open_requisition()


@pytest.fixture
def recruiter(role, as_):
    return as_(role.recruiter)


def planned_body(role, **change):
    return {
        "name": "Systems",
        "kind": "technical",
        "minutes": 60,
        "interviewers": 1,
        "stage": str(role.stage("interview").public_id),
        "focus": [str(one.public_id) for one in role.competencies],
        **change,
    }


def plan_body(role, **change):
    return {
        "requisition": str(role.requisition.public_id),
        "interviews": [planned_body(role, **change)],
    }


def loop_body(application, drafted, people, **change):
    return {
        "application": str(application.public_id),
        "interviews": [
            {
                "planned": str(planned.public_id),
                "starts": starts_in(7, hour=10 + number),
                "timezone": "Europe/Madrid",
                "seats": [{"user": str(person.public_id)}],
                **change,
            }
            for number, (planned, person) in enumerate(
                zip(drafted.interviews.all(), people, strict=True)
            )
        ],
    }


def pointers(answer):
    assert answer.headers["Content-Type"] == "application/problem+json"
    return {error["pointer"] for error in answer.json()["errors"]}


# Plans


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


# Loops


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


# Interviews


def test_an_interview_over_http(day, as_):
    api = as_(day.coordinator)
    path = f"{V1}/interviews/{day.interview.public_id}"
    moved = api.post(f"{path}/reschedule", {"starts": starts_in(9), "timezone": "Asia/Tokyo"})
    assert moved.status_code == 200, moved.json()
    assert (moved.json()["sequence"], moved.json()["timezone"]) == (1, "Asia/Tokyo")
    gone = api.post(f"{path}/cancel", {"reason": "She has flu."})
    assert (gone.json()["status"], gone.json()["possible"]) == ("cancelled", [])
    again = api.post(f"{path}/reschedule", {"starts": starts_in(9)})
    assert again.status_code == 409
    assert again.json()["possible"] == []


def test_an_interview_is_completed_or_missed(day, as_, advance):
    advance(timedelta(days=8))
    api = as_(day.coordinator)
    first, second = (f"{V1}/interviews/{one.public_id}" for one in day.interviews)
    assert api.post(f"{first}/complete").json()["status"] == "completed"
    assert api.post(f"{second}/no_show").json()["status"] == "no_show"


def test_a_reschedule_without_zone_is_read_in_the_old_one(day, as_):
    path = f"{V1}/interviews/{day.interview.public_id}/reschedule"
    Interview.objects.filter(pk=day.interview.pk).update(timezone="Europe/Madrid")
    answer = as_(day.coordinator).post(path, {"starts": "2027-03-28T02:30"})
    assert pointers(answer) == {"/starts"}


def test_a_stale_change_is_refused(day, as_):
    api, path = as_(day.coordinator), f"{V1}/interviews/{day.interview.public_id}"
    tag = api.get(path).headers["ETag"]
    body = {"starts": starts_in(9)}
    assert api.post(f"{path}/reschedule", body, headers={"If-Match": tag}).status_code == 200
    assert api.post(f"{path}/reschedule", body, headers={"If-Match": tag}).status_code == 412


def test_interviews_are_filtered(day, as_):
    heard(1, role=day.role, days=9)
    api = as_(day.coordinator)
    first, second = day.interviews

    def found(query):
        rows = api.get(f"{V1}/interviews?{query}").json()["results"]
        return [row["id"] for row in rows]

    assert found(f"application={day.application.public_id}") == [
        str(first.public_id),
        str(second.public_id),
    ]
    assert found(f"interviewer={day.interviewers[1].public_id}") == [str(second.public_id)]
    assert found(f"loop={day.loop.public_id}&sort=-starts_at") == [
        str(second.public_id),
        str(first.public_id),
    ]
    assert len(found("status=scheduled")) == 3
    assert found("status=cancelled&status=completed") == []
    assert api.get(f"{V1}/interviews?colour=red").status_code == 400
    assert api.get(f"{V1}/interviews?status=red").status_code == 400


def test_pages_of_interviews_meet(day, as_):
    heard(3, role=day.role, days=9)
    api = as_(day.coordinator)
    seen, url = [], f"{V1}/interviews?limit=2"
    while url:
        page = api.get(url).json()
        seen += [row["starts_at"] for row in page["results"]]
        url = page["next"]
    assert len(seen) == 5
    assert seen == sorted(seen)


@pytest.mark.parametrize("verb", ["reschedule", "cancel", "complete", "no_show"])
def test_interviewers_and_managers_do_not_change_interviews(day, as_, verb):
    path = f"{V1}/interviews/{day.interview.public_id}/{verb}"
    assert as_(day.interviewers[0]).post(path).status_code == 403
    assert as_(day.role.manager).post(path).status_code == 403
    assert as_(UserFactory()).post(path).status_code == 404


# Scorecards


@pytest.fixture
def card(day):
    return day.card(day.interviewers[0])


def card_body(card, value=5, **change):
    return {
        "recommendation": "yes",
        "ratings": [
            {"competency": str(one.public_id), "value": value, "evidence": "Seen."}
            for one in card.interview.planned.focus.all()
        ],
        **change,
    }


def path_of(card, verb=""):
    return f"{V1}/scorecards/{card.public_id}" + (f"/{verb}" if verb else "")


def test_my_scorecard_over_http(day, card, as_):
    api = as_(card.interviewer)
    (mine,) = api.get(f"{V1}/scorecards?mine=true&status=open").json()["results"]
    assert mine["id"] == str(card.public_id)
    detail = api.get(path_of(card)).json()
    assert {one["competency"] for one in detail["focus"]} == {
        str(one.public_id) for one in day.role.competencies
    }
    assert detail["focus"][0]["anchors"]["5"] == "Much"
    body = card_body(card, notes="Calm.", private_notes="Ask Jo.")
    done = api.post(path_of(card, "submit"), body)
    assert done.status_code == 200, done.json()
    said = done.json()
    assert (said["status"], said["version"], said["private_notes"]) == ("submitted", 1, "Ask Jo.")
    assert {rating["value"] for rating in said["ratings"]} == {5}
    again = api.post(path_of(card, "submit"), body)
    assert again.status_code == 409
    assert again.json()["possible"] == ["amend"]
    amended = api.post(path_of(card, "amend"), card_body(card, 2, recommendation="no"))
    assert [version["number"] for version in amended.json()["versions"]] == [1, 2]


def with_rating(card, **change):
    body = card_body(card)
    body["ratings"][1] |= change
    return body


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"value": 6}, "/ratings/1/value"),
        ({"value": 0}, "/ratings/1/value"),
        ({"value": "good"}, "/ratings/1/value"),
        ({"value": 1, "evidence": ""}, "/ratings/1/evidence"),
        ({"competency": "leadership"}, "/ratings/1/competency"),
        ({"colour": "red"}, "/ratings/1/colour"),
    ],
)
def test_a_bad_rating_says_where(card, as_, change, where):
    answer = as_(card.interviewer).post(path_of(card, "submit"), with_rating(card, **change))
    assert answer.status_code == 400
    assert pointers(answer) == {where}
    card.refresh_from_db()
    assert card.status == "open"


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"recommendation": "maybe"}, "/recommendation"),
        ({"recommendation": "no_decision"}, "/no_decision_reason"),
        ({"ratings": []}, "/ratings"),
        ({"notes": "x" * 20_001}, "/notes"),
    ],
)
def test_a_bad_scorecard_says_where(card, as_, change, where):
    answer = as_(card.interviewer).post(path_of(card, "submit"), card_body(card, **change))
    assert answer.status_code == 400
    assert pointers(answer) == {where}


def test_a_text_that_cannot_be_stored_is_a_400(card, as_):
    answer = as_(card.interviewer).post(path_of(card, "submit"), card_body(card, notes="a\x00b"))
    assert answer.status_code == 400


def test_nobody_writes_anothers_scorecard(day, card, as_):
    writers = [day.role.recruiter, day.role.manager, day.coordinator, day.interviewers[1]]
    for person in [*writers, UserFactory(is_site_admin=True)]:
        answer = as_(person).post(path_of(card, "submit"), card_body(card))
        assert answer.status_code == 403, person
    assert as_(UserFactory()).post(path_of(card, "submit"), card_body(card)).status_code == 404


def test_a_recruiter_excuses_and_asks_again(day, card, as_):
    api = as_(day.role.recruiter)
    excused = api.post(path_of(card, "excuse"), {"reason": "On leave."})
    assert (excused.json()["status"], excused.json()["excused_because"]) == ("excused", "On leave.")
    assert api.post(path_of(card, "owe_again")).json()["status"] == "open"
    assert as_(card.interviewer).post(path_of(card, "excuse"), {"reason": "x"}).status_code == 403


def test_mine_and_others(day, as_):
    api = as_(day.interviewers[0])

    def found(query):
        rows = api.get(f"{V1}/scorecards?{query}").json()["results"]
        return {row["interviewer"] for row in rows}

    me, other = (str(person.public_id) for person in day.interviewers)
    assert found("mine=true") == {me}
    assert found("mine=false") == {other}
    assert found("") == {me, other}
    assert api.get(f"{V1}/scorecards?recommendation=yes").status_code == 400


# Debriefs


def test_a_debrief_over_http(day, as_, relay):
    first, second = day.interviewers
    submit(day.card(first), 5)
    submit(day.card(second), 2)
    relay()
    api = as_(day.role.manager)
    (row,) = api.get(f"{V1}/debriefs?application={day.application.public_id}").json()["results"]
    assert (row["status"], row["decision"]) == ("open", None)
    debrief = api.get(f"{V1}/debriefs/{row['id']}").json()
    assert [line["interviewer"] for line in debrief["matrix"]] == [
        str(first.public_id),
        str(second.public_id),
    ]
    assert debrief["combined"]["score"] == 3.5
    assert len(debrief["combined"]["disagreements"]) == 3
    verdict = {
        "decision": "offer",
        "reason": "She has done it before.",
        "participants": [str(person.public_id) for person in day.interviewers],
    }
    made = api.post(f"{V1}/debriefs/{row['id']}/decide", verdict)
    assert made.status_code == 201, made.json()
    decision = made.json()
    assert (decision["decision"], decision["verification"]) == ("offer", "ok")
    assert api.get(f"{V1}/decisions/{decision['id']}").json() == decision
    assert api.get(f"{V1}/debriefs/{row['id']}").json()["decision"] == decision["id"]
    again = api.post(f"{V1}/debriefs/{row['id']}/decide", verdict)
    assert (again.status_code, again.json()["possible"]) == (409, [])


def test_a_debrief_is_opened_early_with_a_reason(day, as_):
    submit(day.card(day.interviewers[0]))
    api, path = as_(day.role.recruiter), f"{V1}/loops/{day.loop.public_id}/open_debrief"
    refused = api.post(path, {})
    assert refused.status_code == 409
    assert refused.json()["blockers"][0].startswith(f"{day.interviewers[1]} still owes")
    opened = api.post(path, {"override_reason": "She has another offer."})
    assert opened.status_code == 201
    assert opened.json()["override_reason"] == "She has another offer."
    assert as_(day.role.manager).post(path, {}).status_code == 403


def test_an_interviewer_sees_no_debrief(day, as_):
    submit(day.card(day.interviewers[0]))
    opened = as_(day.role.recruiter).post(
        f"{V1}/loops/{day.loop.public_id}/open_debrief", {"override_reason": "Now."}
    )
    path = f"{V1}/debriefs/{opened.json()['id']}"
    for person in (*day.interviewers, UserFactory()):
        assert as_(person).get(path).status_code == 404
        assert as_(person).get(f"{V1}/debriefs").json()["results"] == []


# What every endpoint keeps


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

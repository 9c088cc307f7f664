import pytest

from tests.factories.ats import UserFactory
from tests.factories.interviews import submit
from tests.interviews.bodies import V1

pytestmark = pytest.mark.django_db


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

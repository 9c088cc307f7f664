from datetime import timedelta

import pytest

from interviews.models import Interview
from tests.factories.ats import UserFactory
from tests.factories.interviews import heard, starts_in
from tests.interviews.bodies import V1, pointers

pytestmark = pytest.mark.django_db


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

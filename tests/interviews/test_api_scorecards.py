import pytest

from tests.factories.ats import UserFactory
from tests.interviews.bodies import V1, pointers

pytestmark = pytest.mark.django_db


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

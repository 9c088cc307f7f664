from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.models import Event
from interviews.actions.profile import (
    USUAL,
    add_profile,
    edit_profile,
    end_pause,
    pause_interviewing,
)
from interviews.models import InterviewerProfile, Pause, WorkingSpan
from tests.factories.ats import UserFactory
from tests.factories.requisitions import open_requisition

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)


@pytest.fixture
def ana():
    return UserFactory(name="Ana", timezone="Europe/Madrid")


@pytest.fixture
def profile(ana):
    return add_profile(ana, by=Actor.of(ana))


def span(weekday="monday", begins="09:00", ends="17:00"):
    return {"weekday": weekday, "begins": begins, "ends": ends}


def hours(profile):
    return [(one.weekday, one.begins, one.ends) for one in profile.hours.all()]


def test_a_profile_begins_with_usual_hours_where_its_person_lives(profile):
    assert profile.timezone == "Europe/Madrid"
    assert hours(profile) == [(day, 540, 1020) for day in range(5)]
    assert len(USUAL) == 5
    event = Event.objects.get(verb="profile.added")
    assert event.ids == {"user": str(profile.user.public_id)}


def test_there_is_one_profile_for_each_person(ana, profile):
    with pytest.raises(DomainError, match="There is a profile already"):
        add_profile(ana, by=Actor.of(ana))


def test_an_edit_changes_what_it_names(ana, profile):
    by = Actor.of(ana)
    new = [span("friday", "20:00", "24:00"), span("monday", "09:00", "12:00"), span(begins="13:00")]
    profile = edit_profile(profile, hours=new, daily_limit=3, weekly_limit=8, by=by)
    assert hours(profile) == [(0, 540, 720), (0, 780, 1020), (4, 1200, 1440)]
    profile = edit_profile(profile, timezone="Asia/Tokyo", buffer_minutes=15, by=by)
    profile.refresh_from_db()
    assert (profile.timezone, profile.buffer_minutes) == ("Asia/Tokyo", 15)
    assert (profile.daily_limit, profile.weekly_limit) == (3, 8)
    profile = edit_profile(profile, daily_limit=None, hours=[], by=by)
    assert (profile.daily_limit, hours(profile)) == (None, [])


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"timezone": ""}, "timezone"),
        ({"daily_limit": -1}, "daily_limit"),
        ({"daily_limit": 0}, "daily_limit"),
        ({"weekly_limit": 61}, "weekly_limit"),
        ({"buffer_minutes": 121}, "buffer_minutes"),
        ({"hours": [span("funday")]}, "hours/0/weekday"),
        ({"hours": [span(), span("tuesday", "17:00", "09:00")]}, "hours/1/ends"),
        ({"hours": [span(begins="09:00", ends="09:00")]}, "hours/0/ends"),
        ({"hours": [span(begins="9:00")]}, "hours/0/begins"),
        ({"hours": [span(begins="09:60")]}, "hours/0/begins"),
        ({"hours": [span(begins="٠٩:٠٠")]}, "hours/0/begins"),
        ({"hours": [span(ends="24:01")]}, "hours/0/ends"),
        ({"hours": [span(ends="soon")]}, "hours/0/ends"),
        ({"hours": [span(), span(begins="16:59", ends="18:00")]}, "hours/1"),
        ({"hours": [span()] * 71}, "hours"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_field(ana, profile, fields, field):
    with pytest.raises(Invalid) as caught:
        edit_profile(profile, by=Actor.of(ana), **fields)
    assert caught.value.field == field
    assert hours(profile) == [(day, 540, 1020) for day in range(5)]


def test_the_database_holds_the_same(profile):
    for broken in (
        {"weekday": 7, "begins": 0, "ends": 1},
        {"weekday": 6, "begins": 9, "ends": 9},
        {"weekday": 6, "begins": 0, "ends": 1441},
        {"weekday": 0, "begins": 1000, "ends": 1100},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkingSpan.objects.create(profile=profile, **broken)
    for field in ("daily_limit", "weekly_limit"):
        with pytest.raises(IntegrityError), transaction.atomic():
            InterviewerProfile.objects.update(**{field: 0})
    for days in (-1, 366):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pause.objects.create(profile=profile, begins_on=DAY, ends_on=DAY + timedelta(days=days))


def test_a_pause_begins_and_ends(ana, profile):
    by = Actor.of(ana)
    pause = pause_interviewing(
        profile, begins_on=DAY, ends_on=DAY + timedelta(days=365), reason="Leave.", by=by
    )
    assert list(profile.pauses.all()) == [pause]
    end_pause(pause, by=by)
    assert list(profile.pauses.all()) == []


@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [
        (DAY, DAY - timedelta(days=1), "ends_on"),
        (DAY, DAY + timedelta(days=366), "ends_on"),
        (DAY, date(2126, 12, 1), "ends_on"),
        (date(1, 1, 1), DAY, "begins_on"),
    ],
)
def test_a_pause_of_a_hundred_years_is_refused(ana, profile, begins, ends, field):
    with pytest.raises(Invalid) as caught:
        pause_interviewing(profile, begins_on=begins, ends_on=ends, by=Actor.of(ana))
    assert caught.value.field == field


# The API


def test_people_keep_their_own_profile_and_schedulers_read_it(ana, as_):
    role = open_requisition()
    api = as_(ana)
    body = {"user": str(ana.public_id), "hours": [span()], "daily_limit": 2}
    made = api.post("/api/v1/interviewer-profiles", body, format="json")
    assert made.status_code == 201
    profile = made.json()
    assert profile["hours"] == [span()]
    address = f"/api/v1/interviewer-profiles/{profile['id']}"
    edited = api.patch(address, {"daily_limit": None}, format="json")
    assert edited.json()["daily_limit"] is None
    said = {"begins_on": "2026-12-01", "ends_on": "2026-12-24", "reason": "Family."}
    assert api.post(f"{address}/pause", said, format="json").status_code == 201
    assert api.get(address).json()["pauses"][0]["reason"] == "Family."

    recruiter = as_(role.recruiter)
    seen = recruiter.get(address).json()
    assert [(one["begins_on"], one["reason"]) for one in seen["pauses"]] == [("2026-12-01", None)]
    assert recruiter.patch(address, {"daily_limit": 5}, format="json").status_code == 403
    stranger = as_(UserFactory())
    assert stranger.get(address).status_code == 404
    assert stranger.get("/api/v1/interviewer-profiles").json()["results"] == []
    someone = {"user": str(role.recruiter.public_id)}
    assert stranger.post("/api/v1/interviewer-profiles", someone, format="json").status_code == 403
    admin = as_(UserFactory(is_site_admin=True))
    assert admin.patch(address, {"daily_limit": 5}, format="json").status_code == 200


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"daily_limit": -1}, "/daily_limit"),
        ({"daily_limit": 10**400}, "/daily_limit"),
        ({"timezone": "Mars"}, "/timezone"),
        ({"hours": [span(ends="08:00")]}, "/hours/0/ends"),
        ({"hours": [span("funday")]}, "/hours/0/weekday"),
        ({"hours": "always"}, "/hours"),
        ({"hour": []}, "/hour"),
    ],
)
def test_bad_input_is_answered_with_its_field(ana, profile, as_, body, pointer):
    address = f"/api/v1/interviewer-profiles/{profile.public_id}"
    answer = as_(ana).patch(address, body, format="json")
    assert answer.status_code == 400
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three(count, as_, django_assert_num_queries):
    admin = UserFactory(is_site_admin=True)
    for person in UserFactory.create_batch(count):
        by = Actor.of(person)
        pause_interviewing(add_profile(person, by=by), begins_on=DAY, ends_on=DAY, by=by)
    api = as_(admin)
    with django_assert_num_queries(5):
        answer = api.get("/api/v1/interviewer-profiles")
    assert len(answer.json()["results"]) == count

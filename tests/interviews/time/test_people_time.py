from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ats import clock
from ats.events.actors import Actor
from interviews.actions.calendar import block_time
from interviews.actions.interview import cancel_interview
from interviews.actions.profile import add_profile, edit_profile, pause_interviewing
from interviews.queries.people_time import people_time
from interviews.scheduling.problem import Span
from tests.factories.ats import UserFactory
from tests.factories.interviews import heard

pytestmark = pytest.mark.django_db
# A week in which Madrid's clocks go forward, on Sunday the 29th of March.
MONDAY = datetime(2027, 3, 22, tzinfo=UTC)
WEEKS = MONDAY + timedelta(days=14)


@pytest.fixture
def ana():
    return UserFactory(name="Ana", timezone="Europe/Madrid")


def of(user, begins=MONDAY, ends=WEEKS):
    (found,) = people_time([user], begins, ends, now=clock.now())
    return found


def local(spans, zone="Europe/Madrid"):
    info = ZoneInfo(zone)
    return [
        f"{one.begins.astimezone(info):%a %d %H:%M}-{one.ends.astimezone(info):%H:%M}"
        for one in spans
    ]


def test_without_a_profile_somebody_works_usual_hours_in_their_zone(ana):
    found = of(ana)
    assert found.timezone == "Europe/Madrid"
    assert local(found.hours)[:2] == ["Mon 22 09:00-17:00", "Tue 23 09:00-17:00"]
    assert len(found.hours) == 10
    assert (found.busy, found.booked, found.load, found.daily_limit) == ((), {}, 0, None)


def test_hours_follow_the_clock_on_the_wall(ana):
    spans = of(ana).hours
    assert spans[0].begins == datetime(2027, 3, 22, 8, tzinfo=UTC)
    assert spans[5].begins == datetime(2027, 3, 29, 7, tzinfo=UTC)


def test_hours_of_the_profile_lose_their_pauses(ana):
    by = Actor.of(ana)
    week = [
        {"weekday": "monday", "begins": "20:00", "ends": "24:00"},
        {"weekday": "tuesday", "begins": "00:00", "ends": "02:00"},
        {"weekday": "wednesday", "begins": "09:00", "ends": "12:00"},
        {"weekday": "wednesday", "begins": "13:00", "ends": "15:00"},
    ]
    profile = add_profile(ana, hours=week, by=by)
    assert local(of(ana).hours)[:3] == [
        "Mon 22 20:00-02:00",
        "Wed 24 09:00-12:00",
        "Wed 24 13:00-15:00",
    ]
    day = date(2027, 3, 23)
    pause_interviewing(profile, begins_on=day, ends_on=day + timedelta(days=7), by=by)
    assert local(of(ana).hours) == [
        "Mon 22 20:00-00:00",
        "Wed 31 09:00-12:00",
        "Wed 31 13:00-15:00",
    ]
    edit_profile(profile, hours=[], by=by)
    assert of(ana).hours == ()


def test_hours_are_clipped_to_the_horizon(ana):
    noon = MONDAY + timedelta(hours=12)
    (span,) = of(ana, MONDAY + timedelta(hours=9), noon).hours
    assert span == Span(MONDAY + timedelta(hours=9), noon)


def test_blocks_and_interviews_make_busy_and_cancelled_ones_do_not():
    day = heard(1)
    (person,) = day.interviewers
    begins = day.interview.during.lower
    horizon = (begins - timedelta(days=1), begins + timedelta(days=5))
    block_time(
        begins=begins + timedelta(hours=1), ends=begins + timedelta(hours=2), by=Actor.of(person)
    )
    found = of(person, *horizon)
    assert found.busy == (Span(begins, begins + timedelta(hours=2)),)
    assert found.booked == {begins.date(): 1}
    assert found.load == 1
    cancel_interview(day.interview, reason="Ill.", by=day.by)
    found = of(person, *horizon)
    assert found.busy == (Span(begins + timedelta(hours=1), begins + timedelta(hours=2)),)
    assert (found.booked, found.load) == ({}, 0)


def test_booked_counts_by_the_date_where_they_live():
    day = heard([UserFactory(timezone="Pacific/Auckland")], timezone="UTC")
    (person,) = day.interviewers
    begins = day.interview.during.lower
    assert begins.hour == 10
    late = begins + timedelta(days=1)
    zone = ZoneInfo("Pacific/Auckland")
    assert of(person, begins, late).booked == {begins.astimezone(zone).date(): 1}
    assert of(person, late + timedelta(days=3), late + timedelta(days=4)).booked != {}


def test_the_solver_is_told_the_same(ana):
    by = Actor.of(ana)
    add_profile(ana, buffer_minutes=15, daily_limit=2, weekly_limit=5, by=by)
    found = of(ana)
    person = found.as_person()
    assert (person.id, person.name, person.timezone) == (
        str(ana.public_id),
        "Ana",
        "Europe/Madrid",
    )
    assert (person.hours, person.busy, person.booked) == (found.hours, (), {})
    assert (person.buffer, person.daily_limit, person.weekly_limit, person.load) == (15, 2, 5, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_as_many_queries_for_three(count, django_assert_num_queries):
    people = UserFactory.create_batch(count)
    for person in people:
        by = Actor.of(person)
        profile = add_profile(person, by=by)
        pause_interviewing(profile, begins_on=date(2027, 3, 23), ends_on=date(2027, 3, 23), by=by)
    with django_assert_num_queries(5):
        found = people_time(people, MONDAY, WEEKS, now=clock.now())
    assert [one.user for one in found] == people

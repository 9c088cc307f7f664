from datetime import UTC, datetime

import pytest

from interviews.scheduling.chasing import first_chase, next_chase, resumed_chase


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_first_comes_an_hour_after_the_end():
    assert first_chase(utc("2026-12-04T17:30")) == utc("2026-12-04T18:30")


@pytest.mark.parametrize(
    ("now", "timezone", "rings"),
    [
        # Monday evening: Tuesday at nine.
        ("2026-12-07T18:00", "UTC", "2026-12-08T09:00"),
        # Monday before nine: the same day.
        ("2026-12-07T08:59", "UTC", "2026-12-07T09:00"),
        # Nine sharp has just rung.
        ("2026-12-07T09:00", "UTC", "2026-12-08T09:00"),
        # Friday after nine, Saturday, Sunday: Monday.
        ("2026-12-04T09:00", "UTC", "2026-12-07T09:00"),
        ("2026-12-05T12:00", "UTC", "2026-12-07T09:00"),
        ("2026-12-06T23:59", "UTC", "2026-12-07T09:00"),
        # Nine is nine where the interviewer is ...
        ("2026-12-07T18:00", "Europe/Madrid", "2026-12-08T08:00"),
        ("2026-12-07T18:00", "America/Los_Angeles", "2026-12-08T17:00"),
        # ... where it may be another day already, or still: Friday evening, Saturday morning.
        ("2026-12-04T23:00", "Pacific/Auckland", "2026-12-06T20:00"),
        ("2026-12-05T01:00", "America/Los_Angeles", "2026-12-07T17:00"),
        # The clocks change in the night to Sunday: Monday at nine is another hour in UTC.
        ("2026-03-27T09:00", "Europe/Madrid", "2026-03-30T07:00"),
        ("2026-10-23T08:00", "Europe/Madrid", "2026-10-26T08:00"),
    ],
)
def test_then_each_working_day_at_nine_in_the_interviewers_zone(now, timezone, rings):
    assert next_chase(1, utc(now), timezone) == utc(rings)


@pytest.mark.parametrize(("rung", "goes_on"), [(1, True), (9, True), (10, False), (11, False)])
def test_after_ten_it_is_quiet(rung, goes_on):
    assert (next_chase(rung, utc("2026-12-07T18:00"), "UTC") is not None) == goes_on


def test_what_is_owed_again_is_not_asked_for_in_the_past():
    ends, early, late = utc("2026-12-07T11:00"), utc("2026-12-07T10:00"), utc("2026-12-09T15:00")
    assert resumed_chase(ends, early, "UTC") == utc("2026-12-07T12:00")
    assert resumed_chase(ends, late, "UTC") == utc("2026-12-10T09:00")

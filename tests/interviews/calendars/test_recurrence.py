# ruff: noqa: DTZ001 - rules speak of wall clocks
from datetime import datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from interviews.calendars.moments import Unreadable
from interviews.calendars.recurrence import (
    WEEKDAYS,
    Budget,
    Exhausted,
    occurrences,
    read_rule,
)

DAYS = st.lists(st.sampled_from(list(WEEKDAYS)), min_size=1, max_size=3, unique=True)


def some(*numbers):
    return st.lists(st.sampled_from(numbers), min_size=1, max_size=3, unique=True)


@st.composite
def rules(draw):
    freq = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY"]))
    parts = {"FREQ": freq, "INTERVAL": draw(st.integers(1, 13))}
    if draw(st.booleans()):
        parts["COUNT"] = draw(st.integers(1, 60))
    lists = {"BYMONTH": some(*range(1, 13)), "BYHOUR": some(*range(24)), "BYMINUTE": some(0, 7, 59)}
    if freq != "WEEKLY":
        lists["BYMONTHDAY"] = some(*range(1, 32), -1, -2, -31)
    if freq == "YEARLY":
        lists["BYYEARDAY"] = some(1, 60, 200, 366, -1, -366)
        lists["BYWEEKNO"] = some(1, 20, 52, 53, -1)
    for name, numbers in lists.items():
        if draw(st.integers(0, 4)) == 0:
            parts[name] = ",".join(map(str, draw(numbers)))
    if "BYWEEKNO" in parts or draw(st.booleans()):
        counts = freq in ("YEARLY", "MONTHLY") and "BYWEEKNO" not in parts
        which = draw(st.sampled_from(["", "1", "2", "5", "-1"])) if counts else ""
        parts["BYDAY"] = ",".join(which + day for day in draw(DAYS))
    if freq != "WEEKLY" and len(parts) > 3 and draw(st.integers(0, 3)) == 0:
        parts["BYSETPOS"] = draw(st.sampled_from(["1", "-1", "2,-1"]))
    parts["WKST"] = draw(st.sampled_from(["MO", "SU", "TH"]))
    return ";".join(f"{name}={value}" for name, value in parts.items())


@settings(max_examples=150, phases=(Phase.generate,), deadline=None)
@given(
    rules(),
    st.datetimes(datetime(2019, 1, 1), datetime(2025, 12, 28)),
    st.integers(0, 500),
    st.integers(1, 300),
)
def test_rules_occur_as_an_independent_expansion_says(text, start, later, days):
    """dateutil is the oracle; it differs from RFC 5545 only where this test does not ask: places
    in the first week (BYSETPOS), and weeks by number without a weekday."""
    start = start.replace(microsecond=0, second=0)
    sub_daily = text.startswith(("FREQ=MIN", "FREQ=HOUR"))
    low = start + timedelta(days=later % 20 if sub_daily else later)
    high = low + timedelta(days=min(days, 10) if sub_daily else days)
    try:
        oracle = rrulestr(text, dtstart=start)
    except ValueError:
        assume(False)
    # The oracle cannot be stopped, so it is not asked for rules that may never match.
    assume(not (sub_daily and ("BYMONTH" in text or "BYSETPOS" in text)))
    wanted = oracle.between(low, high, inc=True)
    assert list(occurrences(read_rule(text), start, (low, high), Budget(10**7))) == wanted


def days(text, start, high, count=10**6):
    start, high = datetime.fromisoformat(start), datetime.fromisoformat(high)
    found = occurrences(read_rule(text), start, (start, high), Budget(count))
    return [f"{one:%Y-%m-%d}" for one in found]


def test_the_29th_of_february_comes_in_leap_years_only():
    found = days("FREQ=YEARLY", "2024-02-29", "2033-01-01")
    assert found == ["2024-02-29", "2028-02-29", "2032-02-29"]
    assert days("FREQ=MONTHLY", "2026-01-31", "2026-06-01") == [
        "2026-01-31",
        "2026-03-31",
        "2026-05-31",
    ]


def test_the_last_working_day_of_the_month_is_found_by_place():
    found = days("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-01-30", "2026-05-01")
    assert found == ["2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30"]


def test_places_count_in_the_whole_first_week():
    found = days("FREQ=WEEKLY;BYDAY=SU,WE,FR;BYSETPOS=1", "2015-06-12", "2015-06-25")
    assert found == ["2015-06-17", "2015-06-24"]


def test_a_week_by_number_falls_on_the_weekday_of_its_start():
    found = days("FREQ=YEARLY;BYWEEKNO=20", "2025-05-14", "2027-12-31")
    assert found == ["2025-05-14", "2026-05-13", "2027-05-19"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "WEEKLY",
        "FREQ=FORTNIGHTLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-3",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=many",
        "FREQ=DAILY;UNTL=20260101",
        "FREQ=WEEKLY;BYDAY=MO,XX",
        "FREQ=MONTHLY;BYDAY=99MO",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=YEARLY;BYMONTH=-1",
        "FREQ=DAILY;BYHOUR=24",
        "FREQ=WEEKLY;WKST=XX",
        "FREQ=YEARLY;RSCALE=CHINESE",
        "FREQ=MONTHLY;SKIP=BACKWARD",
        "W1 MO TU #0",
        f"FREQ=DAILY;INTERVAL={'9' * 5000}",
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(text):
    with pytest.raises(Unreadable):
        read_rule(text)


def test_sloppy_rules_are_read():
    assert read_rule("freq=weekly; byday=mo, tu;count=-1;") == read_rule("FREQ=WEEKLY;BYDAY=MO,TU")
    assert read_rule("FREQ=DAILY;BYDAY=;X-NAME=1") == read_rule("FREQ=DAILY")


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;COUNT=1000000000",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY;BYMONTHDAY=31;BYMONTH=2;COUNT=5",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31;COUNT=3",
        "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=0,1,2,3,4,5,6,7,8,9",
        "FREQ=YEARLY;INTERVAL=1000000000",
    ],
)
def test_no_rule_takes_longer_than_its_budget(text):
    start, low = datetime(1970, 1, 1), datetime(2026, 3, 1)
    budget = Budget(20_000)
    try:
        found = list(occurrences(read_rule(text), start, (low, low + timedelta(days=9)), budget))
    except Exhausted:
        return
    assert budget.steps >= 0
    assert len(found) <= 20_000


def test_what_lies_before_the_window_is_jumped_over():
    start, low = datetime(1990, 1, 1, 9), datetime(2026, 3, 2)
    for text in ("FREQ=HOURLY", "FREQ=HOURLY;COUNT=900000", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=TU"):
        found = occurrences(read_rule(text), start, (low, low + timedelta(days=2)), Budget(200))
        assert datetime(2026, 3, 3, 9) in list(found)

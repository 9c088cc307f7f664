"""What has to change: checked by making the change, and by trying everything that is smaller."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from interviews.scheduling.asks import Ask
from interviews.scheduling.changes import made
from interviews.scheduling.problem import Candidate, Person, Placed, Problem
from interviews.scheduling.remedies import smallest_change
from interviews.scheduling.solver import best_loop
from tests.factories.loops import MONDAY, random_problem, span
from tests.interviews.scheduling import plainly
from tests.interviews.scheduling.test_solver import TUESDAY, person, problem, session

# Of the first sixty those that cannot be placed, in all kinds: one change, two, none.
IMPOSSIBLE = [3, 6, 10, 23, 43, 46, 48]


@pytest.mark.parametrize("seed", IMPOSSIBLE)
def test_the_change_makes_it_possible_and_nothing_smaller_does(seed: int) -> None:
    stuck = random_problem(seed, sessions=2, people=4, days=2, busy=0.6)
    assert best_loop(stuck) is None
    remedy = smallest_change(stuck)
    if remedy:
        assert plainly.is_allowed(remedy.problem, remedy.answer.placed)
    # Two changes are larger than any one.
    minutes = remedy.minutes if remedy and len(remedy.changes) == 1 else 120
    assert [text for text, less in smaller(stuck, minutes) if best_loop(less)] == []


def smaller(stuck: Problem, minutes: int) -> Iterator[tuple[str, Problem]]:
    """Every single gift of an interviewer's time that is smaller than this, made by hand."""
    starts = [at for quarters in plainly.quarters_of(stuck) for at in quarters]
    for each in stuck.sessions:
        for seat in each.seats:
            for id_ in seat.pool:
                for at in starts:
                    if 0 < taken(stuck, id_, at, plainly.length(each)) < minutes:
                        placed = [Placed(each.id, at, (id_,))]
                        yield made(stuck, Ask(time_of=id_), placed)


def taken(stuck: Problem, id_: str, begins: datetime, quarters: int) -> int:
    """The minutes of a span that this person does not have; 10,000 at unreasonable hours."""
    (who,) = (each for each in stuck.people if each.id == id_)
    steps = [begins + n * plainly.STEP for n in range(quarters)]
    local = [at.astimezone(ZoneInfo(who.timezone)).time() for at in steps]
    if not all(time(7) <= at < time(20) for at in local):
        return 10_000
    free = (
        plainly.inside(at, at + plainly.STEP, who.hours)
        and plainly.clear(at, at + plainly.STEP, who.busy, who.buffer)
        for at in steps
    )
    return 15 * sum(not each for each in free)


def said(stuck: Problem) -> tuple[tuple[str, ...], int] | None:
    assert best_loop(stuck) is None
    remedy = smallest_change(stuck)
    return (remedy.changes, remedy.minutes) if remedy else None


def test_an_hour_of_a_meeting() -> None:
    full = span(MONDAY, time(9), time(17)), span(TUESDAY, time(9), time(16, 30))
    ana = person("ana", busy=full, timezone="Europe/Madrid")
    stuck = problem(session("a", "ana"), people=(ana,), days=(MONDAY, TUESDAY))
    text = "if Ana could give 17:00 to 18:00 on Tuesday 1 December (Europe/Madrid)"
    assert said(stuck) == ((text,), 30)


def test_one_interview_beyond_a_limit() -> None:
    raj = person("raj", daily_limit=3, booked={MONDAY: 3, TUESDAY: 3})
    stuck = problem(session("a", "raj"), people=(raj,), days=(MONDAY,))
    assert said(stuck) == (("without the daily limit of 3 for Raj on Monday 30 November",), 60)


def test_more_time_of_the_candidate() -> None:
    short = Candidate("Europe/Madrid", (span(MONDAY, time(16, 30), time(17)),))
    stuck = problem(session("a", "ana"), people=(person("ana"),), days=(MONDAY,), candidate=short)
    text = "if the candidate could also come 17:00 to 18:00 on Monday 30 November (Europe/Madrid)"
    assert said(stuck) == ((text,), 30)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ({"per_day": 1}, "with 2 interviews on a day in place of 1"),
        ({"pause": 120}, "without the pause of 120 minutes"),
    ],
)
def test_a_rule_of_the_loop_when_nobody_s_time_would_do(rule: dict[str, int], text: str) -> None:
    people = (person("ana"), person("raj"))
    stuck = problem(session("a", "ana"), session("b", "raj"), people=people, days=(MONDAY,), **rule)
    if "pause" in rule:
        late = (span(MONDAY, time(10), time(12)),)
        zone = "Pacific/Kiritimati"  # 10:00 in UTC is midnight there: no hour may be added
        stuck = replace(stuck, candidate=Candidate(zone, late), days=(TUESDAY,))
        people = tuple(replace(each, hours=late) for each in people)
        stuck = replace(stuck, people=people)
    assert said(stuck) == ((text,), 120)


def test_order_and_days_together() -> None:
    ana = person("ana", hours=(span(MONDAY, time(9), time(10)),))
    raj = person("raj", hours=(span(MONDAY, time(10), time(11)),))
    one = session("a", "ana", after=("b",))
    stuck = problem(one, session("b", "raj"), people=(ana, raj), days=(MONDAY,))
    remedy = smallest_change(stuck)
    assert remedy
    assert remedy.minutes == 60  # an hour of somebody is less than another order of the loop


def test_two_changes_when_one_is_not_enough() -> None:
    raj = person("raj", daily_limit=1, booked={MONDAY: 1})
    ana = person("ana", daily_limit=1, booked={MONDAY: 1})
    stuck = problem(session("a", "ana"), session("b", "raj"), people=(ana, raj), days=(MONDAY,))
    assert said(stuck) == (
        (
            "without the daily limit of 1 for Ana on Monday 30 November",
            "without the daily limit of 1 for Raj on Monday 30 November",
        ),
        120,
    )


def test_no_two_changes_help_when_nobody_could_sit() -> None:
    assert said(problem(session("a"), people=(), days=(MONDAY,))) is None


def test_both_limits_are_named_and_times_that_touch_are_said_as_one() -> None:
    raj = person("raj", daily_limit=1, weekly_limit=1, booked={MONDAY: 1})
    stuck = problem(session("a", "raj"), people=(raj,), days=(MONDAY,))
    text = "without the daily limit of 1 for Raj and without the weekly limit of 1 for Raj"
    assert said(stuck) == ((f"{text} on Monday 30 November",), 60)
    people = (person("ana"), person("raj"))
    never = problem(
        session("a", "ana"),
        session("b", "raj"),
        people=people,
        days=(MONDAY,),
        candidate=Candidate("UTC", ()),
    )
    text = "if the candidate could also come 09:00 to 11:00 on Monday 30 November (UTC)"
    assert said(never) == ((text,), 120)


def test_when_order_alone_stands_in_the_way_it_goes() -> None:
    """Nobody has a minute outside of these hours: their nights begin and end with them."""
    stuck = problem(
        session("a", "ana", after=("b",)),
        session("b", "raj"),
        people=(night("ana", time(9), time(10)), night("raj", time(10), time(11))),
        days=(MONDAY,),
    )
    remedy = smallest_change(stuck)
    assert remedy
    assert remedy.changes == ("if B need not come before A",)


def night(id_: str, begins: time, ends: time) -> Person:
    """Somebody in a zone where it is the middle of the night."""
    hours = (span(MONDAY, begins, ends),)
    return person(id_, timezone="Pacific/Honolulu", hours=hours)

"""The solver against the rules said plainly, and against trying everything."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from interviews.scheduling.problem import Answer, Candidate, Person, Problem, Room, Seat, Session
from interviews.scheduling.solver import best_loop, choices
from tests.factories.loops import MONDAY, random_problem, span, working_days
from tests.interviews.scheduling import plainly

TUESDAY = MONDAY + timedelta(days=1)


def person(id_: str, **fields: object) -> Person:
    hours = tuple(span(day, time(9), time(17)) for day in working_days(10))
    values = {"name": id_.title(), "timezone": "UTC", "hours": hours} | fields
    return Person(id=id_, **values)  # type: ignore[arg-type]


def session(id_: str, *pool: str, minutes: int = 60, **fields: object) -> Session:
    return Session(id_, id_.title(), minutes, (Seat("interviewer", pool),), **fields)  # type: ignore[arg-type]


def problem(*sessions: Session, people: tuple[Person, ...], **fields: object) -> Problem:
    days = fields.pop("days", (MONDAY, TUESDAY))
    hours = tuple(span(day, time(9), time(17)) for day in days)  # type: ignore[union-attr]
    candidate = fields.pop("candidate", Candidate("UTC", hours))
    return Problem(sessions, people, candidate, days, **fields)  # type: ignore[arg-type]


def times(answer: Answer | None) -> dict[str, str]:
    assert answer is not None
    return {each.session: f"{each.starts:%a %H:%M}" for each in answer.placed}


@pytest.mark.parametrize("seed", range(12))
def test_nothing_that_is_allowed_is_better(seed: int) -> None:
    small = random_problem(seed, sessions=2, people=3, days=2, busy=0.5)
    answer = best_loop(small)
    assert (answer.score if answer else None) == plainly.best_score(small)


@pytest.mark.parametrize("seed", range(15))
def test_what_it_finds_keeps_every_rule_and_costs_what_it_says(seed: int) -> None:
    large = random_problem(seed, sessions=5, people=15, days=8)
    for answer in choices(large):
        assert plainly.is_allowed(large, answer.placed)
        assert plainly.score(large, answer.placed)[1:4] == answer.score[1:4]


def test_one_day_is_better_than_two_and_kind_hours_than_early_ones() -> None:
    found = best_loop(
        problem(session("a", "ana"), session("b", "raj"), people=(person("ana"), person("raj")))
    )
    assert times(found) == {"a": "Mon 09:30", "b": "Mon 10:30"}


def test_whoever_was_asked_less_is_asked() -> None:
    people = (person("ana", load=5), person("raj", load=1), person("eve", load=3))
    found = best_loop(problem(session("a", "ana", "raj", "eve"), people=people))
    assert found
    assert found.placed[0].people == ("raj",)


def test_nobody_sits_twice_in_one_loop() -> None:
    people = (person("ana"),)
    assert best_loop(problem(session("a", "ana"), session("b", "ana"), people=people)) is None


def test_limits_are_hard() -> None:
    busy_day = person("ana", daily_limit=2, booked={MONDAY: 2})
    assert times(best_loop(problem(session("a", "ana"), people=(busy_day,)))) == {"a": "Tue 09:30"}
    busy_week = person("ana", weekly_limit=3, booked={date(2026, 12, 4): 3})
    assert best_loop(problem(session("a", "ana"), people=(busy_week,))) is None


def test_a_daily_limit_counts_on_the_calendar_of_who_has_it() -> None:
    """Monday evening in Los Angeles is Tuesday in Madrid."""
    hours = (span(MONDAY, time(20), time(23), "America/Los_Angeles"),)
    late = person("ana", timezone="Europe/Madrid", hours=hours, daily_limit=1, booked={MONDAY: 1})
    candidate = Candidate("America/Los_Angeles", hours)
    found = best_loop(problem(session("a", "ana"), people=(late,), candidate=candidate))
    assert found
    assert found.placed[0].starts.date() == TUESDAY


def test_a_buffer_keeps_away_from_meetings() -> None:
    meeting = span(MONDAY, time(9), time(12))
    ana = person("ana", busy=(meeting,), buffer=15)
    assert times(best_loop(problem(session("a", "ana"), people=(ana,)))) == {"a": "Mon 12:15"}


def test_order_pauses_and_days_together_are_kept() -> None:
    people = tuple(person(name) for name in ("ana", "raj", "eve"))
    sessions = (
        session("a", "ana", after=("b",)),
        session("b", "raj", minutes=50),
        session("c", "eve", after=("a",)),
    )
    found = best_loop(problem(*sessions, people=people, pause=15))
    assert times(found) == {"b": "Mon 09:30", "a": "Mon 10:45", "c": "Mon 12:00"}
    apart = best_loop(problem(*sessions, people=people, per_day=2, together=(("b", "c"),)))
    assert apart is None  # a comes between them, and three in a day are too many


def test_a_session_with_rooms_takes_one_that_is_free() -> None:
    taken = span(MONDAY, time(9), time(17))
    rooms = (Room("r1", "One", (taken,)), Room("r2", "Two"))
    found = best_loop(
        problem(session("a", "ana", rooms=("r1", "r2")), people=(person("ana"),), rooms=rooms)
    )
    assert found
    assert found.placed[0].room == "r2"


def test_a_trainee_rides_along_and_moves_nothing() -> None:
    busy = person("kim", busy=(span(MONDAY, time(9), time(12)),))
    people = (person("ana"), person("raj"), busy, person("lee", load=9))
    one = problem(session("a", "ana", trainees=("kim", "lee")), people=people)
    found = best_loop(one)
    assert found
    assert (times(found), found.placed[0].trainee) == ({"a": "Mon 09:30"}, "lee")
    two = replace(one, sessions=(*one.sessions, session("b", "raj", trainees=("lee",))))
    again = best_loop(two)
    assert again
    assert sorted(each.trainee for each in again.placed) == ["", "lee"]


def test_where_the_clocks_change_a_day_has_its_own_quarters() -> None:
    """25 October 2026 has 25 hours in Madrid: 9:30 is still 9:30."""
    sunday = date(2026, 10, 25)
    hours = (span(sunday, time(0, 30), time(17), "Europe/Madrid"),)
    found = best_loop(
        problem(
            session("a", "ana"),
            people=(person("ana", hours=hours),),
            days=(sunday,),
            candidate=Candidate("Europe/Madrid", hours),
        )
    )
    assert times(found) == {"a": "Sun 08:30"}  # UTC


def test_nothing_to_place_or_nobody_to_place_it_with_is_no_loop() -> None:
    assert best_loop(problem(people=())) is None
    assert best_loop(problem(session("a"), people=())) is None


def test_choices_differ_in_days_then_in_hours_then_in_people() -> None:
    people = (person("ana", load=1), person("raj", load=2))
    one = problem(session("a", "ana", "raj"), people=people)
    assert [times(each) for each in choices(one)] == [
        {"a": "Mon 09:30"},
        {"a": "Tue 09:30"},
        {"a": "Mon 13:00"},
    ]
    short = Candidate("UTC", (span(MONDAY, time(10), time(11)),))
    tight = replace(one, candidate=short)
    assert [each.placed[0].people for each in choices(tight)] == [("ana",), ("raj",)]

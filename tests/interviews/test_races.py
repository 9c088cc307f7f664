"""Real threads, each with a connection of its own."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from ats.errors import Blocked, DomainError, TransitionNotAllowed
from ats.events.actors import Actor
from interviews.actions.debrief import open_debrief
from interviews.actions.interview import cancel_interview, reschedule_interview
from interviews.actions.loop import book_loop
from interviews.models import Debrief, Interview, PanelSeat, ScorecardVersion
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply
from tests.factories.interviews import asked_for, heard, plan, starts_in, submit
from tests.factories.requisitions import open_requisition

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 24


def together(tasks: Sequence[Callable[[], Any]]) -> list[Any]:
    """All at once; what each returned, or the refusal it met. Anything else is a failure."""
    barrier = Barrier(len(tasks))

    def run(task: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=30)
            return task()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def overlaps() -> int:
    """Pairs of live seats in which somebody would be twice at the same time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM interviews_panelseat a JOIN interviews_panelseat b"
            " ON a.id < b.id AND a.interviewer_id = b.interviewer_id AND a.during && b.during"
            " WHERE a.is_live AND b.is_live"
        )
        return int(cursor.fetchone()[0])


def applications_elsewhere(interviews: int) -> list[tuple[Any, Any, Actor]]:
    """(application, plan, recruiter): each of another requisition, so that nothing but the
    diaries of people stands between them."""
    roles = [open_requisition() for _ in range(THREADS)]
    return [(apply(role), plan(role, interviews), Actor.of(role.recruiter)) for role in roles]


def test_24_recruiters_who_want_the_same_hours_get_each_once():
    """Every round all of them want the same two people, in either order, at the same time."""
    people = UserFactory.create_batch(2)
    applications = applications_elsewhere(2)

    def wants(application, drafted, by, turn, number):
        asked = asked_for(drafted, people[:: 1 if number % 2 else -1], days=7 + turn)
        if number % 3 == 0:
            asked.reverse()
        return lambda: book_loop(application, interviews=asked, by=by)

    for turn in range(4):
        found = together([wants(*one, turn, number) for number, one in enumerate(applications)])
        refused = [one for one in found if isinstance(one, DomainError)]
        assert len(found) - len(refused) >= 1
        assert {type(one) for one in refused} == {Blocked}
    assert overlaps() == 0
    hours = Counter(PanelSeat.objects.values_list("interviewer", "during"))
    assert set(hours.values()) == {1}


def test_one_hour_has_exactly_one_winner():
    person = UserFactory()
    found = together(
        [
            lambda one=application, drafted=drafted, by=by: book_loop(
                one, interviews=asked_for(drafted, [person]), by=by
            )
            for application, drafted, by in applications_elsewhere(1)
        ]
    )
    assert Counter(type(one).__name__ for one in found) == {"Loop": 1, "Blocked": THREADS - 1}
    assert Interview.objects.count() == PanelSeat.objects.count() == 1


def test_booking_moving_and_cancelling_at_once_meet_in_no_deadlock():
    role, people = open_requisition(), UserFactory.create_batch(3)
    days = [heard(people, role=role, days=7 + number * 2) for number in range(4)]
    drafted = days[-1].plan
    fresh = [apply(role) for _ in range(8)]
    by = Actor.of(role.recruiter)
    tasks: list[Callable[[], Any]] = []
    for number, day in enumerate(days):
        first, second, third = day.interviews
        tasks += [
            lambda one=first: reschedule_interview(one, starts=starts_in(30), by=by),
            lambda one=second: cancel_interview(one, reason="Enough.", by=by),
            lambda one=third: reschedule_interview(one, starts=starts_in(8), by=by),
            lambda one=first: cancel_interview(one, reason="Enough.", by=by),
        ]
        tasks += [
            lambda one=application: book_loop(
                one, interviews=asked_for(drafted, people, days=30), by=by
            )
            for application in fresh[number * 2 : number * 2 + 2]
        ]
    found = together(tasks)
    assert len(found) == THREADS
    assert overlaps() == 0


def test_a_scorecard_that_is_submitted_twice_at_once_is_in_once():
    day = heard(1)
    card = day.card(day.interviewers[0])
    found = together([lambda: submit(card) for _ in range(8)])
    assert Counter(type(one) for one in found)[TransitionNotAllowed] == 7
    assert ScorecardVersion.objects.count() == 1


def test_a_debrief_that_is_opened_twice_at_once_is_open_once():
    day = heard(1)
    submit(day.card(day.interviewers[0]))
    found = together([lambda: open_debrief(day.loop, by=day.by) for _ in range(8)])
    assert sum(isinstance(one, Debrief) for one in found) == 1
    assert Debrief.objects.count() == 1

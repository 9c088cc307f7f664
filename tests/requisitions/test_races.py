"""Real threads with connections of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Barrier
from time import monotonic
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from ats import clock
from ats.errors import DomainError
from ats.events.actors import Actor
from ats.events.chain import first_break
from ats.events.models import Event
from requisitions.actions.competency import find_or_add_competency
from requisitions.actions.opening import (
    add_opening,
    close_opening,
    fill_opening,
    move_opening,
)
from requisitions.actions.posting import publish_posting, schedule_posting
from requisitions.actions.requisition import (
    cancel_requisition,
    draft_requisition,
    hold_requisition,
)
from requisitions.models import Competency, JobPosting, Opening, Requisition
from requisitions.tasks import expire_batch, publish_scheduled
from tests.factories.requisitions import RecruiterFactory, Role, open_requisition

THREADS = 32

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each call returned, or the refusal that it met; anything else is raised."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=60)
            return call()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_numbers_are_given_once_and_without_gaps_whoever_gives_up() -> None:
    by = Actor.of(RecruiterFactory())

    @transaction.atomic
    def draft_and_think_again() -> None:
        draft_requisition(title="A", by=by)
        transaction.set_rollback(True)

    made = partial(draft_requisition, title="A", by=by)
    at_once([made, draft_and_think_again] * (THREADS // 2))
    year = clock.now().year
    found = set(Requisition.objects.values_list("number", flat=True))
    assert found == {f"REQ-{year}-{n:04d}" for n in range(1, THREADS // 2 + 1)}
    assert first_break() is None


def test_numbers_begin_anew_with_the_year(set_clock) -> None:
    by = Actor.of(RecruiterFactory())
    made = partial(draft_requisition, title="A", by=by)
    for year in (2031, 2032):
        set_clock(datetime(year, 12, 31, 23, 59, 50, tzinfo=UTC))
        at_once([made] * 4)
        set_clock(datetime(year + 1, 1, 1, 0, 0, 5, tzinfo=UTC))
        at_once([made] * 4)
    found = set(Requisition.objects.values_list("number", flat=True))
    assert found == {
        *(f"REQ-2031-{n:04d}" for n in range(1, 5)),
        *(f"REQ-2032-{n:04d}" for n in range(1, 9)),
        *(f"REQ-2033-{n:04d}" for n in range(1, 5)),
    }


def test_two_hires_never_share_a_seat() -> None:
    role = open_requisition()
    by = Actor.of(role.recruiter)
    hires = [uuid4() for _ in range(THREADS)]

    def hire(application: UUID) -> Callable[[], Any]:
        seat = Opening.objects.get(pk=role.opening.pk)
        return lambda: fill_opening(seat, application=application, by=by)

    results = at_once([hire(application) for application in hires])
    taken = [result for result in results if isinstance(result, Opening)]
    assert len(taken) == 1
    role.requisition.refresh_from_db()
    role.opening.refresh_from_db()
    assert role.opening.filled_by == taken[0].filled_by
    assert role.requisition.status == "filled"


def test_the_last_of_several_seats_fills_the_requisition_whoever_comes_last() -> None:
    role = open_requisition(openings=8)
    by = Actor.of(role.recruiter)

    def hire(opening: Opening) -> Callable[[], Any]:
        return lambda: fill_opening(opening, application=uuid4(), by=by)

    results = at_once([hire(opening) for opening in role.openings])
    role.requisition.refresh_from_db()
    role.posting.refresh_from_db()
    assert {result.status for result in results} == {"filled"}
    assert (role.requisition.status, role.posting.status) == ("filled", "unpublished")


def hire_against(verb: Callable[[Role, Actor], Any], seats: int = 1) -> set[tuple[str, ...]]:
    """How a requisition and its seats end: of 32 at once every second hires into the first seat."""
    ends = set()
    for _ in range(3):
        role = open_requisition(openings=seats)
        by = Actor.of(role.recruiter)
        hire = [
            partial(fill_opening, role.opening, application=uuid4(), by=by)
            for _ in range(THREADS // 2)
        ]
        results = at_once([call for each in hire for call in (each, partial(verb, role, by))])
        taken = [each for each in results[::2] if isinstance(each, Opening)]
        assert len(taken) <= 1
        role.requisition.refresh_from_db()
        seat, *rest = role.requisition.openings.all()
        assert [each.filled_by for each in taken] == [seat.filled_by] * (seat.status == "filled")
        ends.add((role.requisition.status, seat.status, *(each.status for each in rest)))
    assert first_break() is None
    return ends


def test_a_hire_and_a_cancellation_never_both_happen() -> None:
    ends = hire_against(lambda role, by: cancel_requisition(role.requisition, reason="No", by=by))
    assert ends <= {("filled", "filled"), ("cancelled", "closed")}


def test_a_hire_and_giving_the_seat_up_never_both_happen() -> None:
    ends = hire_against(lambda role, by: close_opening(role.opening, reason="No", by=by), seats=2)
    assert ends <= {("open", "filled", "open"), ("open", "closed", "open")}


def test_the_last_seat_is_hired_into_however_often_it_is_given_up() -> None:
    ends = hire_against(lambda role, by: close_opening(role.opening, reason="No", by=by))
    assert ends == {("filled", "filled")}


def test_a_hire_while_it_is_put_on_hold_takes_one_seat() -> None:
    ends = hire_against(lambda role, by: hold_requisition(role.requisition, by=by))
    assert ends == {("filled", "filled")}


def test_a_hire_and_a_seat_that_moves_away_never_both_happen() -> None:
    target = draft_requisition(title="Elsewhere", by=Actor.of(RecruiterFactory()))
    ends = hire_against(
        lambda role, by: move_opening(role.opening, requisition=target, by=by), seats=2
    )
    assert ends <= {("open", "filled", "open"), ("open", "open")}


def test_seats_that_change_places_do_not_wait_for_each_other() -> None:
    by = Actor.of(RecruiterFactory())
    here, there = (draft_requisition(title="A", by=by) for _ in range(2))
    for requisition in (here, there):
        for _ in range(THREADS // 2 - 1):
            add_opening(requisition, by=by)
    ways = [(here, there), (there, here)]
    moves = [
        partial(move_opening, seat, requisition=target, by=by)
        for home, target in ways
        for seat in home.openings.select_related("requisition")
    ]
    results = at_once(moves)
    assert [each for each in results if not isinstance(each, Opening)] == []
    assert [each.openings.count() for each in (here, there)] == [THREADS // 2] * 2


def test_the_database_itself_gives_a_taken_seat_to_nobody_else() -> None:
    role = open_requisition()
    fill_opening(role.opening, application=uuid4(), by=Actor.of(role.recruiter))
    taken = Opening.objects.filter(pk=role.opening.pk)
    with pytest.raises(DatabaseError, match="Cannot update rows"):
        taken.update(filled_by=uuid4())


def test_a_posting_is_published_once_and_expired_once(set_clock, advance) -> None:

    role = open_requisition(publish=False)
    by = Actor.of(role.recruiter)
    until = clock.now() + timedelta(hours=1)
    drafts = [JobPosting.objects.get(pk=role.posting.pk) for _ in range(8)]
    results = at_once([partial(publish_posting, each, expires_at=until, by=by) for each in drafts])
    assert sum(not isinstance(result, DomainError) for result in results) == 1
    assert role.posting.versions.count() == 1
    advance(timedelta(hours=2))
    assert sum(at_once([expire_batch] * 8)) == 1
    role.posting.refresh_from_db()
    assert role.posting.status == "expired"


def test_two_beats_publish_what_is_due_once(set_clock, advance) -> None:
    roles = [open_requisition(publish=False) for _ in range(4)]
    by = Actor.of(roles[0].recruiter)
    for role in roles:
        schedule_posting(role.posting, publish_at=clock.now() + timedelta(hours=1), by=by)
    advance(timedelta(hours=2))
    at_once([publish_scheduled] * 6)
    publish_scheduled()
    assert {role.posting.versions.count() for role in roles} == {1}


def test_a_posting_that_expires_while_the_seat_is_taken_never_refuses_the_hire(
    set_clock, advance
) -> None:
    for _ in range(8):
        role = open_requisition(publish=False)
        by = Actor.of(role.recruiter)
        publish_posting(role.posting, expires_at=clock.now() + timedelta(hours=1), by=by)
        advance(timedelta(hours=2))
        fill = partial(fill_opening, role.opening, application=uuid4(), by=by)
        found = at_once([fill, expire_batch])
        assert [result for result in found if isinstance(result, DomainError)] == []
        role.requisition.refresh_from_db()
        role.posting.refresh_from_db()
        assert role.requisition.status == "filled"
        assert role.posting.status in {"expired", "unpublished"}


def somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks"
            " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return bool(cursor.fetchone()[0])


def test_a_competency_that_two_listings_bring_at_once_is_added_once() -> None:
    by = Actor.of(RecruiterFactory())
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first = find_or_add_competency("Care", by=by)
            later = pool.submit(at_once, [partial(find_or_add_competency, "Care", by=by)])
            give_up = monotonic() + 60
            while not somebody_waits_for_us() and monotonic() < give_up:
                pass
        assert later.result() == [first]
    assert Event.objects.filter(verb="competency.added").count() == 1
    assert Competency.objects.get() == first

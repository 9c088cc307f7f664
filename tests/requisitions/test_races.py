"""Real threads with connections of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection

from ats import clock
from ats.errors import DomainError
from ats.events.actors import Actor
from ats.events.chain import first_break
from requisitions.actions.opening import fill_opening
from requisitions.actions.posting import publish_posting, schedule_posting
from requisitions.actions.requisition import cancel_requisition, draft_requisition
from requisitions.models import JobPosting, Opening, Requisition
from requisitions.tasks import expire_batch, publish_scheduled
from tests.factories.requisitions import RecruiterFactory, open_requisition

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each call returned, or the refusal that it met; anything else is raised."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=30)
            return call()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_numbers_are_given_once_and_without_gaps() -> None:
    by = Actor.of(RecruiterFactory())
    at_once([lambda: draft_requisition(title="A", by=by)] * 16)
    year = clock.now().year
    found = set(Requisition.objects.values_list("number", flat=True))
    assert found == {f"REQ-{year}-{n:04d}" for n in range(1, 17)}
    assert first_break() is None


def test_two_hires_never_share_a_seat() -> None:
    role = open_requisition()
    by = Actor.of(role.recruiter)
    hires = [uuid4() for _ in range(12)]

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


def test_a_hire_and_a_cancellation_never_both_happen() -> None:
    for _ in range(5):
        role = open_requisition()
        by = Actor.of(role.recruiter)
        at_once(
            [
                lambda: fill_opening(role.opening, application=uuid4(), by=by),  # noqa: B023
                lambda: cancel_requisition(role.requisition, reason="No", by=by),  # noqa: B023
            ]
        )
        role.requisition.refresh_from_db()
        role.opening.refresh_from_db()
        ends = (role.requisition.status, role.opening.status)
        assert ends in {("filled", "filled"), ("cancelled", "closed")}


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

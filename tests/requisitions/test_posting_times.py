"""When a posting goes out, comes down and comes back, by the clock and with its requisition."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from ats import clock
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.outbox.models import Delivery
from ats.outbox.relay import relay_events
from requisitions.actions.opening import fill_opening
from requisitions.actions.posting import (
    draft_posting,
    publish_on_time,
    publish_posting,
    schedule_posting,
    unpublish_posting,
    unschedule_posting,
)
from requisitions.actions.requisition import (
    cancel_requisition,
    hold_requisition,
    resume_requisition,
)
from requisitions.models import JobPosting
from requisitions.tasks import expire_postings, publish_due, publish_scheduled
from tests.factories.requisitions import Role, draft, open_requisition

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
Advance = Callable[[timedelta], None]


def state(posting: JobPosting) -> tuple[str, bool, bool]:
    """(status, is scheduled, is held)."""
    posting.refresh_from_db()
    return posting.status, posting.publish_at is not None, posting.is_held


def in_hours(hours: float) -> datetime:
    return clock.now() + hours * HOUR


def scheduled(**until: datetime) -> tuple[Role, Actor]:
    role = open_requisition(publish=False)
    by = Actor.of(role.recruiter)
    schedule_posting(role.posting, publish_at=in_hours(1), by=by, **until)
    return role, by


def test_a_scheduled_posting_goes_out_at_its_hour_and_comes_down_at_its_end(
    advance: Advance,
) -> None:
    role, _ = scheduled(expires_at=in_hours(5))
    publish_scheduled()
    assert state(role.posting) == ("draft", True, False)
    advance(2 * HOUR)
    publish_scheduled()
    publish_scheduled()
    assert state(role.posting) == ("published", False, False)
    assert role.posting.versions.get().published_by is None
    assert role.posting.expires_at is not None
    advance(4 * HOUR)
    expire_postings()
    assert state(role.posting) == ("expired", False, False)


def test_a_schedule_is_moved_and_taken_back(advance: Advance) -> None:
    role, by = scheduled()
    moved = schedule_posting(role.posting, publish_at=in_hours(9), by=by)
    advance(2 * HOUR)
    publish_scheduled()
    assert state(moved) == ("draft", True, False)
    assert unschedule_posting(moved, by=by).publish_at is None
    with pytest.raises(DomainError, match="Nothing is scheduled"):
        unschedule_posting(moved, by=by)
    assert publish_on_time(moved, by=by).status == "draft"


def test_publishing_by_hand_ends_the_schedule(advance: Advance) -> None:
    role, by = scheduled()
    publish_posting(role.posting, by=by)
    advance(2 * HOUR)
    publish_scheduled()
    assert state(role.posting) == ("published", False, False)
    assert role.posting.version == 1


@pytest.mark.parametrize(
    ("publish_at", "expires_at", "field"),
    [
        (-1, None, "publish_at"),
        (0, None, "publish_at"),
        (50_000, None, "publish_at"),
        (2, 1, "expires_at"),
        (2, 2, "expires_at"),
        (2, 50_000, "expires_at"),
    ],
)
def test_hours_that_cannot_be_meant_are_refused(
    publish_at: int, expires_at: int | None, field: str
) -> None:
    role = open_requisition(publish=False)
    at = clock.now()
    until = None if expires_at is None else at + expires_at * HOUR
    with pytest.raises(Invalid) as refusal:
        schedule_posting(
            role.posting,
            publish_at=at + publish_at * HOUR,
            expires_at=until,
            by=Actor.of(role.recruiter),
        )
    assert refusal.value.field == field
    assert state(role.posting) == ("draft", False, False)


def test_the_end_of_the_calendar_is_too_far_away() -> None:
    role = open_requisition(publish=False)
    by = Actor.of(role.recruiter)
    with pytest.raises(Invalid, match="five years"):
        publish_posting(role.posting, expires_at=datetime.max.replace(tzinfo=UTC), by=by)


def test_what_cannot_go_out_at_its_hour_says_so_in_a_letter(advance: Advance) -> None:
    requisition = draft()
    by = Actor.of(requisition.created_by)
    posting = schedule_posting(draft_posting(requisition, by=by), publish_at=in_hours(1), by=by)
    advance(2 * HOUR)
    publish_scheduled()
    assert state(posting) == ("draft", False, False)
    relay_events()
    letter = Delivery.objects.get(letter="requisitions/posting_not_published")
    assert letter.to_name == requisition.created_by.name
    assert "- No opening is open" in letter.body


def test_what_would_have_expired_before_anybody_came_by_stays_down(advance: Advance) -> None:
    role, _ = scheduled(expires_at=in_hours(2))
    advance(3 * HOUR)
    publish_scheduled()
    assert state(role.posting) == ("draft", False, False)


def test_a_schedule_waits_while_its_requisition_is_on_hold(advance: Advance) -> None:
    role, by = scheduled()
    hold_requisition(role.requisition, by=by)
    advance(2 * HOUR)
    publish_scheduled()
    publish_due(role.posting.pk, role.requisition.pk)
    assert state(role.posting) == ("draft", True, False)
    resume_requisition(role.requisition, by=by)
    publish_scheduled()
    assert state(role.posting) == ("published", False, False)


def test_a_closed_requisition_neither_keeps_nor_takes_a_schedule() -> None:
    role, by = scheduled()
    cancel_requisition(role.requisition, reason="Budget", by=by)
    assert state(role.posting) == ("draft", False, False)
    with pytest.raises(Blocked, match="reopen it first"):
        schedule_posting(role.posting, publish_at=in_hours(1), by=by)


def test_a_hold_takes_postings_down_and_resuming_puts_back_the_same_version() -> None:
    role = open_requisition()
    by = Actor.of(role.recruiter)
    other = publish_posting(draft_posting(role.requisition, is_internal=True, by=by), by=by)
    unpublish_posting(other, by=by)
    since = role.posting.published_at
    hold_requisition(role.requisition, by=by)
    assert state(role.posting) == ("unpublished", False, True)
    assert role.posting.closed_at is not None
    with pytest.raises(Blocked, match="on hold"):
        publish_posting(role.posting, by=by)
    resume_requisition(role.requisition, by=by)
    assert state(role.posting) == ("published", False, False)
    assert (role.posting.version, role.posting.published_at) == (1, since)
    assert role.posting.closed_at is None
    assert state(other) == ("unpublished", False, False)


def test_what_ran_out_or_lacks_something_does_not_come_back(advance: Advance) -> None:
    role = open_requisition(publish=False)
    by = Actor.of(role.recruiter)
    publish_posting(role.posting, expires_at=in_hours(1), by=by)
    forever = publish_posting(draft_posting(role.requisition, by=by), by=by)
    hold_requisition(role.requisition, by=by)
    advance(2 * HOUR)
    role.requisition.pay_ranges.all().delete()
    resume_requisition(role.requisition, by=by)
    assert state(role.posting) == ("unpublished", False, False)
    assert state(forever) == ("unpublished", False, False)


def test_what_a_hold_took_down_does_not_come_back_from_a_closed_requisition() -> None:
    role = open_requisition()
    by = Actor.of(role.recruiter)
    hold_requisition(role.requisition, by=by)
    cancel_requisition(role.requisition, reason="Budget", by=by)
    assert state(role.posting) == ("unpublished", False, False)


def test_a_held_posting_that_is_given_an_hour_of_its_own_keeps_to_it() -> None:
    role = open_requisition()
    by = Actor.of(role.recruiter)
    hold_requisition(role.requisition, by=by)
    schedule_posting(role.posting, publish_at=in_hours(1), by=by)
    resume_requisition(role.requisition, by=by)
    assert state(role.posting) == ("unpublished", True, False)


@pytest.mark.parametrize("is_swept", [True, False])
def test_a_posting_that_ran_out_never_refuses_the_hire(advance: Advance, is_swept: bool) -> None:
    role = open_requisition(publish=False)
    by = Actor.of(role.recruiter)
    publish_posting(role.posting, expires_at=in_hours(1), by=by)
    advance(2 * HOUR)
    if is_swept:
        expire_postings()
    fill_opening(role.opening, application=role.posting.public_id, by=by)
    expected = "expired" if is_swept else "unpublished"
    assert state(role.posting) == (expected, False, False)

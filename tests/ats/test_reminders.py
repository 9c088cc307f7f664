"""What must not be forgotten rings when it is due, and again until it is done."""

from datetime import UTC, datetime, timedelta

import pytest

from ats import clock
from ats.reminders import bell
from ats.reminders.models import Reminder
from ats.reminders.workdays import next_working_morning
from tests.factories.ats import UserFactory

SOON = timedelta(hours=1)


class Bell:
    """What was heard, and when the ringer wants to ring again."""

    def __init__(self):
        self.heard, self.again = [], None

    def ring(self, reminder):
        self.heard.append(reminder.rung)
        return self.again


@pytest.fixture
def rung(monkeypatch):
    ringer = Bell()
    monkeypatch.setattr(bell, "RINGERS", {"test": ringer.ring})
    return ringer


@pytest.mark.django_db
def test_it_rings_once_it_is_due_and_is_gone(rung, advance):
    bell.remind(UserFactory(), "test", at=clock.now() + SOON)
    assert bell.ring_due() == 0
    advance(SOON)
    assert bell.ring_due() == 1
    assert (rung.heard, Reminder.objects.count()) == ([0], 0)


@pytest.mark.django_db
def test_it_rings_again_as_long_as_its_ringer_says_so(rung, advance):
    bell.remind(UserFactory(), "test", at=clock.now())
    rung.again = clock.now() + SOON
    bell.ring_due()
    advance(SOON)
    rung.again = None
    bell.ring_due()
    assert rung.heard == [0, 1]
    assert not Reminder.objects.exists()


@pytest.mark.django_db
def test_reminding_again_moves_it_and_forgetting_ends_it(rung):
    user = UserFactory()
    bell.remind(user, "test", at=clock.now())
    moved = bell.remind(user, "test", at=clock.now() + SOON)
    assert list(Reminder.objects.all()) == [moved]
    bell.forget(user, "test")
    bell.forget(user, "test")
    assert not Reminder.objects.exists()


@pytest.mark.django_db
def test_a_ringer_that_fails_is_parked_after_five_attempts(monkeypatch, advance):
    monkeypatch.setattr(bell, "RINGERS", {})

    @bell.rings("test")
    def fail(reminder):
        raise OSError("no line")

    bell.remind(UserFactory(), "test", at=clock.now())
    for _ in range(6):
        bell.ring_due()
        advance(timedelta(minutes=2))
    reminder = Reminder.objects.get()
    assert (reminder.attempts, reminder.parked_at is not None) == (5, True)
    assert "no line" in reminder.last_error


@pytest.mark.parametrize(
    ("after", "zone", "morning"),
    [
        ("2026-12-02T16:00", "Europe/Berlin", "2026-12-03T08:00"),
        ("2026-12-02T07:59", "Europe/Berlin", "2026-12-02T08:00"),
        ("2026-12-02T08:00", "Europe/Berlin", "2026-12-03T08:00"),
        ("2026-12-04T16:00", "Europe/Berlin", "2026-12-07T08:00"),
        ("2026-12-05T12:00", "America/Los_Angeles", "2026-12-07T17:00"),
        # Friday evening in California is Saturday morning in Sydney.
        ("2026-12-04T23:00", "Australia/Sydney", "2026-12-06T22:00"),
        # The clocks change on Sunday: nine stays nine.
        ("2026-03-06T20:00", "America/New_York", "2026-03-09T13:00"),
        ("2026-10-23T20:00", "Europe/London", "2026-10-26T09:00"),
    ],
)
def test_the_next_working_morning(after, zone, morning):
    start = datetime.fromisoformat(after).replace(tzinfo=UTC)
    expected = datetime.fromisoformat(morning).replace(tzinfo=UTC)
    assert next_working_morning(start, zone) == expected

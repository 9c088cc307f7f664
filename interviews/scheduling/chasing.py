"""When a missing scorecard is asked for, and asked for again. Pure."""

from datetime import datetime, timedelta

from ats.reminders.workdays import next_working_morning

FIRST = timedelta(hours=1)
MOST = 10


def first_chase(ends: datetime) -> datetime:
    return ends + FIRST


def next_chase(rung: int, now: datetime, timezone: str) -> datetime | None:
    """After `rung` reminders: the next working day at nine in that zone, or None after ten."""
    return next_working_morning(now, timezone) if rung < MOST else None


def resumed_chase(ends: datetime, now: datetime, timezone: str) -> datetime:
    """For a scorecard that is owed again: as for a new one, but never in the past."""
    first = first_chase(ends)
    return first if first > now else next_working_morning(now, timezone)

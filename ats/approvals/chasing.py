"""When an approver is reminded. Pure."""

from datetime import datetime

from ats.reminders.workdays import next_working_morning

REMINDERS = 5


def first_chase(asked: datetime, timezone: str) -> datetime:
    """The second working morning: one whole working day passes before anybody is reminded."""
    return next_working_morning(next_working_morning(asked, timezone), timezone)


def next_chase(rung: int, now: datetime, timezone: str) -> datetime | None:
    """After `rung` times: each working morning. The sixth tells whoever asked, and is the last."""
    return next_working_morning(now, timezone) if rung <= REMINDERS else None

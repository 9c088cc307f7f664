"""The story's calendar: working days counted from today, office hours in somebody's zone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# The westernmost office: when it is over there, a day is over for everybody in the story.
HOME = "America/Los_Angeles"
SATURDAY = 5


@dataclass(frozen=True)
class Days:
    now: datetime

    def day(self, offset: int) -> date:
        """The so-many-th working day before (negative) or after today."""
        day, step = self.now.astimezone(ZoneInfo(HOME)).date(), 1 if offset > 0 else -1
        for _ in range(abs(offset)):
            day += timedelta(days=step)
            while day.weekday() >= SATURDAY:
                day += timedelta(days=step)
        return day

    def at(self, offset: int, clock: str = "10:00", zone: str = HOME) -> datetime:
        return datetime.combine(self.day(offset), time.fromisoformat(clock), tzinfo=ZoneInfo(zone))

    def soon(self, minutes: int) -> datetime:
        """The half hour that begins at least so many minutes from now."""
        wanted = self.now + timedelta(minutes=minutes)
        full = wanted.replace(minute=0, second=0, microsecond=0)
        return full + timedelta(minutes=30 if wanted.minute < 30 else 60)


def wall(moment: datetime, zone: str) -> str:
    """As a calendar writes it: 2026-12-01T10:00."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")

"""The story's calendar: working days counted from today, office hours in somebody's zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# The westernmost office: when it is over there, a day is over for everybody in the story.
HOME = "America/Los_Angeles"
SATURDAY = 5
OPENS, CLOSES = 8, 18


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
        """As UTC: that is what the product's clock says, and what the chain of events hashes."""
        local = datetime.combine(self.day(offset), time.fromisoformat(clock), ZoneInfo(zone))
        return local.astimezone(UTC)

    def soon(self, zone: str) -> datetime:
        """The next half hour within office hours that is not about to begin: today, mostly."""
        local = (self.now + timedelta(minutes=75)).astimezone(ZoneInfo(zone))
        day, opens = local.date(), time(OPENS)
        if local.hour >= CLOSES:
            day += timedelta(days=1)
        elif local.hour >= OPENS:
            opens = time(local.hour, 30 * (local.minute // 30))
        return datetime.combine(day, opens, ZoneInfo(zone)).astimezone(UTC)


def wall(moment: datetime, zone: str) -> str:
    """As a calendar writes it: 2026-12-01T10:00."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")

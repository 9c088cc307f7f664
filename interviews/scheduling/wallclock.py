"""Wall clock and zone to instant: the one place where that happens. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from ats.errors import Invalid

SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:00)?")
# Nobody plans further; a typing error in the year is noticed.
YEARS = range(2000, 2101)


@dataclass(frozen=True)
class Wall:
    """What was meant: a clock on a wall, in an IANA zone."""

    day: date
    at: time
    timezone: str


def read_wall(starts: str, timezone: str) -> Wall:
    """`starts` is "2026-12-01T10:00". Raises `Invalid` for "starts" or "timezone"."""
    if timezone not in zone_names():
        raise Invalid(
            "timezone", f"There is no time zone {timezone!r}. Use an IANA name like Europe/Madrid."
        )
    if not SHAPE.fullmatch(starts):
        raise Invalid("starts", "Write the local time like 2026-12-01T10:00, without an offset.")
    try:
        day, at = date.fromisoformat(starts[:10]), time.fromisoformat(starts[11:])
    except ValueError:
        raise Invalid("starts", f"{starts} is not a date and time that exists.") from None
    if day.year not in YEARS:
        raise Invalid("starts", f"The year {day.year} cannot be meant.")
    return Wall(day, at, timezone)


def instant_of(wall: Wall) -> datetime:
    """The UTC instant. Raises `Invalid` for an hour that the clocks skip, or show twice."""
    zone = ZoneInfo(wall.timezone)
    first = datetime.combine(wall.day, wall.at, tzinfo=zone)
    instant = first.astimezone(UTC)
    spoken = f"{wall.at:%H:%M}"
    if parts_of(instant, zone) != (wall.day, wall.at):
        raise Invalid(
            "starts",
            f"{spoken} does not exist on {wall.day} in {wall.timezone}: the clocks are put forward"
            " over it. Choose another time.",
        )
    if first.replace(fold=1).utcoffset() != first.utcoffset():
        raise Invalid(
            "starts",
            f"{spoken} happens twice on {wall.day} in {wall.timezone}, when the clocks are put"
            " back. Choose another time.",
        )
    return instant


def parts_of(instant: datetime, zone: ZoneInfo) -> tuple[date, time]:
    local = instant.astimezone(zone)
    return local.date(), local.time()


@cache
def zone_names() -> frozenset[str]:
    return frozenset(available_timezones())

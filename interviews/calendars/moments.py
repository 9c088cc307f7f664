"""Dates, times, durations and periods as calendars write them. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from interviews.calendars.zones import FixedZone, Zone

STAMP = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d{1,9})?)?\s*(Z|[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE | re.ASCII,
)
DURATION = re.compile(
    r"([+-]?)P(?:(\d{1,7})W)?(?:(\d{1,7})D)?"
    r"(?:T(?:(\d{1,7})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?",
    re.IGNORECASE | re.ASCII,
)
DAY = timedelta(days=1)


class Unreadable(ValueError):
    """Says in a few words what cannot be read."""


@dataclass(frozen=True)
class Moment:
    """A wall clock in a zone; a date is its first midnight."""

    wall: datetime
    zone: Zone
    is_date: bool = False

    @property
    def instant(self) -> datetime:
        return self.zone.instant(self.wall)

    def at(self, wall: datetime) -> "Moment":
        return Moment(wall, self.zone, self.is_date)


@dataclass(frozen=True)
class Length:
    """Days follow the clock on the wall, the rest is exact (RFC 5545, 3.3.6)."""

    days: int = 0
    exact: timedelta = timedelta()

    def after(self, begins: Moment) -> datetime:
        """The instant of the end."""
        wall = begins.wall + timedelta(days=self.days)
        return begins.zone.instant(wall) + self.exact

    @property
    def longest(self) -> timedelta:
        return timedelta(days=self.days + 1) + self.exact


def read_moment(text: str, zone: Zone, day_zone: Zone, *, is_date: bool = False) -> Moment:
    """`zone` for times that name none themselves, `day_zone` for dates. Raises `Unreadable`."""
    found = STAMP.fullmatch(text.strip())
    if not found:
        raise Unreadable(f"{shown(text)} is no date or time")
    year, month, day, hour, minute, second, offset = found.groups()
    try:
        wall = datetime(int(year), int(month), int(day))  # noqa: DTZ001 - a wall clock
        if is_date or hour is None:
            return Moment(wall, day_zone, is_date=True)
        wall += time_of(int(hour), int(minute), int(second or 0))
    except (ValueError, OverflowError):
        raise Unreadable(f"{shown(text)} is no date or time") from None
    return Moment(wall, FixedZone.read(offset) if offset else zone)


def time_of(hour: int, minute: int, second: int) -> timedelta:
    """24:00 is the next midnight; a leap second is the one before it."""
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        raise ValueError("no such time of day")
    return timedelta(hours=hour, minutes=minute, seconds=min(second, 59))


def read_length(text: str) -> Length:
    found = DURATION.fullmatch(text.strip())
    if not found or not any(found.groups()[1:]):
        raise Unreadable(f"{shown(text)} is no duration")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    length = Length(weeks * 7 + days, timedelta(hours=hours, minutes=minutes, seconds=seconds))
    if found[1] == "-" and (length.days or length.exact):
        raise Unreadable(f"{shown(text)} would end before it begins")
    return length


def shown(text: str) -> str:
    """What somebody wrote, short and harmless enough for a sentence."""
    plain = "".join(char if char.isprintable() else " " for char in text[:60]).strip()
    return f'"{plain}{"..." if len(text) > 60 else ""}"'

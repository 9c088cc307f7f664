"""Zones as calendars name them: by IANA, by Windows, by a path, or by their own description. Pure.

A wall clock in a skipped hour is read with the offset before the change, one in a doubled hour as
the first of the two (RFC 5545, 3.3.5).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Protocol
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

OFFSET = re.compile(r"([+-]?)(\d{1,2}):?(\d\d)?(?::?(\d\d))?", re.ASCII)
NAMED_OFFSET = re.compile(r"(?:UTC|GMT|Z)?\s*([+-]\d{1,2}(?::?\d\d)?)", re.ASCII | re.IGNORECASE)
# "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"
OFFSET_AND_PLACES = re.compile(r"\((?:UTC|GMT)\s*([+-]\d\d?:?\d\d)?\)\s*(.+)", re.IGNORECASE)
SPOKEN = {
    "atlantic time": "America/Halifax",
    "eastern time": "America/New_York",
    "central time": "America/Chicago",
    "mountain time": "America/Denver",
    "pacific time": "America/Los_Angeles",
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
}


class Zone(Protocol):
    def instant(self, wall: datetime) -> datetime:
        """The aware UTC time of a naive wall clock."""

    def wall(self, instant: datetime) -> datetime:
        """The naive wall clock of an aware time."""


@dataclass(frozen=True)
class NamedZone:
    info: ZoneInfo

    def instant(self, wall: datetime) -> datetime:
        return wall.replace(tzinfo=self.info).astimezone(UTC)

    def wall(self, instant: datetime) -> datetime:
        return instant.astimezone(self.info).replace(tzinfo=None)


@dataclass(frozen=True)
class FixedZone:
    offset: timedelta

    @classmethod
    def read(cls, text: str) -> "FixedZone":
        return cls(timedelta() if text in "zZ" else read_offset(text))

    def instant(self, wall: datetime) -> datetime:
        return (wall - self.offset).replace(tzinfo=UTC)

    def wall(self, instant: datetime) -> datetime:
        return instant.astimezone(UTC).replace(tzinfo=None) + self.offset


ALWAYS_UTC = FixedZone(timedelta())


@dataclass(frozen=True)
class Change:
    """At this instant (naive, UTC) one offset gives way to another."""

    at: datetime
    before: timedelta
    after: timedelta


@dataclass(frozen=True)
class DescribedZone:
    """What a VTIMEZONE says. `changes` are in order and at least one."""

    changes: tuple[Change, ...]

    def instant(self, wall: datetime) -> datetime:
        for change in self.changes:
            if wall - max(change.before, change.after) < change.at:
                return (wall - change.before).replace(tzinfo=UTC)
        return (wall - self.changes[-1].after).replace(tzinfo=UTC)

    def wall(self, instant: datetime) -> datetime:
        plain = instant.astimezone(UTC).replace(tzinfo=None)
        past = [change.after for change in self.changes if change.at <= plain]
        return plain + (past[-1] if past else self.changes[0].before)


def read_offset(text: str) -> timedelta:
    """`+0100`, `-03:30`, `+5`. Raises `ValueError`."""
    found = OFFSET.fullmatch(text.strip())
    if not found:
        raise ValueError("no offset")
    sign = -1 if found[1] == "-" else 1
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    if hours > 23 or minutes > 59 or seconds > 59:
        raise ValueError("no offset")
    return sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)


@cache
def iana_names() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}


@cache
def windows_names() -> dict[str, str]:
    return {name.lower(): zone for name, zone in WINDOWS_TO_OLSON.items()}


@cache
def cities() -> dict[str, str]:
    """The last part of a name, where only one zone has it: `berlin` is Europe/Berlin."""
    found: dict[str, list[str]] = {}
    for name in sorted(available_timezones()):
        area, _, city = name.rpartition("/")
        if area and not area.startswith(("Etc", "posix", "right", "SystemV")):
            found.setdefault(city.lower().replace("_", " "), []).append(name)
    return {city: names[0] for city, names in found.items() if len(names) == 1}


def known(name: str) -> Zone | None:
    """An IANA zone, `UTC`, or `GMT+2` as people mean it: two hours ahead."""
    plain = name.strip().strip('"').replace(" ", "_").lower()
    if plain in iana_names():
        return NamedZone(ZoneInfo(iana_names()[plain]))
    if plain in ("z", "utc"):
        return FixedZone(timedelta())
    if found := NAMED_OFFSET.fullmatch(name.strip(' ()"')):
        return quietly(lambda: FixedZone(read_offset(found[1])))
    return None


def by_path(name: str) -> Zone | None:
    """`/freeassociation.sourceforge.net/Tzfile/Europe/Berlin` ends in a name."""
    parts = name.strip().strip("/").split("/")
    tails = ("/".join(parts[-size:]) for size in (3, 2) if len(parts) > size)
    return next((zone for tail in tails if (zone := known(tail))), None)


def by_windows(name: str) -> Zone | None:
    """`W. Europe Standard Time`, or how Windows shows it to people."""
    plain = name.strip().strip('"').lower()
    for one in (plain, plain.replace("daylight time", "standard time")):
        if zone := windows_names().get(one):
            return NamedZone(ZoneInfo(zone))
    return by_places(name)


def by_places(name: str) -> Zone | None:
    found = OFFSET_AND_PLACES.fullmatch(name.strip().strip('"'))
    places = [part.strip().lower() for part in (found[2] if found else name).split(",")]
    for place in places:
        spoken = SPOKEN.get(place.partition(" (")[0])
        if zone := spoken or cities().get(place):
            return NamedZone(ZoneInfo(zone))
    if found and found[1]:
        return quietly(lambda: FixedZone(read_offset(found[1])))
    return None


def quietly(read: Callable[[], Zone]) -> Zone | None:
    try:
        return read()
    except ValueError:
        return None

"""The zones of one file: found by name, or built from what the file itself says. Pure."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from interviews.calendars.components import Component, Line
from interviews.calendars.moments import read_moment, shown
from interviews.calendars.recurrence import Budget, Exhausted, occurrences, read_rule
from interviews.calendars.zones import (
    ALWAYS_UTC,
    Change,
    DescribedZone,
    Zone,
    by_path,
    by_windows,
    known,
    read_offset,
)

# A description is followed this far around the time asked for.
AROUND = timedelta(days=800)
STEPS = 20_000


class Zones:
    """`own` is the reader's: dates are days there, and so are times when nothing else is known."""

    def __init__(self, own: Zone, window: tuple[datetime, datetime], say: Callable[[str], None]):
        self.own = own
        self.window = window
        self.say = say
        self.described: dict[str, Component] = {}
        self.found: dict[tuple[str, Zone], Zone] = {}

    def describe(self, component: Component) -> None:
        if line := component.first("TZID"):
            self.described.setdefault(line.value.lower(), component)

    def of(self, line: Line, floating: Zone) -> Zone:
        """The zone that a property names, or `floating`."""
        name = line.parameters.get("TZID", "")
        return self.named(name, floating) if name else floating

    def named(self, name: str, floating: Zone) -> Zone:
        key = (name.lower(), floating)
        if key not in self.found:
            self.found[key] = self.look_up(name) or self.unknown(name, floating)
        return self.found[key]

    def unknown(self, name: str, floating: Zone) -> Zone:
        self.say(f"The zone {shown(name)} is unknown: its times were read in the calendar's own.")
        return floating

    def look_up(self, name: str) -> Zone | None:
        if zone := known(name) or (by_path(name) if name.startswith("/") else None):
            return zone
        if (component := self.described.get(name.lower())) and (zone := self.build(component)):
            return zone
        return by_windows(name) or by_path(name)

    def build(self, component: Component) -> Zone | None:
        """From the location that it names, or from its own rules."""
        location = component.first("X-LIC-LOCATION")
        if location and (zone := known(location.value)):
            return zone
        parts = [one for one in component.children if one.name in ("STANDARD", "DAYLIGHT")]
        changes = sorted(
            {change for part in parts for change in self.changes(part)},
            key=lambda change: (change.at, change.after),
        )
        return DescribedZone(tuple(changes)) if changes else None

    def changes(self, part: Component) -> Iterator[Change]:
        start, before, after = (
            part.first(name) for name in ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO")
        )
        if not (start and after):
            return
        try:
            to = read_offset(after.value)
            off = read_offset(before.value) if before else to
            for wall in self.onsets(part, wall_of(start.value), off):
                yield Change(wall - off, off, to)
        except (ValueError, OverflowError, Exhausted):
            self.say(f"The description of a zone at line {part.number} could not be read.")

    def onsets(self, part: Component, start: datetime, before: timedelta) -> Iterator[datetime]:
        """The wall clocks of the changes near the window; in any case the first one."""
        yield start
        for line in part.all("RDATE"):
            for text in filter(None, line.value.split(",")):
                yield wall_of(text.partition("/")[0])
        for line in part.all("RRULE"):
            rule = read_rule(line.value)
            low, high = self.window[0] - AROUND, self.window[1] + AROUND
            until = wall_of(rule.until) + before if rule.until else None
            if until:
                low = min(low, until - AROUND)
            yield from occurrences(rule, start, (low, high), Budget(STEPS), until)


def wall_of(text: str) -> datetime:
    return read_moment(text, ALWAYS_UTC, ALWAYS_UTC).wall

"""A calendar file in, busy times out: what is good is taken, what is not is said. Pure.

>>> from datetime import UTC, datetime
>>> read_calendar(b"nothing", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC),
...               zone="Europe/Berlin").skipped
('This is no calendar: it holds no BEGIN:VCALENDAR and no event.',)
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from interviews.calendars.components import Component, Line, read_components
from interviews.calendars.events import Event, Setting, period_of, read_event, values_of
from interviews.calendars.moments import Unreadable
from interviews.calendars.recurrence import Budget
from interviews.calendars.series import BEYOND, Span, Window, clipped, spans
from interviews.calendars.timezones import Zones
from interviews.calendars.zones import NamedZone, Zone

LARGEST_FILE = 10 * 1024 * 1024
MOST_EVENTS = 30_000
MOST_SENTENCES = 100
# For all events of a file together: some seconds of work.
STEPS = 400_000


@dataclass(frozen=True)
class Reading:
    """`busy` is in order, clipped to the time asked for, and nothing in it overlaps or touches."""

    busy: tuple[Span, ...]
    skipped: tuple[str, ...]
    events: int
    is_calendar: bool


class Notes:
    """Each sentence once, and not more than somebody will read."""

    def __init__(self) -> None:
        self.sentences: dict[str, None] = {}
        self.more = 0

    def say(self, sentence: str) -> None:
        if sentence in self.sentences:
            return
        if len(self.sentences) < MOST_SENTENCES:
            self.sentences[sentence] = None
        else:
            self.more += 1

    def all(self) -> tuple[str, ...]:
        rest = [f"And {self.more} more that could not be read."] if self.more else []
        return (*self.sentences, *rest)


def read_calendar(
    data: bytes,
    begins: datetime,
    ends: datetime,
    *,
    zone: str,
    owner: Collection[str] = (),
) -> Reading:
    """Busy between two aware times. `zone` (IANA) is the reader's: dates are days there, and times
    without any zone are its wall clock unless the calendar names another (X-WR-TIMEZONE).
    `owner` holds the addresses whose declined invitations are free time."""
    notes = Notes()
    if len(data) > LARGEST_FILE:
        notes.say("This file is larger than 10 MB: nothing of it was read.")
        return Reading((), notes.all(), 0, is_calendar=False)
    window = Window(begins.astimezone(UTC), ends.astimezone(UTC))
    own = NamedZone(ZoneInfo(zone))
    zones = Zones(own, (own.wall(window.begins), own.wall(window.ends)), notes.say)
    root = read_components(data)
    for component in root.walk():
        if component.name == "VTIMEZONE":
            zones.describe(component)
    wanted, found = 0, list[Span]()
    calendars = [one for one in root.children if one.name == "VCALENDAR"]
    for calendar in [*calendars, root]:
        setting = setting_of(calendar, zones, frozenset(map(str.lower, owner)))
        parts = [one for one in inner(calendar) if one.name in ("VEVENT", "VFREEBUSY")]
        wanted += len(parts)
        found += read_parts(parts[:MOST_EVENTS], setting, window, notes)
        if len(parts) > MOST_EVENTS:
            notes.say(f"Only the first {MOST_EVENTS:,} events of this calendar were read.")
    if not calendars and not wanted:
        notes.say("This is no calendar: it holds no BEGIN:VCALENDAR and no event.")
    if any(not one.is_finished for one in calendars):
        notes.say("The file ends before its calendar does: events after that are missing.")
    return Reading(merged(found), notes.all(), wanted, is_calendar=bool(calendars or wanted))


def inner(calendar: Component) -> Iterator[Component]:
    """Everything in one calendar, but nothing of a calendar within the root."""
    for child in calendar.children:
        if child.name != "VCALENDAR":
            yield from child.walk()


def setting_of(calendar: Component, zones: Zones, owner: frozenset[str]) -> Setting:
    named, called = calendar.first("X-WR-TIMEZONE"), calendar.first("X-WR-CALNAME")
    floating: Zone = zones.own
    if named and named.value:
        floating = zones.named(named.value, zones.own)
    if called and "@" in called.value:
        # Google names somebody's own calendar by their address.
        owner = owner | {called.value.strip().lower()}
    return Setting(zones, floating, owner, calendar.text("METHOD") == "CANCEL")


def read_parts(
    parts: list[Component], setting: Setting, window: Window, notes: Notes
) -> Iterator[Span]:
    groups: dict[str, list[Event]] = {}
    for part in parts:
        if part.name == "VFREEBUSY":
            yield from free_busy(part, setting, window, notes)
            continue
        try:
            event = read_event(part, setting, notes.say)
        except (Unreadable, ValueError, OverflowError) as problem:
            notes.say(f"The event at line {part.number} was left out: it {reason(problem)}.")
        else:
            groups.setdefault(event.uid, []).append(event)
    budget = Budget(STEPS)
    for events in groups.values():
        yield from spans(events, window, budget, notes.say)


def reason(problem: Exception) -> str:
    said = str(problem)
    if not isinstance(problem, Unreadable):
        return BEYOND
    return f"says that {said}" if said.startswith('"') else said


def free_busy(part: Component, setting: Setting, window: Window, notes: Notes) -> Iterator[Span]:
    """Its periods, whatever kind of busy; without any it says only for which time it speaks."""
    for line in part.all("FREEBUSY"):
        if line.parameters.get("FBTYPE", "BUSY").upper() == "FREE":
            continue
        for text in values_of(line):
            try:
                yield from busy_period(line, text, setting, window)
            except (Unreadable, ValueError, OverflowError):
                notes.say(f"A busy time at line {line.number} cannot be read.")


def busy_period(line: Line, text: str, setting: Setting, window: Window) -> Iterator[Span]:
    if "/" not in text:
        raise Unreadable("no period")
    begins, length = period_of(line, text, setting, setting.floating)
    yield from clipped(begins, length, window)


def merged(found: list[Span]) -> tuple[Span, ...]:
    """One span where they overlap or touch; it is all day only if all of them are."""
    result: list[Span] = []
    for span in sorted(found):
        if result and span.begins <= result[-1].ends:
            last = result[-1]
            result[-1] = replace(
                last,
                ends=max(last.ends, span.ends),
                is_all_day=last.is_all_day and span.is_all_day,
            )
        else:
            result.append(span)
    return tuple(result)

"""All components of one UID: the series, the instances that were moved, and when they are. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from interviews.calendars.events import Event, Say
from interviews.calendars.moments import DAY, Length, Moment
from interviews.calendars.recurrence import Budget, Exhausted, Rule, last_of, occurrences

BEYOND = "lies outside of all time that can be counted"
# What one event may cost, in steps; what each may cost even when the file has spent its share.
MOST_STEPS, FEWEST_STEPS = 40_000, 150


@dataclass(frozen=True, order=True)
class Span:
    begins: datetime
    ends: datetime
    is_all_day: bool = False


@dataclass(frozen=True)
class Window:
    begins: datetime
    ends: datetime

    def around(self, zone_of: Moment, length: Length) -> tuple[datetime, datetime]:
        """The wall clocks between which something of that length may touch the window."""
        low, high = zone_of.zone.wall(self.begins), zone_of.zone.wall(self.ends)
        return low - length.longest - DAY, high + DAY


class Left:
    """What of a series does not happen as it says: moved away, left out, or changed from then on.

    A moment in another zone is the same instant; a date is the whole of that day.
    """

    def __init__(self, moments: Sequence[Moment]):
        self.days = {one.wall.date() for one in moments if one.is_date}
        self.instants = {one.instant for one in moments if not one.is_date}

    def holds(self, moment: Moment) -> bool:
        return moment.wall.date() in self.days or moment.instant in self.instants


def spans(events: Sequence[Event], window: Window, whole: Budget, say: Say) -> Iterator[Span]:
    """When somebody is busy with these events, which share one UID."""
    masters, changes = current(events), current_changes(events)
    for one in masters:
        allowed = max(FEWEST_STEPS, min(MOST_STEPS, whole.steps))
        budget = Budget(allowed)
        try:
            changes = [each for each in changes if not is_obsolete(each, one, budget)]
            yield from happenings(one, changes, window, budget)
        except Exhausted:
            say(f"{one.where} repeats too often: only its first times were read.")
        except (ValueError, OverflowError):
            say(f"{one.where} {BEYOND}: it was left out.")
        whole.steps -= allowed - max(budget.steps, 0)
    for change in changes:
        try:
            if change.is_busy:
                yield from clipped(change.begins, change.length, window)
        except (ValueError, OverflowError):
            say(f"{change.where} {BEYOND}: it was left out.")


def is_obsolete(change: Event, master: Event, budget: Budget) -> bool:
    """Older than the series, which has no such instance any more."""
    if change.sequence >= master.sequence or not change.replaces:
        return False
    replaced = change.replaces
    near = (replaced.wall - 2 * DAY, replaced.wall + 2 * DAY)
    here = Left([replaced])
    there = Left(master.without)
    return not any(
        here.holds(moment) and not there.holds(moment) for moment, _ in times(master, near, budget)
    )


def current(events: Sequence[Event]) -> list[Event]:
    """Those with the highest SEQUENCE; with equal ones, all: busy twice is better than never."""
    masters = [one for one in events if one.replaces is None]
    newest = max((one.sequence for one in masters), default=0)
    return [one for one in masters if one.sequence == newest]


def current_changes(events: Sequence[Event]) -> list[Event]:
    """The newest change of each instance; of equally new ones, the last in the file."""
    found: dict[datetime | date, Event] = {}
    for one in events:
        if one.replaces:
            key = one.replaces.wall.date() if one.replaces.is_date else one.replaces.instant
            if key not in found or found[key].sequence <= one.sequence:
                found[key] = one
    return list(found.values())


def happenings(
    event: Event, changes: list[Event], window: Window, budget: Budget
) -> Iterator[Span]:
    """The series without what was moved or left out, each part as changed from then on."""
    left = Left([*event.without, *(one.replaces for one in changes if one.replaces)])
    following = sorted(
        (one for one in changes if one.and_following and one.replaces),
        key=lambda one: one.replaces.instant if one.replaces else window.begins,
    )
    parts = [event, *following]
    for part, after in zip(parts, [*following, None], strict=True):
        shift = timedelta()
        if part.replaces:
            shift = part.begins.wall - seen_from(part.begins, part.replaces)
        if part.is_busy:
            yield from stretch(event, part, shift, after, left, window, budget)


def stretch(
    event: Event,
    part: Event,
    shift: timedelta,
    after: Event | None,
    left: Left,
    window: Window,
    budget: Budget,
) -> Iterator[Span]:
    """The times of `event` from the one that `part` replaces up to the one that `after` does."""
    low, high = window.around(part.begins, part.length)
    for moment, length in times(event, (low - abs(shift), high + abs(shift)), budget):
        budget.spend()
        if left.holds(moment):
            continue
        if part.replaces and moment.instant < part.replaces.instant:
            continue
        if after and after.replaces and moment.instant >= after.replaces.instant:
            continue
        moved = moment
        if part.replaces:
            moved = part.begins.at(seen_from(part.begins, moment) + shift)
        yield from clipped(moved, length or part.length, window)


def seen_from(place: Moment, moment: Moment) -> datetime:
    """The wall clock of a moment in the zone of another one; a date is the same everywhere."""
    if moment.is_date or moment.zone == place.zone:
        return moment.wall
    return place.zone.wall(moment.instant)


def times(
    event: Event, around: tuple[datetime, datetime], budget: Budget
) -> Iterator[tuple[Moment, Length | None]]:
    """When the series says it happens: by its rules, and the times named one by one."""
    excluded = {
        wall for rule in event.without_rules for wall in by_rule(event, rule, around, budget)
    }
    named = {(moment.instant): (moment, length) for moment, length in event.extra}
    seen = set()
    for wall in walls(event, around, budget):
        moment = event.begins.at(wall)
        if wall not in excluded and wall not in seen and moment.instant not in named:
            yield moment, None
        seen.add(wall)
    for moment, length in named.values():
        budget.spend()
        yield event.begins.at(moment.wall) if moment.is_date else moment, length


def walls(event: Event, around: tuple[datetime, datetime], budget: Budget) -> Iterator[datetime]:
    """DTSTART is the first instance whatever the rules say, unless they all ended before it."""
    start = event.begins.wall
    ended = [last_of(rule, event.begins, event.begins.zone) for rule in event.rules]
    if not event.rules or any(last is None or last >= start for last in ended):
        yield start
    point = (start, start)
    agrees = any(any(by_rule(event, rule, point, budget)) for rule in event.rules)
    for rule in event.rules:
        # With COUNT, the start counts as the first even when no rule names it.
        counted = rule.less_one() if rule.count is not None and not agrees else rule
        yield from by_rule(event, counted, around, budget)


def by_rule(
    event: Event, rule: Rule, around: tuple[datetime, datetime], budget: Budget
) -> Iterator[datetime]:
    until = last_of(rule, event.begins, event.begins.zone)
    yield from occurrences(rule, event.begins.wall, around, budget, until)


def clipped(begins: Moment, length: Length, window: Window) -> Iterator[Span]:
    """At most one: the part inside of the window, unless there is none or it lasts no time."""
    first, last = begins.instant, length.after(begins)
    if first < last and first < window.ends and last > window.begins:
        whole_days = begins.is_date and not length.exact
        yield Span(max(first, window.begins), min(last, window.ends), whole_days)

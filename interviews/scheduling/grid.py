"""The horizon in quarters of an hour, and who could sit where: sets of people as bits. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from interviews.scheduling.problem import QUARTER, Person, Problem, Session, Span

STEP = timedelta(minutes=QUARTER)
# For each seat of a session that starts at a quarter, the people who could take it.
Seats = tuple[int, ...]


@dataclass(frozen=True)
class Day:
    """One date of the candidate; `begins` is its first instant, `size` its quarters: 92 to 100
    where the clocks change."""

    date: date
    begins: datetime
    size: int

    def quarters(self, span: Span, *, whole: bool) -> int:
        """The quarters that lie in the span as bits: the whole ones, or all that it touches."""
        head, tail = span.begins - self.begins, span.ends - self.begins
        if whole:
            first, last = -(-head // STEP), tail // STEP
        else:
            first, last = head // STEP, -(-tail // STEP)
        first, last = max(first, 0), min(last, self.size)
        return ((1 << (last - first)) - 1) << first if first < last else 0

    def free(self, hours: Iterable[Span], busy: Iterable[Span]) -> int:
        return self.union(hours, whole=True) & ~self.union(busy, whole=False)

    def union(self, spans: Iterable[Span], *, whole: bool) -> int:
        bits = 0
        for span in spans:
            bits |= self.quarters(span, whole=whole)
        return bits

    def at(self, quarter: int) -> datetime:
        return self.begins + quarter * STEP


def day_of(day: date, timezone: str) -> Day:
    begins, ends = span_of(day, time(), time(), ZoneInfo(timezone))
    return Day(day, begins, (ends - begins) // STEP)


def bits(mask: int) -> Iterator[int]:
    """The positions of the ones, from the lowest."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def lasting(free: int, quarters: int) -> int:
    """Where a stretch of so many free quarters begins."""
    for _ in range(quarters - 1):
        free &= free >> 1
    return free


def length(session: Session) -> int:
    return -(-session.minutes // QUARTER)


def padded(person: Person) -> tuple[Span, ...]:
    """Their meetings with the buffer around them."""
    margin = timedelta(minutes=person.buffer)
    return tuple(Span(begins - margin, ends + margin) for begins, ends in person.busy)


def within_limits(person: Person, day: Day) -> int:
    """The quarters at which their limits allow one more interview, by their own calendar."""
    if person.daily_limit is None and person.weekly_limit is None:
        return -1
    zone = ZoneInfo(person.timezone)
    local = day.begins.astimezone(zone).date()
    allowed = 0
    while (own := span_of(local, time(), time(), zone)).begins < day.at(day.size):
        if has_room(person, local):
            allowed |= day.quarters(own, whole=True)
        local += timedelta(days=1)
    return allowed


def span_of(day: date, begins: time, ends: time, zone: ZoneInfo) -> Span:
    """From one wall time of a date to another, that of the next date if it is not later."""
    last = day if ends > begins else day + timedelta(days=1)
    return Span(
        datetime.combine(day, begins, tzinfo=zone).astimezone(UTC),
        datetime.combine(last, ends, tzinfo=zone).astimezone(UTC),
    )


def has_room(person: Person, local: date) -> bool:
    monday = local - timedelta(days=local.weekday())
    week = sum(person.booked.get(monday + timedelta(days=n), 0) for n in range(7))
    return (person.daily_limit is None or person.booked.get(local, 0) < person.daily_limit) and (
        person.weekly_limit is None or week < person.weekly_limit
    )


class Grid:
    """`offers[day][session]` maps each possible first quarter to the people for each seat.

    People are bits in the order of their load, so that the lowest bits are asked first.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.people = sorted(problem.people, key=lambda person: (person.load, person.id))
        self.place = {person.id: n for n, person in enumerate(self.people)}
        self.loads = [person.load for person in self.people]
        self.days = [day_of(day, problem.candidate.timezone) for day in sorted(problem.days)]
        self.lengths = [length(session) for session in problem.sessions]
        self.offers = [[self.offered(day, s) for s in problem.sessions] for day in self.days]

    def offered(self, day: Day, session: Session) -> dict[int, Seats]:
        quarters = length(session)
        starts = self.candidate_starts(day, quarters) & self.room_starts(day, session)
        if not starts:
            return {}
        seats = [self.seat_starts(day, seat.pool, quarters) for seat in session.seats]
        found = {}
        for quarter in bits(starts):
            masks = tuple(
                sum(1 << person for person, free in pool if free >> quarter & 1) for pool in seats
            )
            if all(masks):
                found[quarter] = masks
        return found

    def candidate_starts(self, day: Day, quarters: int) -> int:
        candidate = self.problem.candidate
        return lasting(day.free(candidate.hours, candidate.busy), quarters)

    def room_starts(self, day: Day, session: Session) -> int:
        if not session.rooms:
            return -1
        free = [self.room_free(day, room) for room in session.rooms]
        starts = 0
        for mask in free:
            starts |= lasting(mask, length(session))
        return starts

    def room_free(self, day: Day, room: str) -> int:
        (found,) = (each for each in self.problem.rooms if each.id == room)
        return ((1 << day.size) - 1) & ~day.union(found.busy, whole=False)

    def seat_starts(self, day: Day, pool: tuple[str, ...], quarters: int) -> list[tuple[int, int]]:
        places = sorted(self.place[person] for person in pool)
        return [(n, self.person_starts(day, n, quarters)) for n in places]

    def person_starts(self, day: Day, place: int, quarters: int) -> int:
        free, allowed = self.freedom[day.date, place]
        return lasting(free, quarters) & allowed

    @cached_property
    def freedom(self) -> dict[tuple[date, int], tuple[int, int]]:
        """Per day and person: the free quarters, and those at which a limit allows a start."""
        return {
            (day.date, n): (day.free(person.hours, padded(person)), within_limits(person, day))
            for day in self.days
            for n, person in enumerate(self.people)
        }

    @cached_property
    def unkind(self) -> list[list[list[int]]]:
        """Per day, session and first quarter: how many of its quarters are not kind."""
        return [self._unkind(day) for day in self.days]

    def _unkind(self, day: Day) -> list[list[int]]:
        zone = ZoneInfo(self.problem.candidate.timezone)
        kind = day.quarters(span_of(day.date, *self.problem.candidate.kind, zone), whole=True)
        costs = [1 - (kind >> quarter & 1) for quarter in range(day.size)]
        return [
            [sum(costs[quarter : quarter + length]) for quarter in range(day.size)]
            for length in self.lengths
        ]

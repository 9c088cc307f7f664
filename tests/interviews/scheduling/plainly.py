"""The rules of a loop once more, as plainly as they can be said: quarter by quarter, with no
bits and no tables. What the solver finds is checked with these."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise, product
from zoneinfo import ZoneInfo

from interviews.scheduling.problem import Person, Placed, Problem, Score, Session, Span

STEP = timedelta(minutes=15)


def quarters_of(problem: Problem) -> list[list[datetime]]:
    zone = ZoneInfo(problem.candidate.timezone)
    days = []
    for day in sorted(problem.days):
        at = datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
        days.append([])
        while at.astimezone(zone).date() == day:
            days[-1].append(at)
            at += STEP
    return days


def inside(begins: datetime, ends: datetime, spans: tuple[Span, ...]) -> bool:
    """Every quarter in one of the spans."""
    at = begins
    while at < ends:
        if not any(span.begins <= at and at + STEP <= span.ends for span in spans):
            return False
        at += STEP
    return True


def clear(begins: datetime, ends: datetime, spans: tuple[Span, ...], buffer: int = 0) -> bool:
    margin = timedelta(minutes=buffer)
    return all(ends <= span.begins - margin or span.ends + margin <= begins for span in spans)


def length(session: Session) -> int:
    return -(-session.minutes // 15)


def can_sit(person: Person, begins: datetime, ends: datetime) -> bool:
    local = begins.astimezone(ZoneInfo(person.timezone)).date()
    week = sum(
        n for day, n in person.booked.items() if day.isocalendar()[:2] == local.isocalendar()[:2]
    )
    return (
        inside(begins, ends, person.hours)
        and clear(begins, ends, person.busy, person.buffer)
        and (person.daily_limit is None or person.booked.get(local, 0) < person.daily_limit)
        and (person.weekly_limit is None or week < person.weekly_limit)
    )


def unkind(problem: Problem, at: datetime) -> bool:
    local = at.astimezone(ZoneInfo(problem.candidate.timezone)).time()
    return not problem.candidate.kind[0] <= local < problem.candidate.kind[1]


def possible(problem: Problem, session: Session, begins: datetime) -> bool:
    """For the candidate, and for one of the rooms."""
    ends = begins + length(session) * STEP
    rooms = [room for room in problem.rooms if room.id in session.rooms]
    return (
        inside(begins, ends, problem.candidate.hours)
        and clear(begins, ends, problem.candidate.busy)
        and (not session.rooms or any(clear(begins, ends, room.busy) for room in rooms))
    )


@dataclass(frozen=True)
class Held:
    """A session with the place of its first quarter: day, quarter."""

    session: Session
    placed: Placed
    day: int
    quarter: int

    @property
    def ends(self) -> int:
        return self.quarter + length(self.session)


def held(problem: Problem, placed: tuple[Placed, ...]) -> list[Held]:
    days = quarters_of(problem)
    where = {at: (d, q) for d, quarters in enumerate(days) for q, at in enumerate(quarters)}
    sessions = {session.id: session for session in problem.sessions}
    rows = [Held(sessions[each.session], each, *where[each.starts]) for each in placed]
    return sorted(rows, key=lambda row: (row.day, row.quarter))


def is_allowed(problem: Problem, placed: tuple[Placed, ...]) -> bool:
    """Does this loop keep every rule?"""
    people = {person.id: person for person in problem.people}
    rows = held(problem, placed)
    order = {row.session.id: n for n, row in enumerate(rows)}
    seated = [person for row in rows for person in row.placed.people]
    on = {row.session.id: row.day for row in rows}
    counts = [row.day for row in rows]
    pause = -(-problem.pause // 15)
    return (
        sorted(order) == sorted(session.id for session in problem.sessions)
        and len(seated) == len(set(seated))
        and all(possible(problem, row.session, row.placed.starts) for row in rows)
        and all(
            person in seat.pool
            and can_sit(
                people[person], row.placed.starts, row.placed.starts + length(row.session) * STEP
            )
            for row in rows
            for person, seat in zip(row.placed.people, row.session.seats, strict=True)
        )
        and all(
            one.day < other.day or one.ends + pause <= other.quarter
            for one, other in pairwise(rows)
        )
        and all(order[b] < order[row.session.id] for row in rows for b in row.session.after)
        and all(len({on[id_] for id_ in group}) == 1 for group in problem.together)
        and all(counts.count(day) <= (problem.per_day or len(rows)) for day in counts)
    )


def score(problem: Problem, placed: tuple[Placed, ...]) -> Score:
    rows = held(problem, placed)
    loads = {person.id: person.load for person in problem.people}
    pause = -(-problem.pause // 15)
    return Score(
        days=len({row.day for row in rows}),
        unkind=sum(
            unkind(problem, row.placed.starts + n * STEP)
            for row in rows
            for n in range(length(row.session))
        ),
        load=sum(loads[person] for row in rows for person in row.placed.people),
        idle=sum(
            other.quarter - one.ends - pause
            for one, other in pairwise(rows)
            if one.day == other.day
        ),
        first=rows[0].day * 128 + rows[0].quarter,
    )


def every_loop(problem: Problem) -> Iterator[tuple[Placed, ...]]:
    """Every way to place everything, allowed or not in sum: for small problems only."""
    starts = [at for quarters in quarters_of(problem) for at in quarters]
    yield from product(*(ways(problem, session, starts) for session in problem.sessions))


def ways(problem: Problem, session: Session, starts: list[datetime]) -> list[Placed]:
    people = {person.id: person for person in problem.people}
    size = length(session) * STEP
    found = []
    for at in starts:
        if possible(problem, session, at):
            pools = [
                [person for person in seat.pool if can_sit(people[person], at, at + size)]
                for seat in session.seats
            ]
            found += [Placed(session.id, at, panel) for panel in product(*pools)]
    return found


def best_score(problem: Problem) -> Score | None:
    allowed = (loop for loop in every_loop(problem) if is_allowed(problem, loop))
    return min((score(problem, loop) for loop in allowed), default=None)

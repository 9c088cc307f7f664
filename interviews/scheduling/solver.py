"""The door of the solver: a problem in, a best loop or a proof that there is none out. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from interviews.scheduling.grid import Grid, lasting, length, span_of
from interviews.scheduling.problem import Answer, Placed, Problem, Span
from interviews.scheduling.search import Found, Search, Tables


def best_loop(problem: Problem) -> Answer | None:
    """The loop with the smallest `Score`; None is the proof that there is no loop at all."""
    if not problem.sessions:
        return None
    grid = Grid(problem)
    found = next(found_per_days(grid), None)
    return answer(grid, found) if found else None


def found_per_days(grid: Grid, *, any_will_do: bool = False) -> Iterator[Found]:
    """The best loop on one day, on two days, and so on: where there is one."""
    tables = Tables(grid)
    for days in range(1, min(len(grid.problem.sessions), len(grid.days)) + 1):
        if found := Search(grid, tables, days, any_will_do).run():
            yield found


def choices(problem: Problem, most: int = 3) -> tuple[Answer, ...]:
    """The best loop, and others that really differ from it and from each other: on other days;
    if there are none at another half of the day; if there are none with other people."""
    found: list[Answer] = []
    best = best_loop(problem)
    while best and len(found) < most:
        found.append(best)
        others = (best_loop(vary(problem, found)) for vary in (other_days, other_hours, others_sit))
        best = next((other for other in others if other), None)
    return tuple(found)


def other_days(problem: Problem, found: Sequence[Answer]) -> Problem:
    zone = ZoneInfo(problem.candidate.timezone)
    used = {each.starts.astimezone(zone).date() for answer in found for each in answer.placed}
    return replace(problem, days=tuple(day for day in problem.days if day not in used))


def other_hours(problem: Problem, found: Sequence[Answer]) -> Problem:
    zone = ZoneInfo(problem.candidate.timezone)
    taken = tuple(half_day(answer.placed[0].starts, zone) for answer in found)
    candidate = replace(problem.candidate, busy=(*problem.candidate.busy, *taken))
    return replace(problem, candidate=candidate)


def half_day(at: datetime, zone: ZoneInfo) -> Span:
    day, noon = at.astimezone(zone).date(), time(13)
    halves = span_of(day, time(), noon, zone), span_of(day, noon, time(), zone)
    return halves[at >= halves[1].begins]


def others_sit(problem: Problem, found: Sequence[Answer]) -> Problem:
    """Without whoever sat before, where a pool has somebody else; unchanged if none has."""
    sat = {person for answer in found for each in answer.placed for person in each.people}
    sessions = tuple(
        replace(session, seats=tuple(replace(s, pool=rest_of(s.pool, sat)) for s in session.seats))
        for session in problem.sessions
    )
    return replace(problem, sessions=sessions if sessions != problem.sessions else ())


def rest_of(pool: tuple[str, ...], sat: set[str]) -> tuple[str, ...]:
    return tuple(person for person in pool if person not in sat) or pool


def answer(grid: Grid, found: Found) -> Answer:
    people = [grid.people[person].id for person in found.people]
    taken, placed = set(people), []
    for day, n, quarter, seats in found.starts:
        session = grid.problem.sessions[n]
        panel, people = people[: len(seats)], people[len(seats) :]
        trainee = free_trainee(grid, day, n, quarter, taken)
        taken.add(trainee)
        placed.append(
            Placed(
                session=session.id,
                starts=grid.days[day].at(quarter),
                people=tuple(panel),
                room=free_room(grid, day, n, quarter),
                trainee=trainee,
            )
        )
    return Answer(found.score, tuple(placed))


def free_trainee(grid: Grid, day: int, n: int, quarter: int, taken: set[str]) -> str:
    """Whoever has been asked least and has this time; nobody in the loop twice."""
    wanted = sorted(grid.place[id_] for id_ in grid.problem.sessions[n].trainees)
    for place in wanted:
        starts = grid.person_starts(grid.days[day], place, grid.lengths[n])
        if grid.people[place].id not in taken and starts >> quarter & 1:
            return grid.people[place].id
    return ""


def free_room(grid: Grid, day: int, n: int, quarter: int) -> str:
    session = grid.problem.sessions[n]
    for room in session.rooms:
        if lasting(grid.room_free(grid.days[day], room), length(session)) >> quarter & 1:
            return room
    return ""

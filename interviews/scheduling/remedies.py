"""When there is no loop: the smallest change that makes one, and the proof that it does. Pure.

A change asks one party for one thing: an interviewer for the time of one interview that they do
not have, or for one interview beyond a limit; the candidate for more time on one day; or it drops
one rule of the loop. Smaller is: fewer changes, then fewer minutes. Time counts as the minutes
given that were not free, one interview beyond a limit as its length, and a rule as the length of
the whole loop, since it alters the loop for everybody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import combinations, product
from zoneinfo import ZoneInfo

from interviews.scheduling.asks import Ask, all_asks
from interviews.scheduling.changes import made
from interviews.scheduling.grid import Day, Grid, bits, lasting, span_of
from interviews.scheduling.problem import QUARTER, Answer, Candidate, Problem
from interviews.scheduling.search import Found
from interviews.scheduling.solver import answer, best_loop, found_per_days

# Nobody is asked for time outside of these hours of their own.
REASONABLE = (time(7), time(20))


@dataclass(frozen=True)
class Remedy:
    """What has to change, each said so that "It works" may stand before it; how many minutes that
    is; the problem once it is done, and its best loop."""

    changes: tuple[str, ...]
    minutes: int
    problem: Problem
    answer: Answer


class Lenient(Grid):
    """The grid as it is if these give way, each person's time by so many quarters at most."""

    def __init__(self, base: Grid, asks: Sequence[Ask], give: Mapping[str, int]) -> None:
        self.freedom = base.freedom
        self.stated = base.problem.candidate.hours
        self.opened = {ask.day for ask in asks if ask.day}
        self.give = {base.place[person]: quarters for person, quarters in give.items()}
        self.unlimited = {base.place[ask.limits_of] for ask in asks if ask.limits_of}
        problem = base.problem
        for ask in asks:
            problem = ask.drop(problem)
        super().__init__(replace(problem, candidate=opened(problem, self.opened)))

    def person_starts(self, day: Day, place: int, quarters: int) -> int:
        free, allowed = self.freedom[day.date, place]
        if place in self.unlimited:
            allowed = -1
        starts = lasting(free, quarters)
        if give := self.give.get(place):
            asked = lasting(reasonable(day, self.people[place].timezone), quarters) & ~starts
            for quarter in bits(asked):
                if missing(free, quarter, quarters) <= give:
                    starts |= 1 << quarter
        return starts & allowed

    def _unkind(self, day: Day) -> list[list[int]]:
        """What the candidate has to give beyond what they offered, if that is asked at all."""
        if not self.opened:
            return super()._unkind(day)
        offered = day.union(self.stated, whole=True)
        return [
            [missing(offered, quarter, length) for quarter in range(day.size)]
            for length in self.lengths
        ]


def reasonable(day: Day, timezone: str) -> int:
    zone = ZoneInfo(timezone)
    local = day.begins.astimezone(zone).date()
    return day.union(
        (span_of(local + timedelta(days=n), *REASONABLE, zone) for n in (0, 1)), whole=True
    )


def missing(free: int, quarter: int, quarters: int) -> int:
    """How many of these quarters are not free."""
    return quarters - (free >> quarter & (1 << quarters) - 1).bit_count()


def opened(problem: Problem, days: Iterable[date]) -> Candidate:
    """The candidate, with all reasonable hours of these days."""
    candidate = problem.candidate
    zone = ZoneInfo(candidate.timezone)
    more = tuple(span_of(day, *REASONABLE, zone) for day in sorted(days))
    return replace(candidate, hours=candidate.hours + more)


def smallest_change(problem: Problem) -> Remedy | None:
    """The smallest change with which there is a loop; None if neither one nor two changes help.

    Only for a problem that `best_loop` cannot place.
    """
    base = Grid(problem)
    asks = list(all_asks(problem))
    for group in ([(ask,) for ask in asks], pairs(base, asks)):
        tried = (cheapest(base, each) for each in group)
        if found := [each for each in tried if each]:
            minutes, _, chosen, grid, loop = min(found, key=lambda each: each[:2])
            return remedy(base, chosen, minutes, grid, loop)
    return None


def pairs(base: Grid, asks: list[Ask]) -> list[tuple[Ask, Ask]]:
    """Two asks together. What is needed even if all others give way is in every pair."""
    needed = [ask for ask in asks if not works(base, [each for each in asks if each != ask])]
    return [pair for pair in combinations(asks, 2) if all(ask in pair for ask in needed)]


Cheapest = tuple[int, int, tuple[Ask, ...], Lenient, Found]


def works(base: Grid, asks: Sequence[Ask]) -> bool:
    return loop_of(base, asks, {ask.time_of: 99 for ask in asks if ask.time_of}) is not None


def loop_of(
    base: Grid, asks: Sequence[Ask], give: Mapping[str, int]
) -> tuple[Lenient, Found] | None:
    """A loop with which the candidate gives least."""
    grid = Lenient(base, asks, give)
    found = list(found_per_days(grid, any_will_do=not grid.opened))
    return (grid, min(found, key=lambda each: each.score.unkind)) if found else None


def cheapest(base: Grid, asks: tuple[Ask, ...]) -> Cheapest | None:
    """The fewest minutes with which these asks do."""
    if not works(base, asks):
        return None
    people = [ask.time_of for ask in asks if ask.time_of]
    fixed = sum(fixed_minutes(base, ask) for ask in asks)
    best: Cheapest | None = None
    for give in sorted(product(range(1, max(base.lengths) + 1), repeat=len(people)), key=sum):
        given = fixed + QUARTER * sum(give)
        if best and best[0] <= given:
            break
        if found := loop_of(base, asks, dict(zip(people, give, strict=True))):
            grid, loop = found
            minutes = given + (QUARTER * loop.score.unkind if grid.opened else 0)
            if best is None or minutes < best[0]:
                best = (minutes, loop.score.days, asks, grid, loop)
    return best


def fixed_minutes(base: Grid, ask: Ask) -> int:
    """The size of what is given as a whole: a rule, or an interview beyond a limit."""
    if ask.limits_of:
        return QUARTER * max(base.lengths)
    return QUARTER * sum(base.lengths) if ask.rule else 0


def remedy(
    base: Grid, asks: tuple[Ask, ...], minutes: int, grid: Lenient, loop: Found
) -> Remedy | None:
    """Make the change on the problem itself, and solve that."""
    problem, texts = base.problem, []
    placed = answer(grid, loop).placed
    for ask in asks:
        text, problem = made(problem, ask, placed)
        texts.append(text)
    best = best_loop(problem)
    return Remedy(tuple(texts), minutes, problem, best) if best else None

"""The best loop, and the proof that there is none better: branch and bound. Pure.

What is exact and cheap is tabulated first: for each day and each set of sessions the best way to
place just these on that day, as if people could sit twice (`Tables`). That is a bound from below
for the real problem, and so is the cheapest seating of everybody's possible seats (`seat_all`).
The search follows the most promising branch first and drops those that cannot be better.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from heapq import heappop, heappush
from typing import NamedTuple

from interviews.scheduling.grid import Grid, Seats, bits
from interviews.scheduling.panels import seat_all
from interviews.scheduling.problem import QUARTER, Score

# Unkind quarters weigh more than any number of idle ones, in one number.
UNKIND = 1 << 20
NEVER = 1 << 60
# More quarters than any day has, so that days and quarters make one number.
FULL_DAY = 128
# What is placed: day, session, first quarter, and who could take each seat.
Start = tuple[int, int, int, Seats]


@dataclass(frozen=True)
class Found:
    """A best loop; `people` fill the seats of all starts, in their order."""

    score: Score
    starts: tuple[Start, ...]
    people: tuple[int, ...]


class Tables:
    """The best that could be hoped for, people sitting twice allowed: unkind and idle quarters."""

    def __init__(self, grid: Grid) -> None:
        self.grid, problem = grid, grid.problem
        self.pause = -(-problem.pause // QUARTER)
        place = {session.id: n for n, session in enumerate(problem.sessions)}
        self.all = (1 << len(place)) - 1
        self.before = [sum(1 << place[id_] for id_ in s.after) for s in problem.sessions]
        self.together = [sum(1 << place[id_] for id_ in group) for group in problem.together]
        self.per_day = problem.per_day or len(place)
        self.after = cache(self._after)
        self.on_day = cache(self._on_day)
        self.on_days = cache(self._on_days)
        self.subsets = cache(self._subsets)
        self.open_today = cache(self._open_today)
        self.open_later = cache(self._open_later)
        self.last = [max((max(o, default=-1) for o in day), default=-1) for day in grid.offers]

    def next_in(self, rest: int) -> Iterator[int]:
        """The sessions of a set that nothing else in the set comes before."""
        return (n for n in bits(rest) if not self.before[n] & rest)

    def _after(self, day: int, rest: int, quarter: int) -> int:
        """Place just these sessions on this day, from this quarter on; waiting is idle."""
        if not rest:
            return 0
        if quarter > self.last[day]:
            return NEVER
        best = self.after(day, rest, quarter + 1) + 1
        for n in self.next_in(rest):
            if quarter in self.grid.offers[day][n]:
                best = min(best, self.placing(day, n, quarter, rest ^ 1 << n))
        return best

    def placing(self, day: int, session: int, quarter: int, rest: int) -> int:
        ends = quarter + self.grid.lengths[session] + self.pause
        cost = self.grid.unkind[day][session][quarter] * UNKIND
        return cost + self.after(day, rest, ends)

    def _on_day(self, day: int, chosen: int) -> int:
        offers = self.grid.offers[day]
        if not all(offers[n] for n in bits(chosen)):
            return NEVER
        return min(
            self.placing(day, n, quarter, chosen ^ 1 << n)
            for n in self.next_in(chosen)
            for quarter in offers[n]
        )

    def _subsets(self, rest: int) -> list[int]:
        """What may be held together on one day while the remainder comes on later ones."""
        found, chosen = [], rest
        while chosen:
            later = rest ^ chosen
            if (
                chosen.bit_count() <= self.per_day
                and not any(self.before[n] & later for n in bits(chosen))
                and all(chosen & group in (0, group & rest) for group in self.together)
            ):
                found.append(chosen)
            chosen = (chosen - 1) & rest
        return found

    def _on_days(self, days: int, rest: int, first: int) -> int:
        """Place the rest on exactly so many days, the first of them or later ones."""
        if not rest or not days:
            return NEVER if rest or days else 0
        return min((cost for cost, _, _ in self.first_days(days, rest, first)), default=NEVER)

    def first_days(self, days: int, rest: int, first: int) -> Iterator[tuple[int, int, int]]:
        """(bound, day, sessions on it) for each way to begin."""
        subsets = [rest] if days == 1 else self.subsets(rest)
        if days == 1 and rest not in self.subsets(rest):
            return
        for chosen in subsets:
            for day in range(first, len(self.grid.days)):
                if (cost := self.on_day(day, chosen)) < NEVER:
                    cost += self.on_days(days - 1, rest ^ chosen, day + 1)
                    if cost < NEVER:
                        yield cost, day, chosen

    def _open_today(self, day: int, rest: int, quarter: int | None) -> list[int]:
        """For each seat of these sessions everybody who could take it from this quarter on."""
        seats = []
        for n in bits(rest):
            offers = self.grid.offers[day][n].items()
            starts = [masks for start, masks in offers if quarter is None or start >= quarter]
            seats += unions(starts, len(self.grid.problem.sessions[n].seats))
        return seats

    def _open_later(self, first: int, rest: int) -> list[int]:
        """For each seat of these sessions everybody who could take it from this day on."""
        days = [self.open_today(day, rest, None) for day in range(first, len(self.grid.days))]
        return unions(days, sum(len(self.grid.problem.sessions[n].seats) for n in bits(rest)))


def unions(rows: Iterable[Sequence[int]], width: int) -> list[int]:
    total = [0] * width
    for row in rows:
        total = [have | more for have, more in zip(total, row, strict=True)]
    return total


class Outline(NamedTuple):
    """Which sessions are held on which day; `later` ones still need `left` more days."""

    left: int
    later: int
    cost: int = 0
    days: tuple[tuple[int, int], ...] = ()


class Node(NamedTuple):
    """How far an outline is filled in: on day `at` the sessions `rest` are still to be placed,
    from `quarter` on (None: nothing is placed on it yet)."""

    at: int
    rest: int
    quarter: int | None = None
    cost: int = 0
    done: tuple[Start, ...] = ()


@dataclass
class Search:
    """All loops of so many days. Outlines are taken the most promising first, until the next one
    promises no more than the best loop that was met; each is filled in depth first. With
    `any_will_do` the first loop that is met is the answer."""

    grid: Grid
    tables: Tables
    days: int
    any_will_do: bool = False
    best: Found | None = None
    seatings: dict[tuple[int, ...], tuple[int, ...] | None] = field(default_factory=dict)
    seen: dict[tuple[object, ...], Score] = field(default_factory=dict)

    def run(self) -> Found | None:
        waiting = [(Score(self.days, 0, 0, 0, 0), Outline(self.days, self.tables.all))]
        while waiting:
            promise, outline = heappop(waiting)
            if not self.better(promise):
                break
            if outline.later:
                for each in self.continued(outline):
                    heappush(waiting, each)
            else:
                self.fill_in(outline)
        return self.best

    def continued(self, outline: Outline) -> Iterator[tuple[Score, Outline]]:
        """The outline with one more day."""
        left, later, _, days = outline
        spent = sum(self.tables.on_day(*each) for each in days)
        for bound, day, chosen in self.tables.first_days(
            left, later, days[-1][0] + 1 if days else 0
        ):
            rest = later ^ chosen
            child = Outline(left - 1, rest, spent + bound, (*days, (day, chosen)))
            seats = [mask for each in child.days for mask in self.tables.open_today(*each, None)]
            seats += self.tables.open_later(day + 1, rest)
            score = self.score(child.cost, seats, child.days[0][0] * FULL_DAY)
            if score and self.better(score):
                yield score, child

    def fill_in(self, outline: Outline) -> None:
        self.plan = outline.days
        costs = [self.tables.on_day(*each) for each in outline.days]
        self.tails = [sum(costs[n + 1 :]) for n in range(len(costs))]
        self.seen = {}
        self.place_next(Node(0, outline.days[0][1]))

    def place_next(self, node: Node) -> None:
        """One more session of this day, the most promising first."""
        for score, child in sorted(self.placed(node), key=lambda each: (each[0], each[1].done)):
            if not self.better(score):
                break
            if self.is_new(child, score):
                self.go_on(child)

    def go_on(self, node: Node) -> None:
        if node.rest:
            self.place_next(node)
        elif node.at + 1 < len(self.plan):
            self.place_next(
                node._replace(at=node.at + 1, rest=self.plan[node.at + 1][1], quarter=None)
            )
        else:
            self.keep(node)

    def placed(self, node: Node) -> Iterator[tuple[Score, Node]]:
        """Every way to place one more session, with the best that it could become."""
        at, rest, quarter, cost, done = node
        day = self.plan[at][0]
        for n in self.tables.next_in(rest):
            unkind, offers = self.grid.unkind[day][n], self.grid.offers[day][n]
            for start, masks in offers.items():
                if quarter is not None and start < quarter:
                    continue
                waited = 0 if quarter is None else start - quarter
                bound = self.tables.placing(day, n, start, rest ^ 1 << n)
                if bound >= NEVER:
                    continue
                bound += cost + waited + self.tails[at]
                spent = cost + waited + unkind[start] * UNKIND
                ends = start + self.grid.lengths[n] + self.tables.pause
                child = Node(at, rest ^ 1 << n, ends, spent, (*done, (day, n, start, masks)))
                score = self.score(bound, self.seats(child), first(child))
                if score:
                    yield score, child

    def seats(self, node: Node) -> list[int]:
        """Of what is placed, who could take each seat; of what is not, who could at all."""
        seats = [mask for *_, masks in node.done for mask in masks]
        seats += self.tables.open_today(self.plan[node.at][0], node.rest, node.quarter)
        for day, chosen in self.plan[node.at + 1 :]:
            seats += self.tables.open_today(day, chosen, None)
        return seats

    def better(self, score: Score) -> bool:
        return self.best is None or (score < self.best.score and not self.any_will_do)

    def is_new(self, node: Node, score: Score) -> bool:
        """Not reached before by another order of the same panels that was as good."""
        panels = tuple(sorted(masks for *_, masks in node.done))
        state = (node.at, node.rest, node.quarter, panels)
        before = self.seen.get(state)
        if before is not None and before <= score:
            return False
        self.seen[state] = score
        return True

    def score(self, cost: int, seats: list[int], first: int) -> Score | None:
        """What this costs at least; None if the seats cannot all be filled."""
        people = self.seated(tuple(seats))
        if people is None:
            return None
        load = sum(self.grid.loads[person] for person in people)
        unkind, idle = divmod(cost, UNKIND)
        return Score(self.days, unkind, load, idle, first)

    def seated(self, seats: tuple[int, ...]) -> tuple[int, ...] | None:
        if seats not in self.seatings:
            self.seatings[seats] = seat_all(seats)
        return self.seatings[seats]

    def keep(self, node: Node) -> None:
        seats = self.seats(node)
        score, people = self.score(node.cost, seats, first(node)), self.seated(tuple(seats))
        if score and people and self.better(score):
            self.best = Found(score, node.done, people)


def first(node: Node) -> int:
    day, _, quarter, _ = node.done[0]
    return day * FULL_DAY + quarter

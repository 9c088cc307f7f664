"""The same loops as an integer program for OR-Tools' CP-SAT: an oracle that shares no line with
the solver. It looks at every quarter of an hour by itself, where the solver counts in bits."""

from itertools import pairwise

from ortools.sat.python import cp_model

from interviews.scheduling.problem import Problem, Score
from tests.interviews.scheduling.plainly import (
    STEP,
    can_sit,
    length,
    possible,
    quarters_of,
    unkind,
)

# One number for the whole objective: each weight is above any sum of what comes after it.
DAYS, UNKIND, LOAD, IDLE, FIRST = 10**14, 10**11, 10**7, 10**4, 1
FULL_DAY = 128


def cp_sat(problem: Problem, seconds: float = 60) -> Score | None:
    """The optimum's score; raises `TimeoutError` if it is not proven in time."""
    program = Program(problem)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(program.model)
    if status == cp_model.INFEASIBLE:
        return None
    if status != cp_model.OPTIMAL:
        raise TimeoutError("CP-SAT proved nothing in time")
    return score_of(round(solver.objective_value))


def score_of(total: int) -> Score:
    fields = []
    for weight in (DAYS, UNKIND, LOAD, IDLE, FIRST):
        value, total = divmod(total, weight)
        fields.append(value)
    return Score(*fields)


class Program:
    def __init__(self, problem: Problem) -> None:
        self.problem, self.model = problem, cp_model.CpModel()
        self.days = quarters_of(problem)
        self.sizes = [length(session) for session in problem.sessions]
        self.pause = -(-problem.pause // 15)
        self.latest = len(self.days) * FULL_DAY
        self.cost: list[cp_model.LinearExprT] = []
        self.starts = [self.starts_of(n) for n in range(len(self.sizes))]
        self.seat_everybody()
        self.at = [self.model.new_int_var(0, self.latest, "") for _ in self.sizes]
        self.on = [[self.model.new_bool_var("") for _ in self.days] for _ in self.sizes]
        self.place()
        self.keep_order()
        for day in range(len(self.days)):
            self.count_day(day)
        first = self.model.new_int_var(0, self.latest, "")
        self.model.add_min_equality(first, self.at)
        self.model.minimize(sum(self.cost) + FIRST * first)

    def starts_of(self, n: int) -> dict[tuple[int, int], cp_model.IntVar]:
        """A switch for each day and quarter at which the session could begin."""
        found, size = {}, self.sizes[n]
        for day, quarters in enumerate(self.days):
            for quarter, at in enumerate(quarters[: len(quarters) - size + 1]):
                if possible(self.problem, self.problem.sessions[n], at):
                    found[day, quarter] = self.model.new_bool_var("")
                    price = sum(
                        unkind(self.problem, each) for each in quarters[quarter : quarter + size]
                    )
                    self.cost.append(UNKIND * price * found[day, quarter])
        self.model.add_exactly_one(found.values())
        return found

    def seat_everybody(self) -> None:
        sits: dict[str, list[cp_model.IntVar]] = {}
        for n, session in enumerate(self.problem.sessions):
            for seat in session.seats:
                row = {person: self.model.new_bool_var("") for person in seat.pool}
                self.model.add_exactly_one(row.values())
                for person, var in row.items():
                    sits.setdefault(person, []).append(var)
                    self.only_when_free(n, person, var)
        for several in sits.values():
            self.model.add_at_most_one(several)

    def only_when_free(self, n: int, id_: str, var: cp_model.IntVar) -> None:
        (person,) = (each for each in self.problem.people if each.id == id_)
        self.cost.append(LOAD * person.load * var)
        for (day, quarter), start in self.starts[n].items():
            begins = self.days[day][quarter]
            if not can_sit(person, begins, begins + self.sizes[n] * STEP):
                self.model.add_at_most_one([var, start])

    def place(self) -> None:
        """`at` and `on` say in numbers what the switches say; nothing overlaps."""
        for n, starts in enumerate(self.starts):
            self.model.add(
                self.at[n] == sum((d * FULL_DAY + q) * var for (d, q), var in starts.items())
            )
            for day in range(len(self.days)):
                mine = [var for (d, _), var in starts.items() if d == day]
                self.model.add(self.on[n][day] == sum(mine))
        free = self.model.new_int_var
        self.model.add_no_overlap(
            self.model.new_interval_var(
                at, size + self.pause, free(0, 2 * self.latest + 999, ""), ""
            )
            for at, size in zip(self.at, self.sizes, strict=True)
        )

    def keep_order(self) -> None:
        place = {session.id: n for n, session in enumerate(self.problem.sessions)}
        for n, session in enumerate(self.problem.sessions):
            for before in session.after:
                self.model.add(self.at[place[before]] < self.at[n])
        for group in self.problem.together:
            for one, other in pairwise(group):
                for day in range(len(self.days)):
                    self.model.add(self.on[place[one]][day] == self.on[place[other]][day])

    def count_day(self, day: int) -> None:
        """A used day costs; what lies between its first and last quarter and is no session
        and no pause is idle."""
        model, on = self.model, [row[day] for row in self.on]
        used, count = model.new_bool_var(""), sum(on)
        model.add(count <= (self.problem.per_day or len(on)) * used)
        model.add(count >= used)
        head, tail = (model.new_int_var(0, self.latest + FULL_DAY, "") for _ in range(2))
        for at, size, here in zip(self.at, self.sizes, on, strict=True):
            model.add(head <= at).only_enforce_if(here)
            model.add(tail >= at + size).only_enforce_if(here)
        work = sum(size * here for size, here in zip(self.sizes, on, strict=True))
        idle = model.new_int_var(0, FULL_DAY, "")
        model.add(idle >= tail - head - work - self.pause * (count - 1)).only_enforce_if(used)
        self.cost += [DAYS * used, IDLE * idle]

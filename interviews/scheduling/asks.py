"""Who or what could give way when a loop cannot be placed. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from interviews.scheduling.problem import Problem


@dataclass(frozen=True)
class Ask:
    """Who or what could give way: a person's time, a person's limits, the candidate's day, or a
    rule of the loop (`drop` makes the problem without it)."""

    time_of: str = ""
    limits_of: str = ""
    day: date | None = None
    rule: str = ""
    drop: Callable[[Problem], Problem] = lambda problem: problem


def all_asks(problem: Problem) -> Iterator[Ask]:
    asked = {id_ for session in problem.sessions for seat in session.seats for id_ in seat.pool}
    people = [person for person in problem.people if person.id in asked]
    yield from (Ask(time_of=person.id) for person in people)
    for person in people:
        if person.daily_limit is not None or person.weekly_limit is not None:
            yield Ask(limits_of=person.id)
    yield from (Ask(day=day) for day in sorted(problem.days))
    yield from rules(problem)


def rules(problem: Problem) -> Iterator[Ask]:
    names = {session.id: session.name for session in problem.sessions}
    if most := problem.per_day:
        yield Ask(
            rule=f"with {most + 1} interviews on a day in place of {most}",
            drop=lambda each: replace(each, per_day=most + 1),
        )
    if problem.pause:
        yield Ask(
            rule=f"without the pause of {problem.pause} minutes",
            drop=lambda each: replace(each, pause=0),
        )
    for group in problem.together:
        yield Ask(
            rule=f"if {listed([names[id_] for id_ in group])} need not be on one day",
            drop=partial(apart, group=group),
        )
    for session in problem.sessions:
        for before in session.after:
            yield Ask(
                rule=f"if {names[before]} need not come before {session.name}",
                drop=partial(unordered, session=session.id, before=before),
            )


def apart(problem: Problem, *, group: tuple[str, ...]) -> Problem:
    return replace(problem, together=tuple(each for each in problem.together if each != group))


def unordered(problem: Problem, *, session: str, before: str) -> Problem:
    sessions = tuple(
        replace(each, after=tuple(id_ for id_ in each.after if id_ != before))
        if each.id == session
        else each
        for each in problem.sessions
    )
    return replace(problem, sessions=sessions)


def listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)

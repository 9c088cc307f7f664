"""The shapes in which the demo company is written down. Days count from today, in working days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Slot:
    """One planned interview, and when it is held: on which day of the loop, at which hour."""

    name: str
    kind: str
    minutes: int
    focus: tuple[str, ...]
    panel: tuple[str, ...]
    day: int
    clock: str
    zone: str


@dataclass(frozen=True)
class Loop:
    """How a loop goes. Interviews are named by their place in the plan, people by their key.

    `today`: held so many minutes after the next free half hour. `moved`: to that day, and told a
    day before it would have begun. `owes`: who has not written yet. `late`: hours until they
    write, in place of half an hour.
    """

    days: tuple[int, int]
    level: int = 1
    booked: int = 0
    only: tuple[int, ...] = ()
    today: Mapping[int, int] = field(default_factory=dict)
    moved: Mapping[int, int] = field(default_factory=dict)
    cancelled: Mapping[int, str] = field(default_factory=dict)
    owes: tuple[str, ...] = ()
    late: Mapping[str, int] = field(default_factory=dict)
    amends: str = ""
    no_show: bool = False


@dataclass(frozen=True)
class Verdict:
    day: int
    decision: str
    reason: str


@dataclass(frozen=True)
class Terms:
    """An offer, and the day of each thing that happened to it; None is not yet."""

    pay: str
    drafted: int
    submitted: int | None = None
    approved: int | None = None
    sent: int | None = None
    accepted: int | None = None
    declined: int | None = None
    hired: int | None = None


@dataclass(frozen=True)
class End:
    """`how`: reject, withdraw, or mistake (rejected, and taken back before the letter left)."""

    day: int
    how: str
    reason: str
    letter: str = "later"
    note: str = ""


@dataclass(frozen=True)
class Course:
    applied: int
    screened: int | None = None
    loops: tuple[Loop, ...] = ()
    verdict: Verdict | None = None
    terms: Terms | None = None
    end: End | None = None
    note: str = ""


@dataclass(frozen=True)
class Person:
    """`did` are places in the role's list of achievements: what the resume tells."""

    name: str
    place: str
    timezone: str
    source: str
    headline: str
    did: tuple[int, int, int]
    course: Course


@dataclass(frozen=True)
class RoleData:
    key: str
    listing: str
    company: str
    title: str
    department: str
    level: str
    seats: int
    drafted: int
    recruiter: str
    manager: str
    interviewers: tuple[str, ...]
    wishes: tuple[tuple[str, bool], ...]
    plan: tuple[Slot, ...]
    period: str
    currency: str
    achievements: tuple[str, ...]
    schools: tuple[str, ...]
    people: Sequence[Person]
    returned: str = ""
    held: int | None = None


def new(applied: int) -> Course:
    return Course(applied)


def screen(applied: int, note: str = "") -> Course:
    return Course(applied, screened=applied + 2, note=note)


def turned_down(applied: int, day: int, reason: str, letter: str = "later") -> Course:
    screened = applied + 1 if day > applied + 3 else None
    return Course(applied, screened, end=End(day, "reject", reason, letter))


def gone(applied: int, day: int, reason: str) -> Course:
    return Course(applied, screened=applied + 1, end=End(day, "withdraw", reason))

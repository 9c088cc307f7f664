"""A loop to place, and an answer: what the solver is told and what it says. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NamedTuple

QUARTER = 15  # minutes: interviews start at :00, :15, :30 and :45


class Span(NamedTuple):
    """A stretch of time between two aware instants."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Person:
    """An interviewer. `booked` counts interviews by local date, for both limits; `load` is what
    they were asked lately: among equal loops whoever was asked less is asked."""

    id: str
    name: str
    timezone: str
    hours: tuple[Span, ...]
    busy: tuple[Span, ...] = ()
    buffer: int = 0
    daily_limit: int | None = None
    weekly_limit: int | None = None
    booked: Mapping[date, int] = field(default_factory=dict)
    load: int = 0


@dataclass(frozen=True)
class Room:
    id: str
    name: str
    busy: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Seat:
    """One chair in a panel, and who may sit on it."""

    role: str
    pool: tuple[str, ...]


@dataclass(frozen=True)
class Session:
    """An interview to place. `after` names those that come before it; a session with `rooms`
    needs one of them; `trainees` ride along where they can and never move anything."""

    id: str
    name: str
    minutes: int
    seats: tuple[Seat, ...]
    after: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    trainees: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """`kind` are the hours that are kind to them: outside of it is possible, and counted."""

    timezone: str
    hours: tuple[Span, ...]
    busy: tuple[Span, ...] = ()
    kind: tuple[time, time] = (time(9, 30), time(17))


@dataclass(frozen=True)
class Problem:
    """`days` are dates on the candidate's calendar. `together` are groups of sessions that share
    one day. Nobody sits twice in one loop: its raters are independent."""

    sessions: tuple[Session, ...]
    people: tuple[Person, ...]
    candidate: Candidate
    days: tuple[date, ...]
    per_day: int | None = None
    pause: int = 0
    together: tuple[tuple[str, ...], ...] = ()
    rooms: tuple[Room, ...] = ()


class Score(NamedTuple):
    """The objective: the smaller in order of its fields, the better.

    `unkind` and `idle` count quarters of an hour: outside the candidate's kind hours, and waited
    between two sessions of a day beyond the pause. `load` adds up what the chosen were asked
    lately. `first` is the place of the loop's first quarter in the horizon: sooner, if all else
    is equal.
    """

    days: int
    unkind: int
    load: int
    idle: int
    first: int


@dataclass(frozen=True)
class Placed:
    session: str
    starts: datetime
    people: tuple[str, ...]
    room: str = ""
    trainee: str = ""


@dataclass(frozen=True)
class Answer:
    """A best loop, in order of time, with its score."""

    score: Score
    placed: tuple[Placed, ...]

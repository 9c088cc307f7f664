"""A loop's part of the story: booked, held, moved, cancelled, and what the interviewers wrote."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ats.accounts.models import User
from ats.demo.courses import Loop, Slot
from ats.demo.days import wall
from ats.demo.library import HEARD
from ats.demo.roles import Role
from ats.demo.timeline import Story
from ats.events.actors import Actor
from candidates.models import Application
from interviews.actions.interview import (
    cancel_interview,
    complete_interview,
    mark_no_show,
    reschedule_interview,
)
from interviews.actions.loop import book_loop
from interviews.actions.scorecard import amend_scorecard, submit_scorecard
from interviews.models import Interview, PlannedInterview, Scorecard

# By level of the candidate: the ratings that go round, and what the recommendation is.
RATINGS = ((5, 4, 5, 4, 4), (4, 3, 5, 4, 3), (2, 4, 3, 2, 3))
RECOMMENDATIONS = (
    ("strong_yes", "yes", "strong_yes", "yes", "yes"),
    ("yes", "no", "yes", "strong_yes", "yes"),
    ("no", "yes", "no", "strong_no", "no"),
)
NOTES = (
    ("Would work with them tomorrow.", "Prepared, and honest about what went wrong."),
    ("Good hour. I would ask another about the weaker part.", "Clear, once warmed up."),
    ("Friendly, and not yet where we need them.", "Strong in one part, and the role has four."),
)
VIDEO = "https://meet.northlight.example/{}"
Doing = tuple[datetime, int, Callable[[], Any]]


@dataclass(frozen=True)
class Hearing:
    role: Role
    application: Application
    loop: Loop

    @property
    def by(self) -> Actor:
        return self.role.actor("carlos")

    @property
    def places(self) -> tuple[int, ...]:
        return self.loop.only or tuple(range(len(self.role.data.plan)))

    def starts(self, place: int) -> datetime:
        slot, days = self.role.data.plan[place], self.role.days
        if place in self.loop.today:
            return days.soon(slot.zone) + timedelta(minutes=self.loop.today[place])
        day = self.loop.moved.get(place, self.loop.days[slot.day])
        return days.at(day, slot.clock, slot.zone)

    def first_start(self, place: int) -> datetime:
        """Where it was booked, before anything moved."""
        slot, days = self.role.data.plan[place], self.role.days
        if place in self.loop.today:
            return self.starts(place)
        return days.at(self.loop.days[slot.day], slot.clock, slot.zone)


def hear(role: Role, application: Application, loop: Loop) -> Story:
    hearing = Hearing(role, application, loop)
    yield role.days.at(loop.booked or loop.days[0] - 4, "08:50")
    booked = book_loop(application, interviews=wanted(hearing), by=hearing.by)
    interviews = list(booked.interviews.order_by("pk").select_related("planned"))
    doings = sorted(doings_of(hearing, dict(zip(hearing.places, interviews, strict=True))))
    for moment, _, do in doings:
        if moment < role.days.now:
            yield moment
            do()


def wanted(hearing: Hearing) -> list[dict[str, Any]]:
    return [asked(hearing, place, hearing.role.data.plan[place]) for place in hearing.places]


def asked(hearing: Hearing, place: int, slot: Slot) -> dict[str, Any]:
    planned = hearing.role.planned[place]
    link = VIDEO.format(str(hearing.application.public_id)[-8:])
    where = {"place": "Room Aurora"} if slot.kind == "on_site" else {"video_link": link}
    return {
        "planned": planned,
        "starts": wall(hearing.first_start(place), slot.zone),
        "timezone": slot.zone,
        "seats": [{"user": hearing.role.staff[key]} for key in slot.panel],
        **where,
    }


def doings_of(hearing: Hearing, interviews: dict[int, Interview]) -> Iterator[Doing]:
    """(moment, tie, what), in no order."""
    for place, interview in interviews.items():
        if hearing.loop.no_show:
            yield missed(hearing, place, interview)
        elif place in hearing.loop.cancelled:
            yield called_off(hearing, place, interview)
        else:
            yield from taking_place(hearing, place, interview)


def missed(hearing: Hearing, place: int, interview: Interview) -> Doing:
    """Nobody came to the first one, so the others are cancelled."""
    later = hearing.starts(hearing.places[0]) + timedelta(minutes=20)
    if place == hearing.places[0]:
        return later, place, lambda: mark_no_show(interview, by=hearing.by)
    reason = "The candidate did not come to the first interview."
    return later, place, lambda: cancel_interview(interview, reason=reason, by=hearing.by)


def called_off(hearing: Hearing, place: int, interview: Interview) -> Doing:
    reason, days = hearing.loop.cancelled[place], hearing.role.days
    held, day = hearing.role.data.held, hearing.loop.days[0] - 1
    when = days.at(held, "16:30", "Europe/Berlin") if held is not None else days.at(day, "09:40")
    return when, place, lambda: cancel_interview(interview, reason=reason, by=hearing.by)


def taking_place(hearing: Hearing, place: int, interview: Interview) -> Iterator[Doing]:
    slot, starts = hearing.role.data.plan[place], hearing.starts(place)
    ends = starts + timedelta(minutes=slot.minutes)
    if place in hearing.loop.moved:
        told = hearing.role.days.at(hearing.loop.days[0] - 1, "09:45")
        to = wall(starts, slot.zone)
        yield told, place, lambda: reschedule_interview(interview, starts=to, by=hearing.by)
    yield ends, place, lambda: complete_interview(interview, by=hearing.by)
    for key in slot.panel:
        if key not in hearing.loop.owes:
            hours = hearing.loop.late.get(key)
            # Nobody writes in the middle of the night in their own zone.
            after = timedelta(hours=hours) if hours else timedelta(minutes=25 + 7 * place)
            yield ends + after, place, written(hearing, place, interview, key)
            if key == hearing.loop.amends:
                again = written(hearing, place, interview, key, amends=True)
                yield ends + after + timedelta(hours=2), place, again


def written(
    hearing: Hearing, place: int, interview: Interview, key: str, *, amends: bool = False
) -> Callable[[], Any]:
    return lambda: write(hearing, place, interview, hearing.role.staff[key], amends)


def write(hearing: Hearing, place: int, interview: Interview, user: User, amends: bool) -> None:
    card = Scorecard.objects.get(interview=interview, interviewer=user)
    level, planned = hearing.loop.level, hearing.role.planned[place]
    turn = place + hearing.application.pk + amends
    recommendation = RECOMMENDATIONS[level][turn % 5]
    ratings, notes = ratings_of(planned, level, turn), NOTES[level][turn % 2]
    verb = amend_scorecard if amends else submit_scorecard
    verb(card, recommendation=recommendation, ratings=ratings, notes=notes, by=Actor.of(user))


def ratings_of(planned: PlannedInterview, level: int, turn: int) -> list[dict[str, Any]]:
    return [
        {"competency": competency, "value": value, "evidence": heard(competency.name, value)}
        for place, competency in enumerate(planned.focus.all())
        for value in [RATINGS[level][(place + turn) % 5]]
    ]


def heard(name: str, value: int) -> str:
    high, middling, low = HEARD[name]
    return high if value >= 4 else middling if value == 3 else low

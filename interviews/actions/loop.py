"""Book the interviews of one application: all of them, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates.actions.access import share_application
from candidates.enums import Because
from candidates.models import Application
from interviews.actions.panel import (
    chase,
    refuse_clashes,
    refuse_closed,
    refuse_past,
    set_reminders,
)
from interviews.enums import OWING_ROLES, InterviewKind, SeatRole
from interviews.models import (
    Interview,
    InterviewPlan,
    Loop,
    PanelSeat,
    PlannedInterview,
    Scorecard,
)
from interviews.queries.clashes import Wanted
from interviews.scheduling.wallclock import Wall, instant_of, read_wall
from requisitions.actions.competency import freeze_rubric
from requisitions.models import RubricVersion

Seats = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Asked:
    """One interview as asked for, its time understood."""

    planned: PlannedInterview
    wall: Wall
    seats: Seats
    place: str
    video_link: str
    wanted: Wanted


@transaction.atomic
def book_loop(
    application: Application, *, interviews: Sequence[Mapping[str, Any]], by: Actor
) -> Loop:
    """[{planned, starts: "2026-12-01T10:00", timezone, seats: [{user, role?}], place?,
    video_link?}]. Freezes the rubric, shares the application with everybody who sits, and opens
    the scorecards they will owe. Raises `Blocked` with a sentence for everybody who is busy.
    """
    application = lock(application)
    refuse_closed(application)
    plan = plan_of(application, [asked["planned"] for asked in interviews])
    now = clock.now()
    read = [read_in_place(place, now, asked) for place, asked in enumerate(interviews)]
    rubric = freeze_rubric(application.requisition, by=by)
    refuse_unknown_focus(read, rubric)
    refuse_clashes([asked.wanted for asked in read], application.candidate)
    loop = Loop.objects.create(
        application=application, plan=plan, rubric=rubric, booked_by=by.user, booked_at=now
    )
    booked = [book_interview(loop, asked, now, by) for asked in read]
    record("loop.booked", loop, application, by=by, interviews=booked, rubric=rubric)
    return loop


def plan_of(application: Application, planned: Sequence[PlannedInterview]) -> InterviewPlan:
    """The current plan, of which each interview is booked at most once."""
    if not planned:
        raise Invalid("interviews", "A loop has at least one interview.")
    if len({one.pk for one in planned}) < len(planned):
        raise Invalid("interviews", "A planned interview is listed twice.")
    plan = InterviewPlan.objects.get(pk=planned[0].plan_id)
    if plan.requisition_id != application.requisition_id:
        raise Invalid("interviews", "This plan belongs to another requisition.")
    if not plan.is_current or {one.plan_id for one in planned} != {plan.pk}:
        raise DomainError(
            "The plan has a newer version. Nothing was booked: choose from the current one.",
            code="plan_replaced",
        )
    return plan


def read_in_place(place: int, now: datetime, asked: Mapping[str, Any]) -> Asked:
    """A refusal names which interview of the list it is about."""
    try:
        return read_asked(now, **asked)
    except Invalid as problem:
        raise Invalid(f"interviews/{place}/{problem.field}", problem.sentence) from None


def read_asked(
    now: datetime,
    *,
    planned: PlannedInterview,
    starts: str,
    timezone: str,
    seats: Seats,
    place: str = "",
    video_link: str = "",
) -> Asked:
    wall = read_wall(starts, timezone)
    begins = instant_of(wall)
    refuse_past(begins, now)
    check_seats(planned, seats)
    people = [seat["user"] for seat in seats]
    ends = begins + timedelta(minutes=planned.minutes)
    wanted = Wanted(planned.name, people, begins, ends, timezone)
    return Asked(planned, wall, seats, place, video_link, wanted)


def check_seats(planned: PlannedInterview, seats: Seats) -> None:
    people = [seat["user"] for seat in seats]
    if len({person.pk for person in people}) < len(people):
        raise Invalid("seats", f"{planned.name}: somebody is seated twice.")
    for person in people:
        if not person.is_active:
            raise Invalid("seats", f"{planned.name}: the account of {person} is deactivated.")
    asking = [seat for seat in seats if role_of(seat) in OWING_ROLES]
    if len(asking) < planned.interviewers:
        raise Invalid(
            "seats",
            f"{planned.name} needs {planned.interviewers} interviewers, and has {len(asking)}."
            " Shadows and note takers do not count.",
        )


def role_of(seat: Mapping[str, Any]) -> SeatRole:
    return SeatRole(seat.get("role") or SeatRole.INTERVIEWER)


def refuse_unknown_focus(read: Sequence[Asked], rubric: RubricVersion) -> None:
    known = {entry["competency"] for entry in rubric.content}
    for asked in read:
        for competency in asked.planned.focus.all():
            if str(competency.public_id) not in known:
                raise DomainError(
                    f"{asked.planned.name} assesses {competency}, which the requisition no longer"
                    " asks for. Nothing was booked: draft the plan again.",
                    code="plan_outdated",
                )


def book_interview(loop: Loop, asked: Asked, now: datetime, by: Actor) -> Interview:
    interview = Interview.objects.create(
        loop=loop,
        application=loop.application,
        candidate=loop.application.candidate,
        planned=asked.planned,
        name=asked.planned.name,
        kind=asked.planned.kind,
        wall_date=asked.wall.day,
        wall_time=asked.wall.at,
        timezone=asked.wall.timezone,
        during=asked.wanted.during,
        place=asked.place,
        video_link=asked.video_link,
    )
    seats = [take_seat(interview, seat, by) for seat in asked.seats]
    set_reminders(interview, now)
    subjects = (interview, loop, loop.application)
    record("interview.scheduled", *subjects, by=by, seats=seats, sequence=interview.sequence)
    return interview


def take_seat(interview: Interview, asked: Mapping[str, Any], by: Actor) -> PanelSeat:
    seat = PanelSeat.objects.create(
        interview=interview,
        interviewer=asked["user"],
        role=role_of(asked),
        during=interview.during,
    )
    share_application(
        interview.application,
        user=seat.interviewer,
        because=Because.INTERVIEW,
        cause_id=seat.public_id,
        by=by,
    )
    if seat.role in OWING_ROLES and interview.kind != InterviewKind.DEBRIEF:
        open_scorecard(seat, by)
    return seat


def open_scorecard(seat: PanelSeat, by: Actor) -> Scorecard:
    interview = seat.interview
    scorecard = Scorecard.objects.create(
        seat=seat,
        interview=interview,
        application=interview.application,
        interviewer=seat.interviewer,
        rubric=interview.loop.rubric,
        due_at=interview.during.upper,
    )
    chase(scorecard)
    subjects = (scorecard, interview, interview.application)
    record("scorecard.opened", *subjects, by=by, user=seat.interviewer)
    return scorecard

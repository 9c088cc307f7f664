"""What can happen to a booked interview. The application is locked first, always."""

from datetime import datetime

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates.actions.access import unshare_application
from candidates.enums import Because
from interviews.actions.panel import (
    chase,
    forget_reminders,
    refuse_clashes,
    refuse_closed,
    refuse_past,
    set_reminders,
)
from interviews.actions.scorecard import excuse_scorecard
from interviews.enums import INTERVIEW, Rsvp, ScorecardStatus
from interviews.models import Interview
from interviews.queries.clashes import Wanted
from interviews.scheduling.wallclock import Wall, instant_of, read_wall


@transaction.atomic
def reschedule_interview(
    interview: Interview, *, starts: str, timezone: str = "", by: Actor
) -> Interview:
    """To "2026-12-02T14:00", in the same zone if none is given. Everybody answers anew."""
    interview = locked(interview)
    interview.status = INTERVIEW.next(interview.status, "reschedule")
    refuse_closed(interview.application)
    wall = read_wall(starts, timezone or interview.timezone)
    was, now, begins = interview.during, clock.now(), instant_of(wall)
    refuse_past(begins, now)
    live = interview.seats.filter(is_live=True)
    people = [seat.interviewer for seat in live.select_related("interviewer")]
    ends = begins + (was.upper - was.lower)
    wanted = Wanted(interview.name, people, begins, ends, wall.timezone)
    refuse_clashes([wanted], interview.candidate, besides=interview)
    move(interview, wall, wanted, now)
    record(
        "interview.rescheduled",
        *(interview, interview.loop, interview.application),
        by=by,
        sequence=interview.sequence,
        was_at=was.lower,
        starts_at=begins,
    )
    return interview


def move(interview: Interview, wall: Wall, wanted: Wanted, now: datetime) -> None:
    interview.wall_date, interview.wall_time, interview.timezone = wall.day, wall.at, wall.timezone
    interview.during = wanted.during
    interview.sequence += 1
    interview.save(update_fields=["wall_date", "wall_time", "timezone", "during", "sequence"])
    live = interview.seats.filter(is_live=True)
    live.update(during=wanted.during, rsvp=Rsvp.NEEDS_ACTION)
    for scorecard in interview.scorecards.filter(status=ScorecardStatus.OPEN):
        scorecard.due_at = wanted.ends
        scorecard.save(update_fields=["due_at"])
        chase(scorecard)
    set_reminders(interview, now)


@transaction.atomic
def cancel_interview(interview: Interview, *, reason: str, by: Actor) -> Interview:
    """Nobody owes a scorecard for it any more, and whoever could look because of it cannot."""
    interview = locked(interview)
    interview.status = INTERVIEW.next(interview.status, "cancel")
    if not reason.strip():
        raise Invalid("reason", "Say why the interview is cancelled.")
    interview.cancel_reason = reason
    interview.sequence += 1
    interview.save(update_fields=["status", "cancel_reason", "sequence"])
    excuse_everybody(interview, "The interview was cancelled.", by)
    give_back_seats(interview, by)
    forget_reminders(interview)
    subjects = (interview, interview.loop, interview.application)
    record("interview.cancelled", *subjects, by=by, sequence=interview.sequence)
    return interview


@transaction.atomic
def complete_interview(interview: Interview, *, by: Actor) -> Interview:
    interview = locked(interview)
    interview.status = INTERVIEW.next(interview.status, "complete")
    interview.save(update_fields=["status"])
    forget_reminders(interview)
    record("interview.completed", interview, interview.loop, interview.application, by=by)
    return interview


@transaction.atomic
def mark_no_show(interview: Interview, *, by: Actor) -> Interview:
    """The candidate did not come: there is nothing to report."""
    interview = locked(interview)
    interview.status = INTERVIEW.next(interview.status, "mark_no_show")
    if interview.during.lower > clock.now():
        raise DomainError(
            "The interview has not begun yet. Nothing was changed: cancel it if nobody will come.",
            code="not_begun",
        )
    interview.save(update_fields=["status"])
    excuse_everybody(interview, "The candidate did not come.", by)
    forget_reminders(interview)
    record("interview.no_show_marked", interview, interview.loop, interview.application, by=by)
    return interview


def locked(interview: Interview) -> Interview:
    """One order for everything around an application, so that nobody waits in a circle."""
    lock(interview.application)
    return lock(interview)


def excuse_everybody(interview: Interview, reason: str, by: Actor) -> None:
    for scorecard in interview.scorecards.filter(status=ScorecardStatus.OPEN).order_by("pk"):
        excuse_scorecard(scorecard, reason=reason, by=by)


def give_back_seats(interview: Interview, by: Actor) -> None:
    for seat in interview.seats.filter(is_live=True).select_related("interviewer"):
        seat.is_live = False
        seat.save(update_fields=["is_live"])
        unshare_application(
            interview.application,
            user=seat.interviewer,
            because=Because.INTERVIEW,
            cause_id=seat.public_id,
            by=by,
        )

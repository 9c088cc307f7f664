"""After commit: invite, ask, tell. Each reads the rows again, since it may come late or twice."""

from collections.abc import Iterable
from datetime import datetime

from ats import clock
from ats.accounts.models import User
from ats.base import lock
from ats.events.actors import Actor
from ats.events.log import on
from ats.events.models import Event
from ats.reminders.bell import rings
from ats.reminders.models import Reminder
from candidates.enums import ApplicationStatus
from candidates.models import Application
from interviews import emails
from interviews.actions.availability import close_availability
from interviews.actions.debrief import open_debrief
from interviews.actions.interview import cancel_interview
from interviews.actions.pool import log_ride
from interviews.calendars.ics import Method
from interviews.enums import (
    COUNTED,
    TOLD_AFTER,
    AvailabilityStatus,
    InterviewStatus,
    PoolMemberStatus,
    RideKind,
    ScorecardStatus,
)
from interviews.models import (
    CandidateAvailability,
    Debrief,
    Interview,
    PanelSeat,
    PoolMember,
    Scorecard,
)
from interviews.queries.debriefs import given, owed
from interviews.scheduling.chasing import next_chase
from requisitions.enums import TeamRole
from requisitions.models import Requisition


@on("interview.scheduled")
def invite(event: Event) -> None:
    announce(event, InterviewStatus.SCHEDULED, ("invitation", "confirmation"), "REQUEST")


@on("interview.rescheduled")
def announce_new_time(event: Event) -> None:
    letters = ("interview_changed", "confirmation_changed")
    announce(event, InterviewStatus.SCHEDULED, letters, "REQUEST")


@on("interview.cancelled")
def announce_cancellation(event: Event) -> None:
    letters = ("interview_cancelled", "confirmation_cancelled")
    announce(event, InterviewStatus.CANCELLED, letters, "CANCEL")


def announce(event: Event, status: str, letters: tuple[str, str], method: Method) -> None:
    """The newest state, to everybody who sits; nothing about what is over, or is otherwise now."""
    interview = interview_of(event)
    if interview.status != status or interview.during.upper <= clock.now():
        return
    to_team, to_candidate = letters
    for seat in emails.panel(interview):
        emails.tell_interviewer(to_team, seat, method, event=event)
    emails.tell_candidate(to_candidate, interview, method, event=event)


@on("application.rejected", "application.withdrawn", "application.transferred")
def cancel_upcoming_interviews(event: Event) -> None:
    """What was held stays, and so do the scorecards that are owed for it."""
    application = Application.objects.get(public_id=event.subject("application"))
    if application.status == ApplicationStatus.ACTIVE:
        return
    reason = f"The application was {application.get_status_display().lower()}."
    upcoming = Interview.objects.filter(
        application=application,
        status=InterviewStatus.SCHEDULED,
        during__startswith__gt=clock.now(),
    )
    for interview in upcoming.order_by("pk"):
        cancel_interview(interview, reason=reason, by=Actor.system(event.verb))


@on(
    "scorecard.submitted",
    "scorecard.excused",
    "interview.cancelled",
    "interview.no_show_marked",
)
def open_debrief_when_all_is_in(event: Event) -> None:
    loop = lock(interview_of(event).loop)
    if Debrief.objects.filter(loop=loop).exists():
        return
    if loop.application.status != ApplicationStatus.ACTIVE:
        return
    if given(loop).exists() and not owed(loop).exists():
        open_debrief(loop, by=Actor.system("all_scorecards_in"))


@on("interview.completed")
def count_training(event: Event) -> None:
    """Whoever rode along is a step further, if it is clear for which pool they train."""
    interview = interview_of(event)
    for seat in interview.seats.filter(is_live=True, role__in=RideKind.values).order_by("pk"):
        training = PoolMember.objects.filter(
            user=seat.interviewer_id, status=PoolMemberStatus.TRAINING
        )
        if training.count() == 1 and not training.filter(rides__interview=interview).exists():
            by = Actor.system(event.verb)
            log_ride(training.get(), kind=seat.role, interview=interview, by=by)


@on("availability.asked")
def ask_when(event: Event) -> None:
    availability = CandidateAvailability.objects.get(
        public_id=event.subject("candidateavailability")
    )
    if availability.status != AvailabilityStatus.CLOSED:
        emails.ask_when(availability, event=event)


@on("availability.given")
def tell_of_availability(event: Event) -> None:
    """Whoever books: the coordinators, or the recruiters where there is none."""
    availability = CandidateAvailability.objects.get(
        public_id=event.subject("candidateavailability")
    )
    team = availability.application.requisition
    booking = people_of(team, TeamRole.COORDINATOR) or people_of(team, TeamRole.RECRUITER)
    for person in booking:
        emails.tell_availability(availability, person, event=event)


@on(
    "loop.booked",
    "application.rejected",
    "application.withdrawn",
    "application.transferred",
    "application.hired",
)
def close_availability_when_settled(event: Event) -> None:
    """Booked, or no longer to be booked: the candidate's times stand."""
    application = Application.objects.get(public_id=event.subject("application"))
    still_open = CandidateAvailability.objects.filter(application=application).exclude(
        status=AvailabilityStatus.CLOSED
    )
    # A loop that was booked before the question was asked does not answer it.
    for availability in still_open.filter(asked_at__lte=event.at):
        close_availability(availability, by=Actor.system(event.verb))


@on("debrief.opened")
def tell_of_debrief(event: Event) -> None:
    debrief = Debrief.objects.get(public_id=event.subject("debrief"))
    for person in people_of(debrief.application.requisition, TeamRole.MANAGER, TeamRole.RECRUITER):
        emails.tell_debrief_opened(debrief, person, event=event)


@on("decision.recorded")
def tell_of_decision(event: Event) -> None:
    debrief = Debrief.objects.get(public_id=event.subject("debrief"))
    for person in people_of(debrief.application.requisition, TeamRole.MANAGER, TeamRole.RECRUITER):
        emails.tell_decision_recorded(debrief, person, event=event)


@rings("scorecard.missing")
def chase_scorecard(reminder: Reminder) -> datetime | None:
    """The first an hour after the end, then each working morning; others are told in between."""
    scorecard = Scorecard.objects.get(public_id=reminder.subject_id)
    interview, person = scorecard.interview, scorecard.interviewer
    if scorecard.status != ScorecardStatus.OPEN or interview.status not in COUNTED:
        return None
    times, key = reminder.rung + 1, str(reminder.public_id)
    if person.is_active:
        emails.ask_for_scorecard(
            scorecard, person, letter="scorecard_missing", times=times, key=key
        )
    if role := TOLD_AFTER.get(times):
        for told in people_of(interview.application.requisition, role):
            emails.ask_for_scorecard(
                scorecard, told, letter="scorecard_missing_told", times=times, key=key
            )
    return next_chase(times, clock.now(), person.timezone)


@rings("interview.tomorrow")
@rings("interview.soon")
def remind_of_interview(reminder: Reminder) -> None:
    interview = Interview.objects.get(public_id=reminder.subject_id)
    if interview.status != InterviewStatus.SCHEDULED or interview.during.lower <= clock.now():
        return
    for seat in live_seats(interview):
        emails.remind_interviewer(seat, key=str(reminder.public_id))
    emails.remind_candidate(interview, key=str(reminder.public_id))


def live_seats(interview: Interview) -> Iterable[PanelSeat]:
    return interview.seats.filter(is_live=True).select_related("interviewer").order_by("pk")


def people_of(requisition: Requisition, *roles: TeamRole) -> Iterable[User]:
    """Each active person once, whatever the number of their roles."""
    team = requisition.team.filter(role__in=roles).values("user")
    return User.objects.filter(pk__in=team, is_active=True).order_by("pk")


def interview_of(event: Event) -> Interview:
    rows = Interview.objects.select_related("loop", "candidate", "application__requisition")
    return rows.get(public_id=event.subject("interview"))


def availability_of(event: Event) -> CandidateAvailability:
    rows = CandidateAvailability.objects.select_related(
        "application__candidate", "application__requisition"
    )
    return rows.get(public_id=event.subject("candidateavailability"))

"""One function per letter. Letters to the team never say what a scorecard says."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from ats import clock
from ats.accounts.models import User
from ats.events.models import Event
from ats.links import sign
from ats.outbox.email import Recipient, enqueue_email
from candidates.emails import console, title_of, to_candidate
from interviews.calendars.ics import Invitation, Method, Person, calendar_text
from interviews.enums import Rsvp
from interviews.models import CandidateAvailability, Debrief, Interview, PanelSeat, Scorecard
from interviews.queries.availability import PURPOSE

ANSWERS = {
    Rsvp.NEEDS_ACTION: "NEEDS-ACTION",
    Rsvp.ACCEPTED: "ACCEPTED",
    Rsvp.TENTATIVE: "TENTATIVE",
    Rsvp.DECLINED: "DECLINED",
}


def tell_interviewer(letter: str, seat: PanelSeat, method: Method, *, event: Event) -> None:
    """`letter` is invitation, interview_changed or interview_cancelled."""
    interview = seat.interview
    enqueue_email(
        f"interviews/{letter}",
        Recipient.user(seat.interviewer),
        {**facts(interview, seat.interviewer.timezone), "role": seat.get_role_display()},
        about=interview,
        event=event,
        key=str(interview.public_id),
        calendar=calendar_text(team_invitation(interview), method, stamp=clock.now()),
    )


def tell_candidate(letter: str, interview: Interview, method: Method, *, event: Event) -> None:
    """`letter` is confirmation, confirmation_changed or confirmation_cancelled."""
    if to := to_candidate(interview.candidate):
        enqueue_email(
            f"interviews/{letter}",
            to,
            facts(interview, interview.candidate.timezone or interview.timezone),
            about=interview.application,
            event=event,
            key=str(interview.public_id),
            calendar=calendar_text(guest_invitation(interview, to), method, stamp=clock.now()),
        )


def remind_interviewer(seat: PanelSeat, *, key: str) -> None:
    """`key` names the ring: the same one owes nobody two letters."""
    interview = seat.interview
    enqueue_email(
        "interviews/reminder",
        Recipient.user(seat.interviewer),
        facts(interview, seat.interviewer.timezone),
        about=interview,
        key=key,
    )


def remind_candidate(interview: Interview, *, key: str) -> None:
    if to := to_candidate(interview.candidate):
        enqueue_email(
            "interviews/candidate_reminder",
            to,
            facts(interview, interview.candidate.timezone or interview.timezone),
            about=interview.application,
            key=key,
        )


def ask_for_scorecard(scorecard: Scorecard, to: User, *, letter: str, times: int, key: str) -> None:
    """`letter` is scorecard_missing, to whoever owes it, or scorecard_missing_told."""
    enqueue_email(
        f"interviews/{letter}",
        Recipient.user(to),
        {
            **facts(scorecard.interview, to.timezone),
            "interviewer": scorecard.interviewer,
            "times": times,
        },
        about=scorecard,
        key=f"{key}:{times}",
    )


def tell_debrief_opened(debrief: Debrief, to: User, *, event: Event) -> None:
    tell_team("debrief_opened", debrief, to, event, overridden=bool(debrief.override_reason))


def tell_decision_recorded(debrief: Debrief, to: User, *, event: Event) -> None:
    """That it was taken, not what: letters are read by people who still owe a scorecard."""
    tell_team("decision_recorded", debrief, to, event, decider=debrief.record.decided_by)


def tell_team(letter: str, debrief: Debrief, to: User, event: Event, **more: Any) -> None:
    application = debrief.application
    enqueue_email(
        f"interviews/{letter}",
        Recipient.user(to),
        {"candidate": application.candidate, "requisition": application.requisition, **more},
        about=debrief,
        event=event,
    )


def facts(interview: Interview, timezone: str) -> dict[str, Any]:
    """The time is spoken in the reader's own zone, and the zone is named."""
    return {
        "interview": interview,
        "candidate": interview.candidate,
        "requisition": interview.application.requisition,
        "title": title_of(interview.application),
        "panel": [seat.interviewer.name for seat in panel(interview)],
        "starts": spoken(interview.during.lower, timezone),
        "ends": f"{interview.during.upper.astimezone(ZoneInfo(timezone)):%H:%M}",
        "timezone": timezone,
        "minutes": int((interview.during.upper - interview.during.lower).total_seconds() // 60),
        "where": interview.video_link or interview.place,
    }


def spoken(at: datetime, timezone: str) -> str:
    local = at.astimezone(ZoneInfo(timezone))
    return f"{local:%A}, {local.day} {local:%B %Y}, {local:%H:%M}"


def panel(interview: Interview) -> list[PanelSeat]:
    """Who sits; of a cancelled interview, who would have sat."""
    seats = interview.seats.select_related("interviewer").order_by("pk")
    return [seat for seat in seats if seat.is_live or interview.cancel_reason]


def team_invitation(interview: Interview) -> Invitation:
    requisition = interview.application.requisition
    attendees = [
        Person(seat.interviewer.name, seat.interviewer.email, ANSWERS[Rsvp(seat.rsvp)])
        for seat in panel(interview)
    ]
    summary = f"{interview.name}: {interview.candidate}, {requisition.title}"
    return invitation(interview, summary, attendees)


def guest_invitation(interview: Interview, to: Recipient) -> Invitation:
    """The candidate's: colleagues' addresses are not theirs to know."""
    title = title_of(interview.application)
    summary = f"{interview.name}: {title} at {settings.COMPANY_NAME}"
    return invitation(interview, summary, [Person(to.name, to.address)])


def invitation(interview: Interview, summary: str, attendees: list[Person]) -> Invitation:
    return Invitation(
        uid=f"{interview.public_id}@evenhand",
        sequence=interview.sequence,
        starts=interview.during.lower,
        ends=interview.during.upper,
        timezone=interview.timezone,
        summary=summary,
        organizer=Person(settings.COMPANY_NAME, settings.DEFAULT_FROM_EMAIL),
        attendees=attendees,
        location=interview.video_link or interview.place,
    )


def ask_when(availability: CandidateAvailability, *, event: Event) -> None:
    application = availability.application
    if to := to_candidate(application.candidate):
        context = {
            "availability": availability,
            "title": title_of(application),
            "link": link_to_availability(availability),
        }
        enqueue_email("interviews/availability", to, context, about=application, event=event)


def link_to_availability(availability: CandidateAvailability) -> str:
    """Works until the last day is over everywhere."""
    over = datetime.combine(availability.last_day + timedelta(days=2), time(), tzinfo=UTC)
    return f"{settings.SITE_URL}/availability/{sign(PURPOSE, availability.public_id, expires=over)}"


def tell_availability(availability: CandidateAvailability, to: User, *, event: Event) -> None:
    application = availability.application
    enqueue_email(
        "interviews/availability_given",
        Recipient.user(to),
        {
            "candidate": application.candidate,
            "requisition": application.requisition,
            "console": console(),
        },
        about=application,
        event=event,
    )

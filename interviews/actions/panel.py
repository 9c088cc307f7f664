"""What booking and moving share: the people held still, the clashes refused, what rings when."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection

from ats.accounts.models import User
from ats.errors import Blocked, DomainError, Invalid
from ats.reminders.bell import forget, remind
from candidates.enums import ApplicationStatus
from candidates.models import Application, Candidate
from interviews.models import Interview, Scorecard
from interviews.queries.clashes import Wanted, clashes
from interviews.scheduling.chasing import first_chase

# The class of our advisory locks; the second key is a person's. Candidates count downwards.
DIARY = 0x1D1A


def hold_diaries(people: Collection[User], candidate: Candidate) -> None:
    """Until the transaction ends nobody else books these people. Always in the same order:
    without it, the exclusion constraints would find each other in deadlocks."""
    keys = sorted({person.pk for person in people} | {-candidate.pk})
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [DIARY, key])


def refuse_clashes(
    wanted: Collection[Wanted], candidate: Candidate, *, besides: Interview | None = None
) -> None:
    """Raises `Blocked` with a sentence for everybody who would be in two places."""
    hold_diaries({person for one in wanted for person in one.people}, candidate)
    if found := clashes(wanted, candidate, besides=besides):
        raise Blocked([*found, "Nothing was booked: choose another time, or other interviewers."])


def refuse_past(starts: datetime, now: datetime) -> None:
    if starts <= now:
        raise Invalid("starts", "This time has passed. Choose one in the future.")


def refuse_closed(application: Application) -> None:
    if application.status != ApplicationStatus.ACTIVE:
        raise DomainError(
            f"This application is {application.get_status_display().lower()}, so no interview can"
            " be held for it. Nothing was changed: reactivate it first.",
            code="application_closed",
        )


def set_reminders(interview: Interview, now: datetime) -> None:
    """A day and an hour before; what is nearer than that has just been announced anyway."""
    starts = interview.during.lower
    for kind, before in (
        ("interview.tomorrow", timedelta(days=1)),
        ("interview.soon", timedelta(hours=1)),
    ):
        forget(interview, kind)
        if starts - before > now:
            remind(interview, kind, at=starts - before)


def forget_reminders(interview: Interview) -> None:
    for kind in ("interview.tomorrow", "interview.soon"):
        forget(interview, kind)


def chase(scorecard: Scorecard) -> None:
    """From the beginning: a moved interview forgets what was asked for before."""
    forget(scorecard, "scorecard.missing")
    remind(scorecard, "scorecard.missing", at=first_chase(scorecard.due_at))

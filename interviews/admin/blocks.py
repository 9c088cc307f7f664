"""What waits for somebody, on the home page; each block counts with the view of its list."""

from typing import Any

from django.db.models import DateTimeField, F, Func, Q, QuerySet

from ats import clock
from ats.accounts.models import User
from ats.admin.base import list_url, url_of
from ats.admin.blocks import Block, Line, block
from interviews.enums import DebriefStatus, InterviewStatus, ScorecardStatus
from interviews.models import Debrief, Interview, PanelSeat, Scorecard
from requisitions.enums import TeamRole
from requisitions.models import Requisition

Rows = QuerySet[Any]
START = Func(F("during"), function="lower", output_field=DateTimeField())
END = Func(F("during"), function="upper", output_field=DateTimeField())


def owed(rows: Rows, user: User) -> Rows:
    """Mine, of interviews that have begun."""
    mine = rows.filter(interviewer=user, status=ScorecardStatus.OPEN)
    return mine.filter(interview__during__startswith__lte=clock.now())


def to_decide(rows: Rows, user: User) -> Rows:
    led = Requisition.objects.worked_on_by(user, TeamRole.RECRUITER, TeamRole.MANAGER)
    return rows.filter(status=DebriefStatus.OPEN, application__requisition__in=led)


def upcoming(rows: Rows, user: User) -> Rows:
    """Those that I sit in, or that I arrange, and that are not over."""
    seats = PanelSeat.objects.filter(interviewer=user, is_live=True)
    roles = (TeamRole.RECRUITER, TeamRole.COORDINATOR)
    arranged = Requisition.objects.worked_on_by(user, *roles)
    mine = Q(pk__in=seats.values("interview")) | Q(application__requisition__in=arranged)
    coming = rows.filter(status=InterviewStatus.SCHEDULED, during__endswith__gt=clock.now())
    return coming.filter(mine)


def scorecards_owed(user: User) -> Block:
    rows = Scorecard.objects.visible_to(user).select_related("interview__candidate")
    return block(
        "Scorecards I owe",
        owed(rows.order_by("due_at", "pk"), user),
        lambda each: Line(
            str(each.interview.candidate), each.interview.name, url_of(each), each.due_at
        ),
        icon="fact_check",
        url=list_url(Scorecard, "view=owed"),
        empty="You owe no scorecard.",
        tone="bad",
    )


def debriefs_to_decide(user: User) -> Block:
    related = ("application__candidate", "application__requisition")
    rows = Debrief.objects.visible_to(user).select_related(*related)
    return block(
        "Debriefs to decide",
        to_decide(rows.order_by("opened_at", "pk"), user),
        lambda each: Line(
            str(each.application.candidate),
            each.application.requisition.title,
            url_of(each),
            each.opened_at,
        ),
        icon="forum",
        url=list_url(Debrief, "view=to_decide"),
        empty="No debrief waits for a decision.",
    )


def next_interviews(user: User) -> Block:
    rows = Interview.objects.visible_to(user).select_related("candidate").annotate(start=START)
    return block(
        "Next interviews",
        upcoming(rows.order_by("start", "pk"), user),
        lambda each: Line(str(each.candidate), each.name, url_of(each), each.during.lower),
        icon="event",
        url=list_url(Interview, "view=mine"),
        empty="No interview is planned for you.",
    )


BLOCKS = [scorecards_owed, debriefs_to_decide, next_interviews]

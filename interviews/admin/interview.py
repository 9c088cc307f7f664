"""Interviews and the loops that they belong to, in the reader's own time zone."""

from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.decorators import display

from ats import clock
from ats.accounts.models import User
from ats.admin.base import ScopedAdmin, reader
from ats.admin.buttons import button
from ats.admin.forms import ActionForm, reason_form
from ats.admin.lists import View, ViewFilter, by_status, of_one
from ats.admin.tags import hours, moment, status_badge
from interviews.actions.debrief import open_debrief
from interviews.actions.interview import (
    cancel_interview,
    complete_interview,
    mark_no_show,
    reschedule_interview,
)
from interviews.admin.blocks import START, upcoming
from interviews.admin.booking import Wall, Zone
from interviews.enums import INTERVIEW
from interviews.models import Debrief, Interview, PanelSeat, Scorecard
from interviews.queries.coverage import Report, report_on

SEATS = Prefetch("seats", PanelSeat.objects.select_related("interviewer").order_by("pk"))
# That a scorecard is in may be seen by everybody; what it says is not even read here.
CARDS = Prefetch(
    "scorecards",
    Scorecard.objects.select_related("interviewer")
    .only("status", "due_at", "seat", "interview", "interviewer")
    .order_by("pk"),
)


class RescheduleForm(ActionForm):
    starts = Wall(label="Begins")
    timezone = Zone(label="Time zone")

    def prepare(self) -> None:
        wall = f"{self.subject.wall_date:%Y-%m-%d}T{self.subject.wall_time:%H:%M}"
        self.initial = {"starts": wall, "timezone": self.subject.timezone}


class OverrideForm(ActionForm):
    override_reason = forms.CharField(
        label="Why not wait for the scorecards that are missing",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only needed while somebody still owes one. It becomes part of the record.",
    )


def has_begun(interview: Interview, user: User) -> bool:
    return bool(interview.during.lower <= clock.now())


class InterviewAdmin(ScopedAdmin):
    list_display = ("when", "name", "who", "state", "panel", "role")
    list_display_links = ("when", "name")
    search_fields = ("candidate__name", "name")
    search_help_text = "Candidate or interview"
    related = ("candidate", "application__requisition", "loop", "planned")
    list_filter = (ViewFilter, of_one("application"))
    lifecycle = INTERVIEW
    empty_sentence = "No interview that you may see."
    views = {
        "mine": View("Mine, to come", upcoming),
        "scheduled": by_status("Scheduled", "scheduled"),
        "completed": by_status("Completed", "completed"),
        "off": by_status("Cancelled or no show", "cancelled", "no_show"),
    }
    buttons = [
        button(
            complete_interview,
            label="It took place",
            look="primary",
            says="The interview counts as held. Scorecards stay owed until they are in.",
            done="The interview is completed.",
        ),
        button(
            reschedule_interview,
            label="Reschedule",
            says="Everybody gets a new invitation and answers anew.",
            done="The interview is moved; the invitations follow.",
            Form=RescheduleForm,
        ),
        button(
            mark_no_show,
            label="Candidate did not come",
            says="Nobody owes a scorecard for this interview any more.",
            done="Marked as a no-show.",
            shown=has_begun,
        ),
        button(
            cancel_interview,
            label="Cancel",
            look="danger",
            says="Invitations are withdrawn, nobody owes a scorecard for it, and whoever could see"
            " the application because of this seat no longer can.",
            done="The interview is cancelled.",
            Form=reason_form("Why", help_text="For the team."),
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).prefetch_related(SEATS)
        return rows.annotate(start=START).order_by("-start", "-pk")

    @display(description="When", ordering="start")
    def when(self, row: Any) -> str:
        return hours(row.during)

    @display(description="Candidate", ordering="candidate__name")
    def who(self, row: Any) -> str:
        return str(row.candidate)

    @display(description="Status", ordering="status")
    def state(self, row: Any) -> SafeString:
        return status_badge(row)

    @display(description="Panel")
    def panel(self, row: Any) -> str:
        return ", ".join(str(seat.interviewer) for seat in row.seats.all() if seat.is_live)

    @display(description="Requisition")
    def role(self, row: Any) -> str:
        return str(row.application.requisition.title)

    def title_of(self, row: Any) -> str:
        return f"{row.name}: {row.candidate}"

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        cards = {card.seat_id: card for card in cards_of(row)}
        return {
            "seats": [(seat, cards.get(seat.pk)) for seat in row.seats.all()],
            "focus": list(row.planned.focus.order_by("name")),
            "kit": row.planned.kit,
            "questions": kit_questions(row),
        }


def cards_of(interview: Interview) -> QuerySet[Scorecard]:
    return interview.scorecards.only("status", "due_at", "seat", "interview", "interviewer")


def kit_questions(interview: Interview) -> list[Any]:
    kit = interview.planned.kit
    return list(kit.questions.select_related("competency")) if kit else []


class LoopAdmin(ScopedAdmin):
    list_display = ("who", "role", "booked", "booked_by")
    search_fields = ("application__candidate__name",)
    related = ("application__candidate", "application__requisition", "plan", "rubric", "booked_by")
    ordering = ("-booked_at", "-pk")
    list_filter = (of_one("application"),)
    buttons = [
        button(
            open_debrief,
            label="Open the debrief",
            look="primary",
            says="The combined score is computed now, before anybody talks, and never again.",
            done="The debrief is open.",
            Form=OverrideForm,
            shown=lambda loop, user: not Debrief.objects.filter(loop=loop).exists(),
        )
    ]

    @display(description="Candidate")
    def who(self, row: Any) -> str:
        return str(row.application.candidate)

    @display(description="Requisition")
    def role(self, row: Any) -> str:
        return str(row.application.requisition.title)

    @display(description="Booked", ordering="booked_at")
    def booked(self, row: Any) -> str:
        return moment(row.booked_at)

    def title_of(self, row: Any) -> str:
        return f"Loop of {row.application.candidate}"

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        interviews = row.interviews.prefetch_related(SEATS, CARDS).annotate(start=START)
        debrief = Debrief.objects.visible_to(reader(request)).filter(loop=row)
        return {
            "interviews": list(interviews.order_by("start")),
            "debrief": debrief.first(),
        }


class PlanAdmin(ScopedAdmin):
    list_display = ("__str__", "version", "is_current")
    related = ("requisition", "created_by")
    ordering = ("-created_at", "-pk")
    list_filter = ()

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return plan_context(row)


def plan_context(plan: Any) -> dict[str, Any]:
    planned = plan.interviews.select_related("stage", "kit").prefetch_related("focus")
    return {"planned": list(planned), **coverage_context(report_on(plan))}


def coverage_context(report: Report) -> dict[str, Any]:
    return {
        "plan": report.plan,
        "covered": report.competencies,
        "warnings": report.warnings,
    }

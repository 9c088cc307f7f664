"""The recruiter console: theme, navigation, home page. It wires what each app contributes."""

from collections.abc import Callable, Iterator
from functools import update_wrapper
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from unfold.sites import UnfoldAdminSite

from ats.accounts.rules import is_site_admin
from ats.admin import BLOCKS as KERNEL_BLOCKS
from ats.admin import SCREENS as KERNEL_SCREENS
from ats.admin.blocks import Block, BlockOf, PanelOf
from ats.admin.buttons import Button
from candidates import admin as candidates
from candidates.models import Application
from interviews import admin as interviews
from requisitions import admin as requisitions
from requisitions.models import Requisition

APPS = (requisitions, candidates, interviews)
BLOCKS: list[BlockOf] = [
    *requisitions.BLOCKS,
    *interviews.BLOCKS,
    *candidates.BLOCKS,
    *KERNEL_BLOCKS,
]
PANELS: dict[type[Model], list[PanelOf]] = {
    Requisition: [*candidates.REQUISITION_PANELS, *interviews.REQUISITION_PANELS],
    Application: [*interviews.APPLICATION_PANELS],
}
BUTTONS: dict[type[Model], list[Button]] = {
    Application: interviews.APPLICATION_BUTTONS,
    Requisition: candidates.REQUISITION_BUTTONS,
}
HOME = ("What waits for me", "home", "index")
HIRING = (
    ("Requisitions", "work", "requisitions_requisition_changelist"),
    ("Board", "view_kanban", "candidates_board"),
    ("Candidates", "group", "candidates_candidate_changelist"),
    ("Possible duplicates", "join", "candidates_possibleduplicate_changelist"),
    ("Applications", "description", "candidates_application_changelist"),
    ("Interviews", "event", "interviews_interview_changelist"),
    ("Scorecards", "fact_check", "interviews_scorecard_changelist"),
    ("Debriefs", "forum", "interviews_debrief_changelist"),
    ("Candidates' times", "event_available", "interviews_candidateavailability_changelist"),
    ("Offers", "handshake", "candidates_offer_changelist"),
    ("Follow-ups", "notifications_active", "candidates_followup_changelist"),
    ("Talent pools", "groups", "candidates_talentpool_changelist"),
    ("Jobs", "pending_actions", "ats_job_changelist"),
    ("Absences", "flight_takeoff", "ats_delegation_changelist"),
)
TIME = (
    ("My calendars", "calendar_month", "interviews_calendarfeed_changelist"),
    ("Interviewers' hours", "schedule", "interviews_interviewerprofile_changelist"),
    ("Busy times", "event_busy", "interviews_busyblock_changelist"),
    ("Interviewer pools", "groups", "interviews_interviewerpool_changelist"),
    ("In training", "school", "interviews_poolmember_changelist"),
)
COMPANY = (
    ("People", "badge", "ats_user_changelist"),
    ("Departments", "account_tree", "requisitions_department_changelist"),
    ("Offices", "location_on", "requisitions_office_changelist"),
    ("Approval flows", "approval", "requisitions_approvalflow_changelist"),
    ("Competencies", "psychology", "requisitions_competency_changelist"),
    ("Pay transparency laws", "balance", "requisitions_payrule_changelist"),
    ("Tags", "sell", "candidates_tag_changelist"),
    ("Custom fields", "tune", "ats_customfield_changelist"),
    ("Offer letters", "contract", "candidates_offertemplate_changelist"),
    ("Pipeline templates", "conversion_path", "requisitions_pipelinetemplate_changelist"),
)
SYSTEM = (
    ("Erasure requests", "person_off", "candidates_privacyrequest_changelist"),
    ("Legal holds", "gavel", "candidates_legalhold_changelist"),
    ("Retention rules", "auto_delete", "candidates_retentionrule_changelist"),
    ("Letters", "mail", "ats_delivery_changelist"),
    ("Events", "history", "ats_event_changelist"),
    ("Searches of people", "person_search", "candidates_searchrecord_changelist"),
    ("Debts", "receipt_long", "ats_owed_changelist"),
    ("Reminders", "alarm", "ats_reminder_changelist"),
)


class Console(UnfoldAdminSite):  # type: ignore[misc]
    site_header = "Evenhand"
    site_title = "Evenhand"
    index_title = "What waits for me"
    panels = PANELS
    more_buttons = BUTTONS

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        for screens in (KERNEL_SCREENS, *(app.SCREENS for app in APPS)):
            for model, screen in screens.items():
                self.register(model, screen)

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        blocks = list(blocks_for(request))
        waiting = [block for block in blocks if block.count]
        context = {
            **self.each_context(request),
            "title": self.index_title,
            "waiting": waiting,
            "quiet": [block for block in blocks if not block.count],
        }
        return TemplateResponse(request, "admin/index.html", context)

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> Any:
        """The home page is the only index: a list of tables is of use to nobody."""
        return self.index(request)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """Every page speaks in the time zone of its reader, rendering included."""
        inner = super().admin_view(view, cacheable)

        def in_their_zone(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            with timezone.override(zone_of(request)):
                response: Any = self.answer(inner, request, *args, **kwargs)
                return response.render() if hasattr(response, "render") else response

        return update_wrapper(in_their_zone, view)

    def answer(
        self, view: Callable[..., Any], request: HttpRequest, *args: Any, **kwargs: Any
    ) -> Any:
        """What is not there and what is not allowed, said inside of the console."""
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return self.refuse(request, 404, "There is nothing here that you may see.")
        except PermissionDenied:
            return self.refuse(request, 403, "Your role here does not include this.")

    def refuse(self, request: HttpRequest, status: int, sentence: str) -> TemplateResponse:
        context = {**self.each_context(request), "title": "Not possible", "sentence": sentence}
        return TemplateResponse(request, "admin/console/refused.html", context, status=status)


def zone_of(request: HttpRequest) -> ZoneInfo:
    try:
        return ZoneInfo(getattr(request.user, "timezone", "") or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def blocks_for(request: HttpRequest) -> Iterator[Block]:
    for contributed in BLOCKS:
        found = contributed(request.user)  # type: ignore[arg-type]
        if found is not None:
            yield found


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    groups = [group("", (HOME,)), group("Hiring", HIRING), group("People's time", TIME)]
    inside = {"title": "Internal roles", "icon": "meeting_room", "link": reverse("internal")}
    groups[1]["items"].append(inside)
    if is_site_admin(request.user):  # type: ignore[arg-type]
        groups += [group("Company", COMPANY), group("System", SYSTEM)]
    else:
        groups.append(group("Company", COMPANY[1:]))
    mark_where_we_are(groups, request.path)
    return groups


def group(title: str, links: tuple[tuple[str, str, str], ...]) -> dict[str, Any]:
    items = [
        {"title": name, "icon": icon, "link": reverse(f"admin:{where}")}
        for name, icon, where in links
    ]
    return {"title": title, "items": items}


def mark_where_we_are(groups: list[dict[str, Any]], path: str) -> None:
    """One entry: the longest address that this page lies under."""
    items = [item for each in groups for item in each["items"]]
    under = [item["link"] for item in items if path.startswith(item["link"])]
    here = max(under, key=len, default="")
    for item in items:
        item["active"] = item["link"] == here


def stylesheet(request: HttpRequest) -> str:
    return static("console/console.css")


def icon(request: HttpRequest) -> str:
    return static("console/evenhand.svg")

"""What interviews add to the pages of requisitions and applications."""

from typing import Any

from django.http import HttpRequest

from ats.admin.base import reader
from ats.admin.blocks import Panel
from interviews.admin.blocks import START
from interviews.admin.interview import CARDS, SEATS, coverage_context, plan_context
from interviews.models import Debrief, Interview, InterviewPlan
from interviews.queries.coverage import report_of
from requisitions.models import Requisition


def plan_panel(request: HttpRequest, requisition: Any) -> Panel | None:
    plans = InterviewPlan.objects.visible_to(reader(request))
    plan = plans.filter(requisition=requisition, is_current=True).first()
    if plan is None:
        return without_plan(requisition)
    return Panel("admin/interviews/plan_panel.html", plan_context(plan))


def without_plan(requisition: Requisition) -> Panel | None:
    """Before anything is chosen there is nothing to say about it yet."""
    report = report_of(requisition)
    if not report.competencies:
        return None
    return Panel("admin/interviews/plan_panel.html", coverage_context(report))


def loops_panel(request: HttpRequest, application: Any) -> Panel | None:
    user = reader(request)
    interviews = Interview.objects.visible_to(user).filter(application=application)
    rows = interviews.select_related("loop").prefetch_related(SEATS, CARDS).annotate(start=START)
    found = list(rows.order_by("loop", "start"))
    if not found:
        return None
    debriefs = Debrief.objects.visible_to(user).filter(application=application)
    context = {
        "interviews": found,
        "loops": {each.loop for each in found},
        "debriefs": list(debriefs.order_by("pk")),
    }
    return Panel("admin/interviews/loops_panel.html", context)

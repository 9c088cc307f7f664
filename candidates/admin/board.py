"""The board of one requisition, and its counts on the requisition's page."""

from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from ats.admin.base import list_url, reader
from ats.admin.blocks import Panel
from candidates.enums import ApplicationStatus
from candidates.models import Application
from candidates.queries.pipeline import board
from candidates.rules import INNER_CIRCLE
from requisitions.enums import CLOSED
from requisitions.models import Requisition


def board_index(site: Any, request: HttpRequest) -> TemplateResponse:
    """The requisitions whose board this reader may open, with how many people are on each."""
    user = reader(request)
    counted = Application.objects.visible_to(user).filter(status=ApplicationStatus.ACTIVE)
    counts = dict(counted.order_by().values_list("requisition").annotate(Count("pk")))
    live = boards_of(user).exclude(status__in=CLOSED).order_by("-created_at", "-pk")
    rows = [(row, counts.get(row.pk, 0)) for row in live.select_related("department")]
    context = {**site.each_context(request), "title": "Boards", "rows": rows}
    return TemplateResponse(request, "admin/candidates/boards.html", context)


def boards_of(user: Any) -> Any:
    circle = Requisition.objects.worked_on_by(user, *INNER_CIRCLE).values("pk")
    admin = Q(is_confidential=False) if user.is_site_admin else Q(pk=None)
    return Requisition.objects.visible_to(user).filter(Q(pk__in=circle) | admin)


def board_page(site: Any, request: HttpRequest, pk: int) -> TemplateResponse:
    user = reader(request)
    requisition = get_object_or_404(Requisition.objects.visible_to(user), pk=pk)
    if not user.has_perm("candidates.view_application", requisition):
        raise Http404
    columns = board(requisition, user)
    context = {
        **site.each_context(request),
        "title": requisition.title,
        "crumbs": [("Boards", reverse("admin:candidates_board"))],
        "requisition": requisition,
        "columns": with_keys(columns),
        "stages": list(requisition.stages.filter(retired_at=None).order_by("position")),
        "may_move": user.has_perm("candidates.move_application", requisition),
        "is_fullwidth": "1",
    }
    return TemplateResponse(request, "admin/candidates/board.html", context)


def with_keys(columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The console's addresses have integer keys, and its forms the stage that was shown."""
    shown = [card["public_id"] for column in columns for card in column["cards"]]
    keys = {
        public_id: (pk, stage, source or "")
        for public_id, pk, stage, source in Application.objects.filter(
            public_id__in=shown
        ).values_list("public_id", "pk", "stage", "source__name")
    }
    for column in columns:
        for card in column["cards"]:
            card["pk"], card["stage_pk"], card["source"] = keys[card["public_id"]]
            column["pk"] = card["stage_pk"]
    return columns


def pipeline_panel(request: HttpRequest, requisition: Requisition) -> Panel | None:
    user = reader(request)
    if not user.has_perm("candidates.view_application", requisition):
        return None
    active = Application.objects.visible_to(user).filter(
        requisition=requisition, status=ApplicationStatus.ACTIVE
    )
    counts = dict(active.order_by().values_list("stage").annotate(Count("pk")))
    stages = [
        (stage, counts.get(stage.pk, 0), list_url(Application, f"view=active&stage={stage.pk}"))
        for stage in requisition.stages.order_by("position")
        if stage.retired_at is None or stage.pk in counts
    ]
    context = {
        "stages": stages,
        "board": reverse("admin:candidates_board_of", args=[requisition.pk]),
        "all": list_url(Application, f"requisition={requisition.pk}"),
    }
    return Panel("admin/candidates/pipeline_panel.html", context)

"""Openings and team members: rows with buttons, shown on their requisition's page."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ats.accounts.rules import is_person
from ats.admin.base import ScopedAdmin, list_url, offer, reader, url_of
from ats.admin.buttons import Offered, button
from ats.admin.forms import reason_form
from requisitions.actions.opening import (
    WAITING,
    close_opening,
    edit_opening,
    move_opening,
    open_opening,
    reopen_opening,
)
from requisitions.actions.team import is_needed, leave_hiring_team, make_responsible
from requisitions.admin.forms import EditOpeningForm, MoveOpeningForm
from requisitions.enums import OPENING, RequisitionStatus
from requisitions.models import Opening, Requisition


class PartAdmin(ScopedAdmin):
    """It has no page of its own: whoever comes here lands on the requisition."""

    related: ClassVar[tuple[str, ...]] = ("requisition",)
    list_filter = ()

    def is_open_to(self, request: HttpRequest) -> bool:
        return is_person(request.user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = Requisition.objects.visible_to(request.user)
        rows = self.model._default_manager.filter(requisition__in=visible)
        return rows.select_related(*self.related)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(list_url(Requisition))

    def row_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return HttpResponseRedirect(self.after(self.row_or_404(request, pk)))

    def frame(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        crumbs = [("Requisitions", list_url(Requisition)), (row.requisition, self.after(row))]
        return {**super().frame(request, row), "crumbs": crumbs}

    def offered_on(
        self, request: HttpRequest, requisition: Requisition, rows: Iterable[Any]
    ) -> list[tuple[Any, list[Offered]]]:
        """Each row with its buttons; the role on the requisition is asked for once."""
        user = reader(request)
        held = [each for each in self.all_buttons() if user.has_perm(each.permission, requisition)]
        return [
            (row, [offer(each, row) for each in held if each.is_wanted(row, user)]) for row in rows
        ]

    def after(self, row: Any) -> str:
        return url_of(row.requisition)


def is_given_up(opening: Opening, user: Any) -> bool:
    is_cancelled = opening.requisition.status == RequisitionStatus.CANCELLED
    return opening.approved_at is not None and opening.filled_by is None and not is_cancelled


class OpeningAdmin(PartAdmin):
    lifecycle = OPENING
    buttons = [
        button(
            open_opening,
            label="Open",
            says="Somebody can be hired into this seat.",
            done="The seat is open.",
        ),
        button(
            close_opening,
            label="Close",
            says="The seat is given up without a hire. When no seat is open any more, the postings"
            " come down; when hires took all the others, the requisition is filled.",
            done="The seat is closed.",
            Form=reason_form("Why"),
        ),
        button(
            reopen_opening,
            label="Reopen",
            says="The seat that was given up is open again, and so is its requisition where that"
            " was filled.",
            done="The seat is open again.",
            shown=is_given_up,
        ),
        button(
            edit_opening,
            label="Edit",
            says="Nobody has to approve this again.",
            done="Saved.",
            Form=EditOpeningForm,
            shown=lambda opening, user: opening.status in WAITING,
        ),
        button(
            move_opening,
            label="Move",
            says="Here it is gone. Where it goes it has to be approved: if that requisition was"
            " approved already, its approval starts again.",
            done="The seat was moved.",
            Form=MoveOpeningForm,
        ),
    ]


class MemberAdmin(PartAdmin):
    related = ("requisition", "user")
    buttons = [
        button(
            leave_hiring_team,
            label="Remove",
            says="They no longer see this requisition and its applications because of this role.",
            done="They have left the hiring team.",
            shown=lambda member, user: not is_needed(member),
        ),
        button(
            make_responsible,
            label="Make responsible",
            says="They take over from whoever is responsible in this role, who stays on the team.",
            done="They are responsible now.",
            shown=lambda member, user: not member.is_responsible and member.user.is_active,
        ),
    ]

"""What an approver of a requisition reads, and what follows from the answer."""

from collections.abc import Collection, Iterator, Mapping

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse

from ats.accounts.models import User
from ats.approvals.matters import About, Matter
from requisitions.actions.opening import WAITING
from requisitions.actions.requisition import approve_requisition, return_requisition
from requisitions.enums import TeamRole
from requisitions.models import PayRange, Requisition


def about(approvals: Collection[int]) -> Mapping[int, About]:
    rows = Requisition.objects.filter(approval__in=approvals).select_related("department")
    seats = Count("openings", filter=Q(openings__status__in=WAITING))
    found = rows.annotate(seats=seats).prefetch_related("pay_ranges")
    return {
        row.approval_id: About(
            "requisition", row, f"{row.number}, {row.title}", tuple(facts(row)), url_of(row)
        )
        for row in found
        if row.approval_id
    }


def url_of(requisition: Requisition) -> str:
    page = reverse("admin:requisitions_requisition_change", args=[requisition.pk])
    return f"{settings.SITE_URL}{page}"


def facts(requisition: Requisition) -> Iterator[tuple[str, str]]:
    """In the order in which one asks: what, where, how many, for how much."""
    yield "Title", requisition.title
    if requisition.level:
        yield "Level", requisition.level
    if requisition.department:
        yield "Department", requisition.department.name
    if requisition.locations:
        yield "Locations", ", ".join(requisition.locations)
    yield "Openings to hire into", str(requisition.seats)  # type: ignore[attr-defined]
    for pay in sorted(requisition.pay_ranges.all(), key=lambda each: each.pk):
        yield "Pay", told(pay)
    if requisition.summary:
        yield "Summary", requisition.summary


def told(pay: PayRange) -> str:
    period = f" a {pay.period}" if pay.period else ""
    return f"{pay}{period}" + (f" ({pay.scope})" if pay.scope else "")


def responsible(requisition: Requisition) -> list[User]:
    members = requisition.team.filter(role=TeamRole.RECRUITER, is_responsible=True)
    return [member.user for member in members.select_related("user")]


MATTER = Matter(about, approve_requisition, return_requisition, responsible)

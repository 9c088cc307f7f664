"""What waits for somebody, on the home page."""

from typing import Any

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.admin.base import list_url, url_of
from ats.admin.blocks import Block, Line, block
from ats.approvals.waiting import pending_for
from requisitions.enums import RequisitionStatus
from requisitions.models import Requisition


def to_approve(rows: QuerySet[Any], user: User) -> QuerySet[Any]:
    waiting = pending_for(user).order_by()
    return rows.filter(status=RequisitionStatus.PENDING_APPROVAL, approval__in=waiting)


def requisitions_to_approve(user: User) -> Block:
    rows = Requisition.objects.visible_to(user).select_related("created_by", "approval")
    return block(
        "Requisitions to approve",
        to_approve(rows.order_by("approval__requested_at", "pk"), user),
        lambda each: Line(
            each.title,
            f"{each.number}, asked by {each.created_by or 'Evenhand'}",
            url_of(each),
            each.approval.requested_at,
        ),
        icon="approval",
        url=list_url(Requisition, "view=to_approve"),
        empty="No requisition waits for your answer.",
    )


BLOCKS = [requisitions_to_approve]

"""What waits for somebody, on the home page; each block counts with the view of its list."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from ats import clock
from ats.accounts.models import User
from ats.admin.base import list_url, url_of
from ats.admin.blocks import Block, Line, block
from ats.approvals.waiting import pending_for
from candidates.enums import ApplicationStatus, OfferStatus
from candidates.models import Application, FollowUp, Offer
from requisitions.enums import StageKind, TeamRole
from requisitions.models import Requisition

Rows = QuerySet[Any]


def recruited_by(user: User) -> Rows:
    return Requisition.objects.worked_on_by(user, TeamRole.RECRUITER)


def led_by(user: User) -> Rows:
    return Requisition.objects.worked_on_by(user, TeamRole.RECRUITER, TeamRole.MANAGER)


def new(rows: Rows, user: User) -> Rows:
    arrived = rows.filter(status=ApplicationStatus.ACTIVE, stage__kind=StageKind.APPLIED)
    return arrived.filter(requisition__in=recruited_by(user))


def needing_attention(rows: Rows, user: User) -> Rows:
    flagged = rows.filter(status=ApplicationStatus.ACTIVE).exclude(needs_attention="")
    return flagged.filter(requisition__in=led_by(user))


def offers_to_approve(rows: Rows, user: User) -> Rows:
    waiting = pending_for(user).order_by()
    return rows.filter(status=OfferStatus.PENDING_APPROVAL, approval__in=waiting)


def offers_out(rows: Rows, user: User) -> Rows:
    return rows.filter(status=OfferStatus.SENT, application__requisition__in=led_by(user))


def offers_accepted(rows: Rows, user: User) -> Rows:
    """Yes was said, and nobody has pressed the button yet."""
    waiting = rows.filter(status=OfferStatus.ACCEPTED, application__status=ApplicationStatus.ACTIVE)
    return waiting.filter(application__requisition__in=recruited_by(user))


def applications(user: User) -> Rows:
    return Application.objects.visible_to(user).select_related("candidate", "requisition")


def offers(user: User) -> Rows:
    related = ("application__candidate", "application__requisition", "approval")
    return Offer.objects.visible_to(user).select_related(*related)


def new_applications(user: User) -> Block:
    return block(
        "New applications",
        new(applications(user).order_by("applied_at", "pk"), user),
        lambda each: Line(
            str(each.candidate), each.requisition.title, url_of(each), each.applied_at
        ),
        icon="inbox",
        url=list_url(Application, "view=new"),
        empty="Everybody who applied has been looked at.",
    )


def attention(user: User) -> Block:
    return block(
        "Applications to decide about",
        needing_attention(applications(user).order_by("applied_at", "pk"), user),
        lambda each: Line(str(each.candidate), each.needs_attention, url_of(each)),
        icon="flag",
        url=list_url(Application, "view=attention"),
        empty="No application needs a decision.",
        tone="bad",
    )


def approvals(user: User) -> Block:
    return block(
        "Offers to approve",
        offers_to_approve(offers(user).order_by("approval__requested_at", "pk"), user),
        lambda each: Line(
            str(each.application.candidate),
            each.application.requisition.title,
            url_of(each),
            each.approval.requested_at,
        ),
        icon="approval_delegation",
        url=list_url(Offer, "view=to_approve"),
        empty="No offer waits for your answer.",
    )


def out(user: User) -> Block:
    return block(
        "Offers out",
        offers_out(offers(user).order_by("expires_at", "pk"), user),
        lambda each: Line(
            str(each.application.candidate),
            f"{each.application.requisition.title}, open until",
            url_of(each),
            each.expires_at,
        ),
        icon="handshake",
        url=list_url(Offer, "view=out"),
        empty="No offer is waiting for a candidate's answer.",
    )


def accepted(user: User) -> Block:
    return block(
        "Accepted: hire them",
        offers_accepted(offers(user).order_by("decided_at", "pk"), user),
        lambda each: Line(
            str(each.application.candidate),
            each.application.requisition.title,
            url_of(each.application),
            each.decided_at,
        ),
        icon="celebration",
        url=list_url(Offer, "view=accepted"),
        empty="Everybody who accepted is hired.",
    )


def follow_ups(user: User) -> Block:
    soon = clock.now() + timedelta(days=1)
    mine = FollowUp.objects.visible_to(user).filter(user=user, done_at=None, due_at__lte=soon)
    return block(
        "Follow-ups",
        mine.select_related("application__candidate").order_by("due_at", "pk"),
        lambda each: Line(str(each.application.candidate), each.text, url_of(each), each.due_at),
        icon="notifications_active",
        url=list_url(FollowUp, "view=mine"),
        empty="Nothing to follow up today.",
    )


BLOCKS = [follow_ups, attention, approvals, accepted, new_applications, out]

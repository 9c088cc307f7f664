"""Whom the people system has to be told of, with what it needs to know."""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from ats.accounts.models import User
from candidates.enums import ApplicationStatus, OfferStatus
from candidates.models import Application, EmailAddress, Offer, PhoneNumber
from requisitions.enums import TeamRole
from requisitions.models import Requisition

COLUMNS = (
    "application",
    "candidate",
    "name",
    "email",
    "phone",
    "requisition",
    "title",
    "department",
    "employment_type",
    "level",
    "opening",
    "start_on",
    "pay_amount",
    "pay_currency",
    "pay_period",
    "hired_at",
    "handed_off_at",
)


def hires(user: User) -> QuerySet[Application]:
    """Of the requisitions whose pay this person may see."""
    mine = Q(
        requisition__in=Requisition.objects.worked_on_by(user, TeamRole.RECRUITER, TeamRole.MANAGER)
    )
    seen = mine | Q(requisition__is_confidential=False) if user.is_site_admin else mine
    return Application.objects.filter(seen, status=ApplicationStatus.HIRED)


def hand_off_rows(rows: QuerySet[Application]) -> Iterator[dict[str, Any]]:
    """One dictionary per hire with `COLUMNS`, read in pieces."""
    current = {"candidate": OuterRef("candidate"), "status": "current"}
    email = EmailAddress.objects.filter(**current).order_by("-is_primary", "pk")
    phone = PhoneNumber.objects.filter(**current).order_by("pk")
    offer = Offer.objects.filter(application=OuterRef("pk"), status=OfferStatus.ACCEPTED)
    terms = ("start_on", "pay_amount", "pay_currency", "pay_period")
    related = rows.select_related("candidate", "requisition__department").annotate(
        email=Subquery(email.values("address")[:1]),
        phone=Subquery(phone.values("number")[:1]),
        opening=Subquery(offer.values("opening__public_id")[:1]),
        **{name: Subquery(offer.values(name)[:1]) for name in terms},
    )
    for row in related.iterator(chunk_size=500):
        yield {
            "application": row.public_id,
            "candidate": row.candidate.public_id,
            "name": row.candidate.name,
            "requisition": row.requisition.number,
            "title": row.requisition.title,
            "department": row.requisition.department or "",
            "employment_type": row.requisition.employment_type,
            "level": row.requisition.level,
            "hired_at": row.closed_at.isoformat() if row.closed_at else "",
            "handed_off_at": row.handed_off_at.isoformat() if row.handed_off_at else "",
            **{name: getattr(row, name) for name in ("email", "phone", "opening", *terms)},
        }

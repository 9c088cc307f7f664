"""What an approver of an offer reads, and what follows from the answer."""

from collections.abc import Collection, Iterator, Mapping

from django.conf import settings
from django.urls import reverse

from ats import clock
from ats.accounts.models import User
from ats.approvals.matters import About, Matter
from candidates.actions.offer import approve_offer, return_offer
from candidates.models import Offer
from candidates.queries.applications import recruiters
from candidates.queries.offers import last_day, letter_of, outside_range


def about(approvals: Collection[int]) -> Mapping[int, About]:
    rows = Offer.objects.filter(approval__in=approvals)
    found = rows.select_related("application__candidate", "application__requisition")
    return {
        row.approval_id: About("offer", row, title_of(row), tuple(facts(row)), url_of(row))
        for row in found
        if row.approval_id
    }


def title_of(offer: Offer) -> str:
    requisition = offer.application.requisition
    return f"an offer to {offer.application.candidate.name} for {requisition.title}"


def url_of(offer: Offer) -> str:
    return f"{settings.SITE_URL}{reverse('admin:candidates_offer_change', args=[offer.pk])}"


def facts(offer: Offer) -> Iterator[tuple[str, str]]:
    requisition = offer.application.requisition
    yield "Candidate", offer.application.candidate.name
    yield "Requisition", f"{requisition.number}, {requisition.title}"
    yield "Pay", f"{offer.pay_amount:,.2f} {offer.pay_currency} a {offer.pay_period}"
    yield "Approved range", outside_range(offer) or "The pay lies inside of it."
    yield "First day", f"{offer.start_on:%Y-%m-%d}"
    yield "Open until", last_day(offer)
    if letter := letter_of(offer, clock.now()):
        yield "Letter", letter


def responsible(offer: Offer) -> list[User]:
    """The responsible recruiter, or whoever recruits there."""
    return recruiters(offer.application)[:1]


MATTER = Matter(about, approve_offer, return_offer, responsible)

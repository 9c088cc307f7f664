"""An offer as others read it: behind its link, beside the approved pay, as a letter."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings

from ats import links
from candidates.enums import OfferStatus
from candidates.models import Offer
from candidates.offer_letters.tokens import fill
from candidates.queries.applications import team, zone_of
from requisitions.enums import TeamRole
from requisitions.models import PayRange

PURPOSE = "offer"
# The candidate may read it: it waits for their answer, or they said yes.
STANDING = (OfferStatus.SENT, OfferStatus.ACCEPTED)


def offer_behind(token: str) -> Offer:
    """The offer that a signed link opens. Raises `LinkBroken` or `LinkExpired`."""
    rows = Offer.objects.select_related(
        "application__candidate", "application__requisition", "application__posting"
    )
    return rows.get(public_id=links.read(PURPOSE, token))


def outside_range(offer: Offer) -> str:
    """Why the pay needs somebody's yes, in words; empty inside of an approved range."""
    ranges = list(offer.application.requisition.pay_ranges.order_by("pk"))
    if not ranges:
        return "The requisition has no approved pay range."
    same = [r for r in ranges if (r.currency, r.period) == (offer.pay_currency, offer.pay_period)]
    if not same:
        known = "; ".join(in_words(each) for each in ranges)
        return f"The pay is in {offer.pay_currency} a {offer.pay_period}; approved is {known}."
    pay = Decimal(offer.pay_amount)
    if any(each.minimum <= pay <= each.maximum for each in same):
        return ""
    way = "above" if pay > max(each.maximum for each in same) else "outside of"
    way = "below" if pay < min(each.minimum for each in same) else way
    return f"The pay lies {way} what is approved: {'; '.join(in_words(each) for each in same)}."


def in_words(each: PayRange) -> str:
    scope = f" ({each.scope})" if each.scope else ""
    return f"{each} a {each.period}{scope}" if each.period else f"{each}{scope}"


def pay_of(offer: Offer) -> str:
    amount = Decimal(offer.pay_amount)
    figure = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    return f"{figure} {offer.pay_currency} a {offer.pay_period}"


def day_of(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def last_day(offer: Offer) -> str:
    """In the words of the letter, where the job is."""
    local = offer.expires_at.astimezone(ZoneInfo(zone_of(offer.application)))
    return f"{day_of(local.date())}, {local:%H:%M} ({local.tzinfo})"


def title_of(offer: Offer) -> str:
    application = offer.application
    return (application.posting or application.requisition).title


def values_of(offer: Offer, at: datetime) -> Mapping[str, str]:
    """What the tokens of its letter stand for, at that time."""
    application = offer.application
    requisition = application.requisition
    managers = team(application, TeamRole.MANAGER)
    recruiters = team(application, TeamRole.RECRUITER)
    offices = [office.name for office in requisition.offices.order_by("pk")]
    return {
        "candidate_name": application.candidate.name,
        "job_title": title_of(offer),
        "company": settings.COMPANY_NAME,
        "department": requisition.department.name if requisition.department else "",
        "location": ", ".join(offices or requisition.locations),
        "pay": pay_of(offer),
        "start_date": day_of(offer.start_on),
        "open_until": last_day(offer),
        "hiring_manager": managers[0].name if managers else "",
        "recruiter": recruiters[0].name if recruiters else "",
        "today": day_of(at.astimezone(ZoneInfo(zone_of(application))).date()),
    }


def letter_of(offer: Offer, at: datetime) -> str:
    """As the candidate reads it: as it was sent, or as it would be sent now."""
    if offer.sent_at is not None:
        return offer.letter_as_sent
    return fill(offer.letter, values_of(offer, at))


def facts_of(offer: Offer, at: datetime) -> list[tuple[str, str]]:
    """The terms below the letter."""
    values = values_of(offer, at)
    shown = [
        ("Name", values["candidate_name"]),
        ("Role", values["job_title"]),
        ("Where", values["location"]),
        ("Pay", values["pay"]),
        ("First day", values["start_date"]),
        ("Please answer before", values["open_until"]),
        ("Version", str(offer.version)),
    ]
    return [(name, value) for name, value in shown if value]

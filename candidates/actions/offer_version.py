"""A newer version of an offer, and more time for the one that is out."""

from datetime import date, datetime

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from candidates.actions.offer import draft_offer, end_of, rescind, tell
from candidates.enums import OFFER, OfferStatus
from candidates.models import Offer

REVISABLE = (
    OfferStatus.SENT,
    OfferStatus.DECLINED,
    OfferStatus.EXPIRED,
    OfferStatus.RESCINDED,
)


@transaction.atomic
def revise_offer(offer: Offer, *, expires_at: datetime | date | None = None, by: Actor) -> Offer:
    """A new draft with the same terms, to be edited; one that is still out is rescinded by it.

    It stays open for as long as the version before was, unless `expires_at` says otherwise.
    Whoever was asked to approve the version before is asked again, unless others are named.
    """
    application = lock(offer.application)
    offer = lock(offer)
    if offer.status not in REVISABLE:
        said = offer.get_status_display().lower()
        way = "rescind it first" if offer.status == OfferStatus.ACCEPTED else "edit it"
        raise DomainError(f"This offer is {said}: {way}.", code="transition_not_allowed")
    if offer.status == OfferStatus.SENT:
        rescind(offer, by)
    length = offer.expires_at - (offer.sent_at or offer.created_at)
    newer = draft_offer(
        application,
        opening=offer.opening,
        pay_amount=offer.pay_amount,
        pay_currency=offer.pay_currency,
        pay_period=offer.pay_period,
        start_on=offer.start_on,
        expires_at=expires_at or clock.now() + length,
        letter=offer.letter,
        by=by,
    )
    tell("offer.revised", newer, by, after=offer)
    return newer


@transaction.atomic
def extend_offer(offer: Offer, *, expires_at: datetime | date, by: Actor) -> Offer:
    """More time to answer; the terms stand, and the candidate is told."""
    offer = lock(offer)
    OFFER.next(offer.status, "extend")
    until = end_of(expires_at, offer.application)
    if until <= max(offer.expires_at, clock.now()):
        raise Invalid("expires_at", "An extension ends later than the offer does now.")
    offer.expires_at = until
    offer.save(update_fields=["expires_at"])
    tell("offer.extended", offer, by, until=until)
    return offer

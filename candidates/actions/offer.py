"""The verbs of an offer. Where both are needed, the application's lock comes first."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from ats import clock
from ats.approvals.engine import StepSpec, ask, vote, withdraw
from ats.approvals.enums import ApprovalState, Decision
from ats.base import lock
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates import emails
from candidates.actions.letters import take_back_if_waiting
from candidates.enums import OFFER, ApplicationStatus, OfferStatus
from candidates.models import Application, Offer
from candidates.queries.applications import blockers
from requisitions.enums import OpeningStatus
from requisitions.models import Opening


@transaction.atomic
def draft_offer(
    application: Application,
    *,
    opening: Opening,
    pay_amount: Decimal,
    pay_currency: str,
    pay_period: str,
    start_on: date,
    expires_at: datetime,
    letter: str = "",
    by: Actor,
) -> Offer:
    """For one open seat of the application's own requisition; one live offer at a time."""
    application = lock(application)
    if found := blockers(application, "draft_offer"):
        raise Blocked(found)
    check_terms(application, opening, Decimal(pay_amount), expires_at)
    offer = Offer.objects.create(
        application=application,
        opening=opening,
        pay_amount=pay_amount,
        pay_currency=pay_currency,
        pay_period=pay_period,
        start_on=start_on,
        expires_at=expires_at,
        letter=letter,
    )
    tell("offer.drafted", offer, by)
    return offer


def check_terms(
    application: Application, opening: Opening, pay: Decimal, expires_at: datetime
) -> None:
    if opening.requisition_id != application.requisition_id:
        raise Invalid("opening", "This seat belongs to another requisition.")
    check_seat(opening)
    if not pay.is_finite() or pay <= 0:
        raise Invalid("pay_amount", "An offer pays something.")
    if expires_at <= clock.now():
        raise Invalid("expires_at", "An offer expires in the future.")


def check_seat(opening: Opening) -> None:
    if opening.status != OpeningStatus.OPEN:
        said = opening.get_status_display().lower()
        raise Blocked([f"The seat is {said}: choose one that is open."])


def tell(verb: str, offer: Offer, by: Actor, **ids: object) -> None:
    application = offer.application
    record(verb, offer, application, application.candidate, by=by, **ids)


@transaction.atomic
def submit_offer(offer: Offer, *, steps: list[StepSpec], by: Actor) -> Offer:
    offer = lock(offer)
    offer.status = OFFER.next(offer.status, "submit")
    offer.approval = ask(steps, by=by)
    offer.save(update_fields=["status", "approval"])
    tell("offer.submitted", offer, by, approval=offer.approval)
    return offer


@transaction.atomic
def approve_offer(offer: Offer, *, comment: str = "", by: Actor) -> Offer:
    """One person's yes; the last one that is needed makes the offer approved."""
    offer = lock(offer)
    after = OFFER.next(offer.status, "approve")
    if decided(offer, Decision.APPROVE, comment, by) == ApprovalState.APPROVED:
        offer.status = after
        offer.save(update_fields=["status"])
        tell("offer.approved", offer, by)
    return offer


@transaction.atomic
def return_offer(offer: Offer, *, comment: str, by: Actor) -> Offer:
    """Back to a draft, with what has to change."""
    offer = lock(offer)
    offer.status = OFFER.next(offer.status, "return")
    decided(offer, Decision.RETURN, comment, by)
    offer.save(update_fields=["status"])
    tell("offer.returned", offer, by)
    return offer


def decided(offer: Offer, decision: Decision, comment: str, by: Actor) -> str:
    assert offer.approval is not None
    return vote(offer.approval, decision=decision, comment=comment, by=by).state


@transaction.atomic
def send_offer(offer: Offer, *, by: Actor) -> Offer:
    """From now on the candidate may answer; the letter with the link follows."""
    offer = lock(offer)
    offer.status = OFFER.next(offer.status, "send")
    at = clock.now()
    check_still_good(offer, at)
    offer.sent_at = at
    offer.save(update_fields=["status", "sent_at"])
    tell("offer.sent", offer, by)
    return offer


def check_still_good(offer: Offer, at: datetime) -> None:
    found = []
    if offer.expires_at <= at:
        found.append("The offer has expired: rescind it and draft another.")
    is_here = offer.opening.requisition_id == offer.application.requisition_id
    if offer.opening.status != OpeningStatus.OPEN or not is_here:
        found.append("The seat of this offer is not open any more: rescind it.")
    if offer.application.candidate.do_not_contact:
        found.append("This person asked not to be contacted: speak to them first.")
    if found:
        raise Blocked(found)


@transaction.atomic
def accept_offer(offer: Offer, *, by: Actor) -> Offer:
    """The candidate says yes. Nobody is hired by that: the recruiter is told, and hires."""
    offer = lock(offer)
    at = clock.now()
    answer(offer, "accept", at)
    if offer.expires_at <= at:
        raise DomainError(
            "This offer has expired, so it could not be accepted. Write to us: nothing is lost.",
            code="offer_expired",
        )
    offer.save(update_fields=["status", "decided_at"])
    tell("offer.accepted", offer, by)
    return offer


def answer(offer: Offer, verb: str, at: datetime) -> None:
    offer.status = OFFER.next(offer.status, verb)
    offer.decided_at = at


@transaction.atomic
def decline_offer(offer: Offer, *, by: Actor) -> Offer:
    offer = lock(offer)
    answer(offer, "decline", clock.now())
    offer.save(update_fields=["status", "decided_at"])
    tell("offer.declined", offer, by)
    return offer


@transaction.atomic
def rescind_offer(offer: Offer, *, by: Actor) -> Offer:
    """Take it back, in whatever state; after a hire, undo that first."""
    application = lock(offer.application)
    if application.status == ApplicationStatus.HIRED:
        raise Blocked(["They were hired with this offer: undo the hire first."])
    return rescind(offer, by)


def rescind(offer: Offer, by: Actor) -> Offer:
    """Under the application's lock. A letter that has not left never will."""
    offer = lock(offer)
    take_back_if_waiting(offer, emails.OFFER, by)
    if offer.status == OfferStatus.PENDING_APPROVAL and offer.approval:
        withdraw(offer.approval, by=by)
    answer(offer, "rescind", clock.now())
    offer.save(update_fields=["status", "decided_at"])
    tell("offer.rescinded", offer, by)
    return offer


@transaction.atomic
def expire_offer(offer: Offer, *, by: Actor) -> Offer:
    """Nobody answered in time. Which offers are due, the schedule knows."""
    offer = lock(offer)
    answer(offer, "expire", clock.now())
    offer.save(update_fields=["status", "decided_at"])
    take_back_if_waiting(offer, emails.OFFER, by)
    tell("offer.expired", offer, by)
    return offer

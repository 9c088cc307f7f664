"""The verbs of an offer. Where both are needed, the application's lock comes first."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from ats import clock
from ats.accounts.models import User
from ats.approvals.engine import StepSpec, ask, replace_approver, restart, vote, withdraw
from ats.approvals.enums import ApprovalState, Decision
from ats.approvals.models import Approval
from ats.base import lock
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates import emails
from candidates.actions.letters import take_back_if_waiting
from candidates.actions.offer_letter import keep_letter
from candidates.enums import OFFER, ApplicationStatus, OfferStatus
from candidates.models import Application, Offer, OfferTemplate
from candidates.offer_letters.tokens import unknown_tokens, without_value
from candidates.queries.applications import blockers, unapproved, zone_of
from candidates.queries.offers import outside_range, values_of
from requisitions.enums import FlowKind, OpeningStatus
from requisitions.models import Opening
from requisitions.queries.approvers import holders_of, usual_steps

EDITABLE = {
    "opening",
    "pay_amount",
    "pay_currency",
    "pay_period",
    "start_on",
    "expires_at",
    "letter",
}
# What is approved: a change to it starts the approval again.
TERMS = {
    "pay_amount": "pay",
    "pay_currency": "pay",
    "pay_period": "pay",
    "start_on": "first_day",
}
LONGEST_REASON = 2000
LAST_SECOND = time(23, 59, 59)
BEFORE_SENDING = (OfferStatus.DRAFT, OfferStatus.PENDING_APPROVAL, OfferStatus.APPROVED)


@transaction.atomic
def draft_offer(
    application: Application,
    *,
    opening: Opening,
    pay_amount: Decimal,
    pay_currency: str,
    pay_period: str,
    start_on: date,
    expires_at: datetime | date,
    letter: str = "",
    template: OfferTemplate | None = None,
    by: Actor,
) -> Offer:
    """For one open seat of the application's own requisition; one live offer at a time.

    `expires_at` as a date means the end of that day where the job is. `letter` may hold tokens;
    without one the template's is taken.
    """
    application = lock(application)
    if found := blockers(application, "draft_offer"):
        raise Blocked(found)
    letter = letter or (template.body if template else "")
    expires_at = end_of(expires_at, application)
    check_terms(application, opening, Decimal(pay_amount), expires_at, letter)
    offer = Offer.objects.create(
        application=application,
        version=next_version(application),
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


def next_version(application: Application) -> int:
    last = application.offers.aggregate(last=Max("version"))["last"]
    return int(last or 0) + 1


def end_of(said: datetime | date, application: Application) -> datetime:
    if isinstance(said, datetime):
        return said
    return datetime.combine(said, LAST_SECOND, tzinfo=ZoneInfo(zone_of(application)))


def check_terms(
    application: Application, opening: Opening, pay: Decimal, expires_at: datetime, letter: str
) -> None:
    if opening.requisition_id != application.requisition_id:
        raise Invalid("opening", "This seat belongs to another requisition.")
    check_seat(opening)
    if not pay.is_finite() or pay <= 0:
        raise Invalid("pay_amount", "An offer pays something.")
    if expires_at <= clock.now():
        raise Invalid("expires_at", "An offer expires in the future.")
    if found := unknown_tokens(letter):
        raise Invalid("letter", " ".join(found))


def check_seat(opening: Opening) -> None:
    if opening.status != OpeningStatus.OPEN:
        said = opening.get_status_display().lower()
        raise Blocked([f"The seat is {said}: choose one that is open."])


def tell(verb: str, offer: Offer, by: Actor, **ids: object) -> None:
    application = offer.application
    record(verb, offer, application, application.candidate, by=by, **ids)


@transaction.atomic
def edit_offer(offer: Offer, *, by: Actor, **fields: Any) -> Offer:
    """Until it is sent. A change of pay or the first day starts the approval again."""
    if unknown := set(fields) - EDITABLE:
        raise TypeError(f"an offer has no {sorted(unknown)}")
    offer = lock(offer)
    if offer.status not in BEFORE_SENDING:
        said = offer.get_status_display().lower()
        raise DomainError(
            f"This offer is {said}, so its terms stand. Nothing was changed: rescind it and draft"
            " another.",
            code="offer_stands",
        )
    if "expires_at" in fields:
        fields["expires_at"] = end_of(fields["expires_at"], offer.application)
    changed = sorted(name for name, value in fields.items() if getattr(offer, name) != value)
    for name in changed:
        setattr(offer, name, fields[name])
    pay = Decimal(offer.pay_amount)
    check_terms(offer.application, offer.opening, pay, offer.expires_at, offer.letter)
    offer.save(update_fields=changed)
    if changed:
        tell("offer.edited", offer, by, fields=changed)
    terms = sorted({TERMS[name] for name in changed if name in TERMS})
    if terms and offer.status != OfferStatus.DRAFT:
        offer = (restart_approval if offer.approval else redraft)(offer, terms, by)
    return offer


def redraft(offer: Offer, because: list[str], by: Actor) -> Offer:
    """Nobody was asked about the terms before; whether anybody has to be now, submitting says."""
    offer.status = OFFER.next(offer.status, "redraft")
    offer.save(update_fields=["status"])
    tell("offer.redrafted", offer, by, fields=because)
    return offer


def restart_approval(offer: Offer, because: list[str], by: Actor) -> Offer:
    """The same steps again: the new terms are not what was asked."""
    offer.status = OFFER.next(offer.status, "restart")
    assert offer.approval is not None
    offer.approval = restart(
        offer.approval,
        note=f"Changed since: {', '.join(because)}.".replace("_", " "),
        holders=holders_of(offer.application.requisition, by.user),
        by=by,
    )
    offer.save(update_fields=["status", "approval"])
    tell("offer.restarted", offer, by, approval=offer.approval, fields=because)
    return offer


@transaction.atomic
def submit_offer(offer: Offer, *, steps: Sequence[StepSpec] = (), by: Actor) -> Offer:
    """Without `steps` whoever was asked the last time, or else the department's approval flow.

    Where there is neither, pay inside of an approved range needs nobody's yes any more, and pay
    outside of it is refused until somebody is named.
    """
    offer = lock(offer)
    requisition, before = offer.application.requisition, offer.approval
    outside = outside_range(offer)
    steps = steps or usual_steps(requisition, FlowKind.OFFER, before or asked_earlier(offer))
    if not steps and not outside:
        return clear(offer, by)
    offer.status = OFFER.next(offer.status, "submit")
    if not steps:
        raise Invalid("steps", f"{outside} Name somebody who approves that.")
    holders = holders_of(requisition, by.user)
    offer.approval = ask(steps, after=before, holders=holders, note=outside, by=by)
    offer.save(update_fields=["status", "approval"])
    tell("offer.submitted", offer, by, approval=offer.approval)
    return offer


def asked_earlier(offer: Offer) -> Approval | None:
    """Who was asked about the version before this one."""
    earlier = Offer.objects.filter(application=offer.application_id, version__lt=offer.version)
    found = earlier.exclude(approval=None).select_related("approval").order_by("-version").first()
    return found.approval if found else None


def clear(offer: Offer, by: Actor) -> Offer:
    offer.status = OFFER.next(offer.status, "clear")
    offer.save(update_fields=["status"])
    tell("offer.cleared", offer, by)
    return offer


@transaction.atomic
def replace_offer_approver(
    offer: Offer, *, was: User, becomes: User, reason: str, by: Actor
) -> Offer:
    """Ask somebody else in place of an approver who is away, has left or does not answer."""
    offer = lock(offer)
    if offer.approval is None:
        raise DomainError("Nobody is asked to approve this.", code="not_asked")
    replace_approver(offer.approval, was=was, becomes=becomes, reason=reason, by=by)
    tell("offer.approver_replaced", offer, by, was=was, becomes=becomes)
    return offer


@transaction.atomic
def approve_offer(
    offer: Offer, *, comment: str = "", asked: UUID | None = None, by: Actor
) -> Offer:
    """One person's yes; the last one that is needed makes the offer approved.

    `asked` is the round that they read: a newer one takes no answer to an older.
    """
    offer = lock(offer)
    after = OFFER.next(offer.status, "approve")
    if decided(offer, Decision.APPROVE, comment, asked, by) == ApprovalState.APPROVED:
        offer.status = after
        offer.save(update_fields=["status"])
        tell("offer.approved", offer, by)
    return offer


@transaction.atomic
def return_offer(offer: Offer, *, comment: str, asked: UUID | None = None, by: Actor) -> Offer:
    """Back to a draft, with what has to change."""
    offer = lock(offer)
    offer.status = OFFER.next(offer.status, "return")
    decided(offer, Decision.RETURN, comment, asked, by)
    offer.save(update_fields=["status"])
    tell("offer.returned", offer, by)
    return offer


def decided(offer: Offer, decision: Decision, comment: str, asked: UUID | None, by: Actor) -> str:
    assert offer.approval is not None
    voted = vote(offer.approval, decision=decision, comment=comment, asked=asked, by=by)
    return voted.state


@transaction.atomic
def send_offer(offer: Offer, *, by: Actor) -> Offer:
    """From now on the candidate may answer; the letter with the link follows.

    What they are offered is kept as it goes out: the words, the PDF and its hash.
    """
    offer = lock(offer)
    offer.status = OFFER.next(offer.status, "send")
    at = clock.now()
    check_still_good(offer, at)
    kept = keep_letter(offer, at)
    offer.sent_at = at
    offer.save(update_fields=["status", "sent_at", *kept])
    tell("offer.sent", offer, by, letter=offer.letter_sha256)
    return offer


def check_still_good(offer: Offer, at: datetime) -> None:
    found = unapproved(offer.application.requisition)
    if offer.expires_at <= at:
        found.append("The offer has expired: rescind it and draft another.")
    is_here = offer.opening.requisition_id == offer.application.requisition_id
    if offer.opening.status != OpeningStatus.OPEN or not is_here:
        found.append("The seat of this offer is not open any more: rescind it.")
    if offer.application.candidate.do_not_contact:
        found.append("This person asked not to be contacted: speak to them first.")
    for name in without_value(offer.letter, values_of(offer, at)):
        found.append(f"The letter names {{{{ {name} }}}}, and there is none here: edit it.")
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
    tell("offer.accepted", offer, by, letter=offer.letter_sha256)
    return offer


def answer(offer: Offer, verb: str, at: datetime) -> None:
    offer.status = OFFER.next(offer.status, verb)
    offer.decided_at = at


@transaction.atomic
def decline_offer(offer: Offer, *, reason: str = "", by: Actor) -> Offer:
    """By the candidate, or by a recruiter whom they told; `reason` in their words."""
    offer = lock(offer)
    answer(offer, "decline", clock.now())
    if len(reason) > LONGEST_REASON:
        raise Invalid("reason", f"Write at most {LONGEST_REASON:,} characters.")
    offer.decline_reason = reason.strip()
    offer.save(update_fields=["status", "decided_at", "decline_reason"])
    tell("offer.declined", offer, by)
    return offer


@transaction.atomic
def rescind_offer(offer: Offer, *, from_status: str = "", by: Actor) -> Offer:
    """Take it back, in whatever state; after a hire, undo that first.

    `from_status` is what whoever rescinds has read, the given row's unless said: an acceptance
    that came in meanwhile stands (code `accepted_meanwhile`).
    """
    seen = from_status or offer.status
    application = lock(offer.application)
    if application.status == ApplicationStatus.HIRED:
        raise Blocked(["They were hired with this offer: undo the hire first."])
    if lock(offer).status == OfferStatus.ACCEPTED != seen:
        raise DomainError(
            "They accepted this offer meanwhile. Nothing was done: look again, and rescind it once"
            " more if it must be.",
            code="accepted_meanwhile",
        )
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

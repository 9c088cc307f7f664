from datetime import timedelta
from itertools import count
from typing import Any

from ats import clock
from ats.approvals.engine import StepSpec
from ats.events.actors import Actor
from candidates.actions.apply import submit_application
from candidates.actions.offer import accept_offer, approve_offer, draft_offer, send_offer
from candidates.actions.offer import submit_offer as ask_for_approval
from candidates.models import Application, Offer, RejectionReason
from tests.factories.requisitions import Role, open_requisition

numbers = count(1)


def apply(role: Role | None = None, name: str = "", **fields: Any) -> Application:
    """Through the public door of an open requisition."""
    role = role or open_requisition()
    number = next(numbers)
    fields = {"email": f"person{number}@mail.example", "consent": True, **fields}
    return submit_application(
        role.posting, name=name or f"Applicant {number}", **fields, by=Actor.public()
    )


def rejection_reason(kind: str = "we_rejected", name: str = "") -> RejectionReason:
    name = name or f"A reason, {kind}"
    return RejectionReason.objects.get_or_create(name=name, defaults={"kind": kind})[0]


def draft(application: Application, role: Role, **terms: Any) -> Offer:
    terms = {
        "opening": role.opening,
        "pay_amount": "100000.00",
        "pay_currency": "USD",
        "pay_period": "year",
        "start_on": (clock.now() + timedelta(days=60)).date(),
        "expires_at": clock.now() + timedelta(days=7),
        "letter": "We would be glad to have you.",
        **terms,
    }
    return draft_offer(application, **terms, by=Actor.of(role.recruiter))


def sent(application: Application, role: Role, **terms: Any) -> Offer:
    """Drafted, approved by one person, and sent."""
    by, approver = Actor.of(role.recruiter), role.approver
    offer = ask_for_approval(draft(application, role, **terms), steps=[StepSpec([approver])], by=by)
    return send_offer(approve_offer(offer, by=Actor.of(approver)), by=by)


def accepted(application: Application, role: Role, **terms: Any) -> Offer:
    offer = sent(application, role, **terms)
    return accept_offer(offer, by=Actor.link(offer.public_id))

"""One function per letter; none decides whether it is sent."""

from ats.accounts.models import User
from ats.events.models import Event
from ats.outbox.email import Recipient, enqueue_email
from requisitions.models import HiringTeamMember, JobPosting, Requisition


def filled(requisition: Requisition, to: User, event: Event) -> None:
    tell("filled", requisition, to, event)


def cancelled(requisition: Requisition, to: User, event: Event) -> None:
    tell("cancelled", requisition, to, event)


def tell(letter: str, requisition: Requisition, to: User, event: Event) -> None:
    enqueue_email(
        f"requisitions/{letter}",
        Recipient.user(to),
        {"requisition": requisition},
        about=requisition,
        event=event,
    )


def joined(member: HiringTeamMember, event: Event) -> None:
    enqueue_email(
        "requisitions/joined",
        Recipient.user(member.user),
        {"requisition": member.requisition, "member": member},
        about=member.requisition,
        event=event,
    )


def recruiter_is_gone(requisition: Requisition, gone: User, to: User, event: Event) -> None:
    enqueue_email(
        "requisitions/recruiter_is_gone",
        Recipient.user(to),
        {"requisition": requisition, "gone": gone},
        about=requisition,
        event=event,
        key=str(requisition.public_id),
    )


def posting_expired(posting: JobPosting, to: User, event: Event) -> None:
    enqueue_email(
        "requisitions/posting_expired",
        Recipient.user(to),
        {"posting": posting, "requisition": posting.requisition},
        about=posting,
        event=event,
    )


def posting_not_published(posting: JobPosting, blockers: list[str], to: User, event: Event) -> None:
    enqueue_email(
        "requisitions/posting_not_published",
        Recipient.user(to),
        {"posting": posting, "requisition": posting.requisition, "blockers": blockers},
        about=posting,
        event=event,
    )

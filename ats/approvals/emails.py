"""One function per letter; none decides whether it is sent. Pay is on the page, not in here."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings

from ats import clock
from ats.accounts.models import User
from ats.approvals.matters import About
from ats.approvals.models import Approval, Delegation, Step, Vote
from ats.events.models import Event
from ats.links import sign
from ats.outbox.email import Recipient, enqueue_email

LINK_LASTS = timedelta(days=14)


def purpose(step_id: UUID) -> str:
    """A link answers one step of one round, for one person."""
    return f"approval.{step_id}"


def link_for(step: Step, to: User) -> str:
    token = sign(purpose(step.public_id), to.public_id, expires=clock.now() + LINK_LASTS)
    return f"{settings.SITE_URL}/approvals/{step.public_id}/{token}"


def asked(about: About, approval: Approval, step: Step, to: User, absent: list[User]) -> None:
    """Once per person and step; `absent` are those whom they stand in for."""
    enqueue_email(
        "approvals/asked",
        Recipient.user(to),
        {"about": about, "approval": approval, "absent": absent, "link": link_for(step, to)},
        about=about.row,
        key=f"step:{step.public_id}",
    )


def reminded(about: About, approval: Approval, step: Step, to: User, times: int) -> None:
    """A person who has two seats in a step hears once a morning."""
    enqueue_email(
        "approvals/reminded",
        Recipient.user(to),
        {"about": about, "approval": approval, "times": times, "link": link_for(step, to)},
        about=about.row,
        key=f"step:{step.public_id}:{times}",
    )


def unanswered(about: About, step: Step, silent: list[User], to: User) -> None:
    enqueue_email(
        "approvals/unanswered",
        Recipient.user(to),
        {"about": about, "silent": silent},
        about=about.row,
        key=f"unanswered:{step.public_id}",
    )


def stuck(about: About, step: Step, to: User, event: Event) -> None:
    enqueue_email(
        "approvals/stuck",
        Recipient.user(to),
        {"about": about, "step": step},
        about=about.row,
        event=event,
    )


def replaced(about: About, was: User, event: Event) -> None:
    enqueue_email(
        "approvals/replaced", Recipient.user(was), {"about": about}, about=about.row, event=event
    )


def approved(about: About, to: User, event: Event) -> None:
    enqueue_email(
        "approvals/approved", Recipient.user(to), {"about": about}, about=about.row, event=event
    )


def returned(about: About, vote: Vote, to: User, event: Event) -> None:
    enqueue_email(
        "approvals/returned",
        Recipient.user(to),
        {"about": about, "vote": vote},
        about=about.row,
        event=event,
    )


def stands_in(delegation: Delegation, event: Event) -> None:
    enqueue_email(
        "approvals/stands_in",
        Recipient.user(delegation.delegate),
        {"delegation": delegation, "zone": delegation.delegate.timezone},
        about=delegation,
        event=event,
    )

"""One function per letter. Whether to send is not decided here, except: do not contact means no."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from ats.accounts.models import User
from ats.base import Row
from ats.events.models import Event
from ats.links import sign
from ats.outbox.email import Recipient, enqueue_email
from ats.outbox.models import Delivery
from ats.privacy.models import Export
from candidates.enums import AddressStatus
from candidates.models import (
    Application,
    Candidate,
    FollowUp,
    Note,
    Offer,
    PrivacyRequest,
    Referral,
    StageRule,
)
from candidates.queries.offers import last_day
from requisitions.models import Requisition

REJECTION = "candidates/rejection"
OFFER = "candidates/offer"
KEPT = timedelta(days=366)
FREE = "candidates/free"


def to_candidate(candidate: Candidate) -> Recipient | None:
    """Their current primary address; nobody, if they do not want to hear from us."""
    if candidate.do_not_contact:
        return None
    current = [each for each in candidate.emails.all() if each.status == AddressStatus.CURRENT]
    held = min(current, key=lambda each: (not each.is_primary, each.pk), default=None)
    return Recipient(candidate.public_id, candidate.name, held.address) if held else None


def write_to_candidate(
    letter: str,
    application: Application,
    *,
    event: Event,
    said: dict[str, Any] | None = None,
    **options: Any,
) -> Delivery | None:
    to = to_candidate(application.candidate)
    if to is None:
        return None
    context = {"application": application, "title": title_of(application), **(said or {})}
    return enqueue_email(letter, to, context, about=application, event=event, **options)


def console() -> str:
    return f"{settings.SITE_URL}/console/"


def title_of(application: Application) -> str:
    """The job under the name that the candidate knows."""
    return application.posting.title if application.posting else application.requisition.title


def write_to_colleague(
    letter: str,
    user: User,
    application: Application,
    *,
    event: Event,
    key: str = "",
    **context: Any,
) -> Delivery | None:
    said = {"application": application, "console": console(), **context}
    to = Recipient.user(user)
    return enqueue_email(letter, to, said, about=application, event=event, key=key)


def application_received(application: Application, *, event: Event) -> None:
    write_to_candidate("candidates/received", application, event=event)


def referred(referral: Referral, *, event: Event) -> None:
    """At most once; the colleague's note is for the team."""
    to = Recipient(referral.public_id, referral.name, referral.email)
    link = f"{settings.SITE_URL}/jobs/{referral.posting.public_id}?via={referral.slug}"
    context = {"referral": referral, "title": referral.posting.title, "link": link}
    letter = "candidates/referred"
    enqueue_email(letter, to, context, about=referral, event=event, may_repeat=False)


def mentioned(note: Note, user: User) -> None:
    """Once per note and person. What it says is read where it is allowed to be read."""
    application = note.application
    context = {"application": application, "author": note.author, "console": console()}
    key = f"mention:{note.public_id}"
    to = Recipient.user(user)
    enqueue_email("candidates/mentioned", to, context, about=application, key=key)


def follow_up(found: FollowUp, *, key: str) -> None:
    context = {"follow_up": found, "application": found.application, "console": console()}
    to = Recipient.user(found.user)
    enqueue_email("candidates/follow_up", to, context, about=found.application, key=key)


def new_application(application: Application, user: User, *, event: Event) -> None:
    write_to_colleague("candidates/new_application", user, application, event=event)


def rejection(application: Application, *, event: Event, due_at: datetime) -> Delivery | None:
    """At most once: nobody is turned down twice."""
    return write_to_candidate(REJECTION, application, event=event, due_at=due_at, may_repeat=False)


def free_letter(
    application: Application, *, subject: str, body: str, event: Event, due_at: datetime
) -> Delivery | None:
    """At most once: a colleague's own words, which may be anything."""
    said = {"words": {"subject": subject, "body": body}}
    return write_to_candidate(
        FREE, application, event=event, due_at=due_at, may_repeat=False, said=said
    )


def offer_to_sign(offer: Offer, *, event: Event) -> None:
    """At most once. The link is the candidate's own, and ends with the offer."""
    to = to_candidate(offer.application.candidate)
    if to is None:
        return
    context = {
        "title": title_of(offer.application),
        "link": link_to(offer),
        "until": last_day(offer),
    }
    enqueue_email(OFFER, to, context, about=offer, event=event, may_repeat=False)


def offer_extended(offer: Offer, *, event: Event) -> None:
    to = to_candidate(offer.application.candidate)
    if to is None:
        return
    context = {
        "title": title_of(offer.application),
        "link": link_to(offer),
        "until": last_day(offer),
    }
    enqueue_email("candidates/offer_extended", to, context, about=offer, event=event)


def link_to(offer: Offer) -> str:
    """It outlives the offer, which may be extended, and which the candidate may read again."""
    token = sign("offer", offer.public_id, expires=offer.expires_at + KEPT)
    return f"{settings.SITE_URL}/offers/{token}"


def offer_answered(offer: Offer, user: User, *, event: Event) -> None:
    answer = event.verb.partition(".")[2]
    write_to_colleague(
        "candidates/offer_answered",
        user,
        offer.application,
        event=event,
        answer=answer,
        reason=offer.decline_reason,
    )


def hired(application: Application, user: User, *, event: Event) -> None:
    write_to_colleague("candidates/hired", user, application, event=event)


def please_decide(
    requisition: Requisition, waiting: list[Application], count: int, user: User, *, event: Event
) -> None:
    """One letter for all of them; `waiting` are the first of `count`."""
    enqueue_email(
        "candidates/please_decide",
        Recipient.user(user),
        {
            "requisition": requisition,
            "waiting": waiting,
            "count": count,
            "more": count - len(waiting),
            "console": console(),
        },
        about=requisition,
        event=event,
        concerns=[application.candidate for application in waiting],
    )


def rule_notice(
    application: Application, user: User, rule: StageRule, *, event: Event, text: str
) -> None:
    """Two rules may tell the same person about the same event: each by its own letter."""
    write_to_colleague(
        "candidates/rule_notice",
        user,
        application,
        event=event,
        key=str(rule.public_id),
        text=text,
    )


def rule_reminder(application: Application, user: User, *, key: str, text: str) -> None:
    enqueue_email(
        "candidates/rule_reminder",
        Recipient.user(user),
        {"application": application, "text": text, "console": console()},
        about=application,
        key=key,
    )


def to_person(candidate: Candidate) -> Recipient | None:
    """Their address for what the law makes us answer, also if they want to hear nothing else."""
    held = candidate.emails.exclude(status="invalid").order_by("status", "-is_primary", "pk")
    first = held.first()
    return Recipient(candidate.public_id, candidate.name, first.address) if first else None


def write_to_person(letter: str, candidate: Candidate, about: Row, **options: Any) -> None:
    context = options.pop("context", {})
    if to := to_person(candidate):
        enqueue_email(f"candidates/{letter}", to, context, about=about, **options)


def erased(request: PrivacyRequest, to: Recipient) -> None:
    """The last letter; not even that is kept."""
    key = f"erased:{request.public_id}"
    enqueue_email("candidates/erased", to, {}, about=request, key=key, is_fleeting=True)


def erasure_answered(request: PrivacyRequest, *, event: Event) -> None:
    """`erasure_restricted` or `erasure_refused`, with the reason."""
    letter = f"erasure_{event.verb.partition('.')[2]}"
    context = {"request": request}
    write_to_person(letter, request.candidate, request, context=context, event=event)


def privacy_link(candidate: Candidate, *, key: str, expires: datetime) -> None:
    token = sign("privacy", candidate.public_id, expires=expires)
    context = {"link": f"{settings.SITE_URL}/privacy/{token}", "until": expires}
    write_to_person("privacy_link", candidate, candidate, context=context, key=key)


def archive_ready(candidate: Candidate, export: Export, *, expires: datetime) -> None:
    token = sign("archive", export.public_id, expires=expires)
    context = {"link": f"{settings.SITE_URL}/privacy/archives/{token}", "export": export}
    key = f"archive:{export.public_id}"
    write_to_person("archive_ready", candidate, candidate, context=context, key=key)


def may_we_keep_you(
    candidate: Candidate, *, ends: datetime | None, expires: datetime, event: Event
) -> None:
    """Not to those who asked not to be contacted."""
    to = to_candidate(candidate)
    if to is None:
        return
    token = sign("keep", candidate.public_id, expires=expires)
    context = {"link": f"{settings.SITE_URL}/keep/{token}", "ends": ends, "renews": bool(ends)}
    enqueue_email("candidates/keep_you", to, context, about=candidate, event=event)

"""People whom we found, or whom somebody sent us."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from ats import clock
from ats.accounts.models import User
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates.actions.apply import (
    begin,
    check_address,
    check_name,
    check_phone,
    find_or_add,
    share,
    still_open,
)
from candidates.actions.files import FileIn, check_file, keep_resume
from candidates.enums import ReapplyRule, Relation, SourceKind
from candidates.models import (
    AgencyContact,
    AgencySubmission,
    Application,
    Candidate,
    EmailAddress,
    ReapplyPolicy,
    Referral,
    Source,
    TrackingLink,
)
from candidates.queries.origins import SOURCED, Origin, owner_of, source_named
from requisitions.enums import TAKES_APPLICATIONS
from requisitions.models import JobPosting, Requisition

LONGEST_NOTE = 10_000
MOST_DAYS = 3650


@transaction.atomic
def add_application(
    requisition: Requisition,
    *,
    name: str,
    email: str,
    phone: str = "",
    resume: FileIn | None = None,
    source: Source | None = None,
    credited_to: User | None = None,
    by: Actor,
) -> Application:
    """By hand: somebody whom a colleague found. They are not written to.

    Without a source they were sourced, and whoever adds them is credited.
    """
    requisition, said, at = opened(requisition, name, email, phone, resume)
    candidate = find_or_add(said["name"], said["email"], by)
    if active_one(candidate, requisition):
        raise DomainError(
            "This person has an active application here already. Nothing was added.",
            code="applied_already",
        )
    owner = owner_of(candidate, at)
    origin = Origin(owner.contact.agency.source) if owner else by_hand(source, credited_to, by)
    return enter_by_hand(candidate, requisition, said, resume, origin, at, by)


def by_hand(source: Source | None, credited_to: User | None, by: Actor) -> Origin:
    source = source or source_named(SOURCED)
    finder = by.user if source.kind == SourceKind.SOURCED else None
    return Origin(source, credited_to or finder)


def opened(
    requisition: Requisition, name: str, email: str, phone: str, resume: FileIn | None
) -> tuple[Requisition, dict[str, Any], datetime]:
    share(requisition.pk)
    requisition = Requisition.objects.get(pk=requisition.pk)
    if requisition.status not in TAKES_APPLICATIONS:
        said = requisition.get_status_display().lower()
        raise DomainError(f"The requisition is {said}: it takes nobody.", code="posting_closed")
    checked: dict[str, Any] = {
        "name": check_name(name),
        "email": check_address(email),
        "phone": check_phone(phone),
        "answers": [],
        "consent": {"given": False},
        "resume": check_file("resume", resume),
    }
    return requisition, checked, clock.now()


def active_one(candidate: Candidate, requisition: Requisition) -> Application | None:
    mine = Application.objects.filter(candidate=candidate, requisition=requisition)
    return mine.filter(closed_at=None).first()


def enter_by_hand(
    candidate: Candidate,
    requisition: Requisition,
    said: dict[str, Any],
    resume: FileIn | None,
    origin: Origin,
    at: datetime,
    by: Actor,
) -> Application:
    application = begin(candidate, requisition, said, origin, at, by)
    if resume:
        keep_resume(application, resume, at)
    record("application.added", application, candidate, by=by, source=application.source)
    return application


@transaction.atomic
def submit_agency_candidate(
    requisition: Requisition,
    *,
    contact: AgencyContact,
    name: str,
    email: str,
    phone: str = "",
    resume: FileIn | None = None,
    by: Actor,
) -> AgencySubmission:
    """What an agency sent. Who was first is decided by time, under the person's lock, and is
    written down in words; whoever comes second is kept too, and owns nothing."""
    requisition, said, at = opened(requisition, name, email, phone, resume)
    if contact.agency.retired_at is not None:
        raise Invalid("contact", f"We no longer work with {contact.agency}.")
    candidate = find_or_add(said["name"], said["email"], by)
    owner, active = owner_of(candidate, at), active_one(candidate, requisition)
    decision = why_not_theirs(contact, owner, active)
    origin = Origin(owner.contact.agency.source if owner else contact.agency.source)
    application = active or enter_by_hand(candidate, requisition, said, resume, origin, at, by)
    until = at + timedelta(days=contact.agency.ownership_days)
    submission = AgencySubmission.objects.create(
        contact=contact,
        application=application,
        submitted_at=at,
        owned_until=None if decision else until,
        decision=decision or f"First to submit them; theirs until {until:%Y-%m-%d}.",
    )
    is_owner = not decision
    record("agency_submission.made", application, by=by, contact=contact, is_owner=is_owner)
    return submission


def why_not_theirs(
    contact: AgencyContact, owner: AgencySubmission | None, active: Application | None
) -> str:
    if owner and owner.contact.agency_id == contact.agency_id:
        return f"Theirs already, since {owner.submitted_at:%Y-%m-%d %H:%M} UTC."
    if owner:
        return (
            f"{owner.contact.agency} was first, on {owner.submitted_at:%Y-%m-%d %H:%M} UTC:"
            f" theirs until {owner.owned_until:%Y-%m-%d}."
        )
    if active:
        return f"They were here already, since {active.applied_at:%Y-%m-%d %H:%M} UTC."
    return ""


@transaction.atomic
def refer_candidate(
    posting: JobPosting,
    *,
    name: str,
    email: str,
    relation: str,
    note: str = "",
    by: Actor,
) -> Referral:
    """A letter asks the person to apply; they are no candidate before they do.

    Who is in an application already is linked to it without credit, and the colleague is told
    nothing about that.
    """
    if by.user is None:
        raise DomainError("A referral has a referrer: only a person can make one.")
    if relation not in Relation.values:
        raise Invalid("relation", f"Say how you know them: {', '.join(Relation.values)}.")
    if len(note) > LONGEST_NOTE:
        raise Invalid("note", f"Write at most {LONGEST_NOTE:,} characters.")
    at = clock.now()
    posting = still_open(posting, at, is_colleague=False)
    email = check_address(email)
    referral = Referral.objects.create(
        posting=posting,
        referrer=by.user,
        name=check_name(name),
        email=email,
        relation=relation,
        note=note,
        slug=secrets.token_urlsafe(12),
        asked_at=at,
        application=applied_before(posting, email),
    )
    record("referral.made", referral, by=by)
    return referral


def applied_before(posting: JobPosting, email: str) -> Application | None:
    people = EmailAddress.objects.filter(address__iexact=email).values("candidate")
    mine = Application.objects.filter(
        candidate__in=people, requisition=posting.requisition_id, closed_at=None
    )
    return mine.first()


@transaction.atomic
def add_tracking_link(
    posting: JobPosting, *, source: Source, campaign: str = "", by: Actor
) -> TrackingLink:
    link = TrackingLink.objects.create(
        posting=posting,
        source=source,
        campaign=" ".join(campaign.split())[:200],
        slug=secrets.token_urlsafe(9),
        created_by=by.user,
        created_at=clock.now(),
    )
    record("tracking_link.added", link, posting.requisition, by=by)
    return link


@transaction.atomic
def retire_tracking_link(link: TrackingLink, *, by: Actor) -> TrackingLink:
    """It still leads to the posting and is credited, but is no longer offered or counted."""
    link = lock(link)
    if link.retired_at is None:
        link.retired_at = clock.now()
        link.save(update_fields=["retired_at"])
        record("tracking_link.retired", link, by=by)
    return link


def count_visit(link: TrackingLink) -> None:
    """A number, and nothing about who came."""
    TrackingLink.objects.filter(pk=link.pk).update(visits=F("visits") + 1)


@transaction.atomic
def set_reapply_policy(
    requisition: Requisition, *, rule: str, days: int = 90, by: Actor
) -> ReapplyPolicy:
    """From now on; applications that are there stand."""
    if rule not in ReapplyRule.values:
        raise Invalid("rule", f"Choose one of: {', '.join(ReapplyRule.values)}.")
    if not 1 <= days <= MOST_DAYS:
        raise Invalid("days", f"Choose 1 to {MOST_DAYS:,} days.")
    lock(requisition)
    policy, _ = ReapplyPolicy.objects.update_or_create(
        requisition=requisition, defaults={"rule": rule, "days": days}
    )
    record("reapply_policy.set", requisition, by=by, rule=rule, days=days)
    return policy

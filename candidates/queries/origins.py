"""Where an application came from, and whom that is owed to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from ats.accounts.models import User
from candidates.enums import ReapplyRule, SourceKind
from candidates.models import (
    AgencySubmission,
    Application,
    Candidate,
    ReapplyPolicy,
    Referral,
    Source,
    TrackingLink,
)
from requisitions.models import JobPosting, Requisition

CAREERS_SITE, BOARD_API = "Careers site", "Job board API"
INTERNAL = "Internal applicant"
REFERRAL, SOURCED = "Referred by a colleague", "Sourced by a recruiter"
KINDS = {
    CAREERS_SITE: SourceKind.CAREERS_SITE,
    BOARD_API: SourceKind.JOB_BOARD,
    INTERNAL: SourceKind.INTERNAL,
    REFERRAL: SourceKind.REFERRAL,
    SOURCED: SourceKind.SOURCED,
}
# How long a colleague's word for somebody counts.
REFERRED_FOR = timedelta(days=365)
LONGEST_SLUG = 32


@dataclass(frozen=True)
class Origin:
    source: Source
    credited_to: User | None = None
    link: TrackingLink | None = None
    referral: Referral | None = None


def source_named(name: str) -> Source:
    return Source.objects.get_or_create(name=name, defaults={"kind": KINDS[name]})[0]


def origin_of(
    candidate: Candidate, posting: JobPosting, email: str, *, via: str, usual: str, at: datetime
) -> Origin:
    """An agency that still owns the person, else a colleague who referred them, else the link
    that they followed, else the `usual` source. What `via` cannot be is as if it were not there."""
    if owner := owner_of(candidate, at):
        return Origin(owner.contact.agency.source)
    if referral := referral_for(posting, email, via, at):
        return Origin(source_named(REFERRAL), referral.referrer, referral=referral)
    if link := link_of(via):
        return Origin(link.source, link=link)
    return Origin(source_named(usual))


def owner_of(candidate: Candidate, at: datetime) -> AgencySubmission | None:
    """The agency submission that owns this person at that time."""
    owned = AgencySubmission.objects.filter(application__candidate=candidate.pk, owned_until__gt=at)
    return owned.select_related("contact__agency__source").order_by("submitted_at", "pk").first()


def referral_for(posting: JobPosting, email: str, via: str, at: datetime) -> Referral | None:
    """By the link in the letter, or by the address: the first who thought of them."""
    open_ones = Referral.objects.filter(
        posting__requisition=posting.requisition_id,
        application=None,
        asked_at__gt=at - REFERRED_FOR,
    ).select_related("referrer")
    followed = open_ones.filter(slug=plain(via)).first() if plain(via) else None
    return followed or open_ones.filter(email__iexact=email).order_by("asked_at", "pk").first()


def link_of(via: str) -> TrackingLink | None:
    """A retired one too: whoever followed it then came from there."""
    rows = TrackingLink.objects.select_related("source", "posting")
    return rows.filter(slug=plain(via)).first() if plain(via) else None


def plain(via: str) -> str:
    is_slug = via.isascii() and via.replace("-", "").replace("_", "").isalnum()
    return via if is_slug and len(via) <= LONGEST_SLUG else ""


def policy_of(requisition: Requisition) -> ReapplyPolicy:
    found = ReapplyPolicy.objects.filter(requisition=requisition).first()
    return found or ReapplyPolicy(requisition=requisition, rule=ReapplyRule.AFTER_DAYS)


def standing_application(
    candidate: Candidate, requisition: Requisition, at: datetime
) -> Application | None:
    """The one that another is taken for: an active one, or any that the policy lets stand."""
    mine = Application.objects.filter(candidate=candidate, requisition=requisition)
    mine = mine.order_by("-applied_at", "-pk")
    if active := mine.filter(closed_at=None).first():
        return active
    policy = policy_of(requisition)
    match policy.rule:
        case ReapplyRule.NEVER:
            return mine.first()
        case ReapplyRule.ANY_TIME:
            return None
    return mine.filter(applied_at__gt=at - timedelta(days=policy.days)).first()


def earlier_referrals(referral: Referral) -> QuerySet[Referral]:
    """Of the same person for the same requisition."""
    return Referral.objects.filter(
        posting__requisition=referral.posting.requisition_id,
        email__iexact=referral.email,
        asked_at__gt=referral.asked_at - REFERRED_FOR,
        pk__lt=referral.pk,
    )


def may_be_written_to(email: str) -> bool:
    people = Candidate.objects.filter(emails__address__iexact=email)
    return not people.filter(do_not_contact=True).exists()

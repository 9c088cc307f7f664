"""Exactly what the public may see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from ats import clock
from requisitions.enums import PostingStatus
from requisitions.models import JobPosting, PostingVersion
from requisitions.queries.schema_org import job_posting
from requisitions.queries.similar import compared
from requisitions.similar import Role, similar

CARD = (
    "title",
    "company",
    "department",
    "locations",
    "workplace",
    "employment_type",
    "pay_ranges",
    "competencies",
)


@dataclass(frozen=True)
class SimilarRole:
    id: str
    title: str
    url: str
    reasons: tuple[str, ...]


def on_the_board(*, is_internal: bool = False) -> QuerySet[JobPosting]:
    """What anybody may read now, or every colleague: `since`, and as `card` the few facts of a
    list."""
    fields = JSONObject(**{name: f"content__{name}" for name in CARD})
    rows = open_now(clock.now(), is_internal=is_internal)
    return with_version(rows, fields).order_by("-published_at", "-pk")


def open_now(at: datetime, *, is_internal: bool = False) -> QuerySet[JobPosting]:
    """Also where nobody has come round yet to take an expired one down."""
    postings = JobPosting.objects
    rows = postings.for_colleagues() if is_internal else postings.public()
    return rows.filter(Q(expires_at=None) | Q(expires_at__gt=at))


def once_public() -> QuerySet[JobPosting]:
    """Those that the public may read or could read once; `card` is the whole last version."""
    return once_published(JobPosting.objects.filter(is_internal=False))


def once_internal() -> QuerySet[JobPosting]:
    """The same for colleagues: never to be shown to anybody who is not signed in."""
    return once_published(JobPosting.objects.filter(is_internal=True))


def once_published(postings: QuerySet[JobPosting]) -> QuerySet[JobPosting]:
    posted = postings.filter(version__gt=0).exclude(status=PostingStatus.DRAFT)
    return with_version(posted, F("content"))


def with_version(postings: QuerySet[JobPosting], card: Any) -> QuerySet[JobPosting]:
    latest = PostingVersion.objects.filter(posting=OuterRef("pk"), number=OuterRef("version"))
    return postings.annotate(
        since=F("published_at"),
        updated_at=Subquery(latest.values("published_at")[:1]),
        card=Subquery(latest.annotate(card=card).values("card")[:1]),
    )


def is_open(posting: JobPosting, at: datetime, *, is_colleague: bool = False) -> bool:
    """Whether a stranger, or a colleague, may apply: asked again under the posting's lock."""
    return is_up(posting, at) and (is_colleague or not posting.is_internal)


def is_up(posting: JobPosting, at: datetime) -> bool:
    is_live = posting.expires_at is None or posting.expires_at > at
    return posting.status == PostingStatus.PUBLISHED and is_live


def similar_open_roles(posting: JobPosting) -> list[SimilarRole]:
    """Open roles that resemble a posting of `once_public()`, with the reasons in words."""
    keys, rarity = compared(posting.requisition, open_now(clock.now()).values("requisition"))
    rows = one_each(on_the_board().filter(requisition__in=keys), posting.language)
    found = similar(role_of(posting), map(role_of, rows.values()), rarity=rarity)
    return [
        SimilarRole(each.id, card_of(rows[each.id])["title"], url_of(rows[each.id]), each.reasons)
        for each in found
    ]


def one_each(postings: QuerySet[JobPosting], language: str) -> dict[str, JobPosting]:
    """By id: of several postings of one requisition that in this language, or the newest."""
    chosen: dict[int, JobPosting] = {}
    for each in postings:
        held = chosen.setdefault(each.requisition_id, each)
        if each.language == language != held.language:
            chosen[each.requisition_id] = each
    return {str(each.public_id): each for each in chosen.values()}


def role_of(posting: JobPosting) -> Role:
    card = card_of(posting)
    return Role(
        id=str(posting.public_id),
        title=card["title"],
        department=card["department"],
        places=tuple(place["text"] for place in card["locations"]),
        competencies=tuple(card["competencies"]),
    )


def schema_org(posting: JobPosting) -> dict[str, Any]:
    assert posting.published_at is not None
    return job_posting(
        card_of(posting),
        reference=str(posting.public_id),
        url=url_of(posting),
        since=posting.published_at,
        until=posting.expires_at,
    )


def card_of(posting: JobPosting) -> dict[str, Any]:
    card: dict[str, Any] = posting.card  # type: ignore[attr-defined]
    return card


def url_of(posting: JobPosting) -> str:
    return f"{settings.SITE_URL}/jobs/{posting.public_id}"

"""What the public sees, and since when."""

from datetime import datetime

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import Blocked, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from requisitions.enums import CLOSED, POSTING, PostingStatus
from requisitions.models import JobPosting, PostingVersion, Requisition
from requisitions.queries.postings import content_of, publish_blockers


@transaction.atomic
def draft_posting(
    requisition: Requisition,
    *,
    title: str = "",
    language: str = "en",
    is_internal: bool = False,
    by: Actor,
) -> JobPosting:
    """Under the requisition's title unless it has its own."""
    requisition = lock(requisition)
    if requisition.status in CLOSED:
        raise Blocked(["The requisition is closed: reopen it first."])
    posting = JobPosting.objects.create(
        requisition=requisition,
        title=title or requisition.title,
        language=language,
        is_internal=is_internal,
    )
    record("posting.drafted", posting, requisition, by=by)
    return posting


@transaction.atomic
def publish_posting(
    posting: JobPosting, *, expires_at: datetime | None = None, by: Actor
) -> JobPosting:
    """Raises `Blocked` with everything that is missing, pay transparency included."""
    requisition = lock(posting.requisition)
    posting = lock(posting)
    posting.status = POSTING.next(posting.status, "publish")
    posting.requisition = requisition
    if missing := publish_blockers(posting):
        raise Blocked(missing)
    at = clock.now()
    if expires_at is not None and expires_at <= at:
        raise Invalid("expires_at", "A posting expires in the future.")
    posting.version += 1
    posting.published_at, posting.expires_at, posting.closed_at = at, expires_at, None
    posting.save(
        update_fields=["status", "version", "published_at", "expires_at", "closed_at"],
    )
    PostingVersion.objects.create(
        posting=posting, number=posting.version, content=content_of(posting), published_at=at
    )
    record("posting.published", posting, requisition, by=by, version=posting.version)
    return posting


@transaction.atomic
def unpublish_posting(posting: JobPosting, *, by: Actor) -> JobPosting:
    return _close(posting, "unpublish", "posting.unpublished", by)


@transaction.atomic
def expire_posting(posting: JobPosting, *, by: Actor) -> JobPosting:
    return _close(posting, "expire", "posting.expired", by)


def _close(posting: JobPosting, verb: str, event: str, by: Actor) -> JobPosting:
    posting = lock(posting)
    posting.status = POSTING.next(posting.status, verb)
    posting.closed_at = clock.now()
    posting.save(update_fields=["status", "closed_at"])
    record(event, posting, posting.requisition, by=by)
    return posting


def unpublish_all(requisition: Requisition, *, by: Actor) -> None:
    """Nobody can apply any more; the caller holds the requisition's lock."""
    for posting in requisition.postings.filter(status=PostingStatus.PUBLISHED):
        unpublish_posting(posting, by=by)

"""What the public and the colleagues read, since when and until when."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from requisitions.enums import CLOSED, POSTING, PostingStatus
from requisitions.languages import canonical
from requisitions.models import JobPosting, PostingVersion, Requisition
from requisitions.queries.postings import WORDS, changes, content_of, publish_blockers
from requisitions.queries.search import facts_of, search_vector

COLUMNS = {"title", "language", "is_internal", "words", "expires_at"}
# What a new version writes: when it is public, and what lists are narrowed by.
WRITTEN = [
    "status",
    "version",
    "publish_at",
    "published_at",
    "expires_at",
    "closed_at",
    "is_held",
    "confidential_reason",
    "search",
    "department",
    "places",
    "workplace",
    "employment_type",
]
HORIZON = timedelta(days=5 * 365)


class Until(Enum):
    """The end that a posting has already, if it is still to come."""

    AS_IT_IS = "as it is"


AS_IT_IS = Until.AS_IT_IS


@transaction.atomic
def draft_posting(
    requisition: Requisition,
    *,
    title: str = "",
    language: str = "en",
    is_internal: bool = False,
    words: Mapping[str, Any] | None = None,
    by: Actor,
) -> JobPosting:
    """Under the requisition's title and with its text unless it has its own.

    `words` has any of `WORDS`, in the shapes that the requisition's columns have.
    """
    requisition = lock(requisition)
    refuse_if_closed(requisition)
    posting = JobPosting.objects.create(
        requisition=requisition,
        title=title.strip() or requisition.title,
        language=check_language(language),
        is_internal=is_internal,
        words=check_words(words or {}),
    )
    record("posting.drafted", posting, requisition, by=by)
    return posting


@transaction.atomic
def edit_posting(posting: JobPosting, *, by: Actor, **fields: Any) -> JobPosting:
    """Readers see new text with the next version only; a new `expires_at` holds at once."""
    if unknown := set(fields) - COLUMNS:
        raise TypeError(f"a posting has no {sorted(unknown)}")
    requisition, posting = lock_both(posting)
    refuse_if_closed(requisition)
    fields = checked(posting, fields, clock.now())
    changed = sorted(name for name in fields if getattr(posting, name) != fields[name])
    for name in changed:
        setattr(posting, name, fields[name])
    if changed:
        posting.save(update_fields=changed)
        record("posting.edited", posting, requisition, by=by, fields=changed)
    return posting


def checked(posting: JobPosting, fields: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    found = dict(fields)
    if "title" in found:
        found["title"] = found["title"].strip() or posting.requisition.title
    if "language" in found:
        found["language"] = check_language(found["language"])
    if "words" in found:
        found["words"] = check_words(found["words"])
    if "expires_at" in found:
        check_moment("expires_at", found["expires_at"], max(at, posting.publish_at or at), at)
    if posting.version and found.get("is_internal", posting.is_internal) != posting.is_internal:
        raise Invalid(
            "is_internal",
            "Who reads it is settled once it was published. Nothing was changed: draft another.",
        )
    return found


def refuse_if_closed(requisition: Requisition) -> None:
    if requisition.status in CLOSED:
        raise Blocked(["The requisition is closed: reopen it first."])


def check_language(tag: str) -> str:
    if known := canonical(tag):
        return known
    raise Invalid("language", f"There is no language {tag[:20]!r}: write en, de or pt-BR.")


def check_words(words: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty: there the requisition's own text counts."""
    if unknown := set(words) - set(WORDS):
        raise TypeError(f"a posting has no words for {sorted(unknown)}")
    return {name: text for name, text in words.items() if text}


def check_moment(field: str, moment: datetime | None, after: datetime, at: datetime) -> None:
    if moment is None:
        return
    if moment <= after:
        later = "in the future" if after == at else "after it goes out"
        verb = "goes out" if field == "publish_at" else "expires"
        raise Invalid(field, f"A posting {verb} {later}.")
    if moment > at + HORIZON:
        raise Invalid(field, "That is more than five years away: choose a nearer day.")


def lock_both(posting: JobPosting) -> tuple[Requisition, JobPosting]:
    """The requisition first, as everywhere."""
    requisition = lock(posting.requisition)
    posting = lock(posting)
    posting.requisition = requisition
    return requisition, posting


@transaction.atomic
def publish_posting(
    posting: JobPosting,
    *,
    expires_at: datetime | Until | None = AS_IT_IS,
    confidential_reason: str = "",
    by: Actor,
) -> JobPosting:
    """Raises `Blocked` with everything that is missing, pay transparency included.

    `expires_at=None` is "until it is taken down". Of a confidential requisition nothing is
    published without a written reason.
    """
    requisition, posting = lock_both(posting)
    POSTING.next(posting.status, "publish")
    if missing := publish_blockers(posting):
        raise Blocked(missing)
    at = clock.now()
    posting.expires_at = end_of(posting, expires_at, at, at)
    posting.confidential_reason = check_reason(requisition, confidential_reason)
    return put_out(posting, at, by=by)


@transaction.atomic
def schedule_posting(
    posting: JobPosting,
    *,
    publish_at: datetime,
    expires_at: datetime | Until | None = AS_IT_IS,
    confidential_reason: str = "",
    by: Actor,
) -> JobPosting:
    """It goes out by itself; what stands in the way is asked then. A second call moves it."""
    requisition, posting = lock_both(posting)
    posting.status = POSTING.next(posting.status, "schedule")
    refuse_if_closed(requisition)
    at = clock.now()
    check_moment("publish_at", publish_at, at, at)
    posting.expires_at = end_of(posting, expires_at, publish_at, at)
    posting.publish_at, posting.is_held = publish_at, False
    posting.confidential_reason = check_reason(requisition, confidential_reason)
    posting.save(update_fields=["publish_at", "expires_at", "is_held", "confidential_reason"])
    record("posting.scheduled", posting, requisition, by=by)
    return posting


def end_of(
    posting: JobPosting, asked: datetime | Until | None, after: datetime, at: datetime
) -> datetime | None:
    if isinstance(asked, Until):
        kept = posting.expires_at
        return kept if kept is not None and kept > after else None
    check_moment("expires_at", asked, after, at)
    return asked


def check_reason(requisition: Requisition, reason: str) -> str:
    """Nothing where nothing is confidential: no reason is kept that nobody needs."""
    if not requisition.is_confidential:
        return ""
    if not reason.strip():
        raise Invalid(
            "confidential_reason",
            "This requisition is confidential. Nothing was published: look at the preview, and"
            " write down why others may read this.",
        )
    return reason.strip()


@transaction.atomic
def unschedule_posting(posting: JobPosting, *, by: Actor) -> JobPosting:
    _, posting = lock_both(posting)
    posting.status = POSTING.next(posting.status, "unschedule")
    if posting.publish_at is None:
        raise DomainError("Nothing is scheduled here. Nothing was changed.", code="not_scheduled")
    return unschedule(posting, "posting.unscheduled", by)


def unschedule(posting: JobPosting, event: str, by: Actor) -> JobPosting:
    posting.publish_at = None
    posting.save(update_fields=["publish_at"])
    record(event, posting, posting.requisition, by=by)
    return posting


@transaction.atomic
def publish_on_time(posting: JobPosting, *, by: Actor) -> JobPosting:
    """At its hour. What stands in the way ends the schedule, and the recruiter hears of it."""
    _, posting = lock_both(posting)
    at = clock.now()
    if posting.publish_at is None or posting.publish_at > at:
        return posting
    if publish_blockers(posting) or has_run_out(posting, at):
        return unschedule(posting, "posting.not_published", by)
    return put_out(posting, at, by=by)


def put_out(posting: JobPosting, at: datetime, *, by: Actor) -> JobPosting:
    posting.status = POSTING.next(posting.status, "publish")
    posting.publish_at, posting.is_held = None, False
    posting.published_at, posting.closed_at = at, None
    return write_version(posting, at, by=by)


@transaction.atomic
def republish_posting(posting: JobPosting, *, by: Actor) -> JobPosting:
    """What was edited since becomes the version that everybody reads."""
    _, posting = lock_both(posting)
    posting.status = POSTING.next(posting.status, "republish")
    if missing := publish_blockers(posting):
        raise Blocked(missing)
    if not changes(posting):
        raise DomainError(
            f"Nothing was edited since version {posting.version}: everybody reads it already.",
            code="unchanged",
        )
    return write_version(posting, clock.now(), by=by)


def write_version(posting: JobPosting, at: datetime, *, by: Actor) -> JobPosting:
    content = content_of(posting)
    posting.version += 1
    for name, value in facts_of(content).items():
        setattr(posting, name, value)
    posting.search = search_vector(content, posting.language)
    posting.save(update_fields=WRITTEN)
    posting.refresh_from_db(fields=["search"])
    PostingVersion.objects.create(
        posting=posting,
        number=posting.version,
        content=content,
        published_at=at,
        published_by=by.user,
    )
    record("posting.published", posting, posting.requisition, by=by, version=posting.version)
    return posting


@transaction.atomic
def unpublish_posting(posting: JobPosting, *, by: Actor) -> JobPosting:
    return take_down(lock(posting), "unpublish", "posting.unpublished", by)


@transaction.atomic
def expire_posting(posting: JobPosting, *, by: Actor) -> JobPosting:
    return take_down(lock(posting), "expire", "posting.expired", by)


def take_down(
    posting: JobPosting, verb: str, event: str, by: Actor, *, is_held: bool = False
) -> JobPosting:
    posting.status = POSTING.next(posting.status, verb)
    posting.closed_at, posting.is_held = clock.now(), is_held
    posting.save(update_fields=["status", "closed_at", "is_held"])
    record(event, posting, posting.requisition, by=by)
    return posting


def has_run_out(posting: JobPosting, at: datetime) -> bool:
    return posting.expires_at is not None and posting.expires_at <= at


# With the requisition. The caller holds its lock. A posting may have expired meanwhile, by nobody's
# verb but the hour: so each is locked first and looked at then, and nothing here can refuse.


def unpublish_all(requisition: Requisition, *, by: Actor) -> None:
    """Nobody can apply any more, nothing goes out by itself, and nothing comes back."""
    for posting in requisition.postings.select_for_update().order_by("pk"):
        if posting.status == PostingStatus.PUBLISHED:
            take_down(posting, "unpublish", "posting.unpublished", by)
        elif posting.publish_at is not None:
            unschedule(posting, "posting.unscheduled", by)
        elif posting.is_held:
            posting.is_held = False
            posting.save(update_fields=["is_held"])


def hold_all(requisition: Requisition, *, by: Actor) -> None:
    """They come back with the requisition. What is scheduled waits for it too."""
    for posting in requisition.postings.select_for_update().order_by("pk"):
        if posting.status == PostingStatus.PUBLISHED:
            take_down(posting, "unpublish", "posting.unpublished", by, is_held=True)


def put_back_all(requisition: Requisition, *, by: Actor) -> None:
    """What the hold took down, in the version that was public; not what has run out since, nor
    what lacks something now."""
    at = clock.now()
    for posting in requisition.postings.filter(is_held=True).select_for_update().order_by("pk"):
        posting.requisition, posting.is_held = requisition, False
        if not has_run_out(posting, at) and not publish_blockers(posting):
            posting.status = POSTING.next(posting.status, "publish")
            posting.closed_at = None
        posting.save(update_fields=["status", "closed_at", "is_held"])
        if posting.status == PostingStatus.PUBLISHED:
            record("posting.published", posting, requisition, by=by, version=posting.version)

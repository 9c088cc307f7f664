"""Calendars that people give us, and times that they block by hand."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from ats import clock
from ats.accounts.models import User
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from ats.fetch import NotFetched, check_address
from interviews.calendars.reader import Reading, read_calendar
from interviews.models import BusyBlock, CalendarFeed
from interviews.queries.people_time import zone_of

# Busy times are known this far; a file that is given once, further.
BEHIND, AHEAD, AHEAD_OF_FILE = timedelta(days=1), timedelta(days=180), timedelta(days=366)
AGAIN, LATEST_AGAIN = timedelta(minutes=15), timedelta(days=1)
MOST_FEEDS = 10
LONGEST_BLOCK = timedelta(days=60)
ADDRESS = 2000


@transaction.atomic
def add_feed(*, url: str, name: str = "", by: Actor) -> CalendarFeed:
    """The secret address that a calendar gives for itself; read within a minute, then again and
    again. `webcal` is only another word for it."""
    user = person(by)
    url = "https:" + url[7:] if url.lower().startswith("webcal:") else url
    try:
        check_address(url)
    except NotFetched as problem:
        raise Invalid("url", str(problem)) from None
    if len(url) > ADDRESS:
        raise Invalid("url", "This address is too long.")
    feeds = CalendarFeed.objects.filter(user=user)
    if feeds.filter(url=url).exists():
        raise DomainError("You gave this calendar already. Nothing was changed.")
    if feeds.count() >= MOST_FEEDS:
        raise DomainError(f"You gave {MOST_FEEDS} calendars already. Remove one first.")
    name = name.strip() or "Calendar"
    feed = CalendarFeed.objects.create(user=user, name=name, url=url, next_at=clock.now())
    record("calendar.added", feed, user, by=by, user=user)
    return feed


@transaction.atomic
def upload_calendar(*, content: bytes, name: str = "", by: Actor) -> CalendarFeed:
    """A file instead of a feed: read once. The next of the same name takes its place."""
    user = person(by)
    now = clock.now()
    zone = zone_of(user)
    reading = read_calendar(
        content, now - BEHIND, now + AHEAD_OF_FILE, zone=zone, owner=[user.email]
    )
    if not reading.is_calendar:
        raise Invalid("file", f"{reading.skipped[0]} Nothing was changed.")
    name = name.strip() or "Uploaded calendar"
    former = CalendarFeed.objects.filter(user=user, url="", name=name).first()
    if former is None and CalendarFeed.objects.filter(user=user).count() >= MOST_FEEDS:
        raise DomainError(f"You gave {MOST_FEEDS} calendars already. Remove one first.")
    feed = former or CalendarFeed.objects.create(user=user, name=name)
    keep(feed, reading, now, now + AHEAD_OF_FILE)
    record("calendar.added", feed, user, by=by, user=user)
    return feed


@transaction.atomic
def remove_feed(feed: CalendarFeed, *, by: Actor) -> None:
    """With everything that it said."""
    feed = lock(feed)
    record("calendar.removed", feed, feed.user, by=by, user=feed.user)
    feed.delete()


@transaction.atomic
def read_feed_again(feed: CalendarFeed, *, by: Actor) -> CalendarFeed:
    """Soon, instead of at its usual time; whole, even if it says that nothing has changed."""
    feed = lock(feed)
    if not feed.url:
        raise DomainError("This calendar was uploaded. Upload the newer file instead.")
    feed.next_at, feed.etag, feed.last_modified = clock.now(), "", ""
    feed.save(update_fields=["next_at", "etag", "last_modified"])
    record("calendar.read", feed, feed.user, by=by, user=feed.user)
    return feed


@transaction.atomic
def keep_reading(
    feed: CalendarFeed, *, reading: Reading | None, etag: str, last_modified: str, by: Actor
) -> CalendarFeed:
    """What the feed answered; None when nothing has changed since the last time."""
    feed, now = lock(feed), clock.now()
    before = busy_of(feed)
    feed.failures, feed.problem = 0, ""
    feed.tried_at, feed.next_at = now, now + AGAIN
    feed.etag, feed.last_modified = etag[:500], last_modified[:100]
    feed.save(update_fields=["failures", "problem", "tried_at", "next_at", "etag", "last_modified"])
    if reading is None:
        feed.read_at = now
        feed.save(update_fields=["read_at"])
    else:
        keep(feed, reading, now, now + AHEAD)
    if busy_of(feed) != before:
        record("calendar.read", feed, feed.user, by=by, user=feed.user)
    return feed


@transaction.atomic
def note_failure(feed: CalendarFeed, *, problem: str, by: Actor) -> CalendarFeed:
    """What was read before is kept; the next try comes later each time, at most a day."""
    feed, now = lock(feed), clock.now()
    if not feed.failures:
        record("calendar.failed", feed, feed.user, by=by, user=feed.user)
    feed.failures += 1
    feed.problem = problem[:300]
    wait = min(AGAIN * 2 ** min(feed.failures, 10), LATEST_AGAIN)
    feed.tried_at, feed.next_at = now, now + wait
    feed.save(update_fields=["failures", "problem", "tried_at", "next_at"])
    return feed


@transaction.atomic
def block_time(*, begins: datetime, ends: datetime, note: str = "", by: Actor) -> BusyBlock:
    """Busy, for whatever reason; the note is for oneself."""
    user = person(by)
    if ends <= begins:
        raise Invalid("ends", "This time ends before it begins.")
    if ends - begins > LONGEST_BLOCK:
        raise Invalid("ends", "At most 60 days can be blocked. Pause interviewing instead.")
    during = DateTimeTZRange(begins, ends)
    block = BusyBlock.objects.create(user=user, during=during, note=note)
    record("time.blocked", block, user, by=by, user=user)
    return block


@transaction.atomic
def unblock_time(block: BusyBlock, *, by: Actor) -> None:
    block = lock(block)
    if block.feed_id:
        raise DomainError("This time comes from a calendar. Change it there.")
    record("time.unblocked", block, block.user, by=by, user=block.user)
    block.delete()


def keep(feed: CalendarFeed, reading: Reading, now: datetime, until: datetime) -> None:
    """Its busy times take the place of the former ones."""
    feed.read_at = feed.expanded_at = feed.tried_at = now
    feed.known_until, feed.skipped = until, list(reading.skipped)
    feed.save(update_fields=["read_at", "expanded_at", "tried_at", "known_until", "skipped"])
    wanted = {(span.begins, span.ends) for span in reading.busy}
    known = {(one.during.lower, one.during.upper): one.pk for one in feed.blocks.all()}
    gone = [pk for during, pk in known.items() if during not in wanted]
    BusyBlock.objects.filter(pk__in=gone).delete()
    BusyBlock.objects.bulk_create(
        BusyBlock(user=feed.user, feed=feed, during=DateTimeTZRange(*during))
        for during in sorted(wanted - set(known))
    )


def busy_of(feed: CalendarFeed) -> Sequence[DateTimeTZRange]:
    return list(feed.blocks.order_by("during").values_list("during", flat=True))


def person(by: Actor) -> User:
    """Whose calendar it is, locked."""
    if by.user is None:
        raise DomainError("Only somebody with an account has a calendar here.")
    return User.objects.select_for_update().get(pk=by.user.pk)

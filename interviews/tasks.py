from datetime import datetime, timedelta
from typing import Any

from celery import shared_task
from django.conf import settings
from django.db import transaction

from ats import clock
from ats.events.actors import Actor
from ats.fetch import Fetched, NotFetched, fetch
from interviews.actions.calendar import AHEAD, BEHIND, keep_reading, note_failure
from interviews.calendars.reader import LARGEST_FILE, Reading, read_calendar
from interviews.models import CalendarFeed
from interviews.queries.people_time import zone_of

# Whoever claimed a feed and died holds it no longer than this.
LEASE = timedelta(minutes=5)
SECONDS = 40.0
# Busy times reach some way ahead: once a day everything is read, whether it changed or not.
WHOLE = timedelta(days=1)
MOST_AT_ONCE = 20


@shared_task
def read_due_calendars(**_: Any) -> None:
    """Each is claimed first, and read outside of any transaction; two of these share the work."""
    for _number in range(MOST_AT_ONCE):
        feed = claim_due()
        if feed is None:
            return
        read_feed(feed)


@transaction.atomic
def claim_due() -> CalendarFeed | None:
    now = clock.now()
    due = CalendarFeed.objects.filter(next_at__lte=now, user__is_active=True).order_by("next_at")
    feed = due.select_for_update(skip_locked=True, of=("self",)).select_related("user").first()
    if feed:
        feed.next_at = now + LEASE
        feed.save(update_fields=["next_at"])
    return feed


def read_feed(feed: CalendarFeed) -> None:
    """Keeps what it says, or why it could not be read; the last good copy stays until then."""
    by = Actor.system("read_calendars")
    try:
        answer, reading = ask(feed, clock.now())
    except NotFetched as problem:
        note_failure(feed, problem=str(problem), by=by)
        return
    # An answer that nothing has changed need not repeat what to ask for.
    former = (feed.etag, feed.last_modified) if reading is None else ("", "")
    keep_reading(
        feed,
        reading=reading,
        etag=answer.headers.get("etag", former[0]),
        last_modified=answer.headers.get("last-modified", former[1]),
        by=by,
    )


def ask(feed: CalendarFeed, now: datetime) -> tuple[Fetched, Reading | None]:
    """The answer, and its busy times; None if nothing changed. Raises `NotFetched`."""
    known = {"If-None-Match": feed.etag, "If-Modified-Since": feed.last_modified}
    is_fresh = feed.expanded_at and feed.expanded_at > now - WHOLE
    asked = {name: value for name, value in known.items() if value and is_fresh}
    allowed = settings.FETCH_ALLOWED_NETWORKS
    answer = fetch(feed.url, headers=asked, limit=LARGEST_FILE, seconds=SECONDS, allowed=allowed)
    if answer.status == 304 and asked:
        return answer, None
    if answer.status != 200:
        raise NotFetched(f"The address answers with the error {answer.status}.")
    reading = read_calendar(
        answer.body,
        now - BEHIND,
        now + AHEAD,
        zone=zone_of(feed.user),
        owner=[feed.user.email],
    )
    if not reading.is_calendar:
        raise NotFetched(reading.skipped[0])
    return answer, reading

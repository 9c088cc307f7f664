"""Calendars that people give: read from a real server on loopback, as the worker reads them."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from ats import clock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.models import Event
from interviews.actions.calendar import (
    add_feed,
    block_time,
    keep_reading,
    read_feed_again,
    remove_feed,
    unblock_time,
    upload_calendar,
)
from interviews.models import BusyBlock, CalendarFeed
from interviews.tasks import read_due_calendars
from tests.ats.test_fetch import Server, answer
from tests.factories.ats import UserFactory
from tests.factories.requisitions import open_requisition

pytestmark = pytest.mark.django_db
DAY = (clock.now() + timedelta(days=7)).date()


@pytest.fixture
def ana():
    return UserFactory(name="Ana", email="ana@example.org", timezone="Europe/Madrid")


@pytest.fixture
def by(ana):
    return Actor.of(ana)


@pytest.fixture
def server(settings):
    settings.FETCH_ALLOWED_NETWORKS = ["127.0.0.0/8"]
    one = Server()
    yield one
    one.socket.close()


@pytest.fixture
def feed(server, by):
    return add_feed(url=server.url(), name="Work", by=by)


def meetings(*hours, more=""):
    events = "".join(
        f"BEGIN:VEVENT\nUID:{hour}\nSUMMARY:Lay off Raj\nDTSTART:{DAY:%Y%m%d}T{hour:02}0000Z\n"
        f"DURATION:PT1H\nEND:VEVENT\n"
        for hour in hours
    )
    return f"BEGIN:VCALENDAR\n{events}{more}END:VCALENDAR\n".encode()


def says(server, *answers):
    """One after the other; the last again and again."""
    left = list(answers)
    server.says["/feed.ics"] = lambda: [left.pop(0) if len(left) > 1 else left[0]]


def read(feed):
    """As beat does, as if the feed were due."""
    CalendarFeed.objects.filter(pk=feed.pk).update(next_at=clock.now())
    read_due_calendars()
    feed.refresh_from_db()
    return feed


def hours(user):
    rows = BusyBlock.objects.filter(user=user).order_by("during").values_list("during", flat=True)
    return [one.lower.hour for one in rows]


def test_a_feed_is_read_and_only_its_times_are_kept(ana, feed, server):
    says(server, answer(meetings(9, 14, more="BEGIN:VEVENT\nEND:VEVENT\n"), ETag='"1"'))
    feed = read(feed)
    assert hours(ana) == [9, 14]
    assert (feed.problem, feed.failures, feed.etag) == ("", 0, '"1"')
    assert feed.skipped == ["The event at line 14 was left out: it has no beginning."]
    assert feed.known_until > clock.now() + timedelta(days=170)
    with connection.cursor() as cursor:
        for table in ("interviews_calendarfeed", "interviews_busyblock", "ats_event"):
            cursor.execute(f"SELECT count(*) FROM {table} AS row WHERE row::text LIKE '%Raj%'")
            assert cursor.fetchone() == (0,)


def test_what_has_not_changed_is_asked_for_only_once_a_day(ana, feed, server):
    changed = answer(meetings(9), ETag='"1"', Last_Modified="Mon, 02 Mar 2026 00:00:00 GMT")
    says(server, changed, answer(status="304 Not Modified"))
    read(feed)
    first = CalendarFeed.objects.get()
    second = read(feed)
    assert hours(ana) == [9]
    assert second.read_at > first.read_at
    assert (second.expanded_at, second.etag) == (first.expanded_at, '"1"')
    assert "If-None-Match" not in server.asked[0]
    assert 'If-None-Match: "1"\r\nIf-Modified-Since: Mon, 02 Mar' in server.asked[1]
    CalendarFeed.objects.update(expanded_at=clock.now() - timedelta(days=2))
    third = read(feed)
    assert "If-None-Match" not in server.asked[2]
    # Nobody asked for what has changed, so this answer makes no sense.
    assert third.problem == "The address answers with the error 304."


def test_a_change_is_an_event_and_a_repetition_is_none(ana, feed, server):
    says(server, answer(meetings(9)), answer(meetings(9)), answer(meetings(9, 11)))
    for _ in range(3):
        read(feed)
    assert hours(ana) == [9, 11]
    assert Event.objects.filter(verb="calendar.read").count() == 2


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (answer(status="500 Oops"), "The address answers with the error 500."),
        (answer(status="404 Not Found"), "The address answers with the error 404."),
        (answer(b"<html>Sign in</html>"), "This is no calendar: it holds no BEGIN:VCALENDAR"),
        (answer(status="302 Found", Location="/feed.ics"), "round in a circle"),
        (answer(meetings(9), length=10**9), "The answer of the address breaks off."),
        (b"", "The address could not be read"),
    ],
)
def test_the_last_good_copy_stays_when_a_feed_fails(ana, feed, server, said, problem):
    says(server, answer(meetings(9)), said)
    read(feed)
    good = read_at = CalendarFeed.objects.get().read_at
    feed = read(feed)
    assert hours(ana) == [9]
    assert problem in feed.problem
    assert (feed.failures, feed.read_at) == (1, good)
    assert feed.next_at - feed.tried_at == timedelta(minutes=30)
    feed = read(feed)
    assert feed.next_at - feed.tried_at == timedelta(hours=1)
    assert Event.objects.filter(verb="calendar.failed").count() == 1
    CalendarFeed.objects.update(failures=60)
    assert read(feed).next_at - feed.tried_at <= timedelta(days=1)
    says(server, answer(meetings(10)))
    feed = read(feed)
    assert (hours(ana), feed.problem, feed.failures) == ([10], "", 0)
    assert feed.read_at > read_at


def test_a_feed_in_our_own_network_is_not_asked(ana, feed, server, settings):
    settings.FETCH_ALLOWED_NETWORKS = []
    says(server, answer(meetings(9)))
    assert read(feed).problem == "The address lies in a network that is not public."
    assert server.asked == []


def test_only_what_is_due_is_read_and_a_claim_holds(feed, server, by):
    says(server, answer(meetings(9)))
    read_due_calendars()
    read_due_calendars()
    assert len(server.asked) == 1
    read_feed_again(feed, by=by)
    read_due_calendars()
    assert len(server.asked) == 2
    by.user.is_active = False
    by.user.save()
    read(feed)
    assert len(server.asked) == 2


def test_days_are_days_where_the_owner_works_and_what_they_declined_is_free(ana, feed, server):
    day = f"BEGIN:VEVENT\nUID:d\nDTSTART;VALUE=DATE:{DAY:%Y%m%d}\nEND:VEVENT\n"
    declined = (
        f"BEGIN:VEVENT\nUID:e\nDTSTART:{DAY:%Y%m%d}T230000Z\nDURATION:PT9H\n"
        "ATTENDEE;PARTSTAT=DECLINED:mailto:ana@example.org\nEND:VEVENT\n"
    )
    says(server, answer(meetings(more=day + declined)))
    read(feed)
    (block,) = BusyBlock.objects.filter(user=ana)
    begins = block.during.lower.astimezone(ZoneInfo("Europe/Madrid"))
    assert (begins.date(), begins.hour) == (DAY, 0)
    assert block.during.upper - block.during.lower == timedelta(days=1)


# Giving and taking back


@pytest.mark.parametrize(
    "url",
    ["", "file:///etc/passwd", "http://", "https://me:secret@example.org/x", "https://a/ b"],
)
def test_an_address_that_is_none_is_refused(by, url):
    with pytest.raises(Invalid) as caught:
        add_feed(url=url, by=by)
    assert caught.value.field == "url"
    assert CalendarFeed.objects.count() == 0


def test_feeds_are_given_once_and_not_without_end(by):
    feed = add_feed(url="webcal://example.org/a", by=by)
    assert (feed.url, feed.name) == ("https://example.org/a", "Calendar")
    with pytest.raises(DomainError, match="You gave this calendar already"):
        add_feed(url="https://example.org/a", by=by)
    with pytest.raises(Invalid, match="too long"):
        add_feed(url="https://example.org/" + "a" * 2000, by=by)
    for number in range(9):
        add_feed(url=f"https://example.org/{number}", by=by)
    for give in (
        lambda: add_feed(url="https://example.org/b", by=by),
        lambda: upload_calendar(content=meetings(9), by=by),
    ):
        with pytest.raises(DomainError, match="Remove one first"):
            give()
    with pytest.raises(DomainError, match="Only somebody with an account"):
        add_feed(url="https://example.org/a", by=Actor.system("test"))


def test_an_upload_takes_the_place_of_the_last(ana, by):
    first = upload_calendar(content=meetings(9, 10), name="Mine", by=by)
    again = upload_calendar(content=meetings(10, 12), name="Mine", by=by)
    assert again == first
    assert hours(ana) == [10, 12]
    with pytest.raises(Invalid, match="This is no calendar") as caught:
        upload_calendar(content=b"\xff", name="Mine", by=by)
    assert caught.value.field == "file"
    with pytest.raises(DomainError, match="This calendar was uploaded"):
        read_feed_again(first, by=by)
    assert hours(ana) == [10, 12]
    remove_feed(first, by=by)
    assert hours(ana) == []


def test_time_is_blocked_by_hand(ana, by):
    now = clock.now()
    block = block_time(begins=now, ends=now + timedelta(hours=1), note="Dentist.", by=by)
    assert list(BusyBlock.objects.filter(user=ana)) == [block]
    for ends in (now, now - timedelta(hours=1), now + timedelta(days=61)):
        with pytest.raises(Invalid) as caught:
            block_time(begins=now, ends=ends, by=by)
        assert caught.value.field == "ends"
    unblock_time(block, by=by)
    assert hours(ana) == []
    feed = upload_calendar(content=meetings(9), by=by)
    with pytest.raises(DomainError, match="comes from a calendar"):
        unblock_time(feed.blocks.get(), by=by)


def test_a_feed_that_was_removed_while_it_was_read_is_left_alone(feed, by):
    remove_feed(feed, by=by)
    with pytest.raises(CalendarFeed.DoesNotExist):
        keep_reading(feed, reading=None, etag="", last_modified="", by=by)


# The API


def test_an_owner_sees_the_feed_without_its_secret_and_nobody_else_sees_it(ana, as_, server):
    api = as_(ana)
    url = server.url("/feed.ics?secret=xyzzy")
    made = api.post("/api/v1/calendar-feeds", {"url": url}, format="json")
    assert made.status_code == 201
    assert "xyzzy" not in made.text
    assert made.json()["host"] == "127.0.0.1"
    address = f"/api/v1/calendar-feeds/{made.json()['id']}"
    assert api.get(address).json()["busy_times"] == 0
    assert api.post(f"{address}/read").status_code == 200
    admin = as_(UserFactory(is_site_admin=True))
    assert admin.get(address).status_code == 404
    assert admin.get("/api/v1/calendar-feeds").json()["results"] == []
    assert api.delete(address).status_code == 204
    bad = api.post("/api/v1/calendar-feeds", {"url": "ftp://x"}, format="json")
    assert [one["pointer"] for one in bad.json()["errors"]] == ["/url"]


def test_an_upload_over_http(ana, as_, tmp_path):
    api = as_(ana)
    path = tmp_path / "mine.ics"
    path.write_bytes(meetings(9, more="BEGIN:VEVENT\nEND:VEVENT\n"))
    with path.open("rb") as file:
        made = api.post("/api/v1/calendar-feeds/upload", {"file": file}, format="multipart")
    assert made.status_code == 201
    assert (made.json()["busy_times"], len(made.json()["skipped"])) == (1, 1)
    path.write_bytes(b"")
    with path.open("rb") as file:
        refused = api.post("/api/v1/calendar-feeds/upload", {"file": file}, format="multipart")
    assert refused.status_code == 400
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/file"]


def test_others_learn_when_somebody_is_busy_but_not_why(ana, by, as_):
    now = clock.now().replace(microsecond=0)
    block_time(begins=now, ends=now + timedelta(hours=1), note="Dentist.", by=by)
    upload_calendar(content=meetings(9), by=by)
    mine = as_(ana).get("/api/v1/busy-times").json()["results"]
    assert [(one["note"], bool(one["feed"])) for one in mine] == [("Dentist.", False), ("", True)]
    recruiter = as_(open_requisition().recruiter)
    theirs = recruiter.get(f"/api/v1/busy-times?user={ana.public_id}").json()["results"]
    assert [(one["note"], one["feed"]) for one in theirs] == [(None, None)] * 2
    assert [one["begins"] for one in theirs] == [one["begins"] for one in mine]
    later = (now + timedelta(days=1)).isoformat().replace("+00:00", "Z")
    after = recruiter.get(f"/api/v1/busy-times?begins={later}").json()["results"]
    before = recruiter.get(f"/api/v1/busy-times?ends={later}").json()["results"]
    assert [one["id"] for one in before + after] == [one["id"] for one in theirs]
    assert as_(UserFactory()).get("/api/v1/busy-times").json()["results"] == []
    block = f"/api/v1/busy-times/{mine[0]['id']}"
    assert recruiter.delete(block).status_code == 403
    assert as_(ana).delete(block).status_code == 204


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_take_as_many_queries_for_three(count, ana, by, as_, django_assert_num_queries):
    for number in range(count):
        upload_calendar(content=meetings(9 + number), name=str(number), by=by)
    api = as_(ana)
    for noun, queries in (("calendar-feeds", 3), ("busy-times", 5)):
        with django_assert_num_queries(queries):
            assert len(api.get(f"/api/v1/{noun}").json()["results"]) == count


def test_a_block_without_length_cannot_be_stored(ana):
    now = clock.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        BusyBlock.objects.create(user=ana, during=DateTimeTZRange(now, now))

"""Hours, calendars, pools and candidates' times, as people use them in the console."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ats import clock
from ats.admin.base import list_url, url_of
from interviews.actions.availability import give_availability
from interviews.models import (
    BusyBlock,
    CalendarFeed,
    CandidateAvailability,
    InterviewerPool,
    InterviewerProfile,
    PoolMember,
)
from tests.console.test_buttons import press, sentences
from tests.console.world import World, signed_in
from tests.factories.ats import UserFactory

pytestmark = pytest.mark.django_db
HOURS = {"timezone": "Europe/Madrid", "hours": "monday 09:00-12:00", "buffer_minutes": 10}


def begin(client: Any, model: Any, verb: str, **said: Any) -> Any:
    return client.post(f"{list_url(model)}begin/{verb}/", said)


def test_somebody_gives_their_hours_and_pauses(world: World) -> None:
    person = world.people["interviewer who gave"]
    client = signed_in(person)
    page = client.get(f"{list_url(InterviewerProfile)}begin/add_profile/").content.decode()
    assert "friday 09:00-17:00" in page
    refused = begin(client, InterviewerProfile, "add_profile", **HOURS | {"hours": "x"})
    assert "write monday 09:00-17:00" in " ".join(sentences(refused))
    late = HOURS | {"hours": "monday 09:00-12:00\n\ntuesday 12:00-09:00"}
    refused = begin(client, InterviewerProfile, "add_profile", **late)
    assert "Line 2: These hours end before they begin." in " ".join(sentences(refused))
    assert begin(client, InterviewerProfile, "add_profile", **HOURS).status_code == 302
    row = InterviewerProfile.objects.get()
    assert row.user == person
    edited = HOURS | {"daily_limit": 2}
    assert press(client, row, "edit_profile", **edited).status_code == 302
    day = clock.now().date()
    dates = {"begins_on": f"{day}", "ends_on": f"{day}"}
    assert press(client, row, "pause_interviewing", **dates, reason="Family").status_code == 302
    assert "(Family)" in client.get(url_of(row)).content.decode()
    seen = signed_in(world.people["recruiter"]).get(url_of(row)).content.decode()
    assert f"{day} to {day}" in seen
    assert "Family" not in seen


def test_somebody_gives_their_calendar_and_blocks_time(world: World) -> None:
    client = signed_in(world.people["interviewer who gave"])
    secret = "https://calendar.example.org/xyzzy.ics"
    assert begin(client, CalendarFeed, "add_feed", url="x").status_code == 200
    assert begin(client, CalendarFeed, "add_feed", url=secret).status_code == 302
    feed = CalendarFeed.objects.get()
    page = client.get(url_of(feed)).content.decode()
    assert "xyzzy" not in page
    assert press(client, feed, "read_feed_again").status_code == 302
    assert press(client, feed, "remove_feed").status_code == 302
    begins = clock.now().replace(minute=0) + timedelta(days=1)
    event = f"BEGIN:VEVENT\nDTSTART:{begins:%Y%m%dT%H}0000Z\nDURATION:PT1H\nEND:VEVENT\n"
    text = f"BEGIN:VCALENDAR\n{event}END:VCALENDAR".encode()
    file = SimpleUploadedFile("mine.ics", text)
    assert begin(client, CalendarFeed, "upload_calendar", file=file).status_code == 302
    times = {"begins": f"{begins:%Y-%m-%dT%H:00}", "ends": f"{begins:%Y-%m-%dT%H:30}"}
    assert begin(client, BusyBlock, "block_time", **times, note="Dentist").status_code == 302
    wrong = begin(client, BusyBlock, "block_time", begins="soon", ends=times["ends"])
    assert "Write the local time" in " ".join(sentences(wrong))
    block = BusyBlock.objects.get(feed=None)
    assert "Dentist" in client.get(url_of(block)).content.decode()
    others = signed_in(world.people["recruiter"])
    assert "Dentist" not in others.get(url_of(block)).content.decode()
    assert len(others.get(list_url(BusyBlock)).context_data["cl"].queryset) == 2
    assert press(client, block, "unblock_time").status_code == 302


def test_a_scheduler_keeps_a_pool(world: World) -> None:
    client = signed_in(world.people["coordinator"])
    needed = {"shadows_needed": 1, "reverse_shadows_needed": 0}
    assert begin(client, InterviewerPool, "add_pool", name="Coding", **needed).status_code == 302
    pool = InterviewerPool.objects.get()
    assert press(client, pool, "edit_pool", name="Code", **needed).status_code == 302
    person = UserFactory()
    assert press(client, pool, "add_pool_member", user=person.pk).status_code == 302
    member = PoolMember.objects.get()
    assert "has to shadow 1 more" in " ".join(sentences(press(client, member, "sign_off_member")))
    assert press(client, member, "log_ride", kind="shadow").status_code == 302
    for verb in ("sign_off_member", "retrain_member", "remove_pool_member"):
        assert press(client, member, verb).status_code == 302
    assert press(client, pool, "retire_pool").status_code == 302
    theirs = signed_in(world.people["interviewer who gave"])
    assert press(theirs, pool, "edit_pool", name="Mine", **needed).status_code == 403


def test_a_candidate_is_asked_when_they_can_come(world: World) -> None:
    client = signed_in(world.people["coordinator"])
    application = world.rival
    assert press(client, application, "ask_availability", message="Hello").status_code == 302
    row = CandidateAvailability.objects.get()
    span = {"begins": f"{row.first_day}T10:00", "ends": f"{row.first_day}T12:00"}
    from ats.events.actors import Actor

    give_availability(row, timezone="UTC", spans=[span], by=Actor.link(row.public_id))
    page = client.get(url_of(row)).content.decode()
    assert f"{row.first_day} 10:00 UTC to 12:00" in page
    assert press(client, row, "close_availability").status_code == 302
    assert client.get(list_url(CandidateAvailability)).status_code == 200

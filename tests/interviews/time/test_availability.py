import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.db import IntegrityError, transaction

from ats import clock, links
from ats.errors import DomainError, Invalid, TransitionNotAllowed
from ats.events.actors import Actor
from ats.events.models import Event
from ats.outbox.models import Delivery
from candidates.actions.application import reject_application
from candidates.actions.stage_rule import add_stage_rule
from candidates.automation.registry import Occasion
from candidates.models import RejectionReason
from interviews.actions.availability import (
    ask_availability,
    close_availability,
    give_availability,
)
from interviews.actions.loop import book_loop
from interviews.automation import ask
from interviews.models import CandidateAvailability
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply
from tests.factories.interviews import asked_for, plan
from tests.factories.requisitions import open_requisition

pytestmark = pytest.mark.django_db
DAY = (clock.now() + timedelta(days=10)).date()


@pytest.fixture
def role():
    return open_requisition()


@pytest.fixture
def application(role):
    return apply(role)


@pytest.fixture
def by(role):
    return Actor.of(role.recruiter)


@pytest.fixture
def asked(application, by):
    return ask_availability(application, message="It takes an hour.", by=by)


def span(begins="10:00", ends="12:00", day=DAY):
    return {"begins": f"{day}T{begins}", "ends": f"{day}T{ends}"}


def give(availability, *spans, timezone="Europe/Madrid", **more):
    by = Actor.link(availability.public_id)
    return give_availability(
        availability, timezone=timezone, spans=spans or [span()], by=by, **more
    )


def given(availability):
    return [
        f"{one.during.lower:%d %H:%M}-{one.during.upper:%H:%M}" for one in availability.spans.all()
    ]


def letters(name):
    return Delivery.objects.filter(letter=f"interviews/{name}")


def link_in(letter):
    return urlsplit(re.search(r"https?://\S+/availability/\S+", letter.body)[0]).path


def test_a_question_is_asked_by_letter_once_each_time(application, asked, by, relay):
    relay()
    relay()
    (letter,) = letters("availability")
    assert "It takes an hour." in letter.body
    assert link_in(letter)
    again = ask_availability(application, last_day=DAY + timedelta(days=20), by=by)
    assert again == asked
    relay()
    assert letters("availability").count() == 2


def test_times_are_given_changed_and_joined(asked, role, relay):
    give(asked, span("10:00", "11:00"), span("10:30", "12:00"), span("14:00", "15:00"))
    asked = give(asked, span("09:00", "10:00"), span("10:00", "11:00"), timezone="UTC", note="Hi.")
    assert (asked.status, asked.timezone, asked.note) == ("given", "UTC", "Hi.")
    assert given(asked) == [f"{DAY:%d} 09:00-11:00"]
    relay()
    assert {one.recipient_id for one in letters("availability_given")} == {role.recruiter.public_id}


def test_times_are_those_of_the_zone(asked):
    give(asked, timezone="Asia/Tokyo")
    assert given(asked) == [f"{DAY:%d} 01:00-03:00"]


@pytest.mark.parametrize(
    ("spans", "timezone", "field"),
    [
        ([], "UTC", "spans"),
        ([span()] * 201, "UTC", "spans"),
        ([span("12:00", "10:00")], "UTC", "spans/0/ends"),
        ([span(), span("10:00", "10:15")], "UTC", "spans/1/ends"),
        ([span("soon")], "UTC", "spans/0/begins"),
        ([span(ends="25:00")], "UTC", "spans/0/ends"),
        ([span()], "Mars/Olympus", "timezone"),
        ([span(day=date(2020, 1, 1))], "UTC", "spans/0/begins"),
        ([span(day=DAY + timedelta(days=30))], "UTC", "spans/0/begins"),
    ],
)
def test_what_cannot_be_meant_changes_nothing(asked, spans, timezone, field):
    give(asked)
    with pytest.raises(Invalid) as caught:
        give_availability(asked, timezone=timezone, spans=spans, by=Actor.public())
    assert caught.value.field == field
    assert len(given(asked)) == 1


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (DAY, DAY - timedelta(days=1), "last_day"),
        (DAY, DAY + timedelta(days=61), "last_day"),
        (date(2001, 1, 1), date(2001, 1, 2), "last_day"),
        (date(1, 1, 1), DAY, "first_day"),
    ],
)
def test_days_that_cannot_be_asked_for_are_refused(application, by, first, last, field):
    with pytest.raises(Invalid) as caught:
        ask_availability(application, first_day=first, last_day=last, by=by)
    assert caught.value.field == field


def test_nobody_is_asked_who_does_not_want_to_hear_from_us(application, by):
    application.candidate.do_not_contact = True
    application.candidate.save()
    with pytest.raises(DomainError, match="no address that we may write to"):
        ask_availability(application, by=by)


def test_a_booked_loop_settles_the_question(application, asked, role, by, relay):
    give(asked)
    people = UserFactory.create_batch(2)
    book_loop(application, interviews=asked_for(plan(role), people), by=by)
    relay()
    asked.refresh_from_db()
    assert asked.status == "closed"
    with pytest.raises(DomainError, match="We have your times"):
        give(asked)
    with pytest.raises(TransitionNotAllowed):
        close_availability(asked, by=by)
    later = ask_availability(application, by=by)
    relay()
    later.refresh_from_db()
    assert (later.status, later != asked) == ("asked", True)


def test_a_rejection_settles_the_question(application, asked, by, relay):
    reason = RejectionReason.objects.filter(kind="we_rejected").first()
    reject_application(application, reason=reason, letter="never", by=by)
    relay()
    asked.refresh_from_db()
    assert asked.status == "closed"


def test_one_question_is_open_at_a_time(asked, application):
    with pytest.raises(IntegrityError), transaction.atomic():
        CandidateAvailability.objects.create(
            application=application, first_day=DAY, last_day=DAY, asked_at=clock.now()
        )


def test_a_stage_rule_may_ask(role, application, by):
    said = {"event": "application.moved", "step": "ask_availability"}
    params = {"message": "Bring a pen."}
    rule = add_stage_rule(role.stage("interview"), **said, params=params, by=by)
    sentence = ask(application, Occasion(rule, Event.objects.latest("pk"), by, 0))
    asked = CandidateAvailability.objects.get()
    assert asked.message == "Bring a pen."
    assert sentence == f"Asked when they can come, from {asked.first_day} to {asked.last_day}."


# The page


@pytest.fixture
def address(asked, relay):
    relay()
    return link_in(letters("availability").get())


def fields(*spans, timezone="Europe/Madrid", note=""):
    said = {"timezone": timezone, "note": note}
    for number, (begins, ends) in enumerate(spans):
        said |= {f"from-{DAY}-{number}": begins, f"to-{DAY}-{number}": ends}
    return said


def test_a_candidate_answers_without_an_account(client, address, asked):
    page = client.get(address)
    assert page.status_code == 200
    assert "It takes an hour." in page.text
    sent = client.post(address, fields(("10:00", "12:00"), ("14:00", "15:00"), note="Call me."))
    assert (sent.status_code, sent.headers["Location"]) == (302, address)
    asked.refresh_from_db()
    assert (asked.status, asked.note, len(given(asked))) == ("given", "Call me.", 2)
    page = client.get(address)
    assert "Thank you, your times have arrived." in page.text
    assert f'name="from-{DAY}-0" value="10:00"' in page.text
    assert '<option value="Europe/Madrid" selected>' in page.text


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (fields(), "Give at least one time at which you can come."),
        (fields(("10:00", "")), "Say from when and to when."),
        (fields(("10:00", "09:00")), "This time ends before it begins."),
        (fields(("10:00", "11:00"), ("soon", "x")), "Write the local time"),
        (fields(("10:00", "11:00"), timezone="Mars"), "Select a valid choice"),
    ],
)
def test_the_page_keeps_what_was_written_and_says_what_is_wrong(client, address, said, sentence):
    page = client.post(address, said)
    assert page.status_code == 400
    assert sentence in page.text
    assert "What you wrote is still here." in page.text
    if f"from-{DAY}-0" in said:
        assert f'value="{said[f"from-{DAY}-0"]}"' in page.text


def test_the_page_of_a_settled_question_only_says_so(client, address, asked, by):
    close_availability(asked, by=by)
    page = client.get(address)
    assert "We need no times from you any more." in page.text
    assert "<form" not in page.text
    assert client.post(address, fields(("10:00", "11:00"))).status_code == 409


def test_broken_and_old_links_say_so(client, asked):
    assert client.get("/availability/nonsense").status_code == 404
    old = links.sign("availability", asked.public_id, expires=clock.now() - timedelta(days=1))
    assert client.get(f"/availability/{old}").status_code == 410
    other = links.sign("offer", asked.public_id, expires=clock.now() + timedelta(days=1))
    assert client.get(f"/availability/{other}").status_code == 404


# The API


def test_the_team_asks_and_the_candidate_answers_over_http(as_, client, role, application):
    api = as_(role.recruiter)
    body = {"application": str(application.public_id), "last_day": f"{DAY}"}
    made = api.post("/api/v1/availabilities", body, format="json")
    assert made.status_code == 201
    row = CandidateAvailability.objects.get()
    token = links.sign("availability", row.public_id, expires=clock.now() + timedelta(days=1))
    link = f"/api/v1/availability-links/{token}"
    assert client.get(link).json()["status"] == "asked"
    answer = {"timezone": "UTC", "spans": [span()]}
    said = client.post(f"{link}/give", answer, content_type="application/json").json()
    assert (said["status"], said["name"]) == ("given", application.candidate.name)
    assert "id" not in said
    address = f"/api/v1/availabilities/{made.json()['id']}"
    assert api.get(address).json()["spans"] == said["spans"]
    bad = client.post(
        f"{link}/give",
        {"timezone": "UTC", "spans": [span(ends="09:00")]},
        content_type="application/json",
    )
    assert [one["pointer"] for one in bad.json()["errors"]] == ["/spans/0/ends"]
    assert as_(UserFactory()).get(address).status_code == 404
    assert as_(role.approver).get("/api/v1/availabilities").json()["results"] == []
    assert api.post(f"{address}/close").json()["status"] == "closed"
    assert api.post(f"{address}/close").status_code == 409


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three(count, as_, role, by, django_assert_num_queries):
    for _ in range(count):
        give(ask_availability(apply(role), by=by))
    api = as_(role.recruiter)
    with django_assert_num_queries(4):
        assert len(api.get("/api/v1/availabilities").json()["results"]) == count

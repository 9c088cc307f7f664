from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from ats.events.log import REACTIONS
from ats.events.models import Event
from ats.outbox.email import message
from ats.outbox.models import Delivery
from ats.reminders.bell import ring_due
from ats.reminders.models import Reminder
from candidates.actions.application import reactivate_application, reject_application
from interviews.actions.debrief import decide_debrief
from interviews.actions.interview import (
    cancel_interview,
    complete_interview,
    mark_no_show,
    reschedule_interview,
)
from interviews.actions.scorecard import excuse_scorecard, owe_again
from interviews.models import Debrief, Interview
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply, rejection_reason
from tests.factories.interviews import heard, submit
from tests.factories.requisitions import open_requisition

pytestmark = pytest.mark.django_db
# A Sunday; loops are a week later unless told otherwise.
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now(set_clock):
    set_clock(NOW)


@pytest.fixture
def ines():
    return UserFactory(name="Inés Ortega", timezone="America/New_York")


@pytest.fixture
def day(ines):
    role = open_requisition(title="Data Engineer")
    application = apply(role, "Ana Ruiz", email="ana@mail.example")
    return heard([ines], role=role, application=application, timezone="Europe/Madrid")


def letters(name=""):
    rows = Delivery.objects.filter(letter__startswith=f"interviews/{name}").order_by("pk")
    return list(rows)


def event_in(letter):
    (event,) = Calendar.from_ical(letter.calendar).walk("VEVENT")
    return event


def react(name, event):
    REACTIONS[f"interviews.reactions.{name}"](event)


def test_both_sides_are_told_in_their_own_zone(day, relay, ines):
    relay()
    to_ines, to_ana = letters()
    assert (to_ines.letter, to_ines.to_address) == ("interviews/invitation", ines.email)
    assert "Sunday, 29 November 2026, 04:00 to 05:00, America/New_York" in to_ines.body
    assert "Ana Ruiz" in to_ines.subject
    assert (to_ana.letter, to_ana.to_address) == ("interviews/confirmation", "ana@mail.example")
    assert "Sunday, 29 November 2026, 10:00 to 11:00, Europe/Madrid" in to_ana.body
    assert "Inés Ortega" in to_ana.body
    assert ines.email not in to_ana.body + to_ana.calendar


def test_the_invitation_is_a_calendar_entry(day, relay, ines):
    relay()
    to_ines, to_ana = letters()
    for letter, attendee in ((to_ines, ines.email), (to_ana, "ana@mail.example")):
        event = event_in(letter)
        assert event["UID"] == f"{day.interview.public_id}@evenhand"
        assert event["SEQUENCE"] == 0
        assert event["DTSTART"].dt == day.interview.during.lower
        assert event["DTSTART"].params["TZID"] == "Europe/Madrid"
        assert str(event["ATTENDEE"]) == f"mailto:{attendee}"
    (part,) = (
        part
        for part in message(to_ines).message().walk()
        if part.get_content_type() == "text/calendar"
    )
    assert part.get_param("method") == "REQUEST"
    assert Calendar.from_ical(part.get_payload(decode=True))["METHOD"] == "REQUEST"


def test_a_repeated_reaction_owes_nothing_twice(day, relay):
    relay()
    before = len(letters())
    react("invite", Event.objects.get(verb="interview.scheduled"))
    assert len(letters()) == before


def test_a_move_is_told_with_a_raised_sequence(day, relay):
    relay()
    reschedule_interview(day.interview, starts="2026-12-02T12:00", by=day.by)
    relay()
    changed = letters("interview_changed") + letters("confirmation_changed")
    assert [event_in(letter)["SEQUENCE"] for letter in changed] == [1, 1]
    uids = {str(event_in(letter)["UID"]) for letter in letters()}
    assert uids == {f"{day.interview.public_id}@evenhand"}
    assert "Wednesday, 2 December 2026, 06:00" in changed[0].body


def test_a_late_reaction_tells_the_newest_state(day, relay):
    """Booked and moved before any worker came: both letters name the new time."""
    moved = reschedule_interview(day.interview, starts="2026-12-02T12:00", by=day.by)
    relay()
    assert {event_in(letter)["DTSTART"].dt for letter in letters()} == {moved.during.lower}
    assert {event_in(letter)["SEQUENCE"] for letter in letters()} == {1}


def test_a_cancellation_takes_the_entry_out_of_calendars(day, relay, ines):
    relay()
    cancel_interview(day.interview, reason="The role is on hold.", by=day.by)
    relay()
    cancelled = letters("interview_cancelled") + letters("confirmation_cancelled")
    assert [letter.to_address for letter in cancelled] == [ines.email, "ana@mail.example"]
    for letter in cancelled:
        assert Calendar.from_ical(letter.calendar)["METHOD"] == "CANCEL"
        assert (event_in(letter)["STATUS"], event_in(letter)["SEQUENCE"]) == ("CANCELLED", 1)
        assert "on hold" not in letter.body


def test_what_was_cancelled_before_any_letter_left_invites_nobody(day, relay):
    cancel_interview(day.interview, reason="Wrong day.", by=day.by)
    relay()
    names = {letter.letter for letter in letters()}
    assert names == {"interviews/interview_cancelled", "interviews/confirmation_cancelled"}


def test_nobody_is_invited_to_the_past(day, relay, set_clock):
    set_clock(NOW + timedelta(days=30))
    relay()
    assert letters() == []


def test_whoever_wants_no_letters_gets_none(day, relay):
    candidate = day.application.candidate
    candidate.do_not_contact = True
    candidate.save()
    relay()
    assert [letter.letter for letter in letters()] == ["interviews/invitation"]


def test_names_pass_through_letters_unharmed(relay):
    role = open_requisition(title="R&D <Lead>")
    day = heard([UserFactory(name='Zoë "Z" O\'Neil & Co')], role=role)
    relay()
    to_ana = letters("confirmation")[0]
    assert 'Zoë "Z" O\'Neil & Co' in to_ana.body
    assert "R&D <Lead>" in to_ana.subject
    assert day


def test_a_name_does_not_make_an_invitation_a_cancellation(relay):
    role = open_requisition(title="METHOD:CANCEL\r\nMETHOD:CANCEL")
    assert heard(1, role=role)
    relay()
    for letter in letters():
        (part,) = [
            part
            for part in message(letter).message().walk()
            if part.get_content_type() == "text/calendar"
        ]
        assert part.get_param("method") == "REQUEST"
        assert "\n" not in letter.subject


def test_a_rejection_cancels_what_is_to_come(relay, set_clock):
    day = heard(2)
    first, second = day.interviews
    set_clock(first.during.upper)
    complete_interview(first, by=day.by)
    set_clock(first.during.upper - timedelta(minutes=30))
    reject_application(day.application, reason=rejection_reason(), letter="never", by=day.by)
    relay()
    states = dict(Interview.objects.values_list("pk", "status"))
    assert states == {first.pk: "completed", second.pk: "cancelled"}
    assert day.card(day.interviewers[0]).status == "open"
    assert day.card(day.interviewers[1]).status == "excused"
    second.refresh_from_db()
    assert second.cancel_reason == "The application was rejected."


def test_a_rejection_that_was_undone_cancels_nothing(day, relay):
    reject_application(day.application, reason=rejection_reason(), letter="never", by=day.by)
    reactivate_application(day.application, by=day.by)
    relay()
    assert Interview.objects.get().status == "scheduled"


def test_the_debrief_opens_with_the_last_scorecard(relay):
    day = heard(2)
    first, second = day.interviewers
    submit(day.card(first))
    relay()
    assert not Debrief.objects.exists()
    submit(day.card(second))
    relay()
    debrief = Debrief.objects.get()
    assert debrief.loop == day.loop
    told = {letter.to_address for letter in letters("debrief_opened")}
    assert told == {day.role.manager.email, day.role.recruiter.email}
    assert Event.objects.get(verb="debrief.opened").rule == "all_scorecards_in"


@pytest.mark.parametrize(
    "settle",
    [
        lambda day: excuse_scorecard(day.card(day.interviewers[1]), reason="Ill.", by=day.by),
        lambda day: cancel_interview(day.interviews[1], reason="Enough.", by=day.by),
        lambda day: mark_no_show(day.interviews[1], by=day.by),
    ],
)
def test_the_debrief_opens_when_nobody_is_left_to_wait_for(relay, advance, settle):
    day = heard(2)
    submit(day.card(day.interviewers[0]))
    relay()
    advance(timedelta(days=8))
    settle(day)
    relay()
    assert Debrief.objects.get().combined["scorecards"] == 1


def test_with_nothing_said_there_is_no_debrief(day, relay):
    excuse_scorecard(day.card(day.interviewers[0]), reason="Ill.", by=day.by)
    relay()
    assert not Debrief.objects.exists()


def test_a_rejected_application_needs_no_debrief(relay):
    day = heard(2)
    submit(day.card(day.interviewers[0]))
    reject_application(day.application, reason=rejection_reason(), letter="never", by=day.by)
    relay()
    assert not Debrief.objects.exists()


def test_a_repeated_reaction_opens_one_debrief(day, relay):
    submit(day.card(day.interviewers[0]))
    relay()
    react("open_debrief_when_all_is_in", Event.objects.get(verb="scorecard.submitted"))
    assert Debrief.objects.count() == 1


def test_a_decision_is_announced_without_its_content(day, relay):
    submit(day.card(day.interviewers[0]), 1, recommendation="strong_no", notes="CANARY")
    relay()
    decide_debrief(
        Debrief.objects.get(),
        decision="reject",
        reason="REASON-CANARY",
        participants=day.interviewers,
        by=day.by,
    )
    relay()
    told = letters("decision_recorded")
    assert {letter.to_address for letter in told} == {
        day.role.manager.email,
        day.role.recruiter.email,
    }
    everything = " ".join(letter.subject + letter.body for letter in letters())
    for secret in ("CANARY", "strong_no", "strong no", "reject"):
        assert secret not in everything


# Reminders


def ring_until(set_clock, last):
    """Move on from ring to ring, as the sweep would; returns when it rang."""
    rung = []
    while (
        reminder := Reminder.objects.filter(kind="scorecard.missing", due_at__lte=last)
        .order_by("due_at")
        .first()
    ):
        set_clock(reminder.due_at)
        rung.append(reminder.due_at)
        ring_due()
    return rung


def test_a_missing_scorecard_is_asked_for_until_it_is_enough(day, set_clock, ines):
    """The interview ended on a Sunday, 10:00 UTC; then each weekday at nine in New York."""
    rung = ring_until(set_clock, NOW + timedelta(days=60))
    assert rung[0] == datetime(2026, 11, 29, 11, tzinfo=UTC)
    days = [30, 1, 2, 3, 4, 7, 8, 9, 10]
    assert [(at.day, at.hour) for at in rung[1:]] == [(number, 14) for number in days]
    asked = letters("scorecard_missing")
    by_letter = {
        name: [row.to_address for row in asked if row.letter == f"interviews/{name}"]
        for name in ("scorecard_missing", "scorecard_missing_told")
    }
    assert by_letter == {
        "scorecard_missing": [ines.email] * 10,
        "scorecard_missing_told": [day.role.manager.email, day.role.recruiter.email],
    }
    assert not Reminder.objects.filter(kind="scorecard.missing").exists()


@pytest.mark.parametrize(
    ("rings", "manager", "recruiter"), [(1, 0, 0), (2, 1, 0), (3, 1, 0), (4, 1, 1), (5, 1, 1)]
)
def test_others_hear_of_it_after_the_second_and_the_fourth(
    day, set_clock, rings, manager, recruiter
):
    for _ in range(rings):
        set_clock(Reminder.objects.get(kind="scorecard.missing").due_at)
        ring_due()
    told = [row.to_address for row in letters("scorecard_missing_told")]
    assert told.count(day.role.manager.email) == manager
    assert told.count(day.role.recruiter.email) == recruiter


def test_nothing_is_asked_for_before_the_hour_is_over(day, set_clock):
    set_clock(day.interview.during.upper + timedelta(minutes=59, seconds=50))
    ring_due()
    assert letters("scorecard_missing") == []


@pytest.mark.parametrize(
    "stop",
    [
        lambda day: submit(day.card(day.interviewers[0])),
        lambda day: cancel_interview(day.interview, reason="Not held.", by=day.by),
        lambda day: excuse_scorecard(day.card(day.interviewers[0]), reason="Ill.", by=day.by),
    ],
)
def test_it_stops_when_there_is_nothing_to_ask_for(day, set_clock, stop):
    set_clock(day.interview.during.upper + timedelta(hours=1))
    ring_due()
    assert len(letters("scorecard_missing")) == 1
    stop(day)
    assert ring_until(set_clock, NOW + timedelta(days=60)) == []


def test_a_ring_that_comes_late_looks_again(day, set_clock):
    """A reminder that nobody forgot rings, finds the scorecard in, and is quiet."""
    reminder = Reminder.objects.get(kind="scorecard.missing")
    submit(day.card(day.interviewers[0]))
    reminder.pk = None
    reminder.save(force_insert=True)
    set_clock(day.interview.during.upper + timedelta(hours=2))
    ring_due()
    assert letters("scorecard_missing") == []
    assert not Reminder.objects.filter(kind="scorecard.missing").exists()


def test_a_moved_interview_is_asked_about_from_its_new_end(day, set_clock):
    set_clock(day.interview.during.upper + timedelta(hours=1))
    ring_due()
    reschedule_interview(day.interview, starts="2026-12-10T10:00", by=day.by)
    reminder = Reminder.objects.get(kind="scorecard.missing")
    assert (reminder.due_at, reminder.rung) == (datetime(2026, 12, 10, 11, tzinfo=UTC), 0)


def test_what_is_owed_again_is_asked_for_from_the_first_letter_on(day, set_clock):
    card = day.card(day.interviewers[0])
    set_clock(day.interview.during.upper + timedelta(hours=1))
    ring_due()
    excuse_scorecard(card, reason="Ill.", by=day.by)
    owe_again(card, by=day.by)
    set_clock(Reminder.objects.get(kind="scorecard.missing").due_at)
    ring_due()
    assert len(letters("scorecard_missing")) == 2


def test_both_sides_are_reminded_a_day_and_an_hour_before(day, set_clock, ines):
    starts = day.interview.during.lower
    for before in (timedelta(days=1), timedelta(hours=1)):
        set_clock(starts - before)
        ring_due()
    people = [ines.email, "ana@mail.example"]
    rows = letters("reminder") + letters("candidate_reminder")
    assert sorted(row.to_address for row in rows) == sorted(people * 2)
    assert not Reminder.objects.filter(kind__startswith="interview.").exists()


def test_a_reminder_that_comes_after_the_start_is_not_sent(day, set_clock):
    set_clock(day.interview.during.lower + timedelta(minutes=1))
    ring_due()
    assert letters("reminder") == []


def test_a_letter_about_a_scorecard_says_nothing_about_any(day, set_clock):
    ring_until(set_clock, NOW + timedelta(days=60))
    for letter in letters("scorecard_missing"):
        assert "rating" not in letter.body.lower()

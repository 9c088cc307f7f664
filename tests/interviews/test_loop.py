from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.events.models import Event
from ats.reminders.models import Reminder
from candidates.actions.application import reject_application
from candidates.models import ApplicationAccess
from interviews.actions.loop import book_loop
from interviews.models import Interview, Loop, PanelSeat, Scorecard
from requisitions.actions.competency import choose_competencies
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply, rejection_reason
from tests.factories.interviews import asked_for, heard, plan, starts_in
from tests.factories.requisitions import CompetencyFactory, open_requisition

pytestmark = pytest.mark.django_db


@pytest.fixture
def role():
    return open_requisition()


@pytest.fixture
def ana():
    return UserFactory(name="Ana Ruiz")


def book(role, interviews, application=None):
    application = application or apply(role)
    return book_loop(application, interviews=interviews, by=Actor.of(role.recruiter))


def one(role, *people, **change):
    """One planned interview, asked for with these people."""
    (asked,) = asked_for(plan(role, 1), [None])
    return {**asked, "seats": [{"user": person} for person in people], **change}


def test_a_booked_loop_has_everything_around_it(set_clock):
    set_clock(datetime(2026, 11, 22, 8, tzinfo=UTC))
    day = heard(timezone="Europe/Madrid")
    first, second = day.interviews
    assert (first.wall_date.isoformat(), first.wall_time.isoformat()) == ("2026-11-29", "10:00:00")
    assert first.during.lower == datetime(2026, 11, 29, 9, tzinfo=UTC)
    assert first.during.upper == datetime(2026, 11, 29, 10, tzinfo=UTC)
    assert [seat.interviewer for seat in second.seats.all()] == [day.interviewers[1]]
    cards = Scorecard.objects.order_by("pk")
    assert [(card.interviewer, card.status, card.due_at) for card in cards] == [
        (person, "open", interview.during.upper)
        for person, interview in zip(day.interviewers, day.interviews, strict=True)
    ]
    assert {card.rubric for card in cards} == {day.loop.rubric}
    assert day.loop.rubric.number == 1
    given = ApplicationAccess.objects.values_list("user", "because", "cause_id")
    seats = PanelSeat.objects.all()
    assert set(given) == {(seat.interviewer_id, "interview", seat.public_id) for seat in seats}


def test_a_booked_loop_is_in_the_history(day):
    interviews = [str(interview.public_id) for interview in day.interviews]
    booked = Event.objects.get(verb="loop.booked")
    assert booked.ids == {"interviews": interviews, "rubric": str(day.loop.rubric.public_id)}
    scheduled = Event.objects.filter(verb="interview.scheduled").order_by("pk")
    assert [str(event.subject("interview")) for event in scheduled] == interviews
    assert Event.objects.filter(verb="scorecard.opened").count() == 2


def test_a_booked_loop_is_remembered(day):
    first = day.interview.during
    expected = {
        ("interview.tomorrow", first.lower - timedelta(days=1)),
        ("interview.soon", first.lower - timedelta(hours=1)),
        ("scorecard.missing", first.upper + timedelta(hours=1)),
    }
    of_first = Reminder.objects.filter(due_at__lt=first.upper + timedelta(minutes=61)).exclude(
        subject_id=day.interviews[1].public_id
    )
    assert set(of_first.values_list("kind", "due_at")) == expected


def test_an_unchanged_rubric_is_frozen_once(role):
    loops = [heard(1, role=role, days=days).loop for days in (3, 4)]
    assert {loop.rubric.number for loop in loops} == {1}
    choices = [{"competency": competency} for competency in CompetencyFactory.create_batch(2)]
    choose_competencies(role.requisition, choices=choices, by=Actor.of(role.recruiter))
    role.competencies[:] = [choice["competency"] for choice in choices]
    assert heard(1, role=role, days=5).loop.rubric.number == 2


def test_shadows_and_note_takers_owe_nothing_but_may_look(role, ana):
    lead, shadow, notes = ana, UserFactory(), UserFactory()
    seats = [
        {"user": lead, "role": "lead"},
        {"user": shadow, "role": "shadow"},
        {"user": notes, "role": "note_taker"},
    ]
    loop = book(role, [one(role, seats=seats)])
    assert [card.interviewer for card in Scorecard.objects.all()] == [lead]
    assert loop.application.access.count() == 3


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"starts": "2020-01-01T10:00"}, "starts"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"starts": "soon"}, "starts"),
        ({"seats": []}, "seats"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_leaves_nothing(role, ana, change, field):
    with pytest.raises(Invalid) as refusal:
        book(role, [one(role, ana, **change)])
    assert refusal.value.field == f"interviews/0/{field}"
    assert not Loop.objects.exists()
    assert not Interview.objects.exists()


def test_this_very_minute_has_passed(role, ana, set_clock):
    set_clock(datetime(2026, 12, 1, 10, 0, 0, tzinfo=UTC))
    with pytest.raises(Invalid, match="passed"):
        book(role, [one(role, ana, starts="2026-12-01T10:00")])
    assert book(role, [one(role, ana, starts="2026-12-01T10:01")])


def test_nobody_sits_twice_in_one_panel(role, ana):
    with pytest.raises(Invalid, match="seated twice"):
        book(role, [one(role, ana, ana)])


def test_a_deactivated_account_is_not_seated(role):
    with pytest.raises(Invalid, match="deactivated"):
        book(role, [one(role, UserFactory(is_active=False))])


def test_shadows_do_not_make_up_the_number(role, ana):
    (asked,) = asked_for(plan(role, 1, interviewers=2), [ana])
    asked["seats"].append({"user": UserFactory(), "role": "shadow"})
    with pytest.raises(Invalid, match="needs 2 interviewers, and has 1"):
        book(role, [asked])


def test_only_the_current_plan_is_booked(role, ana):
    asked = one(role, ana)
    plan(role, 1)
    with pytest.raises(DomainError, match="newer version"):
        book(role, [asked])


def test_the_plan_of_another_requisition_is_refused(role, ana):
    with pytest.raises(Invalid, match="another requisition"):
        book(role, [one(open_requisition(), ana)])


def test_a_planned_interview_is_booked_once_per_loop(role, ana):
    asked = one(role, ana)
    with pytest.raises(Invalid, match="twice"):
        book(role, [asked, {**asked, "starts": starts_in(9)}])


def test_a_plan_that_assesses_what_is_no_longer_asked_for_is_refused(role, ana):
    asked = one(role, ana)
    choices = [{"competency": CompetencyFactory()}]
    choose_competencies(role.requisition, choices=choices, by=Actor.of(role.recruiter))
    with pytest.raises(DomainError, match="draft the plan again"):
        book(role, [asked])


def test_only_an_active_application_is_interviewed(role, ana):
    application = apply(role)
    reject_application(
        application, reason=rejection_reason(), letter="never", by=Actor.of(role.recruiter)
    )
    with pytest.raises(DomainError, match="application is rejected"):
        book(role, [one(role, ana)], application)


def test_an_interviewer_is_not_in_two_places(role, ana, set_clock):
    set_clock(datetime(2026, 11, 22, 8, tzinfo=UTC))
    heard([ana], role=role, timezone="Europe/Madrid")
    asked = one(role, ana, starts="2026-11-29T10:30", timezone="Europe/Madrid")
    with pytest.raises(Blocked) as refusal:
        book(role, [asked])
    assert refusal.value.blockers == [
        "Ana Ruiz is in another interview from 10:00 to 11:00 Europe/Madrid on 2026-11-29.",
        "Nothing was booked: choose another time, or other interviewers.",
    ]
    assert Loop.objects.count() == 1


def test_the_refusal_speaks_in_the_zone_that_was_asked_in(role, ana, set_clock):
    set_clock(datetime(2026, 11, 22, 8, tzinfo=UTC))
    heard([ana], role=role, timezone="Europe/Madrid")
    asked = one(role, ana, starts="2026-11-29T04:30", timezone="America/New_York")
    with pytest.raises(Blocked, match="from 04:00 to 05:00 America/New_York on 2026-11-29"):
        book(role, [asked])


def test_a_clash_does_not_tell_whose_interview_it_is(role, ana):
    secret = open_requisition(title="Chief of Secrets", is_confidential=True)
    heard([ana], role=secret, application=apply(secret, "Zoe Hidden"))
    with pytest.raises(Blocked) as refusal:
        book(role, [one(role, ana, starts=starts_in(7))])
    assert "Zoe" not in str(refusal.value)
    assert "Secrets" not in str(refusal.value)


def test_a_candidate_is_not_in_two_interviews(role):
    day = heard(1, role=role)
    with pytest.raises(Blocked, match="The candidate is in another interview"):
        book(role, [one(role, UserFactory(), starts=starts_in(7))], day.application)


def test_the_interviews_of_one_loop_do_not_overlap(role, ana):
    asked = asked_for(plan(role, 2), [ana, ana])
    asked[1]["starts"] = asked[0]["starts"][:-2] + "59"
    with pytest.raises(Blocked, match="Interview 1 and Interview 2 overlap, and Ana Ruiz and the"):
        book(role, asked)


def test_back_to_back_is_fine(role, ana):
    heard([ana], role=role)
    assert book(role, [one(role, ana, starts=starts_in(7, hour=11))])
    assert book(role, [one(role, ana, starts=starts_in(7, hour=9))])


def test_the_database_has_the_last_word_on_people(day):
    seat = day.interview.seats.get()
    other = day.interviews[1]
    with pytest.raises(IntegrityError, match="nobody_is_in_two_interviews"), transaction.atomic():
        PanelSeat.objects.create(interview=other, interviewer=seat.interviewer, during=seat.during)


def test_the_database_has_the_last_word_on_candidates(day):
    first, second = day.interviews
    with (
        pytest.raises(IntegrityError, match="no_candidate_is_in_two_interviews"),
        transaction.atomic(),
    ):
        Interview.objects.filter(pk=second.pk).update(during=first.during)

from datetime import UTC, datetime, timedelta

import pytest

from ats.errors import Blocked, DomainError, Invalid, TransitionNotAllowed
from ats.events.models import Event
from ats.reminders.models import Reminder
from candidates.actions.application import reject_application
from candidates.models import ApplicationAccess
from interviews.actions.interview import (
    cancel_interview,
    complete_interview,
    mark_no_show,
    reschedule_interview,
)
from interviews.models import Interview, Scorecard
from tests.factories.ats import UserFactory
from tests.factories.candidates import rejection_reason
from tests.factories.interviews import heard, starts_in, submit
from tests.factories.requisitions import open_requisition

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now(set_clock):
    set_clock(NOW)


def move(day, starts, **zone):
    return reschedule_interview(day.interview, starts=starts, **zone, by=day.by)


def test_a_moved_interview_takes_everything_along(day):
    day.interview.seats.update(rsvp="accepted")
    moved = move(day, "2026-12-02T14:00", timezone="America/New_York")
    begins = datetime(2026, 12, 2, 19, tzinfo=UTC)
    ends = begins + timedelta(hours=1)
    assert (moved.during.lower, moved.during.upper) == (begins, ends)
    assert (str(moved.wall_date), str(moved.wall_time)) == ("2026-12-02", "14:00:00")
    assert (moved.timezone, moved.sequence, moved.status) == ("America/New_York", 1, "scheduled")
    seat = moved.seats.get()
    assert (seat.during, seat.rsvp) == (moved.during, "needs_action")
    card = moved.scorecards.get()
    assert card.due_at == ends
    about = (moved.public_id, card.public_id)
    assert set(
        Reminder.objects.filter(subject_id__in=about).values_list("kind", "due_at", "rung")
    ) == {
        ("interview.tomorrow", begins - timedelta(days=1), 0),
        ("interview.soon", begins - timedelta(hours=1), 0),
        ("scorecard.missing", ends + timedelta(hours=1), 0),
    }


def test_a_move_leaves_its_trace(day):
    was = day.interview.during.lower
    moved = move(day, "2026-12-02T14:00")
    event = Event.objects.get(verb="interview.rescheduled")
    assert event.ids == {
        "sequence": 1,
        "was_at": was.isoformat(),
        "starts_at": moved.during.lower.isoformat(),
    }


def test_without_a_zone_the_old_one_stays():
    day = heard(1, timezone="Europe/Madrid")
    moved = move(day, "2026-12-02T14:00")
    assert moved.timezone == "Europe/Madrid"
    assert moved.during.lower == datetime(2026, 12, 2, 13, tzinfo=UTC)


def test_moving_by_half_an_hour_does_not_clash_with_itself(day):
    moved = move(day, starts_in(7, hour=9)[:-2] + "30")
    assert moved.sequence == 1


def test_a_move_into_somebody_elses_time_is_refused(day):
    busy = day.interviewers[0]
    heard([busy], role=open_requisition(), days=9)
    with pytest.raises(Blocked, match=f"{busy} is in another interview from 10:00 to 11:00 UTC"):
        move(day, starts_in(9))
    day.interview.refresh_from_db()
    assert day.interview.sequence == 0


def test_a_move_into_the_candidates_other_interview_is_refused(day):
    with pytest.raises(Blocked, match="The candidate is in another interview"):
        move(day, starts_in(7, hour=11))


@pytest.mark.parametrize(
    ("starts", "timezone", "field"),
    [
        ("2026-11-22T08:00", "", "starts"),
        ("2027-03-28T02:30", "Europe/Madrid", "starts"),
        ("2026-12-02T14:00", "Nowhere", "timezone"),
    ],
)
def test_what_cannot_be_meant_changes_nothing(day, starts, timezone, field):
    with pytest.raises(Invalid) as refusal:
        move(day, starts, timezone=timezone)
    assert refusal.value.field == field


def test_a_move_to_within_the_day_is_not_announced_as_tomorrows(day):
    move(day, "2026-11-22T20:00")
    kinds = Reminder.objects.filter(subject_id=day.interview.public_id)
    assert set(kinds.values_list("kind", flat=True)) == {"interview.soon"}


def test_a_cancelled_interview_lets_everybody_go(day):
    cancelled = cancel_interview(day.interview, reason="She has flu.", by=day.by)
    assert (cancelled.status, cancelled.sequence) == ("cancelled", 1)
    assert cancelled.cancel_reason == "She has flu."
    assert not cancelled.seats.filter(is_live=True).exists()
    card = cancelled.scorecards.get()
    assert (card.status, card.excused_because) == ("excused", "The interview was cancelled.")
    gone, stays = day.interviewers
    assert set(ApplicationAccess.objects.values_list("user", flat=True)) == {stays.pk}
    about = (cancelled.public_id, card.public_id)
    assert not Reminder.objects.filter(subject_id__in=about).exists()
    assert not day.application.access.filter(user=gone).exists()


def test_whoever_sits_in_another_interview_may_still_look():
    person = UserFactory()
    day = heard([person, person])
    cancel_interview(day.interview, reason="Too many.", by=day.by)
    assert day.application.access.filter(user=person).count() == 1


def test_a_cancelled_time_is_free_again(day):
    cancel_interview(day.interview, reason="She has flu.", by=day.by)
    again = heard([day.interviewers[0]], role=day.role)
    assert again.interview.during == day.interview.during


def test_a_submitted_scorecard_outlives_the_cancellation(day):
    submit(day.card(day.interviewers[0]))
    cancel_interview(day.interview, reason="Held by phone before.", by=day.by)
    assert day.card(day.interviewers[0]).status == "submitted"


def test_a_cancellation_has_a_reason(day):
    with pytest.raises(Invalid, match="why"):
        cancel_interview(day.interview, reason=" ", by=day.by)


def test_a_completed_interview_still_owes_its_scorecard(day, set_clock):
    set_clock(NOW + timedelta(days=8))
    done = complete_interview(day.interview, by=day.by)
    assert done.status == "completed"
    assert day.card(day.interviewers[0]).status == "open"
    assert Reminder.objects.filter(kind="scorecard.missing").count() == 2


def test_a_no_show_leaves_nothing_to_report(day, set_clock):
    set_clock(NOW + timedelta(days=8))
    missed = mark_no_show(day.interview, by=day.by)
    assert missed.status == "no_show"
    assert day.card(day.interviewers[0]).excused_because == "The candidate did not come."


def test_nobody_can_miss_what_has_not_begun(day):
    with pytest.raises(DomainError, match="not begun"):
        mark_no_show(day.interview, by=day.by)
    assert Interview.objects.get(pk=day.interview.pk).status == "scheduled"


def test_what_is_over_does_not_move(day):
    cancel_interview(day.interview, reason="She has flu.", by=day.by)
    with pytest.raises(TransitionNotAllowed, match="Cannot reschedule while cancelled"):
        move(day, "2026-12-02T14:00")


def test_every_change_is_in_the_history_of_interview_loop_and_application(day, set_clock):
    first, second = day.interviews
    move(day, "2026-11-24T14:00")
    cancel_interview(second, reason="One is enough.", by=day.by)
    set_clock(NOW + timedelta(days=3))
    complete_interview(first, by=day.by)
    told = {"interview.rescheduled", "interview.cancelled", "interview.completed"}
    for event in Event.objects.filter(verb__in=told):
        kinds = {subject.kind for subject in event.subjects.all()}
        assert kinds == {"interview", "loop", "application"}
        told.discard(event.verb)
    assert told == set()
    assert Scorecard.objects.filter(status="open").count() == 1


def test_an_interview_of_a_closed_application_is_not_moved(day, advance):
    advance(timedelta(days=8))
    reason = rejection_reason()
    reject_application(day.application, reason=reason, letter="never", by=day.by)
    with pytest.raises(DomainError, match="is rejected"):
        move(day, starts_in(3))
    assert Interview.objects.get(pk=day.interview.pk).sequence == 0

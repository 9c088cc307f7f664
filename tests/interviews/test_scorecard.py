from datetime import timedelta

import pytest

from ats import clock
from ats.errors import DomainError, Invalid, TransitionNotAllowed
from ats.events.actors import Actor
from ats.events.models import Event
from ats.reminders.models import Reminder
from interviews.actions.interview import cancel_interview
from interviews.actions.scorecard import (
    amend_scorecard,
    excuse_scorecard,
    owe_again,
    submit_scorecard,
)
from interviews.models import Rating, Scorecard
from tests.factories.interviews import ratings, submit
from tests.factories.requisitions import CompetencyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(day):
    return day.card(day.interviewers[0])


def test_a_submitted_scorecard_says_what_was_seen(card):
    said = ratings(card)
    said[0] |= {"value": None, "evidence": ""}
    submitted = submit(card, ratings=said, notes="Calm.", private_notes="Ask Jo.")
    assert (submitted.status, submitted.recommendation, submitted.version) == (
        "submitted",
        "yes",
        1,
    )
    assert submitted.submitted_at is not None
    values = Rating.objects.filter(scorecard=card).values_list("competency", "value")
    assert set(values) == {(one["competency"].pk, one["value"]) for one in said}
    assert not Reminder.objects.filter(subject_id=card.public_id).exists()


def test_the_first_version_is_kept_without_private_notes(card):
    submit(card, notes="Calm.", private_notes="Ask Jo.")
    version = card.versions.get()
    assert version.number == 1
    assert version.content["notes"] == "Calm."
    assert {rating["value"] for rating in version.content["ratings"]} == {4}
    assert "Ask Jo" not in str(version.content)


def test_the_event_says_that_it_is_in_and_not_what_it_says(day, card):
    submit(card, 1, recommendation="strong_no")
    event = Event.objects.get(verb="scorecard.submitted")
    assert event.ids == {"user": str(card.interviewer.public_id)}
    assert {subject.kind for subject in event.subjects.all()} == {
        "scorecard",
        "interview",
        "application",
    }


@pytest.mark.parametrize("value", [1, 2, 5])
@pytest.mark.parametrize("evidence", ["", "  \n"])
def test_a_strong_rating_needs_evidence(card, value, evidence):
    with pytest.raises(Invalid, match="needs evidence"):
        submit(card, ratings=ratings(card, value, evidence))


@pytest.mark.parametrize("value", [3, 4])
def test_a_middling_rating_needs_none(card, value):
    assert submit(card, ratings=ratings(card, value, "")).status == "submitted"


@pytest.mark.parametrize("value", [0, 6, -1, 2.5])
def test_ratings_are_from_1_to_5(card, value):
    with pytest.raises(Invalid, match="from 1 to 5"):
        submit(card, value)


def test_every_focus_competency_is_rated_or_said_not_to_be(card):
    with pytest.raises(Invalid, match="too, or say null"):
        submit(card, ratings=ratings(card)[1:])


def test_only_focus_competencies_are_rated(card):
    foreign = {"competency": CompetencyFactory(), "value": 3, "evidence": ""}
    with pytest.raises(Invalid, match="not assessed in this interview"):
        submit(card, ratings=[*ratings(card), foreign])


def test_a_competency_is_rated_once(card):
    said = ratings(card)
    with pytest.raises(Invalid, match="rated twice"):
        submit(card, ratings=[*said, said[0]])


def test_no_decision_needs_a_reason(card):
    with pytest.raises(Invalid, match="either way"):
        submit(card, recommendation="no_decision")
    kept = submit(card, recommendation="no_decision", no_decision_reason="Ten minutes only.")
    assert kept.no_decision_reason == "Ten minutes only."


def test_an_unknown_recommendation_is_refused(card):
    with pytest.raises(Invalid, match="Recommend one of"):
        submit(card, recommendation="maybe")


def test_a_refused_scorecard_keeps_nothing(card):
    with pytest.raises(Invalid):
        submit(card, ratings=[])
    card.refresh_from_db()
    assert (card.status, card.version, card.ratings.count()) == ("open", 0, 0)


def test_it_is_submitted_once(card):
    submit(card)
    with pytest.raises(TransitionNotAllowed, match=r"Possible from here: amend\."):
        submit(card)


def amend(card, value, **said):
    said = {"recommendation": "no", "ratings": ratings(card, value), **said}
    return amend_scorecard(card, **said, by=Actor.of(card.interviewer))


def test_an_amendment_is_a_version_and_the_old_one_stays(card):
    first = submit(card, 4, private_notes="Ask Jo.").submitted_at
    amended = amend(card, 2)
    assert (amended.status, amended.version, amended.recommendation) == ("submitted", 2, "no")
    assert amended.submitted_at == first
    assert amended.private_notes == "Ask Jo."
    contents = [version.content["ratings"][0]["value"] for version in card.versions.all()]
    assert contents == [4, 2]
    assert set(card.ratings.values_list("value", flat=True)) == {2}


def test_an_amendment_is_held_to_the_same_rules(card):
    submit(card)
    with pytest.raises(Invalid, match="needs evidence"):
        amend(card, 1, ratings=ratings(card, 1, ""))
    card.refresh_from_db()
    assert card.version == 1


def test_an_excused_seat_owes_nothing_and_is_not_asked(day, card):
    excused = excuse_scorecard(card, reason="On leave.", by=day.by)
    assert (excused.status, excused.excused_because) == ("excused", "On leave.")
    assert not Reminder.objects.filter(subject_id=card.public_id).exists()


def test_an_empty_scorecard_waits_for_the_interview(day, card, set_clock):
    nothing = [{**rating, "value": None, "evidence": ""} for rating in ratings(card)]
    said = {"recommendation": "no_decision", "no_decision_reason": "Not met.", "ratings": nothing}
    with pytest.raises(DomainError, match="has not begun and nothing was assessed"):
        submit_scorecard(card, **said, by=Actor.of(card.interviewer))
    card.refresh_from_db()
    assert (card.status, card.version) == ("open", 0)
    set_clock(card.interview.during.lower)
    assert submit_scorecard(card, **said, by=Actor.of(card.interviewer)).status == "submitted"


def test_nobody_excuses_their_own_scorecard(day, card):
    with pytest.raises(DomainError, match="Nobody excuses their own scorecard"):
        excuse_scorecard(card, reason="On leave.", by=Actor.of(card.interviewer))
    card.refresh_from_db()
    assert card.status == "open"


def test_an_excuse_has_a_reason(day, card):
    with pytest.raises(Invalid, match="why"):
        excuse_scorecard(card, reason="\t", by=day.by)


def test_what_is_owed_again_is_asked_for_again(day, card, advance):
    excuse_scorecard(card, reason="On leave.", by=day.by)
    advance(timedelta(days=10))
    again = owe_again(card, by=day.by)
    assert (again.status, again.excused_because) == ("open", "")
    reminder = Reminder.objects.get(subject_id=card.public_id)
    assert reminder.due_at > clock.now()
    assert (reminder.due_at.hour, reminder.due_at.minute) == (9, 0)


def test_nothing_is_owed_for_what_did_not_take_place(day, card):
    cancel_interview(day.interview, reason="She has flu.", by=day.by)
    with pytest.raises(DomainError, match="did not take place"):
        owe_again(Scorecard.objects.get(pk=card.pk), by=day.by)

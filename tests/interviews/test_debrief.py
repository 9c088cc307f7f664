import pytest
from django.db import DatabaseError, transaction

from ats.errors import Blocked, DomainError, Invalid, TransitionNotAllowed
from ats.events.actors import Actor
from ats.events.models import Event
from interviews.actions.debrief import decide_debrief, open_debrief
from interviews.actions.interview import cancel_interview
from interviews.actions.scorecard import amend_scorecard, excuse_scorecard
from interviews.frozen import erased
from interviews.models import Debrief, DecisionRecord
from interviews.queries.debriefs import matrix, verify
from tests.factories.ats import UserFactory
from tests.factories.interviews import heard, ratings, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(db):
    """Two have said what they saw; the third has not."""
    day = heard(3)
    first, second, _ = day.interviewers
    submit(day.card(first), 5, recommendation="strong_yes", notes="Knows it all.")
    submit(day.card(second), 2, recommendation="no", private_notes="My own.")
    return day


@pytest.fixture
def debrief(day):
    submit(day.card(day.interviewers[2]), 3)
    return open_debrief(day.loop, by=Actor.system("test"))


def decide(debrief, day, **said):
    said = {
        "decision": "offer",
        "reason": "She has done it before.",
        "participants": day.interviewers,
        **said,
    }
    return decide_debrief(debrief, **said, by=Actor.of(day.role.manager))


def test_it_stays_closed_while_somebody_owes(day):
    with pytest.raises(Blocked) as refusal:
        open_debrief(day.loop, by=day.by)
    missing = f"{day.interviewers[2]} still owes a scorecard for Interview 3."
    assert refusal.value.blockers[0] == missing
    assert not Debrief.objects.exists()


def test_a_reason_opens_it_earlier_and_is_on_record(day):
    opened = open_debrief(day.loop, override_reason="She has another offer.", by=day.by)
    assert opened.override_reason == "She has another offer."
    assert opened.combined["scorecards"] == 2
    assert Event.objects.get(verb="debrief.opened").ids == {"overridden": True}


def test_an_excused_seat_and_a_cancelled_interview_are_not_waited_for(day):
    excuse_scorecard(day.card(day.interviewers[2]), reason="On leave.", by=day.by)
    cancel_interview(day.interviews[0], reason="Not held.", by=day.by)
    opened = open_debrief(day.loop, by=day.by)
    assert opened.combined["scorecards"] == 1
    assert opened.combined["recommendations"] == {"no": 1}


def test_without_any_scorecard_there_is_nothing_to_open():
    day = heard(1)
    with pytest.raises(Blocked, match="nothing to talk about"):
        open_debrief(day.loop, override_reason="Now.", by=day.by)


def test_it_opens_once(day, debrief):
    with pytest.raises(DomainError, match="open already"):
        open_debrief(day.loop, by=day.by)


def test_whoever_owes_does_not_open_it(day):
    blind = Actor.of(day.interviewers[2])
    with pytest.raises(DomainError, match="You still owe"):
        open_debrief(day.loop, override_reason="I want to see.", by=blind)


def test_the_score_is_computed_at_opening_and_never_again(day, debrief):
    before = debrief.combined
    assert before["score"] == pytest.approx(10 / 3, abs=0.01)
    assert len(before["disagreements"]) == 3
    card = day.card(day.interviewers[1])
    amend_scorecard(
        card,
        recommendation="yes",
        ratings=ratings(card, 4),
        by=Actor.of(card.interviewer),
    )
    debrief.refresh_from_db()
    assert debrief.combined == before
    assert [row["version"] for row in matrix(debrief)] == [1, 2, 1]


def test_a_decision_freezes_what_was_known(day, debrief):
    record = decide(debrief, day)
    debrief.refresh_from_db()
    assert debrief.status == "decided"
    assert set(record.participants.all()) == set(day.interviewers)
    content = record.content
    assert content["decision"] == "offer"
    assert content["decided_by"] == str(day.role.manager.public_id)
    assert content["plan"] == {"id": str(day.plan.public_id), "version": 1}
    assert content["rubric"]["content"] == day.loop.rubric.content
    assert content["combined"] == debrief.combined
    assert [(card["version"], card["recommendation"]) for card in content["scorecards"]] == [
        (1, "strong_yes"),
        (1, "no"),
        (1, "yes"),
    ]
    assert content["scorecards"][0]["notes"]["text"] == "Knows it all."
    assert "My own." not in str(content)


def test_a_decision_moves_nobody(day, debrief):
    decide(debrief, day, decision="reject")
    day.application.refresh_from_db()
    assert day.application.status == "active"


def test_the_event_does_not_say_what_was_decided(day, debrief):
    record = decide(debrief, day, decision="reject")
    event = Event.objects.get(verb="decision.recorded")
    assert event.ids == {"record": str(record.public_id)}


def test_a_frozen_record_verifies_from_the_database(day, debrief):
    record = decide(debrief, day)
    assert verify(DecisionRecord.objects.get(pk=record.pk)) == "ok"


def test_an_erased_record_still_verifies(day, debrief):
    record = decide(debrief, day)
    DecisionRecord.objects.filter(pk=record.pk).update(
        content=erased(record.content), reason="(erased)"
    )
    assert verify(DecisionRecord.objects.get(pk=record.pk)) == "erased"


@pytest.mark.parametrize(
    "tamper",
    [
        lambda content: content["scorecards"][1]["ratings"][0].update(value=5),
        lambda content: content["scorecards"].pop(),
        lambda content: content["participants"].pop(),
        lambda content: content["reason"].update(text="He has not."),
        lambda content: content["combined"].update(score=5.0),
    ],
)
def test_tampering_shows(day, debrief, tamper):
    record = decide(debrief, day)
    tamper(record.content)
    DecisionRecord.objects.filter(pk=record.pk).update(content=record.content)
    assert verify(DecisionRecord.objects.get(pk=record.pk)) == "tampered"


def test_another_reason_beside_the_frozen_one_shows(day, debrief):
    record = decide(debrief, day)
    DecisionRecord.objects.filter(pk=record.pk).update(reason="He has not.")
    assert verify(DecisionRecord.objects.get(pk=record.pk)) == "tampered"


@pytest.mark.parametrize("change", [{"decision": "reject"}, {"hash": "0" * 64}])
def test_the_database_refuses_to_rewrite_a_decision(day, debrief, change):
    record = decide(debrief, day)
    with pytest.raises(DatabaseError), transaction.atomic():
        DecisionRecord.objects.filter(pk=record.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        DecisionRecord.objects.filter(pk=record.pk).delete()


def test_it_is_decided_once(day, debrief):
    decide(debrief, day)
    with pytest.raises(TransitionNotAllowed, match="Cannot decide while decided"):
        decide(debrief, day)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"decision": "maybe"}, "decision"),
        ({"participants": []}, "participants"),
    ],
)
def test_a_decision_has_a_reason_and_people(day, debrief, change, field):
    with pytest.raises(Invalid) as refusal:
        decide(debrief, day, **change)
    assert refusal.value.field == field
    assert not DecisionRecord.objects.exists()


def test_strangers_take_no_part(day, debrief):
    with pytest.raises(Invalid, match="neither on the hiring team nor on the panel"):
        decide(debrief, day, participants=[UserFactory()])


def test_whoever_still_owes_takes_no_part(day):
    opened = open_debrief(day.loop, override_reason="She has another offer.", by=day.by)
    with pytest.raises(Invalid, match="still owes a scorecard"):
        decide(opened, day)
    assert decide(opened, day, participants=day.interviewers[:2])


def test_a_rule_decides_nothing(day, debrief):
    with pytest.raises(DomainError, match="taken by a person"):
        decide_debrief(
            debrief,
            decision="reject",
            reason="The score is low.",
            participants=day.interviewers,
            by=Actor.system("stage_rule"),
        )

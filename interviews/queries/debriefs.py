"""What a debrief looks at: who still owes, who said what, and how it adds up."""

from typing import Any

from django.db.models import QuerySet

from ats.accounts.models import User
from candidates.models import Application, StageRuleRun
from interviews.enums import COUNTED, ScorecardStatus
from interviews.frozen import Verdict, personal, verdict
from interviews.models import Debrief, DecisionRecord, Loop, Scorecard
from interviews.scoring import Said, combine


def counted(loop: Loop) -> QuerySet[Scorecard]:
    """The loop's scorecards, without those of interviews that did not take place."""
    cards = Scorecard.objects.filter(interview__loop=loop, interview__status__in=COUNTED)
    return cards.select_related("interviewer", "interview").order_by("pk")


def owed(loop: Loop) -> QuerySet[Scorecard]:
    return counted(loop).filter(status=ScorecardStatus.OPEN)


def given(loop: Loop) -> QuerySet[Scorecard]:
    submitted = counted(loop).filter(status=ScorecardStatus.SUBMITTED)
    return submitted.prefetch_related("ratings__competency")


def owing(application: Application) -> QuerySet[User]:
    """Everybody who is still blind for this application."""
    cards = Scorecard.objects.filter(application=application, status=ScorecardStatus.OPEN)
    return User.objects.filter(pk__in=cards.values("interviewer"))


def combined(loop: Loop) -> dict[str, Any]:
    said = [
        Said(
            card.recommendation,
            {str(rating.competency.public_id): rating.value for rating in card.ratings.all()},
        )
        for card in given(loop)
    ]
    return combine(loop.rubric.content, said)


def matrix(debrief: Debrief) -> list[dict[str, Any]]:
    """Interviewer by competency, as it is now: one row per submitted scorecard."""
    return [
        {
            "scorecard": str(card.public_id),
            "interview": card.interview.name,
            "interviewer": str(card.interviewer.public_id),
            "name": card.interviewer.name,
            "recommendation": card.recommendation,
            "version": card.version,
            "ratings": {
                str(rating.competency.public_id): rating.value for rating in card.ratings.all()
            },
        }
        for card in given(debrief.loop)
    ]


def known(debrief: Debrief, reason: str, participants: list[User]) -> dict[str, Any]:
    """Everything that was known when it was decided; personal texts salted and hashed."""
    loop = debrief.loop
    return {
        "debrief": str(debrief.public_id),
        "application": str(debrief.application.public_id),
        "override_reason": personal(debrief.override_reason),
        "reason": personal(reason),
        "participants": sorted(str(person.public_id) for person in participants),
        "plan": {"id": str(loop.plan.public_id), "version": loop.plan.version},
        "rubric": {
            "id": str(loop.rubric.public_id),
            "number": loop.rubric.number,
            "content": loop.rubric.content,
        },
        "scorecards": [said_in(card) for card in given(loop).prefetch_related("versions")],
        "rule_runs": rule_runs(debrief.application),
        "combined": debrief.combined,
    }


def said_in(card: Scorecard) -> dict[str, Any]:
    latest = card.versions.all()[card.version - 1]
    ratings = [
        {
            "competency": rating["competency"],
            "value": rating["value"],
            "evidence": personal(rating["evidence"]),
        }
        for rating in latest.content["ratings"]
    ]
    return {
        "scorecard": str(card.public_id),
        "interview": str(card.interview.public_id),
        "interviewer": str(card.interviewer.public_id),
        "version": latest.number,
        "submitted_at": latest.submitted_at.isoformat(),
        "recommendation": latest.content["recommendation"],
        "no_decision_reason": personal(latest.content["no_decision_reason"]),
        "notes": personal(latest.content["notes"]),
        "ratings": ratings,
    }


def rule_runs(application: Application) -> list[dict[str, Any]]:
    runs = StageRuleRun.objects.filter(event__subjects__object_id=application.public_id)
    return [
        {
            "rule": str(run.rule.public_id),
            "event": str(run.event.public_id),
            "outcome": run.outcome,
            "at": run.at.isoformat(),
        }
        for run in runs.select_related("rule", "event").order_by("pk")
    ]


def verify(record: DecisionRecord) -> Verdict:
    """Whether the record still says what was decided: "ok", "erased" or "tampered"."""
    frozen, found = record.content["reason"]["text"], verdict(record.content, record.hash)
    if found == "tampered" or (frozen is not None and frozen != record.reason):
        return "tampered"
    if record.content.get("decision") != record.decision:
        return "tampered"
    return found

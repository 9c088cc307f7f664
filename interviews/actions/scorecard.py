"""What an interviewer saw: submitted once, amended by versions, never written for them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from ats.reminders.bell import forget, remind
from interviews.enums import (
    COUNTED,
    RATINGS_WITH_EVIDENCE,
    SCORECARD,
    RatingValue,
    Recommendation,
)
from interviews.models import Rating, Scorecard, ScorecardVersion
from interviews.scheduling.chasing import resumed_chase

Ratings = Sequence[Mapping[str, Any]]
WRITTEN = [
    "status",
    "recommendation",
    "no_decision_reason",
    "notes",
    "private_notes",
    "submitted_at",
    "version",
]


@transaction.atomic
def submit_scorecard(
    scorecard: Scorecard,
    *,
    recommendation: str,
    ratings: Ratings,
    notes: str = "",
    private_notes: str = "",
    no_decision_reason: str = "",
    by: Actor,
) -> Scorecard:
    """[{competency, value: 1 to 5 or None, evidence}] for every focus competency, each once."""
    scorecard = lock(scorecard)
    scorecard.status = SCORECARD.next(scorecard.status, "submit")
    scorecard.private_notes = private_notes
    write_down(scorecard, recommendation, ratings, notes, no_decision_reason)
    forget(scorecard, "scorecard.missing")
    subjects = (scorecard, scorecard.interview, scorecard.application)
    record("scorecard.submitted", *subjects, by=by, user=scorecard.interviewer)
    return scorecard


@transaction.atomic
def amend_scorecard(
    scorecard: Scorecard,
    *,
    recommendation: str,
    ratings: Ratings,
    notes: str = "",
    private_notes: str | None = None,
    no_decision_reason: str = "",
    by: Actor,
) -> Scorecard:
    """A new version; the former ones stay readable. Private notes stay unless given."""
    scorecard = lock(scorecard)
    scorecard.status = SCORECARD.next(scorecard.status, "amend")
    if private_notes is not None:
        scorecard.private_notes = private_notes
    write_down(scorecard, recommendation, ratings, notes, no_decision_reason)
    subjects = (scorecard, scorecard.interview, scorecard.application)
    version = scorecard.version
    record("scorecard.amended", *subjects, by=by, user=scorecard.interviewer, version=version)
    return scorecard


@transaction.atomic
def excuse_scorecard(scorecard: Scorecard, *, reason: str, by: Actor) -> Scorecard:
    """By somebody else: whoever excused themselves could read the others and then write."""
    scorecard = lock(scorecard)
    if by.user == scorecard.interviewer:
        raise DomainError(
            "Nobody excuses their own scorecard. Nothing was changed: ask a colleague.",
            code="own_scorecard",
        )
    scorecard.status = SCORECARD.next(scorecard.status, "excuse")
    if not reason.strip():
        raise Invalid("reason", "Say why this scorecard is not owed.")
    scorecard.excused_because = reason
    scorecard.save(update_fields=["status", "excused_because"])
    forget(scorecard, "scorecard.missing")
    subjects = (scorecard, scorecard.interview, scorecard.application)
    record("scorecard.excused", *subjects, by=by, user=scorecard.interviewer)
    return scorecard


@transaction.atomic
def owe_again(scorecard: Scorecard, *, by: Actor) -> Scorecard:
    lock(scorecard.application)  # as for cancelling the interview: one waits for the other
    scorecard = lock(scorecard)
    scorecard.status = SCORECARD.next(scorecard.status, "owe_again")
    if scorecard.interview.status not in COUNTED:
        raise DomainError(
            "The interview did not take place, so there is nothing to report. Nothing was changed.",
            code="not_held",
        )
    scorecard.excused_because = ""
    scorecard.save(update_fields=["status", "excused_because"])
    zone = scorecard.interviewer.timezone
    at = resumed_chase(scorecard.due_at, clock.now(), zone)
    remind(scorecard, "scorecard.missing", at=at)
    subjects = (scorecard, scorecard.interview, scorecard.application)
    record("scorecard.owed_again", *subjects, by=by, user=scorecard.interviewer)
    return scorecard


def write_down(
    scorecard: Scorecard, recommendation: str, ratings: Ratings, notes: str, reason: str
) -> None:
    """The present state in the columns, and the same as a version of its own."""
    now = clock.now()
    check_recommendation(recommendation, reason)
    check_ratings(scorecard, ratings)
    refuse_nothing_seen(scorecard, ratings, now)
    scorecard.recommendation = Recommendation(recommendation)
    scorecard.notes, scorecard.no_decision_reason = notes, reason
    scorecard.version += 1
    scorecard.submitted_at = scorecard.submitted_at or now
    scorecard.save(update_fields=WRITTEN)
    scorecard.ratings.all().delete()
    Rating.objects.bulk_create(Rating(scorecard=scorecard, **rating) for rating in ratings)
    keep_version(scorecard, ratings, now)


def keep_version(scorecard: Scorecard, ratings: Ratings, at: datetime) -> None:
    """Private notes are no part of it: they are nobody else's, ever."""
    content = {
        "recommendation": scorecard.recommendation,
        "no_decision_reason": scorecard.no_decision_reason,
        "notes": scorecard.notes,
        "ratings": [
            {
                "competency": str(rating["competency"].public_id),
                "name": rating["competency"].name,
                "value": rating["value"],
                "evidence": rating.get("evidence", ""),
            }
            for rating in ratings
        ],
    }
    ScorecardVersion.objects.create(
        scorecard=scorecard, number=scorecard.version, content=content, submitted_at=at
    )


def check_recommendation(recommendation: str, reason: str) -> None:
    if recommendation not in Recommendation.values:
        raise Invalid("recommendation", f"Recommend one of: {', '.join(Recommendation.values)}.")
    if recommendation == Recommendation.NO_DECISION and not reason.strip():
        raise Invalid("no_decision_reason", "Say why you do not recommend either way.")


def check_ratings(scorecard: Scorecard, ratings: Ratings) -> None:
    """Every focus competency of the interview, each once, and nothing else."""
    focus = set(scorecard.interview.planned.focus.all())
    rated = [rating["competency"] for rating in ratings]
    for competency in rated:
        if competency not in focus:
            raise Invalid("ratings", f"{competency} is not assessed in this interview.")
        if rated.count(competency) > 1:
            raise Invalid("ratings", f"{competency} is rated twice.")
    if left_out := sorted(str(competency) for competency in focus.difference(rated)):
        raise Invalid(
            "ratings", f"Rate {', '.join(left_out)} too, or say null where it was not assessed."
        )
    for rating in ratings:
        check_rating(rating)


def refuse_nothing_seen(scorecard: Scorecard, ratings: Ratings, now: datetime) -> None:
    """An empty scorecard before the interview would only be a way to read the others' first."""
    seen = any(rating["value"] is not None for rating in ratings)
    if not seen and now < scorecard.interview.during.lower:
        raise DomainError(
            "The interview has not begun and nothing was assessed, so there is nothing to submit."
            " Nothing was changed: wait for it, or ask a colleague to excuse you.",
            code="nothing_seen",
        )


def check_rating(rating: Mapping[str, Any]) -> None:
    value = rating["value"]
    if value is not None and value not in RatingValue.values:
        raise Invalid("ratings", f"{rating['competency']}: rate from 1 to 5, or null.")
    if lacks_evidence(value, rating.get("evidence", "")):
        raise Invalid("ratings", f"{rating['competency']}: a rating of {value} needs evidence.")


def lacks_evidence(value: int | None, evidence: str) -> bool:
    return value in RATINGS_WITH_EVIDENCE and not evidence.strip()

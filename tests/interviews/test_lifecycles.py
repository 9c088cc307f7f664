"""Every (state, verb), decided by the verb; and every (state, state), decided by the database."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction

from ats.errors import TransitionNotAllowed
from interviews.actions.debrief import decide_debrief, open_debrief
from interviews.actions.interview import (
    cancel_interview,
    complete_interview,
    mark_no_show,
    reschedule_interview,
)
from interviews.actions.scorecard import (
    amend_scorecard,
    excuse_scorecard,
    owe_again,
    submit_scorecard,
)
from interviews.enums import (
    DEBRIEF,
    INTERVIEW,
    SCORECARD,
    DebriefStatus,
    InterviewStatus,
    ScorecardStatus,
)
from interviews.models import Debrief, Interview, Scorecard
from tests.factories.interviews import heard, ratings, starts_in, submit

pytestmark = pytest.mark.django_db

INTERVIEW_VERBS = {
    "reschedule": lambda one, by: reschedule_interview(one, starts=starts_in(30), by=by),
    "cancel": lambda one, by: cancel_interview(one, reason="Why not.", by=by),
    "complete": lambda one, by: complete_interview(one, by=by),
    "mark_no_show": lambda one, by: mark_no_show(one, by=by),
}
SCORECARD_VERBS = {
    "submit": lambda card, by: submit_scorecard(
        card, recommendation="yes", ratings=ratings(card), by=by
    ),
    "amend": lambda card, by: amend_scorecard(
        card, recommendation="no", ratings=ratings(card), by=by
    ),
    "excuse": lambda card, by: excuse_scorecard(card, reason="On leave.", by=by),
    "owe_again": lambda card, by: owe_again(card, by=by),
}


def attempt(lifecycle, verbs, row, verb, by):
    """Do what the table allows, be refused what it does not: the state follows either way."""
    before = row.status
    if verb in lifecycle.possible(before):
        verbs[verb](row, by)
        expected = lifecycle.next(before, verb)
    else:
        with pytest.raises(TransitionNotAllowed):
            verbs[verb](row, by)
        expected = before
    row.refresh_from_db()
    assert row.status == expected


def test_every_verb_of_the_tables_is_tried():
    assert set(INTERVIEW_VERBS) == set(INTERVIEW.verbs)
    assert set(SCORECARD_VERBS) == set(SCORECARD.verbs)
    assert DEBRIEF.verbs == ["decide"]


@pytest.mark.parametrize(("state", "verb"), list(product(InterviewStatus, INTERVIEW_VERBS)))
def test_interviews(day, advance, state, verb):
    advance(timedelta(days=8))
    reach = {"completed": "complete", "cancelled": "cancel", "no_show": "mark_no_show"}
    row = day.interview
    if state in reach:
        row = INTERVIEW_VERBS[reach[state]](row, day.by)
    attempt(INTERVIEW, INTERVIEW_VERBS, row, verb, day.by)


@pytest.mark.parametrize(("state", "verb"), list(product(ScorecardStatus, SCORECARD_VERBS)))
def test_scorecards(day, state, verb):
    reach = {"submitted": "submit", "excused": "excuse"}
    row = day.card(day.interviewers[0])
    if state in reach:
        row = SCORECARD_VERBS[reach[state]](row, day.by)
    attempt(SCORECARD, SCORECARD_VERBS, row, verb, day.by)


@pytest.fixture
def debrief():
    day = heard(1)
    submit(day.card(day.interviewers[0]))
    return open_debrief(day.loop, by=day.by), day


@pytest.mark.parametrize("state", DebriefStatus)
def test_debriefs(debrief, state):
    row, day = debrief
    verbs = {
        "decide": lambda row, by: decide_debrief(
            row, decision="offer", reason="Yes.", participants=day.interviewers, by=by
        )
    }
    if state == "decided":
        verbs["decide"](row, day.by)
        row.refresh_from_db()
    attempt(DEBRIEF, verbs, row, "decide", day.by)


SETTLED = {
    Interview: {"cancel_reason": "Why not."},
    Scorecard: {
        "excused_because": "On leave.",
        "recommendation": "yes",
        "submitted_at": "2026-12-01T10:00Z",
    },
    Debrief: {},
}


@pytest.mark.parametrize(
    ("model", "lifecycle", "before", "after"),
    [
        (model, lifecycle, before, after)
        for model, lifecycle, states in (
            (Interview, INTERVIEW, InterviewStatus),
            (Scorecard, SCORECARD, ScorecardStatus),
            (Debrief, DEBRIEF, DebriefStatus),
        )
        for before, after in product(states, states)
    ],
)
def test_the_database_knows_the_same_table(debrief, advance, model, lifecycle, before, after):
    """Even `update()` goes only where some verb goes."""
    row = model.objects.get()
    at = model.objects.filter(pk=row.pk)
    at.update(**SETTLED[model])
    reach(at, lifecycle, row.status, before)
    if before == after or (before, after) in lifecycle.edges():
        assert at.update(status=after) == 1
    else:
        with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
            at.update(status=after)


def reach(at, lifecycle, now, wanted):
    """Where no verb leads (an open scorecard after it was submitted), past the trigger."""
    if now == wanted:
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        at.update(status=wanted)
        cursor.execute("SET LOCAL session_replication_role = origin")

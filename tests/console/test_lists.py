"""A list asks as many questions for three rows as for one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.admin.base import list_url
from candidates.models import Application, Offer
from interviews.actions.debrief import open_debrief
from interviews.models import Debrief, Interview, Loop, Scorecard
from requisitions.models import Requisition
from tests.console.world import signed_in
from tests.factories.candidates import apply, draft
from tests.factories.interviews import heard, submit
from tests.factories.requisitions import RecruiterFactory, Role, open_requisition


def a_requisition(recruiter: Any) -> Role:
    return open_requisition(recruiter)


def an_application(recruiter: Any) -> None:
    apply(open_requisition(recruiter), phone="+1 425 555 0100")


def an_offer(recruiter: Any) -> None:
    role = open_requisition(recruiter)
    draft(apply(role), role)


def a_loop(recruiter: Any) -> None:
    talk = heard(1, open_requisition(recruiter))
    submit(talk.card(talk.interviewers[0]))
    open_debrief(talk.loop, by=talk.by)


LISTS: list[tuple[Any, Callable[[Any], Any]]] = [
    (Requisition, a_requisition),
    (Application, an_application),
    (Offer, an_offer),
    (Loop, a_loop),
    (Interview, a_loop),
    (Scorecard, a_loop),
    (Debrief, a_loop),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "make"), LISTS)
def test_lists_ask_the_same_for_one_row_and_for_three(
    model: Any, make: Callable[[Any], Any], settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    recruiter = RecruiterFactory()
    client = signed_in(recruiter)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            make(recruiter)
        with CaptureQueriesContext(connection) as asked:
            shown = client.get(list_url(model)).context_data["cl"]
        counts.append((shown.result_count, len(asked)))
    (one, few), (three, as_few) = counts
    assert (one, three) == (1, 3)
    assert few == as_few


@pytest.mark.django_db
def test_the_board_asks_the_same_for_one_card_and_for_three() -> None:
    role = open_requisition()
    client = signed_in(role.recruiter)
    counts = set()
    for more in (1, 2):
        for _ in range(more):
            apply(role)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/console/candidates/application/board/{role.requisition.pk}/")
        counts.add(len(asked))
    assert len(counts) == 1

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.approvals.engine import StepSpec
from ats.site import BLOCKS
from candidates.actions.application import ask_to_decide
from candidates.actions.offer import submit_offer
from requisitions.actions.requisition import draft_requisition, submit_requisition
from tests.console.test_scope import WHO
from tests.console.world import World, signed_in
from tests.factories.candidates import apply, sent


@pytest.fixture
def busy(world: World) -> World:
    """Something waits for nearly everybody."""
    by, approver = world.talk.by, world.role.approver
    draft = draft_requisition(title="Writer", by=by)
    submit_requisition(draft, steps=[StepSpec([approver])], by=by)
    submit_offer(world.offer, steps=[StepSpec([approver])], by=by)
    for _ in range(7):
        apply(world.role)
    ask_to_decide(world.talk.application, because="Another seat was filled.", by=by)
    sent(apply(world.role), world.role)
    return world


def rows_behind(client: Any, url: str) -> int:
    return client.get(url).context_data["cl"].queryset.count()


@pytest.mark.parametrize("who", WHO)
def test_counts_agree_with_the_lists_behind_them(busy: World, who: str) -> None:
    client = signed_in(busy.people[who])
    page = client.get("/console/").context_data
    blocks = [*page["waiting"], *page["quiet"]]
    counts = {block.title: block.count for block in blocks}
    assert counts == {block.title: rows_behind(client, block.url) for block in blocks}


def test_each_person_has_their_own_things_waiting(busy: World) -> None:
    waiting = {
        who: {block.title for block in signed_in(user).get("/console/").context_data["waiting"]}
        for who, user in busy.people.items()
    }
    assert waiting == {
        "recruiter": {
            "Applications to decide about",
            "New applications",
            "Next interviews",
            "Offers out",
        },
        "manager": {"Applications to decide about", "Offers out"},
        "coordinator": {"Next interviews"},
        "interviewer who gave": {"Next interviews"},
        "interviewer who owes": {"Next interviews"},
        "approver": {"Requisitions to approve", "Offers to approve"},
        "site admin": set(),
        "outsider": set(),
        "recruiter of the secret": {"New applications"},
    }


def test_a_block_is_one_query_however_much_waits(busy: World) -> None:
    for user in busy.people.values():
        for contributed in BLOCKS:
            with CaptureQueriesContext(connection) as asked:
                contributed(user)
            assert len(asked) <= 1, contributed

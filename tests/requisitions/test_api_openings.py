"""Seats over HTTP."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.events.actors import Actor
from requisitions.actions.opening import fill_opening
from tests.factories.ats import UserFactory
from tests.factories.requisitions import draft, open_requisition

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/openings"
Client = Callable[[User | None], APIClient]


def test_a_seat_is_added_changed_given_up_and_taken_back(rita: User, as_: Client) -> None:
    api, requisition = as_(rita), draft(rita)
    body = {"requisition": str(requisition.public_id), "target_start_on": "2027-03-01"}
    made = api.post(ROOT, body)
    assert (made.status_code, made.data["target_start_on"]) == (201, "2027-03-01")
    assert made.data["possible"] == ["close", "move"]
    url = made["Location"]
    changed = api.patch(url, {"target_start_on": None, "is_backfill": True})
    assert (changed.data["target_start_on"], changed.data["is_backfill"]) == (None, True)
    for bad in ({"target_start_on": "soon"}, {"status": "filled"}, {"is_backfill": {}}):
        assert api.patch(url, bad).status_code == 400

    role = open_requisition(rita, openings=2)
    url = f"{ROOT}/{role.opening.public_id}"
    assert api.post(f"{url}/close", {"reason": "Budget"}).data["status"] == "closed"
    assert api.post(f"{url}/reopen").data["status"] == "open"
    api.post(f"{url}/close", {"reason": "Budget"})
    last = api.post(f"{ROOT}/{role.openings[1].public_id}/close", {"reason": "Budget"})
    assert last.status_code == 409
    assert "cancel the requisition" in last.data["detail"]


def test_a_seat_moves_to_a_draft_of_ones_own(rita: User, as_: Client) -> None:
    api, role = as_(rita), open_requisition(rita, openings=2)
    url = f"{ROOT}/{role.opening.public_id}/move"
    theirs, filled, mine = draft(), open_requisition(rita), draft(rita)
    fill_opening(filled.opening, application=role.posting.public_id, by=Actor.of(rita))
    for target, said in ((theirs, "may not see"), (filled.requisition, "is filled")):
        refused = api.post(url, {"requisition": str(target.public_id)})
        assert refused.status_code == 400
        assert refused.data["errors"][0]["pointer"] == "/requisition"
        assert said in refused.data["errors"][0]["detail"]
    moved = api.post(url, {"requisition": str(mine.public_id)})
    assert (moved.status_code, moved.data["status"]) == (200, "draft")
    assert moved.data["requisition"] == str(mine.public_id)
    taken = f"{ROOT}/{filled.opening.public_id}/move"
    refused = api.post(taken, {"requisition": str(mine.public_id)})
    assert (refused.status_code, refused.data["possible"]) == (409, ["reopen"])


def test_a_seat_moves_from_nobody_who_is_not_its_recruiter(as_: Client) -> None:
    role = open_requisition(openings=2)
    url = f"{ROOT}/{role.opening.public_id}/move"
    body = {"requisition": str(draft().public_id)}
    assert as_(role.manager).post(url, body).status_code == 403
    assert as_(UserFactory()).post(url, body).status_code == 404
    assert as_(UserFactory(is_site_admin=True)).post(url, body).status_code == 200

"""Watching and steering jobs over HTTP, and who may."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.events.actors import Actor
from ats.jobs.actions import Item, draft_job
from ats.jobs.models import Job
from tests.ats.jobs.conftest import Make, Note, until_idle
from tests.factories.ats import UserFactory

pytestmark = pytest.mark.django_db


def client(user: User) -> APIClient:
    api = APIClient()
    api.force_login(user)
    return api


def test_a_job_is_looked_at_started_and_watched(note: Note, person: User, by: Actor) -> None:
    job = draft_job("note", items=[Item(by.id), Item(foreseen="Shut.")], params={"a": 1}, by=by)
    api, url = client(person), f"/api/v1/jobs/{job.public_id}"
    shown = api.get(url).json()
    assert (shown["state"], shown["label"], shown["possible"]) == (
        "draft",
        "Note things",
        ["start"],
    )
    assert shown["preview"] == {"will": 1, "reasons": [{"sentence": "Shut.", "count": 1}]}
    assert api.post(f"{url}/start").json()["state"] == "queued"
    until_idle()
    shown = api.get(url).json()
    assert (shown["state"], shown["counts"]["done"], shown["counts"]["waiting"]) == (
        "finished",
        1 + 1,
        0,
    )
    items = api.get(f"{url}/items?outcome=done").json()["results"]
    assert [item["position"] for item in items] == [0, 1]
    assert api.get(f"{url}/items?outcome=refused").json()["results"] == []
    assert api.post(f"{url}/stop").status_code == 409
    assert api.post(f"{url}/undo").json()["is_undoing"] is True


def test_a_job_is_its_owners_alone(make: Make) -> None:
    job = make(1)
    for other in (UserFactory(), UserFactory(is_site_admin=True)):
        api = client(other)
        assert api.get("/api/v1/jobs").json()["results"] == []
        for path in ("", "/items"):
            assert api.get(f"/api/v1/jobs/{job.public_id}{path}").status_code == 404
        assert api.post(f"/api/v1/jobs/{job.public_id}/stop").status_code == 404


def test_a_shared_kind_is_steered_by_those_it_is_shared_with(make: Make) -> None:
    boss = UserFactory()
    subject = UserFactory(manager=boss)
    job = make(1, kind="told", about=subject)
    assert list(Job.objects.visible_to(boss)) == [job]
    assert client(boss).post(f"/api/v1/jobs/{job.public_id}/stop").json()["state"] == "stopped"
    assert list(Job.objects.visible_to(UserFactory())) == []


def test_the_lists_ask_no_more_for_more_rows(
    make: Make, person: User, django_assert_num_queries: Any
) -> None:
    api = client(person)

    def count(url: str) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            assert api.get(url).status_code == 200
        return len(captured)

    job = make(1)
    once = count("/api/v1/jobs"), count(f"/api/v1/jobs/{job.public_id}/items")
    make(3)
    bigger = make(3)
    assert (count("/api/v1/jobs"), count(f"/api/v1/jobs/{bigger.public_id}/items")) == once

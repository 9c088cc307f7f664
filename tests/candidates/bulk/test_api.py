"""Bulk actions over HTTP."""

from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from ats.events.actors import Actor
from ats.outbox.models import Delivery
from candidates.actions.application import move_application
from tests.ats.jobs.conftest import until_idle
from tests.candidates.bulk.conftest import ids, statuses
from tests.candidates.conftest import signed_in
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply, rejection_reason
from tests.factories.requisitions import Role

pytestmark = pytest.mark.django_db
BULK = "/api/v1/bulk/"


def test_a_selection_by_filter_is_frozen(
    role: Role, recruiter: APIClient, by: Actor, people: Any
) -> None:
    crowd = people(3)
    move_application(crowd[0], stage=role.stage("screen"), by=by)
    stage = str(role.stage("applied").public_id)
    body = {
        "filter": {"stage": stage, "status": ["active"], "needs_attention": False},
        "stage": str(role.stage("interview").public_id),
    }
    answer = recruiter.post(f"{BULK}move", body, format="json")
    assert (answer.status_code, answer.json()["preview"]["will"]) == (201, 2), answer.json()
    assert answer["Location"] == f"/api/v1/jobs/{answer.json()['id']}"
    late = apply(role)
    assert recruiter.post(f"{answer['Location']}/start").status_code == 200
    until_idle()
    shown = recruiter.get(answer["Location"]).json()
    assert (shown["state"], shown["counts"]["done"]) == ("finished", 2)
    late.refresh_from_db()
    assert late.stage == role.stage("applied")
    items = recruiter.get(f"{answer['Location']}/items").json()["results"]
    assert {item["name"] for item in items} == {str(each.candidate) for each in crowd[1:]}


def test_many_are_rejected_and_written_to(role: Role, recruiter: APIClient, people: Any) -> None:
    chosen = [str(each) for each in ids(people(2))]
    reason = str(rejection_reason().public_id)
    job = recruiter.post(
        f"{BULK}reject", {"applications": chosen, "reason": reason, "letter": "never"}, "json"
    ).json()
    recruiter.post(f"/api/v1/jobs/{job['id']}/start")
    words = {"applications": chosen, "subject": "Hello", "body": "Good day."}
    job = recruiter.post(f"{BULK}mail", words, format="json").json()
    recruiter.post(f"/api/v1/jobs/{job['id']}/start")
    until_idle()
    assert statuses() == ["rejected", "rejected"]
    assert Delivery.objects.filter(letter="candidates/free").count() == 2


@pytest.mark.parametrize(
    "selection",
    [
        {},
        {"applications": []},
        {"applications": ["x"]},
        {"applications": "x"},
        {"applications": [str(uuid4())] * 10_001},
        {"applications": [str(uuid4())], "filter": {"q": "a"}},
        {"filter": {}},
        {"filter": {"colour": "red"}},
        {"filter": {"status": "asleep"}},
        {"filter": {"stage": "no-id"}},
        {"filter": {"q": {"a": 1}}},
        {"filter": {"q": "\x00"}},
        {"filter": {"q": ""}},
        {"filter": "active"},
    ],
)
def test_a_selection_that_cannot_be_meant_is_refused(
    recruiter: APIClient, selection: dict[str, Any]
) -> None:
    body = {**selection, "subject": "Hello", "body": "Good day."}
    answer = recruiter.post(f"{BULK}mail", body, format="json")
    assert answer.status_code == 400, answer.json()


def test_a_filter_without_a_match_says_so(recruiter: APIClient) -> None:
    body = {"filter": {"q": "Nobody"}, "subject": "Hello", "body": "Good day."}
    answer = recruiter.post(f"{BULK}mail", body, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/applications")


def test_one_letter_is_written_by_whoever_may(
    role: Role, recruiter: APIClient, people: Any
) -> None:
    (application,) = people(1)
    url = f"/api/v1/applications/{application.public_id}/write"
    answer = recruiter.post(url, {"subject": "Hello", "body": "Good day."}, format="json")
    assert (answer.status_code, answer.json()["state"]) == (201, "queued")
    manager = signed_in(role.manager)
    assert manager.post(url, {"subject": "a", "body": "b"}, format="json").status_code == 403
    assert signed_in(UserFactory()).post(url, {}, format="json").status_code == 404
    answer = recruiter.post(url, {"subject": "a", "body": "{{ x }}"}, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/body")

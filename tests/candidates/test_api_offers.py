"""An offer over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from ats.accounts.models import User
from candidates.models import Application, Offer
from tests.candidates.conftest import API, signed_in
from tests.factories.candidates import apply
from tests.factories.requisitions import Role

Count = Callable[[Callable[[], Any]], int]


def terms(application: Application, role: Role, **changed: Any) -> dict[str, Any]:
    return {
        "application": str(application.public_id),
        "opening": str(role.opening.public_id),
        "pay_amount": "290000.00",
        "pay_currency": "USD",
        "pay_period": "year",
        "start_on": "2027-03-01",
        "expires_at": "2099-02-01T00:00:00Z",
        "letter": "We would be glad.",
        **changed,
    }


def test_an_offer_goes_its_way(role: Role, recruiter: APIClient) -> None:
    application = apply(role)
    made = recruiter.post(f"{API}/offers", terms(application, role))
    assert (made.status_code, made.json()["status"]) == (201, "draft")
    path = made["Location"]
    steps = {"steps": [{"people": [str(role.approver.public_id)], "needed": 1}]}
    assert recruiter.post(f"{path}/submit", steps).json()["status"] == "pending_approval"
    approver = signed_in(role.approver)
    assert approver.get(path).json()["pay_amount"] == "290000.00"
    assert approver.post(f"{path}/return", {"comment": "Too much."}).json()["status"] == "draft"
    recruiter.post(f"{path}/submit", steps)
    assert approver.post(f"{path}/approve", {}).json()["status"] == "approved"
    possible = ["decline", "extend", "rescind", "revise"]
    assert recruiter.post(f"{path}/send").json()["possible"] == possible
    assert recruiter.post(f"{path}/rescind").json()["status"] == "rescinded"


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"pay_amount": "0"}, "/pay_amount"),
        ({"pay_amount": "x"}, "/pay_amount"),
        ({"pay_currency": "usd"}, "/pay_currency"),
        ({"pay_period": "eon"}, "/pay_period"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
        ({"opening": "x"}, "/opening"),
        ({"start_on": "soon"}, "/start_on"),
    ],
)
def test_terms_that_cannot_be_meant_are_named(
    role: Role, recruiter: APIClient, changed: dict[str, Any], pointer: str
) -> None:
    answer = recruiter.post(f"{API}/offers", terms(apply(role), role, **changed))
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert Offer.objects.count() == 0


def test_only_recruiters_draft_offers(role: Role, people: dict[str, User]) -> None:
    application = apply(role)
    statuses = {
        name: signed_in(user).post(f"{API}/offers", terms(application, role)).status_code
        for name, user in people.items()
    }
    assert statuses == {
        "recruiter": 201,
        "manager": 403,
        "coordinator": 403,
        "interviewer": 400,
        "admin": 409,
        "outsider": 400,
    }

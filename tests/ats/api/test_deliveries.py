import pytest
from rest_framework.test import APIClient

from ats import clock
from ats.outbox.enums import DeliveryState
from ats.outbox.models import Delivery

pytestmark = pytest.mark.django_db
URL = "/api/v1/deliveries"


def delivery(key: str, state: str = DeliveryState.QUEUED) -> Delivery:
    return Delivery.objects.create(
        key=key,
        letter="candidates/rejected",
        to_address="x@x.example",
        subject="Your application",
        body="Dear X",
        due_at=clock.now(),
        state=state,
    )


def test_deliveries_are_for_site_admins(api: APIClient) -> None:
    row = delivery("a")
    assert api.get(URL).status_code == 403
    assert api.get(f"{URL}/{row.public_id}").status_code == 403
    assert api.post(f"{URL}/{row.public_id}/cancel").status_code == 403


def test_failed_letters_are_found_and_sent_again(admin_api: APIClient) -> None:
    delivery("a")
    failed = delivery("b", DeliveryState.FAILED)
    unknown = delivery("c", DeliveryState.UNKNOWN)
    rows = admin_api.get(f"{URL}?state=failed&state=unknown").json()["results"]
    assert {row["id"] for row in rows} == {str(failed.public_id), str(unknown.public_id)}
    assert "body" not in rows[0]
    answer = admin_api.post(f"{URL}/{failed.public_id}/retry")
    assert (answer.status_code, answer.json()["state"]) == (200, "queued")
    again = admin_api.post(f"{URL}/{failed.public_id}/retry")
    assert (again.status_code, again.json()["possible"]) == (409, ["cancel", "claim"])


def test_a_letter_that_waits_can_be_cancelled(admin_api: APIClient) -> None:
    row = delivery("a")
    assert admin_api.post(f"{URL}/{row.public_id}/cancel").json()["state"] == "cancelled"

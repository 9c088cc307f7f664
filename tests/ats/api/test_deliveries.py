import pytest
from rest_framework.test import APIClient

from ats import clock
from ats.accounts.models import User
from ats.events import histories
from ats.outbox.enums import DeliveryState
from ats.outbox.models import Delivery
from tests.factories.ats import UserFactory

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


def test_a_letter_about_what_an_admin_may_not_see_is_not_there(
    admin_api: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(histories, "HISTORIES", {})
    histories.history_of("user", lambda reader: User.objects.exclude(name="Hidden"))
    shown, hidden = delivery("a"), delivery("b")
    for row, person in ((shown, UserFactory()), (hidden, UserFactory(name="Hidden"))):
        Delivery.objects.filter(pk=row.pk).update(about_kind="user", about_id=person.public_id)
    assert [row["id"] for row in admin_api.get(URL).json()["results"]] == [str(shown.public_id)]
    for url in (f"{URL}/{hidden.public_id}", f"{URL}/{hidden.public_id}/retry"):
        ask = admin_api.post if url.endswith("retry") else admin_api.get
        assert ask(url).status_code == 404

from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from ats import clock
from ats.accounts.models import ApiToken, User
from ats.events.models import Event
from tests.ats.api.conftest import signed_in
from tests.factories.ats import ApiTokenFactory, UserFactory


def bearer(token: ApiToken) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token.secret}")
    return client


def test_me_is_who_asks(api: APIClient, ann: User) -> None:
    answer = api.get("/api/v1/me").json()
    assert answer["id"] == str(ann.public_id)
    assert answer["name"] == "Ann"
    assert set(answer) == {
        "id", "name", "email", "timezone", "language", "manager", "is_site_admin", "created_at",
    }  # fmt: skip


def test_a_stranger_is_asked_who_they_are(db: Any) -> None:
    answer = APIClient().get("/api/v1/me")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Content-Type"] == "application/problem+json"


def test_a_token_sees_what_its_person_sees(ann: User) -> None:
    client = bearer(ApiTokenFactory(user=ann))
    assert client.get("/api/v1/me").json()["email"] == ann.email


def test_a_token_acts_within_its_scopes(ann: User) -> None:
    ann.is_site_admin = True
    ann.save()
    reader = bearer(ApiTokenFactory(user=ann, scopes=["read"]))
    refused = reader.post("/api/v1/users", {"email": "b@x.example", "name": "B"})
    assert refused.status_code == 403
    assert "'write'" in refused.json()["detail"]
    writer = bearer(ApiTokenFactory(user=ann, scopes=["write"]))
    assert writer.get("/api/v1/me").status_code == 403
    assert writer.post("/api/v1/users", {"email": "b@x.example", "name": "B"}).status_code == 201
    assert Event.objects.get(verb="user.invited").actor_kind == "token"


def test_a_token_is_shown_once_and_ends_with_its_person(api: APIClient, ann: User) -> None:
    made = api.post("/api/v1/tokens", {"name": "CI", "scopes": ["read"]})
    assert made.status_code == 201
    secret = made.json()["secret"]
    assert made["Location"] == f"/api/v1/tokens/{made.json()['id']}"
    assert "secret" not in api.get(made["Location"]).json()
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert client.get("/api/v1/me").status_code == 200
    ann.is_active = False
    ann.save()
    assert client.get("/api/v1/me").status_code == 401


def test_a_token_cannot_make_a_token(ann: User) -> None:
    answer = bearer(ApiTokenFactory(user=ann)).post("/api/v1/tokens", {"name": "More"})
    assert answer.status_code == 403
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize("days", [-1, 367])
def test_a_token_expires_within_366_days(api: APIClient, days: int) -> None:
    at = (clock.now() + timedelta(days=days)).isoformat()
    answer = api.post("/api/v1/tokens", {"name": "CI", "expires_at": at})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/expires_at"


def test_tokens_are_mine_alone(api: APIClient) -> None:
    other = ApiTokenFactory()
    assert api.get("/api/v1/tokens").json()["results"] == []
    assert api.delete(f"/api/v1/tokens/{other.public_id}").status_code == 404


def test_a_revoked_token_is_refused_at_once(api: APIClient, ann: User) -> None:
    token = ApiTokenFactory(user=ann)
    assert api.delete(f"/api/v1/tokens/{token.public_id}").status_code == 204
    answer = bearer(token).get("/api/v1/me")
    assert answer.status_code == 401
    assert "evh_" not in answer.text


def test_the_secret_of_a_token_is_never_kept(api: APIClient) -> None:
    key = {"HTTP_IDEMPOTENCY_KEY": "one"}
    assert api.post("/api/v1/tokens", {"name": "CI"}, **key).status_code == 201
    again = api.post("/api/v1/tokens", {"name": "CI"}, **key)
    assert again.status_code == 409
    assert again.json()["type"].endswith("answer_not_kept")
    assert ApiToken.objects.count() == 1


def test_colleagues_can_be_found_by_anyone_and_invited_by_site_admins(
    api: APIClient, admin_api: APIClient
) -> None:
    assert api.post("/api/v1/users", {"email": "bo@x.example", "name": "Bo"}).status_code == 403
    made = admin_api.post("/api/v1/users", {"email": "bo@x.example", "name": "Bo"})
    assert made.status_code == 201
    found = api.get("/api/v1/users?q=bo@").json()["results"]
    assert [row["name"] for row in found] == ["Bo"]
    twice = admin_api.post("/api/v1/users", {"email": "BO@x.example", "name": "Bo"})
    assert twice.status_code == 400
    assert twice.json()["errors"][0]["pointer"] == "/email"


def test_a_deactivated_person_is_signed_out_everywhere(admin_api: APIClient, ann: User) -> None:
    session, script = signed_in(ann), bearer(ApiTokenFactory(user=ann))
    assert session.get("/api/v1/me").status_code == 200
    answer = admin_api.post(f"/api/v1/users/{ann.public_id}/deactivate")
    assert answer.status_code == 200
    assert answer.json()["is_active"] is False
    assert {session.get("/api/v1/me").status_code, script.get("/api/v1/me").status_code} == {401}
    User.objects.filter(pk=ann.pk).update(is_active=True)
    assert {session.get("/api/v1/me").status_code, script.get("/api/v1/me").status_code} == {401}


def test_nobody_deactivates_themselves(db: Any) -> None:
    ada = UserFactory(is_site_admin=True)
    answer = signed_in(ada).post(f"/api/v1/users/{ada.public_id}/deactivate")
    assert answer.status_code == 409


NOBODY = "01890a5d-ac96-774b-bcce-b302099a8057"


@pytest.mark.parametrize("id_", ["x", "123", NOBODY, "%20", "' OR 1=1"])
def test_what_does_not_exist_reads_the_same_whatever_was_asked(api: APIClient, id_: str) -> None:
    answer = api.get(f"/api/v1/users/{id_}")
    assert answer.status_code == 404
    body = answer.json()
    del body["instance"]
    assert body == {
        "type": "urn:problem-type:evenhand:not_found",
        "title": "Not found",
        "status": 404,
        "detail": "Nothing is here, or nothing that you may see.",
    }

import pytest
from rest_framework.test import APIClient

from ats.accounts.models import User
from tests.factories.ats import UserFactory

SESSION = "/api/v1/session"
pytestmark = pytest.mark.django_db


def test_a_session_begins_and_ends(ann: User) -> None:
    client = APIClient(enforce_csrf_checks=True)
    answer = client.post(SESSION, {"email": "ANN@northlight.example", "password": "password"})
    assert answer.status_code == 200
    assert answer.json()["user"]["id"] == str(ann.public_id)
    assert answer["Cache-Control"] == "no-store"
    assert answer.cookies["sessionid"]["httponly"]
    assert client.get("/api/v1/me").status_code == 200
    assert client.delete(SESSION).status_code == 403
    token = answer.json()["csrf_token"]
    assert client.delete(SESSION, HTTP_X_CSRFTOKEN=token).status_code == 204
    assert client.get("/api/v1/me").status_code == 401


def test_nobody_learns_who_has_an_account(ann: User) -> None:
    UserFactory(email="gone@northlight.example", is_active=False)
    bodies = []
    for email in (ann.email, "gone@northlight.example", "nobody@northlight.example"):
        word = "password" if email.startswith("gone") else "wrong"
        answer = APIClient().post(SESSION, {"email": email, "password": word})
        assert answer.status_code == 401
        bodies.append(answer.content)
    assert len(set(bodies)) == 1


@pytest.mark.parametrize("body", [{}, {"email": "a"}, {"email": [], "password": {}}, [], "x", None])
def test_a_malformed_sign_in_is_400(body: object) -> None:
    answer = APIClient().post(SESSION, body, format="json")
    assert answer.status_code == 400


def test_the_session_changes_its_name_when_somebody_signs_in(ann: User) -> None:
    client = APIClient()
    client.post(SESSION, {"email": ann.email, "password": "password"})
    first = client.cookies["sessionid"].value
    client.post(SESSION, {"email": ann.email, "password": "password"})
    assert client.cookies["sessionid"].value
    client.delete(SESSION)
    client.post(SESSION, {"email": ann.email, "password": "password"})
    assert client.cookies["sessionid"].value != first

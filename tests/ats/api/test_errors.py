import json
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from ats.accounts.models import User

pytestmark = [pytest.mark.urls("tests.ats.api.urls"), pytest.mark.django_db]
PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("kind", "status", "more"),
    [
        ("refused", 409, {"detail": "No seat is open."}),
        ("state", 409, {"possible": ["note", "reactivate"]}),
        (
            "blocked",
            409,
            {"blockers": ["A scorecard is missing.", "The offer is not accepted."]},
        ),
        ("stale", 409, {"type": "urn:problem-type:evenhand:stale"}),
        (
            "invalid",
            400,
            {"errors": [{"pointer": "/reason", "detail": "Give a reason.", "code": "invalid"}]},
        ),
        ("expired", 410, {"type": "urn:problem-type:evenhand:link_expired"}),
        ("broken", 404, {"type": "urn:problem-type:evenhand:link_broken"}),
    ],
)
def test_every_refusal_of_the_domain_has_its_status(
    api: APIClient, kind: str, status: int, more: dict[str, Any]
) -> None:
    answer = api.post(f"/api/v1/refusals/{kind}")
    body = answer.json()
    assert (answer.status_code, answer["Content-Type"], body["status"]) == (status, PROBLEM, status)
    assert body["instance"] == f"/api/v1/refusals/{kind}"
    assert body.items() >= more.items()


def test_a_constraint_speaks_its_name(api: APIClient) -> None:
    answer = api.post("/api/v1/constraint")
    assert answer.status_code == 409
    assert answer.json()["detail"] == "One account per email address. Nothing was changed."
    assert User.objects.count() == 1


def test_nested_fields_are_named_by_json_pointers() -> None:
    body = {
        "title": "",
        "rows": [{"label": "fine"}, {"label": "too long", "n": "x"}, {"lable": "a"}],
        "tags": ["ok", "long"],
        "titel": 1,
    }
    answer = APIClient().post("/api/v1/deep", body)
    errors = answer.json()["errors"]
    assert answer.status_code == 400
    assert {(error["pointer"], error["code"]) for error in errors} == {
        ("/title", "blank"),
        ("/rows/1/label", "max_length"),
        ("/rows/1/n", "invalid"),
        ("/rows/2/label", "required"),
        ("/rows/2/lable", "unknown_field"),
        ("/tags/1", "max_length"),
        ("/titel", "unknown_field"),
    }
    assert {error["detail"] for error in errors if error["code"] == "unknown_field"} == {
        "There is no such field. Did you mean 'label'?",
        "There is no such field. Did you mean 'title'?",
    }


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"", 400),
        (b"null", 400),
        (b"[]", 400),
        (b'"text"', 400),
        (b"\xff\xfe", 400),
        (b'{"title": "a", "title": "b"}', 400),
        (b'{"title": NaN}', 400),
        (b'{"title": 1e999}', 400),
        (b'{"title": "a\\u0000b"}', 400),
        (b'{"ti\\u0000tle": "a"}', 400),
        (b'{"title": "\\ud800"}', 400),
        (b'{"title": ' + b"9" * 5000 + b"}", 400),
        (b"[" * 100_000, 400),
        (b'{"a":' * 40 + b"1" + b"}" * 40, 400),
        (b'{"title": "' + b"a" * 3_000_000 + b'"}', 413),
    ],
    ids=range(16),
)
def test_a_body_that_cannot_be_meant_is_refused_in_words(body: bytes, status: int) -> None:
    answer = APIClient().generic("POST", "/api/v1/deep", body, content_type="application/json")
    assert answer.status_code == status
    assert answer["Content-Type"] == PROBLEM
    assert answer.json()["status"] == status


def test_another_media_type_is_415() -> None:
    answer = APIClient().generic("POST", "/api/v1/deep", b"a=b", content_type="text/plain")
    assert (answer.status_code, answer["Content-Type"]) == (415, PROBLEM)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nowhere", 404),
        ("GET", "/api/v1/users/", 404),
        ("GET", "/api/v1/users/%00", 404),
        ("GET", "/api/v1/users?q=%00", 400),
        ("GET", "/api/v1/users?limit=%00", 400),
        ("POST", "/api/v1/refusals/%00", 404),
        ("GET", "/api/v1/users/%ff%fe", 404),
        ("DELETE", "/api/v1/users", 405),
        ("OPTIONS", "/api/v1/users", 405),
        ("TRACE", "/api/v1/users", 405),
        ("PATCH", "/api/v1/users", 405),
        ("GET", "/api/v1/deep", 405),
    ],
)
def test_what_django_would_answer_with_a_page_is_a_problem(
    api: APIClient, method: str, path: str, status: int
) -> None:
    answer = api.generic(method, path)
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    assert set(answer.json()) >= {"type", "title", "status", "detail", "instance"}
    assert answer["Cache-Control"] == "no-store"
    if status == 405:
        assert answer["Allow"]


def test_an_unknown_host_is_400(api: APIClient) -> None:
    answer = api.get("/api/v1/me", HTTP_HOST="evil.example")
    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)


def test_a_missing_csrf_token_is_a_problem(ann: User) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(ann)
    for path in ("/api/v1/page", "/api/v1/tokens"):
        answer = client.post(path, {"name": "CI"})
        assert (answer.status_code, answer["Content-Type"]) == (403, PROBLEM)
        assert "CSRF" in answer.json()["detail"]


def test_a_bug_tells_nothing_and_is_found_by_its_request_id(
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = APIClient(raise_request_exception=False)
    answer = client.get("/api/v1/bug", HTTP_X_REQUEST_ID="trace-me-12345")
    assert (answer.status_code, answer["Content-Type"]) == (500, PROBLEM)
    assert answer["X-Request-Id"] == "trace-me-12345"
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "trace-me-12345" in caplog.text


@pytest.mark.parametrize("given", ["", "short", "with space inside", "x" * 101, "tab\tinside"])
def test_a_request_id_that_is_not_well_formed_is_replaced(api: APIClient, given: str) -> None:
    answer = api.get("/api/v1/me", HTTP_X_REQUEST_ID=given)
    assert answer["X-Request-Id"] != given
    assert len(answer["X-Request-Id"]) == 32


def test_a_lock_that_is_not_given_in_time_is_503(
    api: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*args: Any, **kwargs: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "DO $$ BEGIN RAISE EXCEPTION 'busy' USING ERRCODE = 'lock_not_available'; END $$"
            )

    monkeypatch.setattr(User.objects, "create_user", busy)
    answer = api.post("/api/v1/constraint")
    assert (answer.status_code, answer["Retry-After"]) == (503, "1")


def test_values_outside_of_what_can_be_stored_are_400(
    api: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_long(*args: Any, **kwargs: Any) -> None:
        User.objects.create(email="x" * 300, name="x")

    monkeypatch.setattr(User.objects, "create_user", too_long)
    assert api.post("/api/v1/constraint").status_code == 400


def test_pages_outside_of_the_api_are_left_alone() -> None:
    answer = APIClient().get("/nowhere")
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html")
    assert "X-Request-Id" not in answer


def test_a_problem_is_valid_json_with_a_status_that_agrees(api: APIClient) -> None:
    answer = api.get("/api/v1/nowhere")
    assert json.loads(answer.content)["status"] == answer.status_code


def test_what_nobody_can_render_is_406(api: APIClient) -> None:
    answer = api.get("/api/v1/me", HTTP_ACCEPT="text/html")
    assert (answer.status_code, answer["Content-Type"]) == (406, PROBLEM)


@pytest.mark.parametrize("path", ["/api/v1/me", "/api/v1/users", "/api/v1/history/x"])
def test_a_cookie_with_a_nul_is_never_an_error_of_ours(path: str) -> None:
    answer = APIClient().get(path, HTTP_COOKIE='sessionid="aaaaaaaaaaaa\\000"')
    assert answer.status_code in (400, 401)
    assert answer["Content-Type"] == PROBLEM

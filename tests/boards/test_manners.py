"""What every address of the board keeps: its errors, tags, methods and few queries."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ats.events.actors import Actor
from requisitions.actions.form import add_question
from requisitions.api.boards.base import BoardApi
from tests.ats.api.routes import addresses
from tests.boards.conftest import ROOT, TOKEN, Reader, number_of
from tests.factories.requisitions import (
    DepartmentFactory,
    OfficeFactory,
    Role,
    open_requisition,
)

MISSING = 999_999_999


@pytest.mark.parametrize(
    ("path", "error"),
    [
        (f"/jobs/{MISSING}", "Job not found"),
        ("/jobs/1e3", "Job not found"),
        (f"/jobs/{'9' * 40}", "Job not found"),
        ("/jobs/%00", "Job not found"),
        ("/jobs/٣", "Job not found"),
        (f"/departments/{MISSING}", "Department not found"),
        ("/offices/-1", "Office not found"),
        ("/sections/1", "Section not found"),
        ("/prospect_posts/1", "Prospect post not found"),
        ("/education/hobbies", "Page not found"),
        ("/somewhere/else", "Page not found"),
    ],
)
def test_what_is_not_there_is_said_in_json(board: Reader, path: str, error: str) -> None:
    assert board.get(path, 404) == {"status": 404, "error": error}
    if path.partition("/")[2] != "somewhere/else":
        assert board.get(f"{path}/", 404) == {"status": 404, "error": error}


def test_another_board_is_unknown_whatever_is_asked(db: Any) -> None:
    for path in ("", "/", "/jobs", "/jobs/1", "/nothing/at/all", "/ünknown"):
        answer = Client().get(f"/v1/boards/other{path}")
        assert answer.json() == {"status": 404, "error": "Job board not found"}
        assert answer.status_code == 404


def test_the_board_s_name_can_be_chosen(board: Reader, settings: Any) -> None:
    settings.BOARD_TOKEN = "acme"
    assert Client().get("/v1/boards/Acme").status_code == 200
    board.get("", 404)
    settings.BOARD_TOKEN, settings.COMPANY_NAME = "", "株式会社"
    assert Client().get("/v1/boards/careers").json()["name"] == "株式会社"


def board_addresses(id_: int) -> list[str]:
    """Every address of the board, from the resolver, with a row that is there."""
    found = [address for address, view in addresses() if issubclass(cls_of(view), BoardApi)]
    filled = [
        address.replace("{token}", TOKEN)
        .replace("jobs/{id}", f"jobs/{id_}")
        .replace("{id}", "0")
        .replace("{kind}", "degrees")
        for address in found
    ]
    return [address for address in filled if "{rest}" not in address]


def cls_of(view: Any) -> type:
    return getattr(view, "cls", None) or object


def test_every_address_answers_with_and_without_a_slash(role: Role) -> None:
    found = set(board_addresses(number_of(role)))
    assert len(found) == 24
    client = Client()
    for address in found:
        is_prospects = "sections/0" in address or "prospect_posts/0" in address
        assert client.get(address).status_code == (404 if is_prospects else 200), address
        pair = address.removesuffix("/") if address.endswith("/") else f"{address}/"
        assert client.get(pair).content == client.get(address).content


def test_every_address_may_be_read_by_any_page_and_sets_no_cookie(role: Role) -> None:
    client = Client()
    for address in [*board_addresses(number_of(role)), "/v1/boards/other", f"{ROOT}/x/y"]:
        answer = client.get(address, headers={"Origin": "https://elsewhere.example"})
        assert answer["Access-Control-Allow-Origin"] == "*", address
        assert not answer.cookies
        asked = client.options(address, headers={"Access-Control-Request-Method": "GET"})
        if answer.status_code == 200:
            assert (asked.status_code, asked["Access-Control-Allow-Headers"]) == (204, "*")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_what_cannot_be_done_is_said_in_json(board: Reader, role: Role, method: str) -> None:
    answer = board.ask("/jobs", method)
    assert answer.status_code == 405
    assert set(answer.json()) == {"status", "error"}


def test_what_is_known_already_is_not_sent_again(board: Reader, role: Role) -> None:
    for path in ("/jobs?content=true", f"/jobs/{number_of(role)}", "/departments", "/offices", ""):
        fresh = board.ask(path)
        etag = fresh["ETag"]
        strong = etag.removeprefix("W/")
        for said in (etag, strong, "*", f'"other", {etag}', f'W/"a", {strong}, "b"'):
            answer = board.ask(path, **{"If-None-Match": said})
            assert (answer.status_code, answer.content) == (304, b""), said
            assert answer["ETag"] == etag
            assert answer["Access-Control-Allow-Origin"] == "*"
        for other in ('"other"', "nonsense", ""):
            assert board.ask(path, **{"If-None-Match": other}).content == fresh.content
    before = board.ask("/jobs")["ETag"]
    open_requisition()
    assert board.ask("/jobs", **{"If-None-Match": before}).status_code == 200


def test_a_failure_of_ours_is_said_in_json_and_is_traceable(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, db: Any
) -> None:
    def broken() -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("requisitions.api.boards.views.departments", broken)
    client = Client(raise_request_exception=False)
    answer = client.get(f"{ROOT}/departments", headers={"X-Request-Id": "trace-me-12345"})
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/json")
    assert answer.json()["status"] == 500
    assert "X-Request-Id" in answer.json()["error"]
    assert (answer["X-Request-Id"], "secret" in answer.text) == ("trace-me-12345", False)
    assert "trace-me-12345" in caplog.text


def test_what_django_answers_by_itself_is_said_in_json(db: Any) -> None:
    nothing, elsewhere = Client().get("/v1/boards/"), Client().get(ROOT, HTTP_HOST="evil.example")
    assert (nothing.status_code, set(nothing.json())) == (404, {"status", "error"})
    assert (elsewhere.status_code, set(elsewhere.json())) == (400, {"status", "error"})


def test_a_missing_job_is_missing_whatever_is_known(board: Reader) -> None:
    assert board.ask(f"/jobs/{MISSING}", **{"If-None-Match": "*"}).status_code == 404


def test_head_answers_like_get_without_a_body(board: Reader, role: Role) -> None:
    for path in ("/jobs", f"/jobs/{number_of(role)}", "/departments"):
        head, get = board.ask(path, "head"), board.ask(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head["ETag"] == get["ETag"]
        assert board.ask(path, "head", **{"If-None-Match": get["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/jobs", 1),
        ("/jobs?content=true&pay_transparency=true", 3),
        ("/jobs/{id}?questions=true", 4),
        ("/departments", 2),
        ("/departments?render_as=tree", 2),
        ("/offices", 3),
        ("/education/schools", 0),
    ],
)
def test_more_jobs_ask_no_more_of_the_database(
    board: Reader, role: Role, path: str, most: int
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            board.get(path.replace("{id}", str(number_of(role))))
        return len(queries)

    assert asked() == most
    for _ in range(2):
        open_requisition(department=DepartmentFactory(), offices=[OfficeFactory()])
        question = {"kind": "url", "label": "Site", "by": Actor.of(role.recruiter)}
        add_question(role.requisition, **question)
    assert asked() == most

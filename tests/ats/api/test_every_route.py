"""What every route keeps, whoever wrote it. The routes are walked, so that none is forgotten."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from ats.api.errors import CONTENT_TYPE
from tests.ats.api.routes import API, Route, addresses, api_routes, ask
from tests.ats.api.world import World

ROUTES = api_routes()
READS = [route for route in ROUTES if route.method == "GET"]

# Everything of the API that answers somebody without an account.
PUBLIC = {
    "POST session",
    "DELETE session",
    "GET openapi.json",
    "GET docs/",
    "GET board/postings",
    "GET board/postings/{id}",
    "POST board/postings/{id}/applications",
    "GET offer-links/{token}",
    "POST offer-links/{token}/accept",
    "POST offer-links/{token}/decline",
    "GET offer-links/{token}/pdf",
    "GET availability-links/{token}",
    "POST availability-links/{token}/give",
}
# The pages beside it. The console sends whoever is not signed in to its sign-in page.
PAGES = {
    "/",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/sitemap.xml",
    "/jobs.rss",
    "/jobs.xml",
    # Asks a stranger to sign in.
    "/internal",
    "/jobs/{id}",
    # Not found, but for its team.
    "/jobs/{id}/preview",
    "/jobs/{id}/apply",
    "/jobs/{id}/applied",
    "/offers/{token}",
    "/t/{slug}",
    "/offers/{token}/letter.pdf",
    "/approvals/{step}/{token}",
    "/availability/{token}",
    "/privacy",
    "/privacy/{token}",
    "/privacy/archives/{token}",
    "/keep/{token}",
}


@pytest.fixture
def stranger(db: Any) -> APIClient:
    return APIClient()


@pytest.fixture
def world(db: Any, settings: Any, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = str(tmp_path)
    return World()


def faults(answer: Any) -> Iterator[str]:
    """What no answer may lack: problem details, no caching, a name to find it by."""
    if answer.status_code >= 400 and answer["Content-Type"] != CONTENT_TYPE:
        yield f"speaks {answer['Content-Type']}"
    if answer.headers.get("Cache-Control") != "no-store":
        yield f"Cache-Control {answer.headers.get('Cache-Control')}"
    if not answer.headers.get("X-Request-Id"):
        yield "no X-Request-Id"


def test_a_stranger_is_turned_away_everywhere_but_at_the_public_addresses(
    stranger: APIClient,
) -> None:
    answers = {str(route): ask(stranger, route, uuid4()) for route in ROUTES}
    assert {name for name, answer in answers.items() if answer.status_code != 401} == PUBLIC
    assert [(name, fault) for name, answer in answers.items() for fault in faults(answer)] == []


def test_the_pages_without_an_account_are_known_by_name() -> None:
    kept = (API, "/console/", "/v1/boards/")
    assert {address for address, _ in addresses() if not address.startswith(kept)} == PAGES


def test_an_unreadable_id_is_answered_like_one_that_never_existed(admin_api: APIClient) -> None:
    for route in ROUTES:
        if route.noun:
            assert told(admin_api, route, "no-id") == told(admin_api, route, uuid4()), route
            assert told(admin_api, route, uuid4())[0] == 404, route


def test_what_nobody_shows_you_is_answered_like_what_never_existed(
    world: World, api: APIClient
) -> None:
    hidden = [
        (route, row)
        for route in ROUTES
        if "{id}" in route.template
        for row in set(world.ids(route.noun, world.recruiter)) - set(world.ids(route.noun, api))
    ]
    assert len({route.noun for route, _ in hidden}) > 15
    shown = [str(r) for r, row in hidden if told(api, r, row) != told(api, r, uuid4())]
    assert shown == []


def told(person: APIClient, route: Route, row: object) -> tuple[int, str, list[str]]:
    """The answer without the id that was asked for."""
    answer = ask(person, route, row)
    return answer.status_code, answer.text.replace(str(row), "X"), list(faults(answer))


def test_every_read_answers_somebody(world: World) -> None:
    for route in READS:
        answer = world.answer(route)
        assert answer.status_code == 200, (route, answer.text)
        assert list(faults(answer)) == [], route


def test_every_list_refuses_a_parameter_that_it_does_not_know(
    world: World, schema: dict[str, Any]
) -> None:
    lists = [route for route in READS if "results" in json_of(world.answer(route))]
    assert {route.template for route in lists} == documented_lists(schema)
    for route in lists:
        answer = world.answer(route, query="?colour=red")
        assert (answer.status_code, list(faults(answer))) == (400, []), (route, answer.text)


def json_of(answer: Any) -> Any:
    return answer.json() if answer["Content-Type"] == "application/json" else {}


def documented_lists(schema: dict[str, Any]) -> set[str]:
    return {
        path.removeprefix(API)
        for path, operations in schema["paths"].items()
        if any(p["name"] == "cursor" for p in operations.get("get", {}).get("parameters", []))
    }


@pytest.mark.parametrize("body", ['{"a": ', '{"a": 1, "a": 2}', '{"a": NaN}'])
def test_every_change_refuses_what_is_not_json(admin_api: APIClient, body: str) -> None:
    for route in ROUTES:
        if route.method in ("POST", "PUT", "PATCH"):
            answer = ask(admin_api, route, uuid4(), body=body)
            assert (answer.status_code, list(faults(answer))) == (400, []), (route, answer.text)

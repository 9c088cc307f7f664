import io
from typing import Any

from django.core.management import call_command
from rest_framework.test import APIClient

from ats.api.views import ApiView
from tests.ats.api.routes import API, api_routes
from tests.ats.api.test_every_route import PUBLIC

UNSAFE = {"post", "put", "patch", "delete"}
NOT_DESCRIBED = {"openapi.json", "docs/"}


def operations(schema: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_document_is_valid_and_without_a_warning() -> None:
    out = io.StringIO()
    call_command(
        "spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json", stdout=out
    )
    assert '"openapi": "3.1.1"' in out.getvalue()


def test_every_operation_has_a_name_of_its_own(schema: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(schema)]
    assert len(names) == len(set(names))


def test_every_refusal_is_documented_where_it_applies(schema: dict[str, Any]) -> None:
    for path, method, operation in operations(schema):
        said = {int(status) for status in operation["responses"]}
        expected = {401, 403} if operation.get("security") else set()
        expected |= {404} if "{" in path else set()
        expected |= {400, 409} if method in UNSAFE else set()
        expected |= {422} if method == "post" else set()
        assert said >= expected, (path, method)


def test_every_post_documents_its_idempotency_key(schema: dict[str, Any]) -> None:
    for path, method, operation in operations(schema):
        headers = {p["name"] for p in operation.get("parameters", []) if p["in"] == "header"}
        assert ("Idempotency-Key" in headers) == (method == "post"), (path, method)


def test_a_problem_is_described_once(schema: dict[str, Any]) -> None:
    _, _, operation = operations(schema)[0]
    media = operation["responses"]["401"]["content"]
    assert media == {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
    }


def test_the_document_and_its_pages_are_served_without_a_third_party(db: Any) -> None:
    document = APIClient().get("/api/v1/openapi.json")
    assert document.status_code == 200
    assert document.json()["openapi"] == "3.1.1"
    page = APIClient().get("/api/v1/docs/")
    assert page.status_code == 200
    assert "cdn" not in page.text.lower()
    assert "/static/drf_spectacular_sidecar/" in page.text


def test_every_address_of_the_api_stands_on_the_house_view_and_is_described(
    schema: dict[str, Any],
) -> None:
    routes = [route for route in api_routes() if route.template not in NOT_DESCRIBED]
    assert [str(route) for route in routes if not issubclass(route.callback.cls, ApiView)] == []
    described = {f"{method.upper()} {path}" for path, method, _ in operations(schema)}
    assert {f"{route.method} {API}{route.template}" for route in routes} == described


def test_the_document_knows_what_answers_without_an_account(schema: dict[str, Any]) -> None:
    anonymous = {
        f"{method.upper()} {path.removeprefix(API)}"
        for path, method, operation in operations(schema)
        if not operation.get("security") or {} in operation["security"]
    }
    assert anonymous == {name for name in PUBLIC if name.partition(" ")[2] not in NOT_DESCRIBED}


def test_a_closed_list_of_values_is_called_as_its_enum(schema: dict[str, Any]) -> None:
    state = schema["components"]["schemas"]["DeliveryOut"]["properties"]["state"]
    assert "#/components/schemas/DeliveryState" in str(state)

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from ats.api.views import ApiView

UNSAFE = {"post", "put", "patch", "delete"}
NOT_DESCRIBED = {"openapi.json", "docs/"}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-any-return]


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


def routes(patterns: list[Any], prefix: str = "") -> list[tuple[str, Any]]:
    found = []
    for pattern in patterns:
        address = prefix + str(pattern.pattern).replace("^", "").replace("$", "")
        if isinstance(pattern, URLResolver):
            found += routes(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern):
            found.append((address, pattern.callback))
    return found


def test_every_address_of_the_api_stands_on_the_house_view_and_is_described(
    schema: dict[str, Any],
) -> None:
    api = [
        (address, callback)
        for address, callback in routes(get_resolver().url_patterns)
        if address.startswith("api/v1/") and address.removeprefix("api/v1/") not in NOT_DESCRIBED
    ]
    assert api
    for address, callback in api:
        assert issubclass(callback.cls, ApiView), address
    assert len({address for address, _ in api}) == len(schema["paths"])


def test_anonymous_addresses_are_known_by_name(schema: dict[str, Any]) -> None:
    anonymous = {
        operation["operationId"]
        for _, _, operation in operations(schema)
        if not operation.get("security") or {} in operation["security"]
    }
    assert anonymous >= {"sign_in", "sign_out"}


def test_a_closed_list_of_values_is_called_as_its_enum(schema: dict[str, Any]) -> None:
    state = schema["components"]["schemas"]["DeliveryOut"]["properties"]["state"]
    assert "#/components/schemas/DeliveryState" in str(state)

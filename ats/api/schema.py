"""The OpenAPI document says what the code does: verbs, headers, and every refusal."""

import inspect
from collections import Counter
from typing import Any

from django.apps import apps
from django.db.models import Choices, TextChoices
from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerFieldExtension,
)
from drf_spectacular.hooks import postprocess_schema_enums
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import _load_enum_name_overrides
from drf_spectacular.settings import spectacular_settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.serializers import BaseSerializer

from ats.api.errors import CONTENT_TYPE, TITLES

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="Send the request again with the same key within 24 hours and it happens once:"
    " the first answer comes back, with `Idempotency-Replayed: true`.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The `ETag` you read. If the row has changed since: 412, and nothing happens.",
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The `ETag` you hold. If nothing has changed since: 304.",
)


HOUSE = ("ats.api.views", "ats.api.viewsets")


class Schema(AutoSchema):
    """Reads the `Verb` behind a route; tags and operation ids come from the app's own nouns."""

    @property
    def verb(self) -> Any:
        handler = getattr(self.view, getattr(self.view, "action", None) or "", None)
        return getattr(handler, "verb", None)

    def get_description(self) -> str:  # type: ignore[override]
        """The action's or the noun's own words; what the house's base classes say is for us."""
        said: str = super().get_description()
        house = [base for base in type(self.view).__mro__ if base.__module__ in HOUSE]
        return "" if said in {inspect.getdoc(base) for base in house} else said

    def get_request_serializer(self) -> Any:
        if self.verb:
            return self.verb.In if self.verb.In().fields else None
        return super().get_request_serializer()

    def get_response_serializers(self) -> Any:
        if self.verb is None:
            return super().get_response_serializers()
        if self.verb.status == 204:
            return {204: None}
        return {self.verb.status: self.verb.Out or getattr(self.view, "Out", None)}

    def get_operation_id(self) -> str:
        if self.verb:
            return str(self.verb.action.__name__)
        return super().get_operation_id()

    def get_serializer_name(self, serializer: Any, direction: Any) -> str:
        """The class's own name, with its app's where two apps use the same."""
        name = type(serializer).__name__
        app = type(serializer).__module__.partition(".")[0]
        return f"{app.capitalize()}{name}" if name in used_by_two_apps() else name

    def get_tags(self) -> list[str]:
        return [getattr(self.view, "tag", "") or super().get_tags()[0]]

    def get_override_parameters(self) -> list[Any]:
        held = hasattr(self.view, "Out") and "{id}" in self.path
        if self.method == "POST":
            return [IDEMPOTENCY_KEY, IF_MATCH] if held else [IDEMPOTENCY_KEY]
        if held and self.method in UNSAFE:
            return [IF_MATCH]
        return [IF_NONE_MATCH] if getattr(self.view, "action", "") == "retrieve" else []


def used_by_two_apps() -> set[str]:
    """The names of serializers that more than one app gave."""
    found = {
        (kind.__name__, kind.__module__.partition(".")[0]) for kind in descendants(BaseSerializer)
    }
    names = Counter(name for name, app in found if app in house_apps())
    return {name for name, count in names.items() if count > 1}


def descendants(kind: type[Any]) -> set[type[Any]]:
    children = set(kind.__subclasses__())
    return children.union(*map(descendants, children))


def house_apps() -> set[str]:
    return {config.name for config in apps.get_app_configs() if "." not in config.name}


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "ats.accounts.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token sees what its person sees, within its scopes.",
        }


class RefField(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    target_class = "ats.api.serializers.Ref"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        return {"type": "string", "format": "uuid"}


class PublicIdField(RefField):  # type: ignore[no-untyped-call]
    target_class = "ats.api.serializers.PublicId"


class RefsField(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    target_class = "ats.api.serializers.Refs"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string", "format": "uuid"}}


def name_enums(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """A closed list of values is called as the enum that holds it."""
    vars(spectacular_settings)["ENUM_NAME_OVERRIDES"] = enums()
    _load_enum_name_overrides.cache_clear()
    named: dict[str, Any] = postprocess_schema_enums(result, generator)  # type: ignore[no-untyped-call]
    return named


def enums() -> dict[str, type[Choices]]:
    """Every enum of this product under its own name; of two with the same values, the first."""
    ours = house_apps()
    found: dict[tuple[Any, ...], type[Choices]] = {}
    for enum in sorted(TextChoices.__subclasses__(), key=lambda enum: enum.__qualname__):
        if enum.__module__.partition(".")[0] in ours:
            found.setdefault(tuple(enum.choices), enum)
    return {enum.__name__: enum for enum in found.values()}


PROBLEM = {
    "type": "object",
    "description": "RFC 9457 problem details.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:problem-type:evenhand:stale"]},
        "title": {"type": "string", "examples": [TITLES[409]]},
        "status": {"type": "integer", "examples": [409]},
        "detail": {
            "type": "string",
            "description": "What happened, what was kept, what to do next.",
        },
        "instance": {"type": "string", "description": "The address that was asked."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["detail", "code"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON pointer into the body."},
                    "parameter": {"type": "string"},
                    "header": {"type": "string"},
                    "detail": {"type": "string"},
                    "code": {"type": "string"},
                },
            },
        },
        "possible": {
            "type": "array",
            "items": {"type": "string"},
            "description": "The verbs that the present state allows.",
        },
        "blockers": {
            "type": "array",
            "items": {"type": "string"},
            "description": "What has to be done first, in sentences.",
        },
    },
}


def document_problems(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """Every refusal that an operation can answer, as one `Problem`."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            if any(p["name"] == "If-None-Match" for p in operation.get("parameters", [])):
                operation["responses"]["304"] = {"description": "Nothing has changed since."}
            for status in refusals(path, method, operation):
                operation["responses"].setdefault(str(status), refusal(status))
    return result


def refusals(path: str, method: str, operation: dict[str, Any]) -> list[int]:
    unsafe = method.upper() in UNSAFE
    places = {parameter["in"] for parameter in operation.get("parameters", [])}
    found = {
        400: unsafe or "query" in places,
        401: bool(operation.get("security")),
        403: bool(operation.get("security")),
        404: "{" in path,
        409: unsafe,
        413: "requestBody" in operation,
        415: "requestBody" in operation,
        412: any(p["name"] == "If-Match" for p in operation.get("parameters", [])),
        422: method == "post",
        429: not operation.get("security") or {} in operation["security"],
    }
    return sorted(status for status, applies in found.items() if applies)


def refusal(status: int) -> dict[str, Any]:
    content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": TITLES.get(status, "Refused"), "content": content}

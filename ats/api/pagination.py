"""Keyset pagination: every row once, however many rows tie on the sort key.

A page starts after (or before) the values of one row, compared as a row that ends in the primary
key. A cursor belongs to one address, filter and order; that of another is refused.
"""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import (
    Tuple,
    TupleGreaterThan,
    TupleGreaterThanOrEqual,
    TupleLessThan,
    TupleLessThanOrEqual,
)
from django.utils.crypto import salted_hmac
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.errors import QueryError
from ats.api.filters import check_names

DEFAULT_LIMIT = 50
MOST = 200
COUNT_CAP = 10_000
NEWEST_FIRST = {"-created_at": ("-pk",), "created_at": ("pk",)}

COMPARE = {
    ("desc", True): TupleLessThanOrEqual,
    ("desc", False): TupleLessThan,
    ("asc", True): TupleGreaterThanOrEqual,
    ("asc", False): TupleGreaterThan,
}


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: strictly behind `keys` (or at them, if `inclusive`)."""

    query: str
    keys: list[Any]
    backward: bool = False
    inclusive: bool = False

    def text(self) -> str:
        sealed = signing.b64_encode(seal(json.dumps(asdict(self)).encode())).decode()
        return signing.Signer(salt="cursor").sign(sealed)

    @classmethod
    def read(cls, text: str, query: str) -> "Cursor":
        try:
            sealed = signing.Signer(salt="cursor").unsign(text)
        except (signing.BadSignature, ValueError):
            raise QueryError(
                "cursor", "This cursor is not complete. Start at the first page."
            ) from None
        cursor = cls(**json.loads(unseal(signing.b64_decode(sealed.encode()))))
        if cursor.query != query:
            raise QueryError(
                "cursor", "This cursor belongs to another query. Start at the first page."
            )
        return cursor


def seal(text: bytes) -> bytes:
    """Unreadable in links and logs: a cursor holds names and inner keys. Sign what comes out."""
    nonce = secrets.token_bytes(16)
    return nonce + masked(text, nonce)


def unseal(sealed: bytes) -> bytes:
    return masked(sealed[16:], sealed[:16])


def masked(text: bytes, nonce: bytes) -> bytes:
    """XOR with SHAKE-256 over the site's secret and a nonce that is never used twice."""
    key = salted_hmac("cursor", "", algorithm="sha256").digest()
    mask = hashlib.shake_256(key + nonce).digest(len(text))
    return bytes(a ^ b for a, b in zip(text, mask, strict=True))


class KeysetPagination(BasePagination):
    """`{"results": [...], "next": url, "previous": url}`; links also in the `Link` header.

    The view's `sorts` names the orders, the first being the default:
    `sorts = {"-created_at": ("-created_at",), "name": ("name",)}`. The primary key is added.
    """

    def paginate_queryset(  # type: ignore[override]
        self, queryset: QuerySet[Any], request: Request, view: Any = None
    ) -> list[Any]:
        if getattr(view, "filterset_class", None) is None:
            check_names(request, {})
        self.request = request
        self.limit = limit_of(request)
        self.order = order_of(request, view)
        refuse_nullable(queryset, self.order)
        self.query = query_of(request, self.order)
        self.counted = counted(queryset, request)
        text = request.query_params.get("cursor")
        self.cursor = Cursor.read(text, self.query) if text else None
        backward = self.cursor is not None and self.cursor.backward
        rows = queryset.order_by(*(flip(self.order) if backward else self.order))
        if self.cursor:
            rows = rows.filter(beyond(self.order, self.cursor))
        found = list(rows[: self.limit + 1])
        self.more = len(found) > self.limit
        self.page = found[: self.limit][:: -1 if backward else 1]
        return self.page

    def get_paginated_response(self, data: Any) -> Response:
        links = {"next": self.next(), "previous": self.previous()}
        header = ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items() if url)
        body = {"results": data, **links, **self.counted}
        return Response(body, headers={"Link": header} if header else None)

    def next(self) -> str | None:
        if self.cursor and self.cursor.backward:
            return self.link(-1, backward=False)
        return self.link(-1, backward=False) if self.more else None

    def previous(self) -> str | None:
        if self.cursor is None:
            return None
        if not self.cursor.backward or self.more:
            return self.link(0, backward=True)
        return None

    def link(self, index: int, *, backward: bool) -> str:
        """From the page's edge; an empty page points back to where it was asked to begin."""
        if self.page:
            keys = [plain(key_of(self.page[index], name)) for name in self.order]
            cursor = Cursor(self.query, keys, backward)
        else:
            assert self.cursor is not None
            cursor = Cursor(self.query, self.cursor.keys, backward, inclusive=True)
        kept = [
            (name, value)
            for name, values in self.request.query_params.lists()
            for value in values
            if name != "cursor"
        ]
        query = urlencode([*kept, ("cursor", cursor.text())])
        return self.request.build_absolute_uri(f"{self.request.path}?{query}")

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        url = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {
                "results": schema,
                "next": url,
                "previous": url,
                "count": {"type": "integer", "description": "Only with `?count=true`."},
                "count_is_exact": {
                    "type": "boolean",
                    "description": f"False when there are more than {COUNT_CAP}.",
                },
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        sorts = list(sorts_of(view))
        return [
            parameter(
                "cursor", "Where the page begins: from `next` or `previous`.", {"type": "string"}
            ),
            parameter(
                "limit",
                "How many rows a page has.",
                {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT},
            ),
            parameter("sort", "The order.", {"type": "string", "enum": sorts, "default": sorts[0]}),
            parameter("count", f"Count the rows, up to {COUNT_CAP}.", {"type": "boolean"}),
        ]


def parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def limit_of(request: Request) -> int:
    text = request.query_params.get("limit", str(DEFAULT_LIMIT))
    if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= MOST):
        raise QueryError("limit", f"A page has 1 to {MOST} rows.")
    return int(text)


def sorts_of(view: Any) -> dict[str, Sequence[str]]:
    return getattr(view, "sorts", None) or dict(NEWEST_FIRST)


def order_of(request: Request, view: Any) -> list[str]:
    """The order asked for, ending in the primary key in the direction of the last key."""
    sorts = sorts_of(view)
    name = request.query_params.get("sort", next(iter(sorts)))
    if name not in sorts:
        raise QueryError("sort", f"Sort by one of: {', '.join(sorts)}.")
    keys = list(sorts[name])
    if keys[-1].lstrip("-") not in ("pk", "id"):
        keys.append("-pk" if keys[-1].startswith("-") else "pk")
    return keys


def refuse_nullable(queryset: QuerySet[Any], order: Sequence[str]) -> None:
    """NULL compares with nothing, so rows would vanish: annotate a `Coalesce` and sort by that."""
    for name in order:
        try:
            field = queryset.model._meta.get_field(name.lstrip("-"))
        except FieldDoesNotExist:
            continue
        if getattr(field, "null", False):
            raise ImproperlyConfigured(f"{queryset.model.__name__}.{field.name} may be NULL")


def query_of(request: Request, order: Sequence[str]) -> str:
    free = ("cursor", "limit", "count", "sort")
    asked = sorted(
        (name, sorted(values)) for name, values in request.query_params.lists() if name not in free
    )
    return hashlib.sha256(repr((request.path, asked, list(order))).encode()).hexdigest()[:16]


def counted(queryset: QuerySet[Any], request: Request) -> dict[str, Any]:
    match request.query_params.get("count", "false"):
        case "false":
            return {}
        case "true":
            found = queryset.order_by()[: COUNT_CAP + 1].count()
            return {"count": min(found, COUNT_CAP), "count_is_exact": found <= COUNT_CAP}
        case _:
            raise QueryError("count", "Count is true or false.")


def beyond(order: Sequence[str], cursor: Cursor) -> Any:
    """The rows behind the cursor, in the order's direction or against it."""
    names = [name.lstrip("-") for name in order]
    ways = ["desc" if name.startswith("-") != cursor.backward else "asc" for name in order]
    if len(set(ways)) == 1:
        return COMPARE[ways[0], cursor.inclusive](Tuple(*map(F, names)), cursor.keys)
    return mixed(names, ways, cursor)


def mixed(names: Sequence[str], ways: Sequence[str], cursor: Cursor) -> Q:
    """One row value cannot run in two directions: a bound that an index can use, then the rest."""
    ops = ["lt" if way == "desc" else "gt" for way in ways]
    behind, same = Q(), Q()
    for name, op, key in zip(names, ops, cursor.keys, strict=True):
        behind |= same & Q(**{f"{name}__{op}": key})
        same &= Q(**{name: key})
    if cursor.inclusive:
        behind |= same
    return Q(**{f"{names[0]}__{ops[0]}e": cursor.keys[0]}) & behind


def flip(order: Sequence[str]) -> list[str]:
    return [name[1:] if name.startswith("-") else f"-{name}" for name in order]


def key_of(row: Any, name: str) -> Any:
    """A row's value under an order; `order__title` follows the relation."""
    value = row
    for part in name.lstrip("-").split("__"):
        value = value[part] if isinstance(value, dict) else getattr(value, part)
    return value


def plain(value: Any) -> Any:
    """What JSON can hold without losing a digit; the database reads it back by the key's type."""
    if value is None:
        raise ImproperlyConfigured("a sort key may not be NULL: annotate a Coalesce")
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, bool | int | float) else str(value)

"""Every address of the product, walked from the resolver: nothing is listed by hand."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLResolver, get_resolver
from rest_framework.test import APIClient

API = "/api/v1/"
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Route:
    """One method of one address: `POST applications/{id}/move`, below the API's prefix."""

    method: str
    template: str
    callback: Callable[..., Any]

    def __str__(self) -> str:
        return f"{self.method} {self.template}"

    @property
    def noun(self) -> str:
        """What the id in the address is an id of; "" without one."""
        return self.template.partition("/{")[0] if "{" in self.template else ""

    def path(self, row: object = "") -> str:
        return API + re.sub(r"\{\w+\}", str(row), self.template)


def addresses(patterns: Any = None, prefix: str = "/") -> Iterator[tuple[str, Any]]:
    """Each address as a template, `/jobs/{id}`, with its view."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        text = str(pattern.pattern).replace("^", "").replace("$", "").replace(r"\Z", "")
        address = prefix + re.sub(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>", r"{\1\2}", text)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


def api_routes() -> list[Route]:
    return [
        Route(method.upper(), address.removeprefix(API), callback)
        for address, callback in addresses()
        if address.startswith(API)
        for method in METHODS
        if method in (getattr(callback, "actions", None) or vars_of(callback.cls))
    ]


def vars_of(view: type) -> set[str]:
    return {name for name in METHODS if hasattr(view, name)}


def ask(
    person: APIClient, route: Route, row: object = "", *, body: str = "{}", query: str = ""
) -> Any:
    """The body leaves as it is; a bug comes back as a 500; a file is read to its end."""
    person.raise_request_exception = False
    sent = {} if route.method == "GET" else {"data": body, "content_type": "application/json"}
    answer = getattr(person, route.method.lower())(route.path(row) + query, **sent)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer

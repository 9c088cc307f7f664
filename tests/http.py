"""A person at the other end of the wire: nothing of the product is imported here."""

import json
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@dataclass
class Person:
    """Speaks to `/api/v1` of a running server, as whoever holds the token, or as a stranger."""

    url: str
    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, expect: int = 200) -> Any:
        return self.ask("GET", path, expect=expect).json

    def post(self, path: str, body: dict[str, Any] | None = None, expect: int = 0) -> Any:
        """Any 2xx is fine unless a status is expected."""
        answer = self.ask("POST", path, json.dumps(body or {}).encode(), expect=expect)
        return answer.json if answer.text else None

    def send_form(self, path: str, form: dict[str, Any], expect: int = 0) -> Answer:
        """A multipart form, files included."""
        body = encode_multipart(BOUNDARY, form)
        return self.ask("POST", path, body, MULTIPART_CONTENT, expect)

    def page(self, path: str, expect: int = 200) -> str:
        """What a browser is shown at an address outside the API."""
        return self.send("GET", path, expect=expect).text

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        kind: str = "application/json",
        expect: int = 0,
    ) -> Answer:
        return self.send(method, f"/api/v1{path}", body, kind, expect)

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        kind: str = "application/json",
        expect: int = 0,
    ) -> Answer:
        headers = {"Content-Type": kind, "Idempotency-Key": str(uuid4()), **self.headers}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        http = HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        try:
            http.request(method, path, body, headers)
            reply = http.getresponse()
            answer = Answer(reply.status, dict(reply.getheaders()), reply.read().decode())
        finally:
            http.close()
        wanted = {expect} if expect else range(200, 300)
        assert answer.status in wanted, f"{method} {path}: {answer.status} {answer.text[:2000]}"
        return answer

from typing import Any

import pytest
from django.test import Client

TOKEN = "northlightresearch"
ROOT = f"/v1/boards/{TOKEN}"


class Reader:
    """Somebody without an account, cookies or a browser."""

    def __init__(self) -> None:
        self.client = Client()

    def get(self, path: str = "", status: int = 200, **headers: str) -> Any:
        answer = self.ask(path, **headers)
        assert answer.status_code == status, answer.content
        return answer.json()

    def ask(self, path: str = "", method: str = "get", **headers: str) -> Any:
        return getattr(self.client, method)(f"{ROOT}{path}", headers=headers)


@pytest.fixture
def board(db: Any) -> Reader:
    return Reader()

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.factories.requisitions import (
    PAY,
    DepartmentFactory,
    OfficeFactory,
    Role,
    open_requisition,
)

KEY = "0d031d8227eafa61dc375a6c2e067e24"
TOKEN = "northlightresearch"
ROOT = f"/v1/boards/{TOKEN}"
SLIM = {
    "id",
    "internal_job_id",
    "title",
    "company_name",
    "location",
    "absolute_url",
    "language",
    "requisition_id",
    "first_published",
    "updated_at",
    "metadata",
}


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


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT, settings.BOARD_API_KEY = str(tmp_path), KEY
    return tmp_path


@pytest.fixture
def board(db: Any) -> Reader:
    return Reader()


@pytest.fixture
def role(db: Any) -> Role:
    research = DepartmentFactory(name="R & D")
    engineering = DepartmentFactory(name="Engineering", parent=research)
    return open_requisition(
        title="Vault <Designer>",
        department=engineering,
        offices=[OfficeFactory(name="West", city="San Francisco", region="CA")],
        workplace="on_site",
        summary="Build & ship.",
        pay_ranges=[PAY | {"scope": "Bay Area", "minimum": "90000.50", "note": "Plus stock"}],
    )


def number_of(role: Role) -> int:
    return int(role.posting.board_number)

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.api.throttling import valkey
from tests.factories.requisitions import RecruiterFactory

Client = Callable[[User | None], APIClient]


@pytest.fixture(autouse=True)
def _fresh_windows() -> None:
    valkey.client.flushall()
    valkey.resting_until = 0


@pytest.fixture
def rita(db: Any) -> User:
    """A recruiter."""
    return RecruiterFactory(name="Rita", email="rita@northlight.example")


@pytest.fixture
def as_() -> Client:
    """A client signed in as that person, or as nobody."""

    def sign_in(user: User | None = None) -> APIClient:
        client = APIClient()
        if user:
            client.force_login(user)
        return client

    return sign_in

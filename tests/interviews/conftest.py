from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.outbox.relay import relay_events
from tests.factories.interviews import Heard, heard


@pytest.fixture
def day(db: Any) -> Heard:
    """Two interviews in a week, one interviewer each; nothing has been said yet."""
    return heard()


@pytest.fixture
def as_() -> Callable[[User], APIClient]:
    """`as_(user).get("/api/v1/...")`."""

    def signed_in(user: User) -> APIClient:
        client = APIClient()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def relay() -> Callable[[], int]:
    """Pay what the events owe, as a worker would."""
    return relay_events

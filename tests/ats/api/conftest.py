from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from ats.accounts.models import User
from tests.factories.ats import UserFactory


@pytest.fixture(scope="session")
def schema() -> dict[str, Any]:
    """The OpenAPI document."""
    return SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-any-return]


@pytest.fixture
def ann(db: Any) -> User:
    return UserFactory(email="ann@northlight.example", name="Ann")


@pytest.fixture
def api(ann: User) -> APIClient:
    """Signed in as Ann, who has no role."""
    return signed_in(ann)


@pytest.fixture
def admin_api(db: Any) -> APIClient:
    return signed_in(UserFactory(name="Ada", is_site_admin=True))


def signed_in(user: User) -> APIClient:
    client = APIClient()
    client.force_login(user)
    return client

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.api.throttling import valkey
from ats.events.actors import Actor
from ats.outbox.relay import relay_events
from candidates.tasks import read_resumes
from requisitions.actions.team import join_hiring_team
from requisitions.enums import TeamRole
from tests.factories.ats import UserFactory
from tests.factories.requisitions import Role, open_requisition

API = "/api/v1"


@pytest.fixture(autouse=True)
def _fresh_windows() -> None:
    valkey.client.flushall()
    valkey.resting_until = 0


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    return tmp_path / "files" / "resumes"


@pytest.fixture
def role(db: Any) -> Role:
    """An open requisition with a published posting and a coordinator."""
    role = open_requisition()
    person = UserFactory(name="Carlos")
    by = Actor.of(role.recruiter)
    join_hiring_team(role.requisition, user=person, role=TeamRole.COORDINATOR, by=by)
    return role


@pytest.fixture
def by(role: Role) -> Actor:
    return Actor.of(role.recruiter)


@pytest.fixture
def recruiter(role: Role) -> APIClient:
    return signed_in(role.recruiter)


@pytest.fixture
def people(role: Role) -> dict[str, User]:
    coordinator = role.requisition.team.get(role="coordinator").user
    return {
        "recruiter": role.recruiter,
        "manager": role.manager,
        "coordinator": coordinator,
        "interviewer": UserFactory(),
        "admin": UserFactory(is_site_admin=True),
        "outsider": UserFactory(),
    }


def at(row: Any, noun: str, verb: str = "") -> str:
    return f"{API}/{noun}/{row.public_id}{verb}"


def signed_in(user: User) -> APIClient:
    client = APIClient()
    client.force_login(user)
    return client


def settle() -> None:
    """Let everything that is owed happen; nothing may have failed."""
    from ats.events.models import Owed

    relay_events()
    read_resumes()
    relay_events()
    assert [debt.last_error for debt in Owed.objects.all()] == []


@pytest.fixture
def queries() -> Callable[[Callable[[], Any]], int]:
    def count(call: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return count

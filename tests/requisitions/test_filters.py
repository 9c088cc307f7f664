"""What the list of requisitions can be narrowed by."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.events.actors import Actor
from requisitions.actions.team import join_hiring_team
from tests.factories.ats import UserFactory
from tests.factories.requisitions import (
    DepartmentFactory,
    OfficeFactory,
    RecruiterFactory,
    draft,
    open_requisition,
)

pytestmark = pytest.mark.django_db
Client = Callable[[User | None], APIClient]
ROOT = "/api/v1/requisitions"


def found(api: APIClient, query: str) -> set[str]:
    answer = api.get(f"{ROOT}?{query}")
    assert answer.status_code == 200, answer.data
    return {row["title"] for row in answer.data["results"]}


def test_a_requisition_is_found_by_what_it_says(as_: Client) -> None:
    top = DepartmentFactory(name="Engineering")
    middle = DepartmentFactory(name="Platform", parent=top)
    low = DepartmentFactory(name="Databases", parent=middle)
    office, recruiter, manager = OfficeFactory(), RecruiterFactory(), UserFactory()
    first = draft(
        recruiter,
        title="Database engineer",
        department=low,
        offices=[office],
        workplace="remote",
        employment_type="contract",
        level="L5",
    )
    join_hiring_team(first, user=manager, role="hiring_manager", by=Actor.of(recruiter))
    second = draft(recruiter, title="Nurse", department=top, workplace="on_site")
    api = as_(UserFactory(is_site_admin=True))
    both = {"Database engineer", "Nurse"}
    expected: list[tuple[str, set[str]]] = [
        (f"department={top.public_id}", both),
        (f"department={middle.public_id}", {"Database engineer"}),
        (f"department={recruiter.public_id}", set()),
        (f"office={office.public_id}", {"Database engineer"}),
        ("workplace=remote&workplace=hybrid", {"Database engineer"}),
        ("employment_type=contract", {"Database engineer"}),
        ("level=l5", {"Database engineer"}),
        (f"recruiter={recruiter.public_id}", both),
        (f"recruiter={manager.public_id}", set()),
        (f"hiring_manager={manager.public_id}", {"Database engineer"}),
        (f"member={manager.public_id}", {"Database engineer"}),
        ("q=NURS", {"Nurse"}),
        (f"q={second.number[-4:]}", {"Nurse"}),
        ("status=draft", both),
        ("status=open&status=filled", set()),
        ("is_confidential=true", set()),
    ]
    assert [(query, found(api, query)) for query, _ in expected] == expected


def test_opened_between_two_days(as_: Client) -> None:
    role = open_requisition(title="Nurse", publish=False)
    api = as_(role.recruiter)
    assert role.requisition.opened_at
    today = role.requisition.opened_at.date()
    before, after = today - timedelta(days=1), today + timedelta(days=1)
    assert found(api, f"opened_after={before}&opened_before={after}") == {"Nurse"}
    assert found(api, f"opened_after={after}") == set()
    assert found(api, f"opened_before={before}") == set()


@pytest.mark.parametrize(
    "query",
    [
        "colour=red",
        "department=x",
        "office=",
        "workplace=moon",
        "employment_type=none",
        "opened_after=yesterday",
        "recruiter=1",
        "status=gone",
        "q=%00",
        "level=a&level=b",
    ],
)
def test_what_cannot_be_meant_is_400(rita: User, as_: Client, query: str) -> None:
    assert as_(rita).get(f"{ROOT}?{query}").status_code == 400


def test_many_rows_cost_what_one_does(rita: User, as_: Client) -> None:
    api, costs = as_(rita), []
    department: Any = DepartmentFactory()
    for _ in range(3):
        draft(rita, department=department)
        with CaptureQueriesContext(connection) as queries:
            found(api, f"department={department.public_id}&recruiter={rita.public_id}")
        costs.append(len(queries))
    assert costs[0] == costs[2]

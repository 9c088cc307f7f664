"""Every list of this app asks the database as often for three rows as for one."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.approvals.engine import StepSpec
from ats.events.actors import Actor
from requisitions.actions.approval import add_approval_flow
from requisitions.actions.competency import freeze_rubric
from requisitions.actions.form import add_question
from requisitions.actions.pay_rule import add_pay_rule
from requisitions.actions.pipeline_template import add_pipeline_template
from requisitions.actions.posting import draft_posting, publish_posting
from requisitions.actions.requisition import edit_requisition, submit_requisition
from requisitions.actions.team import join_hiring_team
from requisitions.actions.template import save_requisition_template
from requisitions.enums import DEFAULT_STAGES
from requisitions.models import Requisition
from tests.ats.api.routes import API, Route, api_routes
from tests.factories.ats import UserFactory
from tests.factories.requisitions import (
    DepartmentFactory,
    OfficeFactory,
    draft,
    open_requisition,
)

TEXAS = {
    "name": "Texas",
    "law": "H.B. 1",
    "citation": "H.B. 1",
    "source_url": "https://capitol.texas.gov/",
    "checked_on": date(2026, 11, 22),
    "country": "US",
    "region": "TX",
    "when": "in_posting",
    "asks": ["range"],
    "blocks": [],
    "effective_on": date(2026, 1, 1),
}

pytestmark = pytest.mark.django_db
Client = Callable[[User | None], APIClient]


def is_list(route: Route) -> bool:
    is_ours = route.callback.cls.__module__.startswith("requisitions.api")
    return is_ours and getattr(route.callback, "actions", {}).get("get") == "list"


LISTS = [route for route in api_routes() if route.method == "GET" and is_list(route)]


def add_one_of_everything(rita: User, first: Requisition | None) -> Requisition:
    """One row more in each list; the lists of one requisition grow in the first one."""
    by = Actor.of(rita)
    department = DepartmentFactory(head=UserFactory(), parent=DepartmentFactory())
    made = open_requisition(rita, department=department, interviewers=[UserFactory()]).requisition
    first = first or made
    made.offices.add(OfficeFactory())
    add_question(made, kind="short_text", label="Why?", by=by)
    freeze_rubric(made, by=by)
    publish_posting(draft_posting(made, is_internal=True, by=by), by=by)
    name = f"Template {made.number}"
    add_pipeline_template(name=name, stages=DEFAULT_STAGES, by=by)
    save_requisition_template(made, name=name, by=by)
    add_pay_rule(**TEXAS | {"key": name}, by=by)
    add_approval_flow(kind="requisition", department=department, steps=[StepSpec([rita])], by=by)
    # Another title, and so another round of approval.
    edit_requisition(first, title=f"Title of {made.number}", by=by)
    other = UserFactory()
    asked = draft(other)
    submit_requisition(asked, steps=[StepSpec([rita])], by=Actor.of(other))
    join_hiring_team(asked, user=rita, role="sourcer", by=Actor.of(other))
    return first


@pytest.mark.parametrize("route", LISTS, ids=str)
def test_a_list_asks_as_often_for_three_rows_as_for_one(
    rita: User, as_: Client, route: Route
) -> None:
    def asked() -> tuple[int, int]:
        """How many queries, and for how many rows."""
        api = as_(rita)
        with CaptureQueriesContext(connection) as queries:
            answer = api.get(route.path(first.public_id))
        assert answer.status_code == 200, answer.data
        return len(queries), len(answer.data["results"])

    first = add_one_of_everything(rita, None)
    one, rows = asked()
    for _ in range(2):
        add_one_of_everything(rita, first)
    three, more = asked()
    assert 0 < rows <= more - 2
    assert three == one <= 12


def test_all_lists_are_tried() -> None:
    assert len(LISTS) >= 14
    assert {API + route.template for route in LISTS} >= {
        f"{API}requisitions",
        f"{API}requisitions/{{id}}/changes",
        f"{API}board/postings",
    }

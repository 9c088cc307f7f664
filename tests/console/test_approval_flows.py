"""Whom a department usually asks is written down in the console, and asking begins with it."""

from typing import Any

import pytest
from django.test import Client

from ats.admin.base import list_url, url_of
from requisitions.models import ApprovalFlow
from tests.console.world import signed_in
from tests.factories.ats import UserFactory
from tests.factories.requisitions import DepartmentFactory, draft

ADD = "begin/add_approval_flow/"


@pytest.fixture
def admin(db: Any) -> Client:
    return signed_in(UserFactory(is_site_admin=True))


def test_a_site_admin_adds_edits_and_removes_a_flow(admin: Client) -> None:
    wards, head = DepartmentFactory(name="Wards"), UserFactory(name="Hanna Head")
    typed: dict[str, Any] = {"kind": "requisition", "department": wards.pk, "people_1": [head.pk]}
    typed |= {"needed_1": 1, "needed_2": 1, "needed_3": 1, "roles_2": ["department_head"]}
    made = admin.post(list_url(ApprovalFlow) + ADD, typed)
    assert made.status_code == 302
    flow = ApprovalFlow.objects.get()
    assert "Requisitions of Wards" in admin.get(list_url(ApprovalFlow)).content.decode()
    page = admin.get(url_of(flow)).content.decode()
    assert "1 of Hanna Head" in page
    assert "1 of department head" in page
    again = admin.post(list_url(ApprovalFlow) + ADD, typed)
    assert set(again.context["form"].errors) == {"department"}
    edit = url_of(flow, "do", verb="edit_approval_flow")
    assert admin.get(edit).context["form"]["people_1"].value() == [head.pk]
    admin.post(edit, {"roles_1": ["hiring_manager"], **dict.fromkeys(NEEDED, 1)})
    flow.refresh_from_db()
    assert flow.steps == [{"people": [], "roles": ["hiring_manager"], "needed": 1}]
    nobody = admin.post(edit, dict.fromkeys(NEEDED, 1))
    assert set(nobody.context["form"].errors) == {"people_1"}
    gone = admin.post(url_of(flow, "do", verb="remove_approval_flow"))
    assert gone["Location"] == list_url(ApprovalFlow)
    assert not ApprovalFlow.objects.exists()


NEEDED = ("needed_1", "needed_2", "needed_3")


def test_steps_behind_the_third_stay_when_a_flow_is_edited(admin: Client) -> None:
    role = {"people": [], "needed": 1}
    steps = [role | {"roles": [each]} for each in ("recruiter", "coordinator", "hiring_manager")]
    last = role | {"roles": ["department_head"]}
    flow = ApprovalFlow.objects.create(kind="offer", steps=[*steps, last])
    form = admin.get(url_of(flow, "do", verb="edit_approval_flow")).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    admin.post(url_of(flow, "do", verb="edit_approval_flow"), typed | {"roles_1": ["recruiter"]})
    flow.refresh_from_db()
    assert flow.steps == [*steps, last]


def test_asking_begins_with_the_flow_of_the_department(db: Any) -> None:
    wards = DepartmentFactory(name="Wards", head=UserFactory())
    steps = [{"people": [], "roles": ["department_head"], "needed": 1}]
    ApprovalFlow.objects.create(kind="requisition", department=wards, steps=steps)
    requisition = draft(department=wards)
    client = signed_in(requisition.created_by)
    form = client.get(url_of(requisition, "do", verb="submit_requisition")).context["form"]
    assert form["roles_1"].value() == ["department_head"]


def test_colleagues_read_the_flows_and_change_none(db: Any) -> None:
    flow = ApprovalFlow.objects.create(
        kind="offer", steps=[{"people": [], "roles": ["recruiter"], "needed": 1}]
    )
    client = signed_in(UserFactory())
    page = client.get(url_of(flow)).content.decode()
    assert "Offers of every department" in page
    assert "edit_approval_flow" not in page
    assert client.post(list_url(ApprovalFlow) + ADD, {}).status_code == 403
    assert client.post(url_of(flow, "do", verb="remove_approval_flow")).status_code == 403

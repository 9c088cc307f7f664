"""What waits for me, and who answers while I am away, over HTTP."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from ats import clock
from ats.accounts.models import User
from ats.approvals.engine import StepSpec
from ats.events.actors import Actor
from requisitions.actions.requisition import edit_requisition, submit_requisition
from requisitions.models import Requisition
from tests.ats.api.conftest import signed_in
from tests.factories.ats import UserFactory
from tests.factories.requisitions import DepartmentFactory, RecruiterFactory, draft

pytestmark = pytest.mark.django_db
WAITING = "/api/v1/approvals"
AWAY = "/api/v1/delegations"


def waits(*people: User, **fields: object) -> Requisition:
    requisition = draft(RecruiterFactory(), **fields)
    by = Actor.of(requisition.created_by)  # type: ignore[arg-type]
    return submit_requisition(requisition, steps=[StepSpec(people)], by=by)


def test_an_approver_reads_what_waits_and_answers() -> None:
    boss = UserFactory()
    requisition = waits(boss, level="7")
    api = signed_in(boss)
    (row,) = api.get(WAITING).data["results"]
    assert (row["about"]["kind"], row["about"]["id"]) == (
        "requisition",
        str(requisition.public_id),
    )
    facts = {each["name"]: each["value"] for each in row["about"]["facts"]}
    assert (facts["Level"], facts["Openings to hire into"]) == ("7", "1")
    assert "120,000 USD a year" in facts["Pay"]
    url = f"{WAITING}/{row['id']}"
    assert api.post(f"{url}/return", {}).status_code == 400
    edit_requisition(requisition, title="New", by=Actor.system("test"))
    late = api.post(f"{url}/approve", {})
    assert (late.status_code, api.get(url).data["about"]) == (409, None)
    (row,) = api.get(WAITING).data["results"]
    assert row["note"] == "Changed since: title."
    done = api.post(f"{WAITING}/{row['id']}/approve", {"comment": "Go."})
    assert (done.status_code, done.data["state"]) == (200, "approved")
    assert api.get(WAITING).data["results"] == []
    assert Requisition.objects.get().status == "open"


def test_an_approval_is_shown_to_those_it_names_alone() -> None:
    boss = UserFactory()
    requisition = waits(boss)
    url = f"{WAITING}/{requisition.approval.public_id}"  # type: ignore[union-attr]
    for stranger in (UserFactory(), UserFactory(is_site_admin=True), requisition.created_by):
        api = signed_in(stranger)  # type: ignore[arg-type]
        assert api.get(WAITING).data["results"] == []
        assert [api.get(url).status_code, api.post(f"{url}/approve").status_code] == [404, 404]


def test_the_list_asks_the_database_as_often_for_three_as_for_one() -> None:
    boss = UserFactory()
    api = signed_in(boss)
    counts = []
    for rows in (1, 3):
        while len(api.get(WAITING).data["results"]) < rows:
            waits(boss)
        with CaptureQueriesContext(connection) as queries:
            api.get(WAITING)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_rounds_are_kept_and_read_by_whoever_sees_the_requisition() -> None:
    boss = UserFactory()
    requisition = waits(boss)
    edit_requisition(requisition, title="New", by=Actor.of(requisition.created_by))  # type: ignore[arg-type]
    url = f"/api/v1/requisitions/{requisition.public_id}/approvals"
    rows = signed_in(boss).get(url).data["results"]
    assert [row["state"] for row in rows] == ["pending", "withdrawn"]
    assert [[each["id"] for each in row["waiting_for"]] for row in rows] == [
        [str(boss.public_id)],
        [],
    ]
    assert signed_in(UserFactory()).get(url).status_code == 404
    fresh = draft(requisition.created_by)
    empty = signed_in(requisition.created_by).get(  # type: ignore[arg-type]
        f"/api/v1/requisitions/{fresh.public_id}/approvals"
    )
    assert empty.data["results"] == []


def test_roles_and_replacements_over_http() -> None:
    head, ann = UserFactory(name="Head"), UserFactory(name="Ann")
    requisition = draft(department=DepartmentFactory(head=head))
    api = signed_in(requisition.created_by)  # type: ignore[arg-type]
    url = f"/api/v1/requisitions/{requisition.public_id}"
    wrong = api.post(f"{url}/submit", {"steps": [{"roles": ["boss"]}]})
    nobody = api.post(f"{url}/submit", {"steps": [{"roles": ["hiring_manager"]}]})
    none = api.post(f"{url}/submit", {})
    assert [each.status_code for each in (wrong, nobody, none)] == [400, 400, 400]
    sent = api.post(f"{url}/submit", {"steps": [{"roles": ["department_head"]}]})
    assert sent.status_code == 200, sent.data
    (person,) = sent.data["approval"]["steps"][0]["people"]
    assert (person["name"], person["role"]) == ("Head", "department_head")
    body = {"was": str(head.public_id), "becomes": str(ann.public_id), "reason": "Ill"}
    done = api.post(f"{url}/replace_approver", body)
    assert done.status_code == 200, done.data
    (step,) = done.data["approval"]["steps"]
    assert ([each["name"] for each in step["people"]], step["is_stuck"]) == (["Ann"], False)
    assert [each["reason"] for each in step["replacements"]] == ["Ill"]
    assert signed_in(ann).post(f"{url}/replace_approver", body).status_code == 403


def test_an_absence_is_entered_listed_and_revoked() -> None:
    ann, dan = UserFactory(name="Ann"), UserFactory(name="Dan")
    requisition = waits(ann)
    at = clock.now()
    span = {"starts_at": at.isoformat(), "ends_at": (at + timedelta(days=7)).isoformat()}
    body = {"delegate": str(dan.public_id), **span}
    mine = signed_in(ann)
    made = mine.post(AWAY, body)
    assert made.status_code == 201, made.data
    assert (made.data["person"]["name"], made.data["delegate"]["name"]) == ("Ann", "Dan")
    assert mine.post(AWAY, body).status_code == 400
    theirs = signed_in(dan)
    assert [row["id"] for row in theirs.get(AWAY).data["results"]] == [made.data["id"]]
    assert theirs.post(f"{made['Location']}/revoke").status_code == 403
    seen = theirs.get(f"/api/v1/requisitions/{requisition.public_id}")
    assert seen.status_code == 200
    done = theirs.post(f"/api/v1/requisitions/{requisition.public_id}/approve")
    (vote,) = done.data["approval"]["steps"][0]["votes"]
    assert (vote["user"]["name"], vote["on_behalf_of"]["name"]) == ("Dan", "Ann")
    assert mine.post(f"{made['Location']}/revoke").data["revoked_at"]
    assert mine.post(f"{made['Location']}/revoke").status_code == 409
    other = {**body, "person": str(dan.public_id), "delegate": str(ann.public_id)}
    assert mine.post(AWAY, other).status_code == 403
    assert signed_in(UserFactory(is_site_admin=True)).post(AWAY, other).status_code == 201


def test_a_site_admin_keeps_the_flows_and_everybody_reads_them(admin_api: APIClient) -> None:
    boss = UserFactory()
    url = "/api/v1/approval-flows"
    steps = [{"people": [str(boss.public_id)], "roles": ["hiring_manager"], "needed": 2}]
    made = admin_api.post(url, {"kind": "requisition", "steps": steps})
    assert (made.status_code, made.data["steps"]) == (201, steps)
    assert admin_api.post(url, {"kind": "requisition", "steps": steps}).status_code == 400
    theirs = signed_in(boss)
    assert [row["id"] for row in theirs.get(url).data["results"]] == [made.data["id"]]
    assert theirs.patch(made["Location"], {"steps": steps}).status_code == 403
    fewer = [{**steps[0], "needed": 1}]
    assert admin_api.patch(made["Location"], {"steps": fewer}).data["steps"] == fewer
    assert admin_api.delete(made["Location"]).status_code == 204

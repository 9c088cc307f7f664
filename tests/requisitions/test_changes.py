"""The history of each field: who may read it, and that it says what happened."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.admin.base import url_of
from ats.events.actors import Actor
from ats.events.models import Event
from requisitions.actions.competency import choose_competencies
from requisitions.actions.requisition import edit_requisition
from requisitions.actions.team import join_hiring_team
from requisitions.models import Requisition, RequisitionChange
from tests.factories.ats import UserFactory
from tests.factories.requisitions import (
    PAY,
    CompetencyFactory,
    DepartmentFactory,
    OfficeFactory,
    draft,
    open_requisition,
)

pytestmark = pytest.mark.django_db
Client = Callable[[User | None], APIClient]
ROOT = "/api/v1/requisitions"


def rows_of(api: APIClient, requisition: Requisition, query: str = "") -> list[dict[str, Any]]:
    answer = api.get(f"{ROOT}/{requisition.public_id}/changes{query}")
    assert answer.status_code == 200, answer.data
    return list(answer.json()["results"])


def said(rows: list[dict[str, Any]]) -> dict[str, tuple[Any, Any]]:
    return {row["field"]: (row["old"], row["new"]) for row in rows}


def test_every_field_says_what_it_was_and_what_it_is(rita: User, as_: Client) -> None:
    requisition = draft(rita, title="Nurse", highlights=["Nights"])
    department, office = DepartmentFactory(name="Wards"), OfficeFactory(name="North")
    edit_requisition(
        requisition,
        title="Staff nurse",
        highlights=["Nights", "Days"],
        level="",
        department=department,
        offices=[office],
        pay_ranges=[PAY | {"maximum": "130000"}],
        qualifications=[{"is_required": True, "text": "A licence", "tree": {"text": "A licence"}}],
        advertised_pay={"amount": 90000.0, "currency": "USD", "period": "year"},
        by=Actor.of(rita),
    )
    api = as_(rita)
    rows = rows_of(api, requisition)
    pay = {"scope": "", "currency": "USD", "period": "year", "note": "", "minimum": "90000.00"}
    assert said(rows) == {
        "title": ("Nurse", "Staff nurse"),
        "highlights": (["Nights"], ["Nights", "Days"]),
        "department": (None, {"id": str(department.public_id), "name": "Wards"}),
        "offices": ([], [{"id": str(office.public_id), "name": "North"}]),
        "pay_ranges": ([pay | {"maximum": "120000.00"}], [pay | {"maximum": "130000.00"}]),
        "qualifications": (
            [],
            [{"is_required": True, "text": "A licence", "tree": {"text": "A licence"}}],
        ),
        "advertised_pay": (None, {"amount": 90000.0, "currency": "USD", "period": "year"}),
    }
    assert {(row["by"]["name"], row["actor_kind"]) for row in rows} == {("Rita", "user")}
    assert said(rows_of(api, requisition, "?field=title")) == {"title": ("Nurse", "Staff nurse")}


def test_the_competencies_that_were_chosen_are_history(rita: User, as_: Client) -> None:
    requisition, listening = draft(rita), CompetencyFactory(name="Listening")
    choose_competencies(requisition, choices=[{"competency": listening}], by=Actor.of(rita))
    (row,) = rows_of(as_(rita), requisition)
    assert (row["field"], row["old"]) == ("competencies", [])
    (new,) = row["new"]
    assert new["competency"] == {"id": str(listening.public_id), "name": "Listening"}
    assert (new["is_must_have"], new["weight"]) == (True, "1.00")


def test_the_event_names_the_rows_and_holds_no_value(rita: User) -> None:
    requisition = draft(rita)
    edit_requisition(requisition, title="Secret", by=Actor.of(rita))
    (change,) = RequisitionChange.objects.all()
    event = Event.objects.get(verb="requisition.edited")
    assert event.ids == {"fields": ["title"], "changes": [str(change.public_id)]}


def test_what_is_said_again_is_no_change(rita: User) -> None:
    requisition = draft(rita, title="Nurse")
    edit_requisition(requisition, title="Nurse", pay_ranges=[PAY], by=Actor.of(rita))
    assert not RequisitionChange.objects.exists()
    assert not Event.objects.filter(verb="requisition.edited").exists()


def test_pay_is_told_to_those_who_may_see_it(as_: Client) -> None:
    role = open_requisition(publish=False)
    team = {name: UserFactory() for name in ("coordinator", "sourcer", "interviewer")}
    by = Actor.of(role.recruiter)
    for name, person in team.items():
        join_hiring_team(role.requisition, user=person, role=name, by=by)
    change = {"requisition": role.requisition, "actor_kind": "user", "user": role.recruiter}
    at = role.requisition.created_at
    for field in ("pay_ranges", "advertised_pay", "summary"):
        RequisitionChange.objects.create(field=field, old=None, new=[], at=at, **change)
    everybody = team | {
        "recruiter": role.recruiter,
        "manager": role.manager,
        "approver": role.approver,
        "admin": UserFactory(is_site_admin=True),
    }
    told = {
        name
        for name, person in everybody.items()
        if "pay_ranges" in said(rows_of(as_(person), role.requisition))
    }
    assert told == {"recruiter", "manager", "approver", "admin"}
    fields = set(said(rows_of(as_(team["sourcer"]), role.requisition)))
    assert fields == {"summary", "competencies"}


def test_an_outsider_reads_no_history(rita: User, as_: Client) -> None:
    requisition = draft(rita, is_confidential=True)
    for person in (UserFactory(), UserFactory(is_site_admin=True)):
        assert as_(person).get(f"{ROOT}/{requisition.public_id}/changes").status_code == 404


def test_reading_many_changes_costs_what_reading_one_does(rita: User, as_: Client) -> None:
    requisition, api = draft(rita), as_(rita)
    costs = []
    for title in ("A", "B", "C"):
        edit_requisition(requisition, title=title, by=Actor.of(rita))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            rows_of(api, requisition)
        costs.append(len(queries))
    assert costs[0] == costs[2]


def test_history_is_not_rewritten(rita: User) -> None:
    edit_requisition(draft(rita), title="B", by=Actor.of(rita))
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        RequisitionChange.objects.update(field="summary")
    RequisitionChange.objects.update(old=None, new=None)  # as erasure does


def test_the_console_says_what_changed(rita: User) -> None:
    requisition = draft(rita, title="Nurse", employment_type="part_time")
    by = Actor.of(rita)
    new = {"title": "Staff nurse", "employment_type": "full_time", "is_confidential": True}
    edit_requisition(requisition, **new, summary="x" * 500, by=by)
    edit_requisition(requisition, highlights=["a" * 100, "b" * 100], by=by)
    edit_requisition(requisition, highlights=["b" * 100, "c" * 100], by=by)
    edit_requisition(requisition, highlights=["c" * 100, "b" * 100], by=by)
    edit_requisition(requisition, pay_ranges=[PAY | {"scope": "Berlin"}], by=by)
    choice = {"competency": CompetencyFactory(name="Care"), "weight": 2, "weight_reason": "Why"}
    choose_competencies(requisition, choices=[choice], by=by)
    edit_requisition(
        requisition, advertised_pay={"amount": 9, "currency": "EUR", "period": "hour"}, by=by
    )
    client = APIClient()
    client.force_login(rita)
    for page in (url_of(requisition), url_of(requisition, "history")):
        text = client.get(page).content.decode()
        for sentence in (
            "Title: from Nurse to Staff nurse",
            "Employment type: from part time to full time",
            "Is confidential: from no to yes",
            "Summary was rewritten: xxx",
            "without " + "a" * 100,
            "in another order",
            "90000.00 to 120000.00 USD a year, Berlin",
            "Competencies: from nothing to Care (must have, weight 2)",
            "Advertised pay: from nothing to 9 EUR a hour",
        ):
            assert sentence in text, sentence

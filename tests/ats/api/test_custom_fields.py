"""Definitions of custom fields: by site admins, retired and not deleted."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.admin.base import list_url, url_of
from ats.custom_fields.actions import add_custom_field, edit_custom_field
from ats.custom_fields.models import CustomField
from ats.errors import Invalid
from ats.events.actors import Actor
from requisitions.models import Requisition
from tests.factories.requisitions import RecruiterFactory, draft

pytestmark = pytest.mark.django_db
URL = "/api/v1/custom-fields"
FIELD = {"applies_to": "requisition", "name": "Cost centre (EU)", "kind": "short_text"}


def test_a_site_admin_adds_edits_retires_and_restores(admin_api: APIClient) -> None:
    made = admin_api.post(URL, FIELD)
    assert (made.status_code, made.data["key"]) == (201, "cost_centre_eu")
    url = made["Location"]
    edited = admin_api.patch(url, {"name": " Cost  centre ", "is_required": True})
    assert (edited.data["name"], edited.data["is_required"]) == ("Cost centre", True)
    assert admin_api.patch(url, {"kind": "number"}).status_code == 400
    retired = admin_api.post(f"{url}/retire")
    assert retired.data["retired_at"]
    assert admin_api.post(f"{url}/retire").status_code == 409
    assert admin_api.post(URL, FIELD | {"name": "Cost centre"}).status_code == 201
    assert admin_api.post(f"{url}/restore").status_code == 400  # its name is in use again
    assert admin_api.patch(url, {"name": "Old cost centre"}).status_code == 200
    assert admin_api.post(f"{url}/restore").data["retired_at"] is None
    assert admin_api.post(f"{url}/restore").status_code == 409
    rows = admin_api.get(f"{URL}?applies_to=requisition&is_retired=false").json()["results"]
    assert [row["key"] for row in rows] == ["cost_centre_eu", "cost_centre"]


def test_nobody_else_defines_fields(api: APIClient, admin_api: APIClient) -> None:
    url = admin_api.post(URL, FIELD)["Location"]
    assert api.get(url).status_code == 200
    assert api.post(URL, FIELD).status_code == 403
    assert api.patch(url, {"name": "A"}).status_code == 403
    assert api.post(f"{url}/retire").status_code == 403


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"applies_to": "moon"}, "/applies_to"),
        ({"kind": "colour"}, "/kind"),
        ({"name": " "}, "/name"),
        ({"name": "TAKEN", "key": "free"}, "/name"),
        ({"name": "Other", "key": "taken"}, "/key"),
        ({"key": "a__gte"}, "/key"),
        ({"key": "Über"}, "/key"),
        ({"name": "日本"}, "/key"),
        ({"options": ["a"]}, "/options"),
        ({"kind": "single"}, "/options"),
        ({"kind": "multiple", "options": ["a", "A "]}, "/options"),
        ({"audience": "moon"}, "/audience"),
    ],
)
def test_a_definition_is_refused_in_words(
    admin_api: APIClient, fields: dict[str, Any], pointer: str
) -> None:
    admin_api.post(URL, FIELD | {"name": "Taken"})
    answer = admin_api.post(URL, FIELD | fields)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)
    assert CustomField.objects.count() == 1


def test_a_field_has_a_name() -> None:
    field = add_custom_field(**FIELD, by=Actor.system("test"))
    with pytest.raises(Invalid, match="has a name"):
        edit_custom_field(field, name=" ", by=Actor.system("test"))


def test_the_database_has_the_same_fences() -> None:
    base = {"applies_to": "requisition", "name": "A", "key": "a", "kind": "number"}
    for fields in ({"key": "A"}, {"options": ["x"]}, {"kind": "single"}, {"kind": "moon"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CustomField.objects.create(**{**base, **fields})


def test_the_console_defines_and_asks() -> None:
    browser, recruiter = Client(), RecruiterFactory(name="Rita")
    browser.force_login(User.objects.create_user("a@x.example", name="Ada", is_site_admin=True))
    begin = list_url(CustomField) + "begin/add_custom_field/"
    kinds = {
        "short_text": "", "long_text": "", "number": "", "date": "", "single": "low\nhigh",
        "multiple": "North\nSouth", "yes_no": "", "money": "", "person": "", "url": "",
    }  # fmt: skip
    for kind, options in kinds.items():
        body = {"name": f"The {kind}", "applies_to": "requisition", "kind": kind}
        answer = browser.post(begin, body | {"options": options, "audience": "team"})
        assert answer.status_code == 302, answer.content.decode()
    one = CustomField.objects.get(kind="single")
    assert "low\nhigh" in browser.get(url_of(one, "do", verb="edit_custom_field")).content.decode()
    assert browser.post(url_of(one, "do", verb="retire_custom_field")).status_code == 302
    assert browser.post(url_of(one, "do", verb="restore_custom_field")).status_code == 302
    assert "low, high" in browser.get(url_of(one)).content.decode()
    assert "The money" in browser.get(list_url(CustomField)).content.decode()

    theirs, requisition = Client(), draft(recruiter)
    theirs.force_login(recruiter)
    edit = url_of(requisition, "do", verb="edit_requisition")
    typed: dict[str, Any] = {
        "title": "Nurse",
        "custom.the_short_text": "CC 42",
        "custom.the_long_text": "Because",
        "custom.the_number": "12.5",
        "custom.the_date": "2027-02-28",
        "custom.the_single": "high",
        "custom.the_multiple": ["North", "South"],
        "custom.the_yes_no": "false",
        "custom.the_money_amount": "50000",
        "custom.the_money_currency": "eur",
        "custom.the_person": str(recruiter.public_id),
        "custom.the_url": "https://wiki.example/brief",
    }
    page = theirs.post(edit, typed | {"custom.the_money_currency": "XYZ", "custom.the_url": "x:y"})
    assert "ISO 4217" in page.content.decode()
    assert theirs.post(edit, typed).status_code == 302
    form = theirs.get(edit).content.decode()
    for shown in ("CC 42", "Because", "12.5", "2027-02-28", "50000.00", "EUR"):
        assert shown in form, shown
    text = theirs.get(url_of(Requisition.objects.get())).content.decode()
    for shown in ("CC 42", "North, South", "50000.00 EUR", "Rita", "28"):
        assert shown in text, shown
    assert theirs.post(edit, {"title": "Nurse"}).status_code == 302
    assert "More about it" not in theirs.get(url_of(requisition)).content.decode()

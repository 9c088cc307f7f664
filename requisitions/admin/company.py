"""What the company is made of: readable by everybody who works here."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest

from ats.accounts.rules import is_person
from ats.admin.base import ScopedAdmin
from ats.admin.buttons import button
from ats.admin.forms import ActionForm, colleagues
from requisitions.actions.organization import (
    add_department,
    add_office,
    edit_department,
    edit_office,
)
from requisitions.models import Department, Office


class CompanyAdmin(ScopedAdmin):
    """No secrets: every colleague may read these rows."""

    list_filter: Sequence[Any] = ()
    page_template = "admin/console/facts.html"

    def is_open_to(self, request: HttpRequest) -> bool:
        return is_person(request.user)


class DepartmentForm(ActionForm):
    name = forms.CharField(label="Name", max_length=200)
    parent = forms.ModelChoiceField(
        Department.objects.order_by("name"), label="Part of", required=False, empty_label="Nothing"
    )
    head = forms.ModelChoiceField(  # type: ignore[var-annotated]
        None, label="Head", required=False, empty_label="Nobody yet"
    )

    def prepare(self) -> None:
        self.fields["head"].queryset = colleagues()  # type: ignore[attr-defined]
        if self.subject is not None:
            row = self.subject
            self.initial = {"name": row.name, "parent": row.parent_id, "head": row.head_id}


class OfficeForm(ActionForm):
    name = forms.CharField(label="Name", max_length=200)
    city = forms.CharField(label="City", max_length=200, required=False)
    region = forms.CharField(label="Region", max_length=200, required=False)
    country = forms.CharField(
        label="Country", max_length=2, required=False, help_text="Two letters, as in DE."
    )
    timezone = forms.CharField(
        label="Time zone", max_length=64, initial="UTC", help_text="As in Europe/Berlin."
    )

    def prepare(self) -> None:
        if self.subject is not None:
            self.initial = {name: getattr(self.subject, name) for name in self.fields}


class DepartmentAdmin(CompanyAdmin):
    openers = [
        button(
            add_department,
            label="Add a department",
            icon="add",
            says="Requisitions can belong to it, and approvals can ask its head.",
            done="The department exists.",
            Form=DepartmentForm,
        )
    ]
    buttons = [
        button(
            edit_department,
            label="Edit",
            says="Its requisitions go with it wherever it is part of.",
            done="Saved.",
            Form=DepartmentForm,
        )
    ]
    list_display = ("name", "parent", "head")
    related = ("parent", "head")
    ordering = ("name",)
    search_fields = ("name",)

    def page(self, request: HttpRequest, row: Department) -> dict[str, Any]:
        parts = ", ".join(part.name for part in row.children.order_by("name"))
        return {"facts": [("Part of", row.parent), ("Head", row.head), ("Has", parts)]}


class OfficeAdmin(CompanyAdmin):
    openers = [
        button(
            add_office,
            label="Add an office",
            icon="add",
            says="Requisitions can be placed there.",
            done="The office exists.",
            Form=OfficeForm,
        )
    ]
    buttons = [
        button(
            edit_office,
            label="Edit",
            says="What was published before keeps the place as it was.",
            done="Saved.",
            Form=OfficeForm,
        )
    ]
    list_display = ("name", "city", "region", "country", "timezone")
    ordering = ("name",)
    search_fields = ("name", "city")

    def page(self, request: HttpRequest, row: Office) -> dict[str, Any]:
        facts = [
            ("City", row.city),
            ("Region", row.region),
            ("Country", row.country),
            ("Time zone", row.timezone),
        ]
        return {"facts": facts}

"""Copies of a role, and the roles that were saved to start from."""

from typing import Any

from django import forms
from django.http import HttpRequest

from ats.admin.base import ScopedAdmin
from ats.admin.buttons import button
from ats.admin.forms import ActionForm
from ats.admin.lists import View
from requisitions.actions.template import (
    clone_requisition,
    draft_from_template,
    rename_requisition_template,
    retire_requisition_template,
    save_requisition_template,
)
from requisitions.models import RequisitionTemplate


class CloneForm(ActionForm):
    title = forms.CharField(label="Title", max_length=300)
    with_team = forms.BooleanField(label="With the same hiring team", required=False)

    def prepare(self) -> None:
        self.initial = {"title": self.subject.title}


class NameForm(ActionForm):
    name = forms.CharField(label="Name", max_length=200)

    def prepare(self) -> None:
        self.initial = {"name": getattr(self.subject, "name", "")}


class TitleForm(ActionForm):
    title = forms.CharField(label="Title", max_length=300)

    def prepare(self) -> None:
        self.initial = {"title": self.subject.content["title"]}


COPIES = [
    button(
        clone_requisition,
        label="Clone",
        says="A new draft says the same about the role, its pay, competencies, pipeline and form."
        " Votes, hires and postings stay here.",
        done="This is the copy.",
        Form=CloneForm,
        makes_another=True,
    ),
    button(
        save_requisition_template,
        label="Save as template",
        says="Others can start from what this says now. Later edits here do not change it.",
        done="The template is saved.",
        Form=NameForm,
    ),
]


def is_in_use(template: RequisitionTemplate, user: Any) -> bool:
    return template.retired_at is None


class RequisitionTemplateAdmin(ScopedAdmin):
    called = "Requisition templates"
    list_display = ("name", "titled", "is_confidential", "created_by")
    related = ("created_by",)
    ordering = ("name", "pk")
    page_template = "admin/console/facts.html"
    empty_sentence = "No role is saved to start from. A requisition's page can save one."
    views = {
        "in_use": View("In use", lambda rows, user: rows.filter(retired_at=None)),
        "retired": View("Retired", lambda rows, user: rows.exclude(retired_at=None)),
    }
    buttons = [
        button(
            draft_from_template,
            label="New requisition",
            look="primary",
            says="A draft that says what the template says, with you as its recruiter.",
            done="The requisition is drafted.",
            Form=TitleForm,
            shown=is_in_use,
            makes_another=True,
        ),
        button(
            rename_requisition_template,
            label="Rename",
            says="Requisitions that were started from it stay as they are.",
            done="Saved.",
            Form=NameForm,
        ),
        button(
            retire_requisition_template,
            label="Retire",
            look="danger",
            says="Nobody starts from it any more; what was started stays.",
            done="The template is retired.",
            shown=is_in_use,
        ),
    ]

    def titled(self, template: RequisitionTemplate) -> str:
        return str(template.content["title"])

    def page(self, request: HttpRequest, row: RequisitionTemplate) -> dict[str, Any]:
        role = row.content
        named = ", ".join
        facts = [
            ("Title", role["title"]),
            ("Department", (role["department"] or {}).get("name")),
            ("Offices", named(each["name"] for each in role["offices"])),
            ("Level", role["level"]),
            ("Competencies", named(each["competency"]["name"] for each in role["competencies"])),
            ("Stages", named(each["name"] for each in role["stages"])),
            ("Questions", len(role["questions"])),
            ("Seats", role["seats"]),
            ("Confidential", "yes" if row.is_confidential else "no"),
        ]
        return {"facts": facts}

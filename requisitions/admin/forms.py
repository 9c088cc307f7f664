"""What the buttons of a requisition ask for."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ats.admin.custom_fields import CustomForm
from ats.admin.forms import ActionForm, Day, StepsForm, colleagues, text
from ats.approvals.engine import StepSpec
from ats.errors import Invalid
from requisitions.enums import (
    CLOSED,
    ApproverRole,
    EmploymentType,
    FlowKind,
    TeamRole,
    Workplace,
)
from requisitions.listing import NotAListing, decode
from requisitions.models import Department, PipelineTemplate, Requisition
from requisitions.queries.approvers import usual_steps


class EditForm(CustomForm):
    noun = "requisition"

    title = forms.CharField(label="Title", max_length=300)
    department = forms.ModelChoiceField(
        Department.objects.order_by("name"), required=False, empty_label="None yet"
    )
    level = forms.CharField(label="Level", max_length=100, required=False)
    workplace = forms.ChoiceField(choices=[("", "not said"), *Workplace.choices], required=False)
    employment_type = forms.ChoiceField(
        label="Employment", choices=[("", "not said"), *EmploymentType.choices], required=False
    )
    is_confidential = forms.BooleanField(
        label="Confidential",
        required=False,
        help_text="Only the hiring team and named approvers see it; site admins do not.",
    )
    summary = text("Summary", required=False, rows=8)

    def prepare(self) -> None:
        if self.subject is not None:
            self.initial = {name: getattr(self.subject, name) for name in self.fields}
            self.initial["department"] = self.subject.department_id
        super().prepare()


class AskForm(StepsForm):
    """Begins with whoever was asked before, or the department's approval flow."""

    roles = ApproverRole.choices
    kind = FlowKind.REQUISITION

    def usual(self) -> Sequence[StepSpec]:
        return usual_steps(self.requisition(), self.kind, self.subject.approval)

    def requisition(self) -> Requisition:
        requisition: Requisition = self.subject
        return requisition


class DraftForm(EditForm):
    """A new requisition from nothing."""


class PipelineForm(ActionForm):
    template = forms.ModelChoiceField(
        PipelineTemplate.objects.filter(retired_at=None).order_by("name"),
        label="Template",
        required=False,
        empty_label="The company's default",
    )


class OpeningForm(ActionForm):
    is_backfill = forms.BooleanField(label="Somebody left: this replaces them", required=False)
    target_start_on = Day(label="First day of work, if all goes well", required=False)


class EditOpeningForm(OpeningForm):
    def prepare(self) -> None:
        self.initial = {name: getattr(self.subject, name) for name in self.fields}


class MoveOpeningForm(ActionForm):
    requisition = forms.ModelChoiceField(  # type: ignore[var-annotated]
        None, label="To", empty_label="Choose a requisition"
    )

    def prepare(self) -> None:
        mine = Requisition.objects.recruited_by(self.user).exclude(status__in=CLOSED)
        others = mine.exclude(pk=self.subject.requisition_id)
        self.fields["requisition"].queryset = others.order_by("-pk")  # type: ignore[attr-defined]


class MemberForm(ActionForm):
    user = forms.ModelChoiceField(  # type: ignore[assignment,var-annotated]
        None, label="Who", empty_label="Choose somebody"
    )
    role = forms.ChoiceField(label="As", choices=TeamRole.choices)
    is_responsible = forms.BooleanField(
        label="Responsible", required=False, help_text="Takes over from whoever was, in this role."
    )

    def prepare(self) -> None:
        self.fields["user"].queryset = colleagues()  # type: ignore[attr-defined]


class ListingForm(forms.Form):
    """A listing, pasted or as a file; the file wins."""

    says_what_is_needed = True

    text = forms.CharField(
        label="The listing",
        required=False,
        strip=False,
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Paste it as it is: text, Markdown, HTML or JSON-LD.",
    )
    file = forms.FileField(label="Or a file", required=False, allow_empty_file=True)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data.get("file")
        if given is not None:
            try:
                self.cleaned_data["text"] = decode(given.read())
            except NotAListing as problem:
                self.add_error("file", str(problem))
        elif not self.cleaned_data.get("text", "").strip() and "text" not in self.errors:
            self.add_error("text", "Paste a listing, or choose a file.")
        return self.cleaned_data

    def refuse(self, refusal: Invalid) -> None:
        self.add_error("text", refusal.sentence)

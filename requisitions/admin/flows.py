"""Whom a department usually asks for approval, so that nobody has to name them each time."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from ats.accounts.models import User
from ats.admin.base import list_url
from ats.admin.buttons import button
from ats.admin.forms import STEPS, ActionForm, StepsForm, colleagues
from ats.approvals.engine import StepSpec
from ats.errors import DomainError
from requisitions.actions.approval import (
    add_approval_flow,
    edit_approval_flow,
    remove_approval_flow,
)
from requisitions.admin.company import CompanyAdmin
from requisitions.enums import ApproverRole, FlowKind
from requisitions.models import ApprovalFlow, Department
from requisitions.queries.approvers import specs_of


class FlowForm(StepsForm):
    """Steps behind the third were written over the API and stay."""

    roles = ApproverRole.choices

    def usual(self) -> Sequence[StepSpec]:
        return specs_of(self.subject.steps) if self.subject is not None else ()

    def people_field(self, place: int, people: QuerySet[User]) -> Any:
        return super().people_field(place, colleagues())

    def steps(self) -> Iterator[StepSpec]:
        yield from super().steps()
        yield from self.usual()[len(STEPS) :]

    def refuse(self, refusal: DomainError) -> None:
        if getattr(refusal, "field", None) in self.fields:
            return ActionForm.refuse(self, refusal)
        return super().refuse(refusal)


class NewFlowForm(FlowForm):
    kind = forms.ChoiceField(label="To approve", choices=[])
    department = forms.ModelChoiceField(
        Department.objects.order_by("name"),
        label="In",
        required=False,
        empty_label="Every department that has no flow of its own",
        help_text="And in the departments that are part of it.",
    )

    def prepare(self) -> None:
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, f"{kind.label}s") for kind in FlowKind
        ]
        super().prepare()

    def arguments(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in ("kind", "department")}
        return said | super().arguments()


class ApprovalFlowAdmin(CompanyAdmin):
    called = "Approval flows"
    list_display = ("name", "asked")
    related = ("department",)
    ordering = ("kind", "department__name", "pk")
    empty_sentence = "No flow yet: whoever asks for approval names the approvers."
    openers = [
        button(
            add_approval_flow,
            label="Add a flow",
            icon="add",
            says="Whoever asks for approval there begins with these steps, and may change them.",
            done="The flow is there.",
            Form=NewFlowForm,
        )
    ]
    buttons = [
        button(
            edit_approval_flow,
            label="Edit",
            says="From the next request on. Approvals that are asked for already keep their steps.",
            done="Saved.",
            Form=FlowForm,
        ),
        button(
            remove_approval_flow,
            label="Remove",
            look="danger",
            says="Whoever asks next begins with the flow of the department above, if there is one."
            " Approvals that are asked for already keep their steps.",
            done="The flow is removed.",
        ),
    ]

    def name(self, row: ApprovalFlow) -> str:
        return f"{row.get_kind_display().capitalize()}s of {row.department or 'every department'}"

    name.short_description = "Flow"  # type: ignore[attr-defined]

    def asked(self, row: ApprovalFlow) -> str:
        many = len(row.steps)
        return f"{many} step{'' if many == 1 else 's'}"

    asked.short_description = "Asks in"  # type: ignore[attr-defined]

    def title_of(self, row: ApprovalFlow) -> str:
        return self.name(row)

    def after(self, row: Any) -> str:
        """To the list, also from a row that is no more."""
        return list_url(ApprovalFlow)

    def page(self, request: HttpRequest, row: ApprovalFlow) -> dict[str, Any]:
        steps = enumerate(specs_of(row.steps), start=1)
        return {"facts": [(f"Step {place}", in_words(step)) for place, step in steps]}


def in_words(step: StepSpec) -> str:
    """`2 of Ann Lee, Ben Okafor, department head`."""
    named = [str(person) for person in step.people]
    named += [ApproverRole(role).label for role in step.roles]
    return f"{step.needed} of {', '.join(named)}"

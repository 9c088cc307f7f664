"""Stages on their requisition's page, and the templates that pipelines begin with."""

from collections.abc import Iterator
from typing import Any

from django import forms

from ats.accounts.models import User
from ats.admin.buttons import Offered, button
from ats.admin.forms import ActionForm, text
from ats.errors import DomainError
from requisitions.actions.pipeline import add_stage, edit_stage, move_stage, retire_stage
from requisitions.actions.pipeline_template import (
    add_pipeline_template,
    edit_pipeline_template,
    retire_pipeline_template,
)
from requisitions.admin.company import CompanyAdmin
from requisitions.admin.parts import PartAdmin
from requisitions.enums import CLOSED, StageKind
from requisitions.models import PipelineTemplate, Requisition, Stage
from requisitions.queries.pipelines import ENDS, places, problems

MIDDLE = [choice for choice in StageKind.choices if choice[0] not in ENDS]
ONE_LINE = "One stage on each line: name; kind; target days. Kinds: " + ", ".join(StageKind)


def days() -> forms.IntegerField:
    return forms.IntegerField(
        label="Target days", min_value=0, max_value=1000, required=False, help_text="In the stage."
    )


def live(requisition: Requisition) -> Any:
    return requisition.stages.filter(retired_at=None).order_by("position")


class StageForm(ActionForm):
    name = forms.CharField(label="Name", max_length=100)
    kind = forms.ChoiceField(choices=MIDDLE)
    after = forms.ModelChoiceField(
        Stage.objects.none(), label="Behind", required=False, empty_label="Where its kind belongs"
    )
    target_days = days()

    def prepare(self) -> None:
        self.fields["after"].queryset = live(self.subject)  # type: ignore[attr-defined]


class StageEditForm(ActionForm):
    name = forms.CharField(label="Name", max_length=100)
    target_days = days()

    def prepare(self) -> None:
        self.initial = {name: getattr(self.subject, name) for name in self.fields}


class StageMoveForm(ActionForm):
    after = forms.ModelChoiceField(Stage.objects.none(), label="Behind", empty_label=None)

    def prepare(self) -> None:
        others = live(self.subject.requisition).exclude(pk=self.subject.pk)
        self.fields["after"].queryset = others  # type: ignore[attr-defined]


class StageRetireForm(ActionForm):
    move_to = forms.ModelChoiceField(
        Stage.objects.none(),
        label="Move the active applications in it to",
        required=False,
        empty_label="Nobody is in it",
    )

    def prepare(self) -> None:
        others = live(self.subject.requisition).exclude(pk=self.subject.pk)
        self.fields["move_to"].queryset = others  # type: ignore[attr-defined]


def has_pipeline(requisition: Requisition, user: Any) -> bool:
    return requisition.status not in CLOSED and live(requisition).exists()


def is_in_use(stage: Stage, user: Any) -> bool:
    return stage.retired_at is None


def is_between(stage: Stage, user: Any) -> bool:
    return stage.retired_at is None and stage.kind not in ENDS


ADD_STAGE = button(
    add_stage,
    label="Add a stage",
    says="Applications can be moved into it from now on. Nobody is moved by this.",
    done="The stage is part of the pipeline.",
    Form=StageForm,
    shown=has_pipeline,
)


class StageAdmin(PartAdmin):
    buttons = [
        button(
            edit_stage,
            label="Rename",
            says="Whoever has left it before left it under its former name.",
            done="Saved.",
            Form=StageEditForm,
            shown=is_in_use,
        ),
        button(
            move_stage,
            label="Move",
            says="The order of the board changes. Everybody stays in the stage where they are.",
            done="The stage was moved.",
            Form=StageMoveForm,
            shown=is_between,
        ),
        button(
            retire_stage,
            label="Retire",
            says="Nobody enters it any more. What happened in it stays in every history.",
            done="The stage is retired.",
            Form=StageRetireForm,
            shown=is_between,
        ),
    ]


def with_steps(
    offered: list[tuple[Stage, list[Offered]]],
) -> Iterator[tuple[Stage, list[Offered], list[tuple[str, str, Stage]]]]:
    """Each stage with its buttons and, as (label, address, behind which), one step up and down."""
    stages = [stage for stage, _ in offered]
    for at, (stage, buttons) in enumerate(offered):
        url = next((each.url for each in buttons if each.button.action is move_stage), "")
        others = [each for each in buttons if each.button.action is not move_stage]
        steps = [("Up", at - 2), ("Down", at + 1)] if url else []
        yield (
            stage,
            others,
            [
                (label, url, stages[behind])
                for label, behind in steps
                if is_good(stages, at, behind)
            ],
        )


def is_good(stages: list[Stage], at: int, behind: int) -> bool:
    if not 0 <= behind < len(stages):
        return False
    rest = [*stages[:at], *stages[at + 1 :]]
    place = rest.index(stages[behind]) + 1
    return not list(problems(places([*rest[:place], stages[at], *rest[place:]])))


class TemplateForm(ActionForm):
    name = forms.CharField(label="Name", max_length=100)
    stages = text("Stages", help_text=ONE_LINE, rows=10)
    is_default = forms.BooleanField(label="New requisitions get this one", required=False)

    def prepare(self) -> None:
        if self.subject is not None:
            self.initial = {name: getattr(self.subject, name) for name in self.fields}
            self.initial["stages"] = "\n".join(map(as_line, self.subject.stages))

    def clean_stages(self) -> list[dict[str, Any]]:
        lines = [line for line in self.cleaned_data["stages"].splitlines() if line.strip()]
        if len(lines) > 100:
            raise forms.ValidationError("A pipeline has at most 100 stages.")
        return [self.read(line) for line in lines]

    def read(self, line: str) -> dict[str, Any]:
        name, kind, days, *more = [*map(str.strip, line.split(";")), "", "", ""][:4]
        if not name or len(name) > 100 or any(more):
            raise forms.ValidationError(f"“{line}” does not read as name; kind; target days.")
        if kind not in StageKind.values:
            raise forms.ValidationError(f"“{kind}” in “{line}” is no kind of stage.")
        if days and not (days.isascii() and days.isdigit() and int(days[:5]) <= 1000):
            raise forms.ValidationError(f"“{days}” in “{line}” is no number of days.")
        return {
            "name": name,
            "kind": kind,
            "target_days": int(days) if days else None,
            "milestone": self.kept_milestones().get((name, kind)),
        }

    def kept_milestones(self) -> dict[tuple[str, str], str]:
        """A milestone that was chosen over the API stays as it is."""
        held = self.subject.stages if self.subject is not None else []
        return {(each["name"], each["kind"]): each["milestone"] for each in held}

    def refuse(self, refusal: DomainError) -> None:
        field = str(getattr(refusal, "field", "")).partition("/")[0]
        self.add_error(field if field in self.fields else None, refusal.sentence)


def as_line(stage: dict[str, Any]) -> str:
    days = stage["target_days"]
    return f"{stage['name']}; {stage['kind']}" + ("" if days is None else f"; {days}")


def is_kept(template: PipelineTemplate, user: User) -> bool:
    return template.retired_at is None


class PipelineTemplateAdmin(CompanyAdmin):
    list_display = ("name", "is_default", "retired_at")
    ordering = ("name",)
    page_template = ""
    openers = [
        button(
            add_pipeline_template,
            label="Add a template",
            says="Requisitions can begin with these stages.",
            done="The template is there.",
            Form=TemplateForm,
        )
    ]
    buttons = [
        button(
            edit_pipeline_template,
            label="Edit",
            says="Requisitions that have a pipeline keep it as it is.",
            done="Saved.",
            Form=TemplateForm,
            shown=is_kept,
        ),
        button(
            retire_pipeline_template,
            label="Retire",
            look="danger",
            says="No requisition begins with it any more. Those that did keep their stages.",
            done="The template is retired.",
            shown=lambda template, user: template.retired_at is None and not template.is_default,
        ),
    ]

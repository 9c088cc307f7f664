"""The questions of the application form, on their requisition's page."""

from typing import Any

from django import forms

from ats.admin.buttons import button
from ats.admin.forms import ActionForm, text
from requisitions.actions.form import add_question, edit_question, move_question, retire_question
from requisitions.admin.parts import PartAdmin
from requisitions.enums import CLOSED, QuestionKind
from requisitions.models import Question, Requisition


class QuestionEditForm(ActionForm):
    label = forms.CharField(label="Question", max_length=500)
    description = forms.CharField(
        label="Help", max_length=2000, required=False, help_text="Shown under the question."
    )
    is_required = forms.BooleanField(label="An answer is required", required=False)
    options = text(
        "Answers to choose from",
        required=False,
        help_text="One on each line, for the kinds “single” and “multiple”.",
    )

    def prepare(self) -> None:
        if isinstance(self.subject, Question):
            self.initial = {name: getattr(self.subject, name) for name in self.fields}
            self.initial["options"] = "\n".join(self.subject.options)

    def clean_options(self) -> list[str]:
        lines = self.cleaned_data["options"].splitlines()
        return [line.strip() for line in lines if line.strip()]


class QuestionForm(QuestionEditForm):
    field_order = ("label", "kind", "options", "description", "is_required")
    kind = forms.ChoiceField(label="Kind of answer", choices=QuestionKind.choices)


class MoveForm(ActionForm):
    after = forms.ModelChoiceField(
        Question.objects.none(), label="Behind", required=False, empty_label="To the beginning"
    )

    def prepare(self) -> None:
        others = self.subject.requisition.questions.asked().exclude(pk=self.subject.pk)
        self.fields["after"].queryset = others  # type: ignore[attr-defined]


def is_asked(question: Question, user: Any) -> bool:
    return question.retired_at is None and question.requisition.status not in CLOSED


def is_open(requisition: Requisition, user: Any) -> bool:
    return requisition.status not in CLOSED


ADD_QUESTION = button(
    add_question,
    label="Add a question",
    says="Whoever applies from now on is asked this, beside name, address and resume.",
    done="The question is on the form.",
    Form=QuestionForm,
    shown=is_open,
)


class QuestionAdmin(PartAdmin):
    buttons = [
        button(
            edit_question,
            label="Edit",
            says="Applications that came in keep the question as it was asked.",
            done="Saved.",
            Form=QuestionEditForm,
            shown=is_asked,
        ),
        button(
            move_question,
            label="Move",
            says="The form asks in this order from now on.",
            done="The question was moved.",
            Form=MoveForm,
            shown=is_asked,
        ),
        button(
            retire_question,
            label="Retire",
            says="It is asked no more. Answers that came in stay.",
            done="The question is asked no more.",
            shown=is_asked,
        ),
    ]

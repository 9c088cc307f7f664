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

    knock_out = text(
        "Answers to look at",
        required=False,
        help_text="One on each line: of the answers above, or yes or no. Whoever gives one is"
        " marked for a person to look at. Nobody is rejected by it.",
    )

    def prepare(self) -> None:
        if isinstance(self.subject, Question):
            self.initial = {name: getattr(self.subject, name) for name in self.fields}
            for name in ("options", "knock_out"):
                self.initial[name] = "\n".join(self.initial[name])

    def clean_options(self) -> list[str]:
        return lines_of(self.cleaned_data["options"])

    def clean_knock_out(self) -> list[str]:
        return lines_of(self.cleaned_data["knock_out"])


def lines_of(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]


class QuestionForm(QuestionEditForm):
    field_order = ("label", "kind", "options", "knock_out", "description", "is_required")
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

"""Forms of the console: each turns what a person typed into the arguments of one action."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from ats.accounts.models import User
from ats.approvals.engine import StepSpec
from ats.errors import DomainError

STEPS = (1, 2, 3)


class ActionForm(forms.Form):
    """`subject` is the row that the action is about, `user` whoever presses the button."""

    def __init__(self, *args: Any, subject: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject, self.user = subject, user
        self.prepare()

    def prepare(self) -> None:
        """Narrow the choices to what this subject and this person allow."""

    def arguments(self) -> dict[str, Any]:
        """What the action is called with, beside its subject and `by`."""
        return self.cleaned_data

    def refuse(self, refusal: DomainError) -> None:
        """Say what the domain said, beside the field it is about; what was typed stays."""
        field = getattr(refusal, "field", None)
        self.add_error(field if field in self.fields else None, refusal.sentence)


def text(label: str, *, required: bool = True, help_text: str = "", rows: int = 3) -> Any:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, help_text=help_text, widget=widget)


def reason_form(label: str, *, help_text: str = "") -> type[ActionForm]:
    class ReasonForm(ActionForm):
        reason = text(label, help_text=help_text)

    return ReasonForm


class CommentForm(ActionForm):
    comment = text("Comment", required=False)


class ReturnForm(ActionForm):
    comment = text("What has to change", help_text="Whoever asked reads this.")


class People(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Colleagues with an account, as a list to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(User.objects.none(), **kwargs)

    def label_from_instance(self, person: Any) -> str:
        return str(person)


def colleagues(besides: User | None = None) -> QuerySet[User]:
    active = User.objects.filter(is_active=True).order_by("name", "pk")
    return active.exclude(pk=besides.pk) if besides else active


class StepsForm(ActionForm):
    """Who approves, step after step; steps without people are left out."""

    def prepare(self) -> None:
        people = colleagues(self.user)
        for place in STEPS:
            self.fields[f"people_{place}"] = self.people_field(place, people)
            self.fields[f"needed_{place}"] = forms.IntegerField(
                label="How many of them must approve", min_value=1, max_value=20, initial=1
            )

    def people_field(self, place: int, people: QuerySet[User]) -> People:
        label = "Who approves" if place == 1 else f"Then, step {place} (if any)"
        field = People(label=label, required=place == 1)
        field.queryset = people
        return field

    def arguments(self) -> dict[str, Any]:
        return {"steps": list(self.steps())}

    def steps(self) -> Iterator[StepSpec]:
        for place in STEPS:
            if people := list(self.cleaned_data[f"people_{place}"]):
                yield StepSpec(people, self.cleaned_data[f"needed_{place}"])

    def refuse(self, refusal: DomainError) -> None:
        self.add_error("people_1", refusal.sentence)


class Moment(forms.DateTimeField):
    """A date and time in the zone of whoever types it."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.help_text = self.help_text or "In your own time zone."

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime) and timezone.is_aware(value):
            value = timezone.localtime(value)
        return value


class Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

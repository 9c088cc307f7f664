"""Forms of the console: each turns what a person typed into the arguments of one action."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ats.accounts.models import User
from ats.approvals.engine import StepSpec
from ats.approvals.models import Approval, Seat, Vote
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


class AnswerForm(ActionForm):
    """Carries the round that was read, so that an answer never counts for a later one."""

    asked = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.fields["asked"].initial = self.subject.approval and self.subject.approval.public_id


class CommentForm(AnswerForm):
    comment = text("Comment", required=False)


class ReturnForm(AnswerForm):
    comment = text("What has to change", help_text="Whoever asked reads this.")


class ReplaceForm(ActionForm):
    was = forms.ModelChoiceField(User.objects.none(), label="In place of")
    becomes = forms.ModelChoiceField(User.objects.none(), label="Ask")
    reason = forms.CharField(label="Why", max_length=500)

    def prepare(self) -> None:
        named = User.objects.filter(pk__in=unanswered(self.subject.approval)).order_by("name", "pk")
        self.fields["was"].queryset = named  # type: ignore[attr-defined]
        self.fields["becomes"].queryset = colleagues(self.user)  # type: ignore[attr-defined]


def unanswered(approval: Approval | None) -> QuerySet[Any]:
    """Whom the steps that are not complete name and who has not answered."""
    seats = Seat.objects.filter(step__approval=approval, step__completed_at=None)
    votes = Vote.objects.filter(step=OuterRef("step"))
    mine = Q(on_behalf_of=OuterRef("user")) | Q(on_behalf_of=None, user=OuterRef("user"))
    return seats.filter(~Exists(votes.filter(mine))).values("user")


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
    """Who approves, step after step; steps that name nobody are left out.

    An app that knows roles gives them as choices in `roles`, and as `usual(subject)` the steps to
    begin with; then no step has to be filled in by hand.
    """

    roles: Sequence[tuple[str, str]] = ()

    def prepare(self) -> None:
        people = colleagues(self.user)
        for place in STEPS:
            self.fields[f"people_{place}"] = self.people_field(place, people)
            if self.roles:
                self.fields[f"roles_{place}"] = forms.MultipleChoiceField(
                    label="Or whoever is",
                    choices=self.roles,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )
            self.fields[f"needed_{place}"] = forms.IntegerField(
                label="How many of them must approve", min_value=1, max_value=20, initial=1
            )
        for place, step in zip(STEPS, self.usual(), strict=False):
            self.initial[f"people_{place}"] = [person.pk for person in step.people]
            self.initial[f"roles_{place}"] = list(step.roles)
            self.initial[f"needed_{place}"] = step.needed

    def usual(self) -> Sequence[StepSpec]:
        """Who is asked if nobody changes anything."""
        return ()

    def people_field(self, place: int, people: QuerySet[User]) -> People:
        label = "Who approves" if place == 1 else f"Then, step {place} (if any)"
        field = People(label=label, required=place == 1 and not self.roles)
        field.queryset = people
        return field

    def arguments(self) -> dict[str, Any]:
        return {"steps": list(self.steps())}

    def steps(self) -> Iterator[StepSpec]:
        for place in STEPS:
            people = list(self.cleaned_data[f"people_{place}"])
            roles = self.cleaned_data.get(f"roles_{place}", [])
            if people or roles:
                yield StepSpec(people, self.cleaned_data[f"needed_{place}"], roles)

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

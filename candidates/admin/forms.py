"""What the buttons of applications and offers ask for."""

from typing import Any

from django import forms

from ats.admin.forms import ActionForm, Day, Moment, text
from candidates.enums import RejectionKind
from candidates.models import RejectionReason
from requisitions.admin.forms import AskForm
from requisitions.enums import FlowKind, OpeningStatus, PayPeriod
from requisitions.models import Opening, Requisition, Stage

LETTERS = (
    ("later", "On the next working morning: it can be taken back until then"),
    ("now", "At once"),
    ("never", "No letter"),
)


def reasons(kind: str) -> Any:
    return RejectionReason.objects.filter(kind=kind).order_by("name")


class MoveForm(ActionForm):
    """`from_stage` is where the application was when this page was shown."""

    stage = forms.ModelChoiceField(Stage.objects.none(), label="To", empty_label=None)
    from_stage = forms.ModelChoiceField(
        Stage.objects.none(), required=False, widget=forms.HiddenInput
    )

    def prepare(self) -> None:
        stages = Stage.objects.filter(requisition_id=self.subject.requisition_id)
        live = stages.filter(retired_at=None).exclude(pk=self.subject.stage_id)
        # Where it is may have changed meanwhile: the action says so, in better words.
        self.fields["stage"].queryset = live if not self.is_bound else stages  # type: ignore[attr-defined]
        self.fields["from_stage"].queryset = stages  # type: ignore[attr-defined]
        self.initial["from_stage"] = self.subject.stage_id


class RejectForm(ActionForm):
    reason = forms.ModelChoiceField(
        RejectionReason.objects.none(), label="Reason", empty_label="Choose one"
    )
    note = text("Note to the team", required=False, help_text="The candidate never reads this.")
    letter = forms.ChoiceField(
        label="Letter to the candidate", choices=LETTERS, initial="later", widget=forms.RadioSelect
    )

    def prepare(self) -> None:
        self.fields["reason"].queryset = reasons(RejectionKind.WE_REJECTED)  # type: ignore[attr-defined]


class WithdrawForm(ActionForm):
    reason = forms.ModelChoiceField(
        RejectionReason.objects.none(), label="Reason", required=False, empty_label="Not said"
    )

    def prepare(self) -> None:
        self.fields["reason"].queryset = reasons(RejectionKind.THEY_WITHDREW)  # type: ignore[attr-defined]


class NoteForm(ActionForm):
    body = forms.CharField(
        label="Note", max_length=20_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_private = forms.BooleanField(label="For me alone", required=False)


class AskOfferForm(AskForm):
    kind = FlowKind.OFFER

    def requisition(self) -> Requisition:
        requisition: Requisition = self.subject.application.requisition
        return requisition


class OfferForm(ActionForm):
    opening = forms.ModelChoiceField(Opening.objects.none(), label="Seat", empty_label=None)
    pay_amount = forms.DecimalField(label="Pay", max_digits=14, decimal_places=2)
    pay_currency = forms.RegexField(
        r"^[A-Z]{3}\Z", label="Currency", help_text="Three letters, as in USD."
    )
    pay_period = forms.ChoiceField(label="A", choices=PayPeriod.choices, initial=PayPeriod.YEAR)
    start_on = Day(label="First day")
    expires_at = Moment(label="Open until")
    letter = forms.CharField(
        label="Letter",
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="What the candidate reads above the terms.",
    )

    def prepare(self) -> None:
        requisition = self.subject.requisition
        seats = requisition.openings.filter(status=OpeningStatus.OPEN)
        self.fields["opening"].queryset = seats  # type: ignore[attr-defined]
        pay = requisition.pay_ranges.order_by("pk").first()
        if pay:
            self.initial["pay_currency"] = pay.currency
            self.initial["pay_period"] = pay.period
            said = f"The range: {pay}"
            self.fields["pay_amount"].help_text = f"{said} a {pay.period}." if pay.period else said

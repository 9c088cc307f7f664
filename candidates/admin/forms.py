"""What the buttons of applications and offers ask for."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from ats.accounts.models import User
from ats.admin.forms import ActionForm, Day, Moment, colleagues, text
from candidates.actions.files import FileIn
from candidates.enums import NOTE_VISIBILITY, RejectionKind, Visibility
from candidates.models import OfferTemplate, RejectionReason
from candidates.offer_letters.tokens import KNOWN
from candidates.queries.applications import zone_of
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
    visibility = forms.ChoiceField(label="Who reads it", choices=NOTE_VISIBILITY, initial="team")


class AttachmentForm(ActionForm):
    file = forms.FileField(label="File", help_text="At most 10 MiB.")
    visibility = forms.ChoiceField(
        label="Who reads it", choices=Visibility.choices, initial=Visibility.TEAM
    )

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        file = said["file"]
        return {"file": FileIn(file.name, file.read()), "visibility": said["visibility"]}


class FollowUpForm(ActionForm):
    text = forms.CharField(label="What is to be done", max_length=500)
    due_at = Moment(label="Remind at")
    user = forms.ModelChoiceField(  # type: ignore[assignment]
        User.objects.none(), label="Whom", required=False
    )

    def prepare(self) -> None:
        self.fields["user"].queryset = colleagues(self.user)  # type: ignore[attr-defined, arg-type]
        self.fields["user"].empty_label = "Me"  # type: ignore[attr-defined]


class AskOfferForm(AskForm):
    kind = FlowKind.OFFER

    def requisition(self) -> Requisition:
        requisition: Requisition = self.subject.application.requisition
        return requisition


def letter_field(label: str, says: str = "", *, required: bool = True) -> Any:
    tokens = ", ".join(f"{{{{ {name} }}}}" for name in KNOWN)
    return forms.CharField(
        label=label,
        required=required,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=f"{says}These are filled in when it goes out: {tokens}.",
    )


class OfferTemplateForm(ActionForm):
    name = forms.CharField(label="Name", max_length=200)
    body = letter_field("Letter")

    def prepare(self) -> None:
        if self.subject is not None:
            self.initial = {"name": self.subject.name, "body": self.subject.body}


class ExtendForm(ActionForm):
    expires_at = Day(label="Open until", help_text="The end of that day, where the job is.")


class DeclineForm(ActionForm):
    reason = text("What they said", required=False, help_text="Kept with the offer, for the team.")


class RescindForm(ActionForm):
    """`from_status` is how the offer stood when this page was shown."""

    from_status = forms.CharField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.initial["from_status"] = self.subject.status


class OfferForm(ActionForm):
    opening = forms.ModelChoiceField(Opening.objects.none(), label="Seat", empty_label=None)
    pay_amount = forms.DecimalField(label="Pay", max_digits=14, decimal_places=2)
    pay_currency = forms.RegexField(
        r"^[A-Z]{3}\Z", label="Currency", help_text="Three letters, as in USD."
    )
    pay_period = forms.ChoiceField(label="A", choices=PayPeriod.choices, initial=PayPeriod.YEAR)
    start_on = Day(label="First day")
    expires_at = Day(label="Open until", help_text="The end of that day, where the job is.")
    template = forms.ModelChoiceField(
        OfferTemplate.objects.none(),
        label="Letter from",
        required=False,
        empty_label="No template: written below",
    )
    letter = letter_field("Letter", "What the candidate reads above the terms. ", required=False)

    def requisition(self) -> Requisition:
        requisition: Requisition = self.subject.requisition
        return requisition

    def prepare(self) -> None:
        requisition = self.requisition()
        seats = requisition.openings.filter(status=OpeningStatus.OPEN)
        self.fields["opening"].queryset = seats  # type: ignore[attr-defined]
        templates = OfferTemplate.objects.in_use().order_by("name")
        self.fields["template"].queryset = templates  # type: ignore[attr-defined]
        pay = requisition.pay_ranges.order_by("pk").first()
        if pay:
            self.initial["pay_currency"] = pay.currency
            self.initial["pay_period"] = pay.period
            said = f"The range: {pay}"
            self.fields["pay_amount"].help_text = f"{said} a {pay.period}." if pay.period else said


class EditOfferForm(OfferForm):
    """Only what was changed is sent: a day that stays keeps its hour."""

    def requisition(self) -> Requisition:
        requisition: Requisition = self.subject.application.requisition
        return requisition

    def prepare(self) -> None:
        super().prepare()
        del self.fields["template"]
        local = self.subject.expires_at.astimezone(ZoneInfo(zone_of(self.subject.application)))
        held = {name: getattr(self.subject, name) for name in self.fields}
        now = {"opening": self.subject.opening_id, "expires_at": local.date()}
        self.initial = {**self.initial, **held, **now}

    def arguments(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.changed_data}

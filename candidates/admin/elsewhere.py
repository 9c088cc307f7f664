"""Buttons that reach beyond one application: another requisition, a letter, the people system."""

from typing import Any

from django import forms
from django.db.models import Q

from ats.admin.buttons import button
from ats.admin.forms import ActionForm
from candidates.actions.after_fill import MOST_DAYS, choose_after_fill
from candidates.actions.hand_off import hand_off_hire
from candidates.actions.letters import before_writing, write_letter
from candidates.actions.transfer import convert_prospect, transfer_application
from candidates.admin.bulk import LetterForm
from candidates.admin.forms import LETTERS, reasons
from candidates.enums import AfterFill, ApplicationStatus, RejectionKind
from candidates.models import RejectionReason, TalentPool
from candidates.queries.applications import blockers
from requisitions.enums import CLOSED, TeamRole
from requisitions.models import Requisition


class TargetForm(ActionForm):
    requisition = forms.ModelChoiceField(Requisition.objects.none(), label="Requisition")

    def prepare(self) -> None:
        mine = Q(pk__in=Requisition.objects.worked_on_by(self.user, TeamRole.RECRUITER))
        seen = mine | Q(is_confidential=False) if self.user.is_site_admin else mine
        live = Requisition.objects.filter(seen).exclude(status__in=CLOSED)
        field: Any = self.fields["requisition"]
        here: Any = getattr(self.subject, "requisition_id", None)
        field.queryset = live.exclude(pk=here)


class AfterFillForm(ActionForm):
    choice = forms.ChoiceField(
        label="The others", choices=AfterFill.choices, widget=forms.RadioSelect
    )
    reason = forms.ModelChoiceField(RejectionReason.objects.none(), required=False)
    pool = forms.ModelChoiceField(TalentPool.objects.none(), required=False)
    after_days = forms.IntegerField(
        label="After how many days", min_value=0, max_value=MOST_DAYS, initial=7
    )
    letter = forms.ChoiceField(label="Letter to each", choices=LETTERS, initial="later")

    def prepare(self) -> None:
        self.fields["reason"].queryset = reasons(RejectionKind.WE_REJECTED)  # type: ignore[attr-defined]
        pools = TalentPool.objects.visible_to(self.user).filter(retired_at=None)
        self.fields["pool"].queryset = pools  # type: ignore[attr-defined]


APPLICATION_BUTTONS = [
    button(
        write_letter,
        label="Write a letter",
        says="One letter in your own words. It cannot be taken back once it has left.",
        done="The letter is queued.",
        Form=LetterForm,
        blockers=before_writing,
    ),
    button(
        transfer_application,
        label="Transfer",
        says="The application is closed here and begins in the other requisition, with its files."
        " Notes and scorecards stay here; interviews to come are cancelled.",
        done="Transferred: this is the new application.",
        Form=TargetForm,
        blockers=lambda application: blockers(application, "transfer"),
        makes_another=True,
    ),
    button(
        hand_off_hire,
        label="Handed to the people system",
        says="The hire is marked as known there. The file of hires has what it needs.",
        done="Noted.",
        shown=lambda row, user: row.status == ApplicationStatus.HIRED and not row.handed_off_at,
    ),
]
CANDIDATE_BUTTONS = [
    button(
        convert_prospect,
        label="Consider for a requisition",
        says="An application begins there. Nobody writes that it was received.",
        done="This is the new application.",
        Form=TargetForm,
        makes_another=True,
    ),
]
REQUISITION_BUTTONS = [
    button(
        choose_after_fill,
        label="When it is filled",
        says="Chosen once for everybody who is still active then. Carried out as a job, which the"
        " team can stop until it begins.",
        done="The choice is made.",
        Form=AfterFillForm,
        shown=lambda requisition, user: requisition.status not in CLOSED,
    ),
]

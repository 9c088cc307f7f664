"""Who answers for whom, from when to when."""

from typing import Any

from django import forms
from unfold.decorators import display

from ats import clock
from ats.accounts.models import User
from ats.admin.base import ScopedAdmin
from ats.admin.buttons import button
from ats.admin.forms import ActionForm, Moment, colleagues
from ats.admin.lists import View
from ats.admin.tags import moment
from ats.approvals.delegations import delegate_approvals, revoke_delegation
from ats.approvals.models import Delegation


class AwayForm(ActionForm):
    person = forms.ModelChoiceField(User.objects.none(), label="Who is away", empty_label=None)
    delegate = forms.ModelChoiceField(User.objects.none(), label="Who answers meanwhile")
    starts_at = Moment(label="From")
    ends_at = Moment(label="Until")

    def prepare(self) -> None:
        own = User.objects.filter(pk=self.user.pk)
        people = colleagues() if self.user.is_site_admin else own
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["delegate"].queryset = colleagues()  # type: ignore[attr-defined]
        self.initial["person"] = self.user.pk


def lasts(delegation: Delegation, user: User) -> bool:
    is_mine = user.is_site_admin or delegation.person == user
    return is_mine and delegation.revoked_at is None and delegation.ends_at > clock.now()


class DelegationAdmin(ScopedAdmin):
    """One's own absences and those one stands in for."""

    called = "Absences"

    list_display = ("who", "by_whom", "since", "until", "ended")
    related = ("person", "delegate")
    ordering = ("-starts_at", "-pk")
    empty_sentence = "Nobody answers for somebody else."
    views = {
        "current": View(
            "Now and later",
            lambda rows, user: rows.filter(revoked_at=None, ends_at__gt=clock.now()),
        ),
    }
    openers = [
        button(
            delegate_approvals,
            label="Be away",
            icon="flight_takeoff",
            says="During that time they are asked for approval in place of whoever is away, and"
            " see what they decide. An absence is handed on once: they cannot be away then too.",
            done="The absence is noted: they are told.",
            Form=AwayForm,
        )
    ]
    buttons = [
        button(
            revoke_delegation,
            label="End it now",
            says="From now on nobody answers for them. What was answered meanwhile stands.",
            done="The absence is over.",
            shown=lasts,
        )
    ]

    @display(description="Away", ordering="person__name")
    def who(self, row: Any) -> str:
        return str(row.person)

    @display(description="Answers meanwhile", ordering="delegate__name")
    def by_whom(self, row: Any) -> str:
        return str(row.delegate)

    @display(description="From", ordering="starts_at")
    def since(self, row: Any) -> str:
        return moment(row.starts_at)

    @display(description="Until", ordering="ends_at")
    def until(self, row: Any) -> str:
        return moment(row.ends_at)

    @display(description="Ended early")
    def ended(self, row: Any) -> str:
        return moment(row.revoked_at) if row.revoked_at else ""

    def title_of(self, row: Delegation) -> str:
        return f"{row.delegate} answers for {row.person}"

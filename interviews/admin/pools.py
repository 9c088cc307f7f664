"""Pools of interviewers, and the way into them."""

from typing import Any

from django import forms
from django.http import HttpRequest
from unfold.decorators import display

from ats.admin.base import ScopedAdmin, reader
from ats.admin.buttons import button
from ats.admin.forms import ActionForm, colleagues
from interviews.actions.pool import (
    add_pool,
    add_pool_member,
    edit_pool,
    log_ride,
    remove_pool_member,
    retire_pool,
    retrain_member,
    sign_off_member,
)
from interviews.enums import POOL_MEMBER, RideKind
from interviews.models import InterviewerPool
from interviews.queries.training import missing


class PoolForm(ActionForm):
    name = forms.CharField(label="Name", max_length=200)
    shadows_needed = forms.IntegerField(
        label="Interviews to shadow first", min_value=0, max_value=20, initial=0
    )
    reverse_shadows_needed = forms.IntegerField(
        label="Interviews to be shadowed in", min_value=0, max_value=20, initial=0
    )

    def prepare(self) -> None:
        if self.subject is not None:
            self.initial = {name: getattr(self.subject, name) for name in self.fields}


class NewMemberForm(ActionForm):
    user = forms.ModelChoiceField(None, label="Who")  # type: ignore[assignment, var-annotated]
    is_qualified = forms.BooleanField(label="Qualified already", required=False)

    def prepare(self) -> None:
        self.fields["user"].queryset = colleagues()  # type: ignore[attr-defined]


class PoolAdmin(ScopedAdmin):
    called = "Interviewer pools"
    list_filter = ()
    list_display = ("name", "shadows_needed", "reverse_shadows_needed")
    search_fields = ("name",)
    ordering = ("name", "pk")
    page_template = "admin/console/facts.html"
    openers = [
        button(
            add_pool,
            label="Add a pool",
            icon="add",
            says="Who may hold one kind of interview, and what comes before.",
            done="The pool exists.",
            Form=PoolForm,
        )
    ]
    buttons = [
        button(
            add_pool_member,
            label="Add somebody",
            look="primary",
            says="They are in training, unless they are qualified already.",
            done="They are in the pool.",
            Form=NewMemberForm,
            makes_another=True,
        ),
        button(edit_pool, label="Edit", says="For everybody in it.", done="Saved.", Form=PoolForm),
        button(
            retire_pool,
            label="Retire",
            look="danger",
            says="Nobody joins it any more.",
            done="The pool is retired.",
            shown=lambda pool, user: pool.retired_at is None,
        ),
    ]

    def page(self, request: HttpRequest, row: InterviewerPool) -> dict[str, Any]:
        members = row.members.visible_to(reader(request)).select_related("user")  # type: ignore[attr-defined]
        facts = [(str(one.user), one.get_status_display()) for one in members.order_by("pk")]
        return {"facts": facts or [("Members", "nobody yet")]}


class RideForm(ActionForm):
    kind = forms.ChoiceField(label="They", choices=RideKind.choices)


class MemberAdmin(ScopedAdmin):
    called = "Interviewers in training"
    list_filter = ()
    list_display = ("who", "pool", "status")
    search_fields = ("user__name", "pool__name")
    related = ("user", "pool", "signed_off_by")
    ordering = ("user__name", "pk")
    lifecycle = POOL_MEMBER
    page_template = "admin/console/facts.html"
    buttons = [
        button(
            sign_off_member,
            label="Sign off",
            look="primary",
            says="You vouch for them: they may interview on their own.",
            done="They are qualified.",
            blockers=missing,
        ),
        button(
            log_ride,
            label="Count an interview",
            says="One that they rode along in; completed interviews here count by themselves.",
            done="Counted.",
            Form=RideForm,
            shown=lambda member, user: member.status == "training",
        ),
        button(
            retrain_member,
            label="Back to training",
            says="They are not booked on their own until they are signed off again.",
            done="They are in training again.",
        ),
        button(
            remove_pool_member,
            label="Remove",
            look="danger",
            says="What they are booked for stays booked.",
            done="They are no longer in the pool.",
        ),
    ]

    @display(description="Who", ordering="user__name")
    def who(self, row: Any) -> str:
        return str(row.user)

    def after(self, row: Any) -> str:
        return super().after(row if row is not None and row.pk else None)

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        facts = [("Pool", row.pool), ("Status", row.get_status_display())]
        facts += [("Signed off by", row.signed_off_by)]
        return {"facts": [*facts, *(("Left to do", one) for one in missing(row))]}

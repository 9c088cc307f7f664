"""The words that people are marked with, and the pools they wait in."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.decorators import display

from ats.admin.base import ScopedAdmin
from ats.admin.buttons import button
from ats.admin.forms import ActionForm
from ats.admin.lists import View
from ats.admin.tags import badge
from candidates.actions.pool import (
    add_talent_pool,
    edit_talent_pool,
    restore_talent_pool,
    retire_talent_pool,
)
from candidates.actions.tag import add_tag, merge_tag, rename_tag, restore_tag, retire_tag
from candidates.models import Tag


def is_in_use(row: Any, user: Any) -> bool:
    return row.retired_at is None


def is_retired(row: Any, user: Any) -> bool:
    return row.retired_at is not None and not getattr(row, "merged_into_id", None)


VIEWS = {
    "in_use": View("In use", lambda rows, user: rows.filter(retired_at=None)),
    "retired": View("Retired", lambda rows, user: rows.exclude(retired_at=None)),
}


class NameForm(ActionForm):
    name = forms.CharField(label="Name", max_length=100)

    def prepare(self) -> None:
        if self.subject is not None:
            self.initial = {name: getattr(self.subject, name) for name in self.fields}


class MergeForm(ActionForm):
    into = forms.ModelChoiceField(Tag.objects.none(), label="Into", empty_label="Choose one")

    def prepare(self) -> None:
        others = Tag.objects.in_use().exclude(pk=self.subject.pk)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


class PoolForm(NameForm):
    purpose = forms.CharField(label="What it is for", max_length=500, required=False)


class WordAdmin(ScopedAdmin):
    """What tags and pools share: a name, in use or retired."""

    search_fields = ("name",)
    ordering = ("name",)
    page_template = "admin/console/facts.html"
    views = VIEWS

    @display(description="State")
    def state(self, row: Any) -> SafeString:
        if getattr(row, "merged_into_id", None):
            return badge(f"now {row.merged_into}", "plain")
        return badge("in use", "active") if row.retired_at is None else badge("retired", "plain")


class TagAdmin(WordAdmin):
    called = "Tags"
    list_display = ("name", "state")
    related = ("merged_into",)
    empty_sentence = "No tag yet: the first is made when somebody is given it."
    openers = [
        button(
            add_tag,
            label="Add a tag",
            icon="add",
            says="It can be given to people at once.",
            done="The tag can be given now.",
            Form=NameForm,
        )
    ]
    buttons = [
        button(
            rename_tag,
            label="Rename",
            says="Whoever has it keeps it, under the new name.",
            done="Renamed.",
            Form=NameForm,
        ),
        button(
            merge_tag,
            label="Merge into another",
            says="Everybody with this tag gets the other one in its place. This cannot be undone.",
            done="The two are one now.",
            Form=MergeForm,
            shown=is_in_use,
        ),
        button(
            retire_tag,
            label="Retire",
            look="danger",
            says="Nobody is given it any more; whoever has it keeps it.",
            done="The tag is retired.",
            shown=is_in_use,
        ),
        button(
            restore_tag,
            label="Take back into use",
            says="It can be given again.",
            done="The tag is in use again.",
            shown=is_retired,
        ),
    ]

    def page(self, request: HttpRequest, row: Tag) -> dict[str, Any]:
        return {"facts": [("State", self.state(row))]}


class TalentPoolAdmin(WordAdmin):
    called = "Talent pools"
    list_display = ("name", "purpose", "state")
    empty_sentence = "No pool that you may see."
    openers = [
        button(
            add_talent_pool,
            label="Add a pool",
            icon="add",
            says="People can be put into it at once.",
            done="The pool is there.",
            Form=PoolForm,
        )
    ]
    buttons = [
        button(edit_talent_pool, label="Edit", says="", done="Saved.", Form=PoolForm),
        button(
            retire_talent_pool,
            label="Retire",
            look="danger",
            says="Nobody is added any more; whoever is in it stays findable there.",
            done="The pool is retired.",
            shown=is_in_use,
        ),
        button(
            restore_talent_pool,
            label="Take back into use",
            says="People can be added again.",
            done="The pool is in use again.",
            shown=is_retired,
        ),
    ]

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {"facts": [("What it is for", row.purpose), ("State", self.state(row))]}

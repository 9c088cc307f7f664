"""Notes and follow-ups: their buttons; they are read on the page of their application."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.decorators import display

from ats.accounts.models import User
from ats.admin.base import ScopedAdmin, url_of
from ats.admin.buttons import button
from ats.admin.forms import ActionForm, Moment
from ats.admin.lists import View, ViewFilter
from ats.admin.tags import badge, moment
from candidates.actions.follow_up import finish_follow_up, snooze_follow_up
from candidates.actions.note import edit_note
from candidates.models import FollowUp


class EditNoteForm(ActionForm):
    body = forms.CharField(
        label="Note", max_length=20_000, widget=forms.Textarea(attrs={"rows": 6})
    )

    def prepare(self) -> None:
        self.initial["body"] = self.subject.body


class SnoozeForm(ActionForm):
    due_at = Moment(label="Remind again")


def is_open(row: FollowUp, user: User) -> bool:
    return row.done_at is None


class NoteAdmin(ScopedAdmin):
    list_display = ("body",)
    related = ("application__candidate", "author")
    list_filter = ()
    page_template = "admin/console/facts.html"
    buttons = [
        button(
            edit_note,
            label="Edit",
            says="What it said before is kept and can be read.",
            done="The note is saved.",
            Form=EditNoteForm,
        )
    ]

    def after(self, row: Any) -> str:
        return f"{url_of(row.application)}#notes" if row is not None else super().after(row)

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {"facts": [("Note", row.body), ("By", row.author)]}


class FollowUpAdmin(ScopedAdmin):
    called = "Follow-ups"
    list_display = ("text", "about", "for_whom", "due", "state")
    related = ("application__candidate", "application__requisition", "user", "asked_by")
    ordering = ("due_at", "id")
    list_filter = (ViewFilter,)
    empty_sentence = "Nothing to follow up."
    views = {
        "mine": View("For me", lambda rows, user: rows.filter(user=user, done_at=None)),
        "asked": View(
            "For others", lambda rows, user: rows.filter(done_at=None).exclude(user=user)
        ),
        "done": View("Done", lambda rows, user: rows.exclude(done_at=None)),
    }
    buttons = [
        button(
            finish_follow_up,
            label="Done",
            look="primary",
            says="Nobody is reminded of it any more.",
            done="It is done.",
            shown=is_open,
        ),
        button(
            snooze_follow_up,
            label="Put off",
            says="The letter comes again at that time.",
            done="It is put off.",
            Form=SnoozeForm,
            shown=is_open,
        ),
    ]

    @display(description="Candidate")
    def about(self, row: Any) -> str:
        return str(row.application.candidate)

    @display(description="For")
    def for_whom(self, row: Any) -> str:
        return str(row.user)

    @display(description="Due", ordering="due_at")
    def due(self, row: Any) -> str:
        return moment(row.due_at)

    @display(description="State")
    def state(self, row: Any) -> SafeString | str:
        return badge("done") if row.done_at else ""

"""A posting: what it says, when it is public, and every version that was."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ats.admin.base import ScopedAdmin, reader
from ats.admin.buttons import button
from ats.admin.forms import ActionForm, Moment, text
from ats.admin.tags import moment
from requisitions.actions.posting import (
    edit_posting,
    publish_posting,
    republish_posting,
    schedule_posting,
    unpublish_posting,
    unschedule_posting,
)
from requisitions.admin.parts import PartAdmin
from requisitions.enums import CLOSED, POSTING, PostingStatus
from requisitions.models import JobPosting
from requisitions.queries.postings import (
    changes,
    preview_of,
    publish_blockers,
    words_of,
)

LISTS = {
    "highlights": "Highlights",
    "responsibilities": "Responsibilities",
    "required": "Required qualifications",
    "preferred": "Preferred qualifications",
    "benefits": "Benefits",
    "guidance": "How to get hired",
}
ONE_A_LINE = "One a line. Empty: the requisition's."


class PostingForm(ActionForm):
    """A new posting of a requisition."""

    title = forms.CharField(
        label="Title for its readers",
        max_length=300,
        required=False,
        help_text="Empty: the requisition's title.",
    )
    language = forms.CharField(
        label="Language", max_length=20, initial="en", help_text="Such as en, de or pt-BR."
    )
    is_internal = forms.BooleanField(
        label="For colleagues only",
        required=False,
        help_text="It is never public: whoever is signed in can read it.",
    )


class EditPostingForm(PostingForm):
    """Its questions and answers stay as they are: those are edited over the API."""

    summary = text("About the role", required=False, rows=6, help_text="Empty: the requisition's.")

    def prepare(self) -> None:
        posting: JobPosting = self.subject
        for name, label in LISTS.items():
            self.fields[name] = text(label, required=False, help_text=ONE_A_LINE)
        theirs = words_of(posting.requisition)
        for name in ("summary", *LISTS):
            said = posting.words.get(name) or ""
            self.initial[name] = said if isinstance(said, str) else "\n".join(said)
            self.fields[name].widget.attrs["placeholder"] = placeholder(theirs[name])
        for name in ("title", "language", "is_internal"):
            self.initial[name] = getattr(posting, name)
        if posting.version:
            del self.fields["is_internal"]

    def arguments(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        words = {name: lines_of(said.pop(name)) for name in LISTS}
        words |= {"summary": said.pop("summary"), "faq": self.subject.words.get("faq", [])}
        return {**said, "words": words}


def lines_of(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]


def placeholder(said: Any) -> str:
    """The beginning of what counts while the field is empty."""
    whole = said if isinstance(said, str) else "\n".join(said)
    return whole[:300]


class PublishForm(ActionForm):
    expires_at = Moment(label="Until", required=False, help_text="Empty: until it is taken down.")
    confidential_reason = text(
        "Why others may read of this confidential requisition",
        help_text="Look at the preview first: everything in it can be read by others.",
    )

    def prepare(self) -> None:
        self.initial["expires_at"] = self.subject.expires_at
        if not self.subject.requisition.is_confidential:
            del self.fields["confidential_reason"]


class ScheduleForm(PublishForm):
    publish_at = Moment(label="Goes out at")
    field_order = ("publish_at", "expires_at", "confidential_reason")

    def prepare(self) -> None:
        super().prepare()
        self.initial["publish_at"] = self.subject.publish_at


def is_scheduled(posting: JobPosting, user: Any) -> bool:
    return posting.publish_at is not None


def is_changed(posting: JobPosting, user: Any) -> bool:
    return bool(changes(posting))


def is_live(posting: JobPosting, user: Any) -> bool:
    return posting.requisition.status not in CLOSED


class PostingAdmin(PartAdmin):
    page_template = "admin/requisitions/jobposting.html"
    called = "Postings"
    lifecycle = POSTING
    buttons = [
        button(
            publish_posting,
            label="Publish",
            look="primary",
            says="Its readers can read it at once: everybody, on the careers page and in the"
            " feeds, or colleagues alone. What is published is kept as it was.",
            done="The posting is published.",
            Form=PublishForm,
            blockers=publish_blockers,
        ),
        button(
            republish_posting,
            label="Publish the changes",
            look="primary",
            says="What was edited since becomes a new version, which everybody reads from now on."
            " The one before is kept.",
            done="Everybody reads the new version.",
            blockers=publish_blockers,
            shown=is_changed,
        ),
        button(
            schedule_posting,
            label="Schedule",
            says="It goes out by itself at this time. If something is missing then, it stays down"
            " and the recruiter gets a letter that says what.",
            done="The posting is scheduled.",
            Form=ScheduleForm,
            shown=is_live,
        ),
        button(
            unschedule_posting,
            label="Unschedule",
            says="The time is taken back. The posting stays as it is.",
            done="Nothing is scheduled any more.",
            shown=is_scheduled,
        ),
        button(
            edit_posting,
            label="Edit",
            says="Its own words, where they differ from the requisition's. Readers of a published"
            " posting see them once the changes are published.",
            done="Saved.",
            Form=EditPostingForm,
            shown=is_live,
        ),
        button(
            unpublish_posting,
            label="Take down",
            says="Nobody can apply any more. Applications that came in stay; the address says that"
            " the job is closed and shows similar open ones.",
            done="The posting is down.",
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("search")

    def row_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return ScopedAdmin.row_view(self, request, pk)

    def page(self, request: HttpRequest, row: JobPosting) -> dict[str, Any]:
        is_up = row.status == PostingStatus.PUBLISHED
        now = preview_of(row, reader(request))
        return {
            "facts": facts_of(row),
            "changes": now["changes"] if is_up else [],
            "blockers": [] if is_up else now["blockers"],
            "warnings": now["warnings"],
            "versions": list(row.versions.select_related("published_by").order_by("-number")),
            "preview": reverse("job-preview", args=[row.public_id]),
            "public": reverse("job", args=[row.public_id]) if is_up else "",
        }


def facts_of(posting: JobPosting) -> list[tuple[str, str]]:
    found = [
        ("Readers", "colleagues alone" if posting.is_internal else "everybody"),
        ("Language", posting.language),
        ("Goes out", moment(posting.publish_at)),
        ("Published", moment(posting.published_at)),
        ("Until", moment(posting.expires_at)),
        ("Closed", moment(posting.closed_at)),
        ("On hold", "comes back with the requisition" if posting.is_held else ""),
        ("Confidential, but", posting.confidential_reason),
    ]
    return [(name, said) for name, said in found if said]

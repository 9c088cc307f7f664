"""The person, with the applications that this reader may see."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from unfold.decorators import display

from ats.admin.base import ScopedAdmin, reader
from ats.admin.buttons import button
from ats.admin.custom_fields import in_words
from ats.admin.tags import ago
from ats.custom_fields.queries import shown_to
from candidates.actions.candidate import assign_owner, edit_candidate
from candidates.actions.pool import add_to_pool, remove_from_pool
from candidates.actions.tag import tag, untag
from candidates.admin.elsewhere import CANDIDATE_BUTTONS
from candidates.admin.merging import merging_panel
from candidates.admin.person_forms import (
    CandidateForm,
    LeavePoolForm,
    OwnerForm,
    PoolForm,
    TagForm,
    UntagForm,
)
from candidates.admin.privacy import PERSON_BUTTONS
from candidates.models import Application, EmailAddress


class CandidateAdmin(ScopedAdmin):
    list_display = ("name", "address", "location", "added")
    search_fields = ("name", "emails__address")
    search_help_text = "Name or e-mail address"
    ordering = ("-created_at", "-id")
    list_filter = ()
    empty_sentence = "No candidate that you may see."
    related = ("owner",)
    buttons = [
        *CANDIDATE_BUTTONS,
        button(
            tag,
            label="Tag",
            says="Everybody who sees this person sees it, and can search for it.",
            done="Tagged.",
            Form=TagForm,
        ),
        button(
            add_to_pool,
            label="Add to a pool",
            says="Whoever recruits finds this person there.",
            done="Added to the pool.",
            Form=PoolForm,
        ),
        button(
            assign_owner,
            label="Say who looks after them",
            says="It lets nobody see more than before.",
            done="Saved.",
            Form=OwnerForm,
        ),
        button(
            edit_candidate,
            label="Edit",
            says="What they sent with an application stays as they sent it.",
            done="Saved.",
            Form=CandidateForm,
        ),
        button(
            untag,
            label="Take a tag off",
            says="The tag itself stays.",
            done="The tag is off.",
            Form=UntagForm,
            shown=lambda row, user: row.tagged.exists(),
        ),
        button(
            remove_from_pool,
            label="Take out of a pool",
            says="The pool itself stays.",
            done="Taken out of the pool.",
            Form=LeavePoolForm,
            shown=lambda row, user: row.pools.visible_to(user).exists(),
        ),
        *PERSON_BUTTONS,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        primary = EmailAddress.objects.filter(status="current").order_by("-is_primary", "pk")
        rows = super().get_queryset(request)
        return rows.prefetch_related(Prefetch("emails", primary, to_attr="addresses"))

    @display(description="E-mail")
    def address(self, row: Any) -> str:
        return str(row.addresses[0]) if row.addresses else ""

    @display(description="Since", ordering="created_at")
    def added(self, row: Any) -> str:
        return ago(row.created_at)

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        mine = Application.objects.visible_to(reader(request)).filter(candidate=row)
        return {
            "applications": list(
                mine.select_related("requisition", "stage").order_by("-applied_at", "-pk")
            ),
            "emails": list(row.emails.order_by("-is_primary", "pk")),
            "phones": list(row.phones.order_by("pk")),
            "tags": list(row.tags.all()),
            "pools": list(row.pools.visible_to(reader(request))),
            "custom": in_words(shown_to(reader(request), "candidate", row)),
            **merging_panel(reader(request), row),
        }

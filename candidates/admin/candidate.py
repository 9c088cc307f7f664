"""The person, with the applications that this reader may see."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from ats.accounts.models import User
from ats.admin.base import ScopedAdmin, reader
from ats.admin.buttons import button
from ats.admin.custom_fields import in_words
from ats.custom_fields.queries import shown_to
from candidates.actions.candidate import assign_owner, edit_candidate
from candidates.actions.pool import add_to_pool, remove_from_pool
from candidates.actions.search import save_search
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
from candidates.admin.search import SaveForm, search_page
from candidates.models import Application
from candidates.queries.activity import activity_of, lines

LINES = 40


class CandidateAdmin(ScopedAdmin):
    openers = [
        button(
            save_search,
            label="Keep this search",
            says="It finds whoever matches at the time.",
            done="The search is kept.",
            Form=SaveForm,
        )
    ]
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

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.method == "POST":
            raise PermissionDenied
        return search_page(self.admin_site, request, self.beginnings(request))

    def activity(self, user: User, row: Any) -> list[dict[str, Any]]:
        newest = activity_of(row, user).prefetch_related("subjects").order_by("-pk")
        return lines(user, list(newest[:LINES]))

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        mine = Application.objects.visible_to(reader(request)).filter(candidate=row)
        return {
            "applications": list(
                mine.select_related("requisition", "stage").order_by("-applied_at", "-pk")
            ),
            "activity": self.activity(reader(request), row),
            "emails": list(row.emails.order_by("-is_primary", "pk")),
            "phones": list(row.phones.order_by("pk")),
            "tags": list(row.tags.all()),
            "pools": list(row.pools.visible_to(reader(request))),
            "custom": in_words(shown_to(reader(request), "candidate", row)),
            **merging_panel(reader(request), row),
        }

"""The person, with the applications that this reader may see."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from unfold.decorators import display

from ats.admin.base import ScopedAdmin, reader
from ats.admin.tags import ago
from candidates.models import Application, EmailAddress


class CandidateAdmin(ScopedAdmin):
    list_display = ("name", "address", "location", "added")
    search_fields = ("name", "emails__address")
    search_help_text = "Name or e-mail address"
    ordering = ("-created_at", "-id")
    list_filter = ()
    empty_sentence = "No candidate that you may see."

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
        }

"""What the company is made of: readable by everybody who works here."""

from typing import Any

from django.http import HttpRequest

from ats.accounts.rules import is_person
from ats.admin.base import ScopedAdmin
from requisitions.models import Competency, Department, Office


class CompanyAdmin(ScopedAdmin):
    """No secrets: every colleague may read these rows."""

    list_filter = ()
    page_template = "admin/console/facts.html"

    def is_open_to(self, request: HttpRequest) -> bool:
        return is_person(request.user)


class DepartmentAdmin(CompanyAdmin):
    list_display = ("name", "parent", "head")
    related = ("parent", "head")
    ordering = ("name",)
    search_fields = ("name",)

    def page(self, request: HttpRequest, row: Department) -> dict[str, Any]:
        parts = ", ".join(part.name for part in row.children.order_by("name"))
        return {"facts": [("Part of", row.parent), ("Head", row.head), ("Has", parts)]}


class OfficeAdmin(CompanyAdmin):
    list_display = ("name", "city", "region", "country", "timezone")
    ordering = ("name",)
    search_fields = ("name", "city")

    def page(self, request: HttpRequest, row: Office) -> dict[str, Any]:
        facts = [
            ("City", row.city),
            ("Region", row.region),
            ("Country", row.country),
            ("Time zone", row.timezone),
        ]
        return {"facts": facts}


class CompetencyAdmin(CompanyAdmin):
    list_display = ("name", "category", "definition")
    ordering = ("name",)
    search_fields = ("name", "definition")
    search_help_text = "Name or definition"
    page_template = ""

    def page(self, request: HttpRequest, row: Competency) -> dict[str, Any]:
        return {"anchors": sorted(row.anchors.items())}


class PipelineTemplateAdmin(CompanyAdmin):
    list_display = ("name", "is_default")
    ordering = ("name",)
    page_template = ""

"""What the reader may see, as a file."""

from typing import Any

import django_filters
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from ats import clock
from ats.api.viewsets import Scoped
from ats.tabular.writer import FORMATS
from candidates.actions.access import record_export
from candidates.api.filters import ApplicationFilter
from candidates.models import Application
from candidates.queries.export import COLUMNS, rows_of


class ExportFilter(ApplicationFilter):
    file_type = django_filters.ChoiceFilter(
        choices=[(name, name) for name in FORMATS],
        method="all_of_them",
        label="The kind of file; csv, if not given.",
    )

    def all_of_them(self, rows, name, value):  # type: ignore[no-untyped-def]
        return rows


class ExportView(Scoped):
    """The applications of the requisitions that one works on, narrowed like their list."""

    queryset = Application.objects.all()
    filterset_class = ExportFilter
    sorts = {"applied_at": ("applied_at",)}
    tag = "imports and exports"

    def visible_to(self, user: Any) -> Any:
        """Not what was only shared: an interviewer reads it, and takes no lists away."""
        return Application.objects.worked_on_by(user)

    @extend_schema(
        operation_id="export_applications",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def list(self, request: Request, **kwargs: Any) -> StreamingHttpResponse:
        rows = self.filter_queryset(self.get_queryset()).order_by("pk")
        kind = request.query_params.get("file_type", "csv")
        write, media_type = FORMATS[kind]
        record_export(by=self.actor)
        name = f"applications-{clock.now():%Y-%m-%d}.{kind}"
        return StreamingHttpResponse(
            write(list(COLUMNS), rows_of(rows)),
            content_type=media_type,
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "X-Content-Type-Options": "nosniff",
            },
        )

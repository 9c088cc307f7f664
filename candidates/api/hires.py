"""Hires for the people system: a list, and the same as a CSV file."""

from typing import Any

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.filters import BoolFilter, Filters
from ats.api.serializers import Out
from ats.api.viewsets import Scoped
from ats.tabular.writer import csv_lines
from candidates.api.serializers import NamedOut
from candidates.models import Application
from candidates.queries.hires import COLUMNS, hand_off_rows, hires


class HireOut(Out):
    candidate = NamedOut()
    hired_at = serializers.DateTimeField(source="closed_at")

    class Meta:
        model = Application
        fields = ["id", "candidate", "requisition", "hired_at", "handed_off_at"]


class HireFilter(Filters):
    is_handed_off = BoolFilter("handed_off_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Application
        fields: list[str] = []


class HireView(Scoped):
    """Of the requisitions whose pay you may see. `POST /applications/{id}/hand_off` marks one as
    told to the people system."""

    queryset = Application.objects.select_related("candidate", "requisition")
    Out = HireOut
    filterset_class = HireFilter
    sorts = {"-hired_at": ("-pk",), "hired_at": ("pk",)}
    tag = "hires"

    def visible_to(self, user: Any) -> Any:
        return hires(user).select_related("candidate", "requisition")

    @extend_schema(operation_id="list_hires", responses=HireOut(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class HiresFileView(Scoped):
    """The hires as a CSV file, the oldest first."""

    queryset = Application.objects.all()
    Out = HireOut
    filterset_class = HireFilter
    tag = "hires"

    def visible_to(self, user: Any) -> Any:
        return hires(user)

    @extend_schema(operation_id="download_hires", responses={(200, "text/csv"): OpenApiTypes.STR})
    def retrieve(self, request: Request, **kwargs: Any) -> StreamingHttpResponse:
        rows = self.filter_queryset(self.get_queryset()).order_by("closed_at", "pk")
        headers = {
            "Content-Disposition": 'attachment; filename="hires.csv"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        cells = ([row[name] for name in COLUMNS] for row in hand_off_rows(rows))
        lines = csv_lines(COLUMNS, cells)
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)

"""The history of each field of a requisition, for whoever sees it."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.filters import Filters
from ats.api.serializers import Out
from ats.api.viewsets import Scoped
from requisitions.api.serializers import PersonOut
from requisitions.models import Requisition, RequisitionChange


class FieldChangeOut(Out):
    """`old` and `new` are what the requisition's own field of that name shows."""

    old = serializers.JSONField()
    new = serializers.JSONField()
    by = PersonOut(source="user", allow_null=True)

    class Meta:
        model = RequisitionChange
        fields = ["id", "field", "old", "new", "at", "actor_kind", "by"]


class ChangeFilter(Filters):
    field = django_filters.CharFilter("field", label="The changes of one field.")


class ChangeViewSet(Scoped):
    """Which field changed from what to what, when, and by whom."""

    queryset = Requisition.objects.all()
    Out = FieldChangeOut
    filterset_class = ChangeFilter
    sorts = {"-at": ("-pk",), "at": ("pk",)}
    tag = "requisitions"

    @extend_schema(operation_id="list_changes", responses=FieldChangeOut(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        requisition = self.get_object()
        rows = RequisitionChange.objects.visible_to(request.user)  # type: ignore[arg-type]
        rows = rows.filter(requisition=requisition).select_related("user")
        page = self.paginate_queryset(self.filter_queryset(rows))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

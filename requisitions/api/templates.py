"""Roles that were saved to start from."""

from typing import Any

from rest_framework import serializers

from ats.api.filters import BoolFilter, Filters
from ats.api.serializers import In, Out, Ref
from ats.api.viewsets import ScopedViewSet, change, creation, verb
from requisitions.actions.template import (
    rename_requisition_template,
    retire_requisition_template,
    save_requisition_template,
)
from requisitions.models import Requisition, RequisitionTemplate


class TemplateRow(Out):
    title = serializers.CharField(source="content.title")

    class Meta:
        model = RequisitionTemplate
        fields = ["id", "name", "title", "is_confidential", "created_at", "retired_at"]


class TemplateOut(TemplateRow):
    role = serializers.JSONField(source="content", help_text="What a new requisition will say.")

    class Meta(TemplateRow.Meta):
        fields = [*TemplateRow.Meta.fields, "role", "created_by"]


class TemplateName(In):
    name = serializers.CharField(max_length=200)


class RequisitionTemplateIn(TemplateName):
    requisition = Ref(Requisition)


class TemplateFilter(Filters):
    is_retired = BoolFilter("retired_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = RequisitionTemplate
        fields: list[Any] = []


class RequisitionTemplateViewSet(ScopedViewSet):
    """Start from one with `POST /requisitions` and its id as `template`."""

    queryset = RequisitionTemplate.objects.select_related("created_by")
    Out = TemplateOut
    ListOut = TemplateRow
    filterset_class = TemplateFilter
    sorts = {"name": ("name",), "-created_at": ("-created_at",)}
    tag = "requisitions"

    create = creation(save_requisition_template, In=RequisitionTemplateIn, on="requisition")
    partial_update = change(rename_requisition_template, In=TemplateName)
    retire = verb(retire_requisition_template)

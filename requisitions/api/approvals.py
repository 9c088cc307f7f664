"""The rounds of a requisition's approval, and whom a department usually asks."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.approvals import ApprovalOut, rounds_of
from ats.api.serializers import Out
from ats.api.viewsets import Scoped, change, creation, removal
from requisitions.actions.approval import (
    add_approval_flow,
    edit_approval_flow,
    remove_approval_flow,
)
from requisitions.api import inputs
from requisitions.api.views import CompanyViewSet
from requisitions.models import ApprovalFlow, Requisition


class RoundsView(Scoped):
    """Every round of the requisition's approval, the latest first."""

    queryset = Requisition.objects.select_related("approval")
    Out = ApprovalOut
    sorts = {"-requested_at": ("-pk",)}
    tag = "requisitions"

    @extend_schema(operation_id="list_requisition_approvals", responses=ApprovalOut(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        return rounds_of(self)


class FlowStepOut(serializers.Serializer[Any]):
    people = serializers.ListField(child=serializers.UUIDField())
    roles = serializers.ListField(child=serializers.CharField())
    needed = serializers.IntegerField()


class ApprovalFlowOut(Out):
    steps = FlowStepOut(many=True)

    class Meta:
        model = ApprovalFlow
        fields = ["id", "kind", "department", "steps"]


class ApprovalFlowViewSet(CompanyViewSet):
    """Who is asked in a department, and below it, where nobody names others."""

    queryset = ApprovalFlow.objects.select_related("department")
    Out = ApprovalFlowOut
    sorts = {"created_at": ("pk",)}

    create = creation(add_approval_flow, In=inputs.FlowIn)
    partial_update = change(edit_approval_flow, In=inputs.StepsIn)
    destroy = removal(remove_approval_flow)

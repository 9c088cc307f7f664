"""Stage rules, what their runs did, and what they are about to do."""

from typing import Any
from uuid import UUID

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.filters import BoolFilter, Filters, RefFilter
from ats.api.serializers import In, Out, Ref
from ats.api.viewsets import Scoped, ScopedViewSet, creation, verb
from candidates.actions.planned_rejection import stop_planned_rejection
from candidates.actions.stage_rule import (
    add_stage_rule,
    pause_stage_rule,
    resume_stage_rule,
    retire_stage_rule,
)
from candidates.api.inputs import stages
from candidates.automation.registry import check_params
from candidates.automation.rehearsal import SHOWN, Rehearsal, rehearse
from candidates.automation.triggers import TRIGGERS
from candidates.enums import PLANNED_REJECTION, PlannedRejectionStatus, RuleRunOutcome
from candidates.models import PlannedRejection, StageRule, StageRuleRun
from candidates.queries.conditions import check_condition


class RehearsalIn(In):
    stage = Ref(stages)
    event = serializers.ChoiceField(choices=list(TRIGGERS.items()))
    condition = serializers.DictField(
        required=False, help_text='a question\'s answer: `{"question": id, "any_of": ["No"]}`'
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        check_condition(attrs["stage"].requisition, attrs.get("condition", {}))
        return attrs


class StageRuleIn(RehearsalIn):
    step = serializers.CharField(max_length=40, help_text="a registered step")
    params = serializers.DictField(required=False)
    justification = serializers.CharField(
        max_length=2000, required=False, help_text="who decided that it may reject, and why"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        check_params(attrs["step"], attrs.get("params", {}))
        return super().validate(attrs)


class StageRuleOut(Out):
    class Meta:
        model = StageRule
        fields = [
            "id",
            "requisition",
            "stage",
            "event",
            "condition",
            "step",
            "params",
            "justification",
            "is_paused",
            "retired_at",
        ]


class RehearsalOut(serializers.Serializer[Any]):
    fired = serializers.IntegerField()
    days = serializers.IntegerField()
    sentence = serializers.CharField()
    latest = serializers.SerializerMethodField(
        help_text=f"the latest applications, {SHOWN} at most"
    )

    def get_latest(self, rehearsal: Rehearsal) -> list[UUID]:
        return [application.public_id for application in rehearsal.latest]


class StageRuleRunOut(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    event = serializers.UUIDField(source="event.public_id")
    application = serializers.UUIDField(source="application.public_id", allow_null=True)
    outcome = serializers.ChoiceField(choices=RuleRunOutcome.choices)
    detail = serializers.CharField()


class PlannedRejectionOut(Out):
    possible = serializers.SerializerMethodField()

    class Meta:
        model = PlannedRejection
        fields = [
            "id",
            "application",
            "rule",
            "reason",
            "letter",
            "status",
            "due_at",
            "ended_at",
            "stopped_by",
            "detail",
            "possible",
        ]

    def get_possible(self, planned: PlannedRejection) -> list[str]:
        """What a person may do; carrying out and lapsing come by themselves."""
        return sorted({"stop"} & set(PLANNED_REJECTION.possible(planned.status)))


class StageRuleFilter(Filters):
    requisition = RefFilter("requisition")
    stage = RefFilter("stage")
    is_retired = BoolFilter("retired_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = StageRule
        fields = ["event", "step", "is_paused"]


class PlannedRejectionFilter(Filters):
    requisition = RefFilter("application__requisition")
    application = RefFilter("application")
    status = django_filters.MultipleChoiceFilter(choices=PlannedRejectionStatus.choices)

    class Meta:
        model = PlannedRejection
        fields: list[str] = []


class StageRuleViewSet(ScopedViewSet):
    """When this happens to an application in a stage, do that: once per event."""

    queryset = StageRule.objects.select_related("requisition", "stage")
    Out = StageRuleOut
    filterset_class = StageRuleFilter
    sorts = {"created_at": ("pk",)}
    tag = "stage rules"

    create = creation(add_stage_rule, In=StageRuleIn, on="stage")
    pause = verb(pause_stage_rule)
    resume = verb(resume_stage_rule)
    retire = verb(retire_stage_rule)

    @extend_schema(operation_id="rehearse_stage_rule", request=RehearsalIn, responses=RehearsalOut)
    @action(detail=False, methods=["post"])
    def rehearse(self, request: Request) -> Response:
        """How often such a rule would have fired in the last month. Nothing is changed."""
        asked = self.parse(RehearsalIn)
        self.permit("candidates.add_stage_rule", asked["stage"])
        found = rehearse(asked["stage"], event=asked["event"], condition=asked.get("condition", {}))
        return Response(RehearsalOut(found).data)


class StageRuleRunsView(Scoped):
    """What the rule did, the latest first."""

    queryset = StageRule.objects.all()
    Out = StageRuleRunOut
    sorts = {"-at": ("-pk",)}
    tag = "stage rules"

    @extend_schema(operation_id="list_stage_rule_runs", responses=StageRuleRunOut(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        runs = StageRuleRun.objects.filter(rule=self.get_object())
        page = self.paginate_queryset(runs.select_related("event", "application"))
        return self.get_paginated_response(StageRuleRunOut(page, many=True).data)


class PlannedRejectionViewSet(ScopedViewSet):
    """What rules will reject a day after they fired, unless somebody stops it."""

    queryset = PlannedRejection.objects.select_related(
        "application__requisition", "rule", "reason", "stopped_by"
    )
    Out = PlannedRejectionOut
    filterset_class = PlannedRejectionFilter
    sorts = {"-due_at": ("-due_at", "-pk"), "due_at": ("due_at", "pk")}
    tag = "stage rules"

    stop = verb(stop_planned_rejection)

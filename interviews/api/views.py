"""Plans, loops, interviews, scorecards and debriefs over HTTP."""

from typing import Any

from django.db.models import DateTimeField, Exists, F, Func, OuterRef, Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from ats.accounts.models import User
from ats.api.viewsets import Scoped, ScopedViewSet, creation, verb
from interviews.actions.debrief import decide_debrief, open_debrief
from interviews.actions.interview import (
    cancel_interview,
    complete_interview,
    mark_no_show,
    reschedule_interview,
)
from interviews.actions.loop import book_loop
from interviews.actions.plan import draft_plan
from interviews.actions.scorecard import (
    amend_scorecard,
    excuse_scorecard,
    owe_again,
    submit_scorecard,
)
from interviews.api import debrief_serializers, filters, serializers
from interviews.models import (
    Debrief,
    DecisionRecord,
    Interview,
    InterviewPlan,
    Loop,
    PanelSeat,
    Scorecard,
)
from interviews.queries.coverage import report_of
from requisitions.models import Requisition

START = Func(F("during"), function="lower", output_field=DateTimeField())
PANELS = Prefetch("seats", PanelSeat.objects.select_related("interviewer").order_by("pk"))
OWED = Prefetch("scorecards", Scorecard.objects.select_related("interviewer").order_by("pk"))
INTERVIEWS = (
    Interview.objects.select_related("loop", "application", "candidate", "planned")
    .prefetch_related(PANELS, OWED)
    .order_by("pk")
)


class PlanViewSet(ScopedViewSet):
    queryset = InterviewPlan.objects.select_related("requisition", "created_by")
    Out = serializers.PlanOut
    ListOut = serializers.PlanRow
    filterset_class = filters.PlanFilter
    tag = "plans"

    create = creation(draft_plan, In=serializers.PlanIn, on="requisition")

    def get_queryset(self) -> QuerySet[InterviewPlan]:
        rows = super().get_queryset()
        if self.action == "list":
            return rows
        return rows.prefetch_related("interviews__stage", "interviews__kit", "interviews__focus")


class CoverageView(Scoped):
    """How often the current plan assesses each competency that the requisition asks for."""

    queryset = Requisition.objects.all()
    Out = serializers.RequisitionCoverageOut
    tag = "plans"

    @extend_schema(operation_id="interview_coverage", responses=serializers.RequisitionCoverageOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        return self.represent(report_of(self.get_object()))


class LoopViewSet(ScopedViewSet):
    queryset = Loop.objects.select_related("application", "plan", "rubric", "booked_by")
    Out = serializers.LoopOut
    ListOut = serializers.LoopRow
    filterset_class = filters.LoopFilter
    tag = "loops"

    create = creation(book_loop, In=serializers.LoopIn, on="application")
    open_debrief = verb(
        open_debrief,
        In=debrief_serializers.OverrideIn,
        Out=debrief_serializers.DebriefOut,
        status=201,
    )

    def get_queryset(self) -> QuerySet[Loop]:
        rows = super().get_queryset()
        if self.action == "list":
            return rows
        return rows.prefetch_related(Prefetch("interviews", INTERVIEWS))


class InterviewViewSet(ScopedViewSet):
    queryset = INTERVIEWS.annotate(start=START)
    Out = serializers.InterviewOut
    filterset_class = filters.InterviewFilter
    sorts = {"starts_at": ("start",), "-starts_at": ("-start",)}
    tag = "interviews"

    reschedule = verb(reschedule_interview, In=serializers.RescheduleIn)
    cancel = verb(cancel_interview, In=serializers.ReasonIn)
    complete = verb(complete_interview)
    no_show = verb(mark_no_show)


class ScorecardViewSet(ScopedViewSet):
    queryset = Scorecard.objects.select_related("interview", "application", "interviewer", "rubric")
    Out = serializers.ScorecardOut
    ListOut = serializers.ScorecardRow
    filterset_class = filters.ScorecardFilter
    sorts = {"due_at": ("due_at",), "-due_at": ("-due_at",)}
    tag = "scorecards"

    submit = verb(submit_scorecard, In=serializers.ScorecardIn)
    amend = verb(amend_scorecard, In=serializers.ScorecardIn)
    excuse = verb(excuse_scorecard, In=serializers.ReasonIn)
    owe_again = verb(owe_again)

    def get_queryset(self) -> QuerySet[Scorecard]:
        """Each row knows whether this reader may know what it says."""
        rows: QuerySet[Scorecard] = super().get_queryset()
        user = self.request.user
        if isinstance(user, User):
            readable = Scorecard.objects.readable_by(user).filter(pk=OuterRef("pk"))
            rows = rows.annotate(is_readable=Exists(readable))
        if self.action == "list":
            return rows
        return rows.prefetch_related("interview__planned__focus", "ratings__competency", "versions")


class DebriefViewSet(ScopedViewSet):
    queryset = Debrief.objects.select_related("loop", "application", "record")
    Out = debrief_serializers.DebriefOut
    ListOut = debrief_serializers.DebriefRow
    filterset_class = filters.DebriefFilter
    tag = "debriefs"

    decide = verb(
        decide_debrief,
        In=debrief_serializers.DecideIn,
        Out=debrief_serializers.DecisionOut,
        status=201,
    )


class DecisionViewSet(ScopedViewSet):
    queryset = DecisionRecord.objects.select_related("debrief", "decided_by").prefetch_related(
        "participants"
    )
    Out = debrief_serializers.DecisionOut
    filterset_class = filters.DecisionFilter
    tag = "decisions"

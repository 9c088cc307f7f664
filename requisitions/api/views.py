"""Requisitions and what belongs to them."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.approvals import ROUND, CommentIn, ReplaceIn, ReturnIn
from ats.api.parsers import StrictJSONParser, UploadParser
from ats.api.viewsets import ScopedViewSet, change, creation, removal, verb
from ats.errors import Invalid
from requisitions.actions.approval import replace_requisition_approver
from requisitions.actions.competency import choose_competencies
from requisitions.actions.opening import (
    add_opening,
    close_opening,
    edit_opening,
    move_opening,
    open_opening,
    reopen_opening,
)
from requisitions.actions.pipeline import (
    add_stage,
    attach_pipeline,
    edit_stage,
    move_stage,
    retire_stage,
)
from requisitions.actions.pipeline_template import (
    add_pipeline_template,
    edit_pipeline_template,
    retire_pipeline_template,
)
from requisitions.actions.requisition import (
    approve_requisition,
    cancel_requisition,
    draft_requisition,
    edit_requisition,
    hold_requisition,
    reopen_requisition,
    resume_requisition,
    return_requisition,
    submit_requisition,
)
from requisitions.actions.team import join_hiring_team, leave_hiring_team, make_responsible
from requisitions.actions.template import clone_requisition
from requisitions.api import filters, inputs
from requisitions.api.serializers import (
    MemberOut,
    OpeningOut,
    PipelineTemplateOut,
    RequisitionOut,
    RequisitionRow,
    SimilarOut,
    StageOut,
)
from requisitions.enums import OpeningStatus
from requisitions.imports import import_listing
from requisitions.listing import NotAListing, decode
from requisitions.models import (
    HiringTeamMember,
    Opening,
    PipelineTemplate,
    Requisition,
    Stage,
)
from requisitions.queries.similar import similar_requisitions

WHOLE = (
    "offices",
    "pay_ranges",
    "qualifications",
    "competencies__competency",
    "team__user",
    "team__requisition",
    "openings__requisition",
    "stages__requisition",
    "postings__requisition",
    *(f"approval__{part}" for part in ROUND),
)


class RequisitionViewSet(ScopedViewSet):
    queryset = Requisition.objects.select_related(
        "department__parent", "department__head", "created_by", "approval__requested_by"
    )
    Out = RequisitionOut
    ListOut = RequisitionRow
    filterset_class = filters.RequisitionFilter
    sorts = {
        "-created_at": ("-created_at",),
        "created_at": ("created_at",),
        "title": ("title",),
        "number": ("number",),
    }
    tag = "requisitions"

    create = creation(draft_requisition, In=inputs.DraftIn)
    clone = verb(clone_requisition, In=inputs.CloneIn, status=201)
    partial_update = change(edit_requisition, In=inputs.RequisitionIn)
    submit = verb(submit_requisition, In=inputs.SubmitIn)
    approve = verb(approve_requisition, In=CommentIn)
    # `return` is a word of Python's, not of a recruiter's.
    vars()["return"] = verb(return_requisition, In=ReturnIn)
    replace_approver = verb(replace_requisition_approver, In=ReplaceIn)
    hold = verb(hold_requisition)
    resume = verb(resume_requisition)
    cancel = verb(cancel_requisition, In=inputs.ReasonIn)
    reopen = verb(reopen_requisition)
    team = verb(join_hiring_team, In=inputs.MemberIn, Out=MemberOut, status=201)
    attach_pipeline = verb(attach_pipeline, In=inputs.PipelineIn)
    choose_competencies = verb(choose_competencies, In=inputs.ChoicesIn)

    @extend_schema(operation_id="similar_requisitions", responses=SimilarOut(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])
    def similar(self, request: Request, **kwargs: Any) -> Response:
        """Open requisitions of yours that resemble it, the most alike first, and why."""
        rows = self.get_queryset().prefetch_related(None)
        requisition = self.find(rows.prefetch_related("offices", "competencies__competency"))
        found = similar_requisitions(requisition, request.user)  # type: ignore[arg-type]
        return Response(SimilarOut(found, many=True).data)

    def get_queryset(self) -> QuerySet[Requisition]:
        rows: QuerySet[Requisition] = super().get_queryset()
        if self.action == "list":
            filled = Q(openings__status=OpeningStatus.FILLED)
            return rows.annotate(
                seats=Count("openings"), seats_filled=Count("openings", filter=filled)
            )
        return rows.prefetch_related(*WHOLE)

    @extend_schema(
        operation_id="import_listing", request=inputs.TextIn, responses={201: RequisitionOut}
    )
    @action(
        detail=False,
        methods=["post"],
        url_path="import",
        parser_classes=[StrictJSONParser, UploadParser],
    )
    def import_listing(self, request: Request) -> Response:
        """Draft a requisition from a listing: `{"text": ...}`, or an upload in the part `file`.

        `reading` says what was understood from which lines, and which found no place.
        """
        self.permit("import_listing", None)
        requisition = import_listing(self.listing_text(), by=self.actor)
        row = self.get_queryset().get(pk=requisition.pk)
        response = self.represent(row, status=201)
        address = request.path.removesuffix("/import")
        response["Location"] = f"{address}/{requisition.public_id}"
        return response

    def listing_text(self) -> str:
        uploaded: Any = self.request.FILES.get("file")
        if uploaded is None:
            text: str = self.parse(inputs.TextIn)["text"]
            return text
        try:
            return decode(uploaded.read())
        except NotAListing as problem:
            raise Invalid("file", str(problem)) from problem


class OfRequisition(ScopedViewSet):
    """Rows that belong to a requisition are seen by whoever sees it."""

    tag = "requisitions"

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset.none()  # type: ignore[no-any-return]
        visible = Requisition.objects.visible_to(self.request.user)
        return self.queryset.filter(requisition__in=visible)  # type: ignore[no-any-return]


class OpeningViewSet(OfRequisition):
    queryset = Opening.objects.select_related("requisition")
    Out = OpeningOut
    filterset_class = filters.OpeningFilter
    sorts = {"created_at": ("pk",)}

    create = creation(add_opening, In=inputs.OpeningIn, on="requisition")
    partial_update = change(edit_opening, In=inputs.OpeningChangeIn)
    open = verb(open_opening)
    close = verb(close_opening, In=inputs.ReasonIn)
    reopen = verb(reopen_opening)
    move = verb(move_opening, In=inputs.MoveOpeningIn)


class StageViewSet(OfRequisition):
    queryset = Stage.objects.select_related("requisition")
    Out = StageOut
    filterset_class = filters.StageFilter
    sorts = {"position": ("position",)}

    create = creation(add_stage, In=inputs.StageIn, on="requisition")
    partial_update = change(edit_stage, In=inputs.StageChangeIn)
    move = verb(move_stage, In=inputs.StageMoveIn)
    retire = verb(retire_stage, In=inputs.StageRetireIn)


class MemberViewSet(OfRequisition):
    """Join with `POST /requisitions/{id}/team`."""

    queryset = HiringTeamMember.objects.select_related("requisition", "user")
    Out = MemberOut
    filterset_class = filters.MemberFilter
    sorts = {"created_at": ("pk",)}

    make_responsible = verb(make_responsible)
    destroy = removal(leave_hiring_team)


class CompanyViewSet(ScopedViewSet):
    """What everybody who works here may look up."""

    sorts = {"name": ("name",)}
    tag = "company"

    def get_queryset(self) -> QuerySet[Any]:
        return self.queryset.all()  # type: ignore[no-any-return]


class PipelineTemplateViewSet(CompanyViewSet):
    queryset = PipelineTemplate.objects.all()
    Out = PipelineTemplateOut
    filterset_class = filters.TemplateFilter

    create = creation(add_pipeline_template, In=inputs.TemplateIn)
    partial_update = change(edit_pipeline_template, In=inputs.TemplateIn)
    retire = verb(retire_pipeline_template)

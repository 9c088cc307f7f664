"""Candidates, applications, offers and what belongs to them."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import FileResponse, Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.approvals import ROUND, ApprovalOut, CommentIn, ReplaceIn, ReturnIn, rounds_of
from ats.api.downloads import INERT
from ats.api.parsers import StrictJSONParser, UploadParser
from ats.api.viewsets import Scoped, ScopedViewSet, change, creation, verb
from candidates.actions.application import (
    hire_application,
    move_application,
    reactivate_application,
    reject_application,
    take_back_rejection_letter,
    undo_hire,
    withdraw_application,
)
from candidates.actions.attachment import add_attachment
from candidates.actions.follow_up import ask_follow_up, finish_follow_up, snooze_follow_up
from candidates.actions.hand_off import hand_off_hire
from candidates.actions.letters import write_letter
from candidates.actions.note import add_note, edit_note
from candidates.actions.offer import (
    approve_offer,
    decline_offer,
    draft_offer,
    edit_offer,
    replace_offer_approver,
    rescind_offer,
    return_offer,
    send_offer,
    submit_offer,
)
from candidates.actions.offer_template import (
    add_offer_template,
    edit_offer_template,
    restore_offer_template,
    retire_offer_template,
)
from candidates.actions.offer_version import extend_offer, revise_offer
from candidates.actions.sourcing import add_application
from candidates.actions.transfer import transfer_application
from candidates.api import filters, inputs
from candidates.api.files import pdf_response
from candidates.api.serializers import (
    ApplicationOut,
    ApplicationRow,
    AttachmentOut,
    BoardOut,
    FollowUpOut,
    LetterOut,
    NoteOut,
    OfferOut,
    OfferRow,
    OfferTemplateOut,
    RejectionReasonOut,
    ResumeOut,
    SourceOut,
)
from candidates.api.sourcing import AddApplicationIn
from candidates.models import (
    Application,
    Attachment,
    FollowUp,
    Note,
    Offer,
    OfferTemplate,
    RejectionReason,
    Resume,
    Source,
    StageVisit,
)
from candidates.queries.letters import letters_to_candidate
from candidates.queries.pipeline import board
from requisitions.api.inputs import SubmitIn
from requisitions.models import Requisition

# What a row of the list shows; a requisition is wide, and only its id is needed here.
ROW_COLUMNS = (
    "public_id",
    "status",
    "applied_at",
    "needs_attention",
    "candidate__public_id",
    "candidate__name",
    "requisition__public_id",
    "stage__public_id",
    "stage__name",
)


class ApplicationViewSet(ScopedViewSet):
    queryset = Application.objects.select_related("candidate", "requisition", "stage")
    Out = ApplicationOut
    ListOut = ApplicationRow
    filterset_class = filters.ApplicationFilter
    sorts = {
        "-applied_at": ("-applied_at",),
        "applied_at": ("applied_at",),
        "name": ("candidate__name",),
    }
    tag = "applications"

    parser_classes = [StrictJSONParser, UploadParser]
    create = creation(add_application, In=AddApplicationIn, on="requisition")
    move = verb(move_application, In=inputs.MoveIn)
    reject = verb(reject_application, In=inputs.RejectIn)
    take_back_letter = verb(take_back_rejection_letter)
    withdraw = verb(withdraw_application, In=inputs.WithdrawIn)
    reactivate = verb(reactivate_application)
    hire = verb(hire_application)
    undo_hire = verb(undo_hire)
    hand_off = verb(hand_off_hire)
    transfer = verb(transfer_application, In=inputs.TransferIn, status=201)
    notes = verb(add_note, In=inputs.NoteIn, Out=NoteOut, status=201)
    attachments = verb(add_attachment, In=inputs.AttachmentIn, Out=AttachmentOut, status=201)
    follow_ups = verb(ask_follow_up, In=inputs.FollowUpIn, Out=FollowUpOut, status=201)
    write = verb(write_letter, In=inputs.LetterIn, Out=LetterOut, status=201)

    def get_queryset(self) -> QuerySet[Application]:
        rows: QuerySet[Application] = super().get_queryset()
        if self.action == "list":
            return rows.only(*ROW_COLUMNS)
        rows = rows.select_related("posting", "source", "credited_to", "rejection_reason")
        visits = StageVisit.objects.as_named_then().select_related("stage", "moved_by")
        return rows.prefetch_related(
            Prefetch("visits", visits),
            "resumes",
            Prefetch("attachments", self.attachments_shown()),
        )

    def attachments_shown(self) -> QuerySet[Attachment]:
        rows = Attachment.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        return rows.select_related("question", "uploaded_by")


class LetterViewSet(Scoped):
    """What this candidate was written about this application."""

    queryset = Application.objects.select_related("candidate")
    Out = LetterOut
    sorts = {"-created_at": ("-pk",), "created_at": ("pk",)}
    tag = "applications"

    @extend_schema(operation_id="list_letters", responses=LetterOut(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        application = self.get_object()
        self.permit("view_application", application)
        rows = letters_to_candidate(application, request.user)  # type: ignore[arg-type]
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class BoardView(Scoped):
    """The pipeline of one requisition: a column per stage with its first cards."""

    queryset = Requisition.objects.all()
    Out = BoardOut
    tag = "applications"

    @extend_schema(operation_id="pipeline_board", responses=BoardOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        requisition = self.get_object()
        self.permit("candidates.view_application", requisition)
        columns = board(requisition, request.user)  # type: ignore[arg-type]
        return self.represent({"requisition": requisition.public_id, "columns": columns})


class FileView(Scoped):
    """The file as it was sent, to be saved and never to be shown by the browser."""

    tag = "applications"

    def retrieve(self, request: Request, **kwargs: Any) -> FileResponse:
        row = self.get_object()
        try:
            held = row.file.open("rb")
        except FileNotFoundError:
            raise Http404 from None
        return FileResponse(
            held,
            as_attachment=True,
            filename=row.original_name,
            content_type="application/octet-stream",
            headers=INERT,
        )


@extend_schema_view(
    retrieve=extend_schema(operation_id="download_resume", responses={200: OpenApiTypes.BINARY})
)
class ResumeFileView(FileView):
    queryset = Resume.objects.all()
    Out = ResumeOut


@extend_schema_view(
    retrieve=extend_schema(operation_id="download_attachment", responses={200: OpenApiTypes.BINARY})
)
class AttachmentFileView(FileView):
    queryset = Attachment.objects.all()
    Out = AttachmentOut


class NoteViewSet(ScopedViewSet):
    """Written with `POST /applications/{id}/notes`. A private note is shown to its author alone."""

    queryset = Note.objects.select_related("application", "author").prefetch_related(
        "mentions__user", "versions"
    )
    Out = NoteOut
    filterset_class = filters.NoteFilter
    sorts = {"created_at": ("created_at",), "-created_at": ("-created_at",)}
    tag = "applications"

    partial_update = change(edit_note, In=inputs.EditNoteIn)


class FollowUpViewSet(ScopedViewSet):
    """What one has to do, and what one asked others to do, by a time."""

    queryset = FollowUp.objects.select_related("application__candidate", "user", "asked_by")
    Out = FollowUpOut
    filterset_class = filters.FollowUpFilter
    sorts = {"due_at": ("due_at",), "-due_at": ("-due_at",)}
    tag = "applications"

    snooze = verb(snooze_follow_up, In=inputs.SnoozeIn)
    finish = verb(finish_follow_up)


class SourceViewSet(ScopedViewSet):
    queryset = Source.objects.all()
    Out = SourceOut
    sorts = {"name": ("name",)}
    tag = "candidates"


class RejectionReasonViewSet(ScopedViewSet):
    queryset = RejectionReason.objects.all()
    Out = RejectionReasonOut
    sorts = {"name": ("name",)}
    tag = "candidates"


class OfferViewSet(ScopedViewSet):
    queryset = Offer.objects.select_related(
        "application__candidate", "application__requisition", "opening"
    )
    Out = OfferOut
    ListOut = OfferRow
    filterset_class = filters.OfferFilter
    sorts = {"-created_at": ("-created_at",), "created_at": ("created_at",)}
    tag = "offers"

    create = creation(draft_offer, In=inputs.OfferIn, on="application")
    partial_update = change(edit_offer, In=inputs.OfferTermsIn)
    submit = verb(submit_offer, In=SubmitIn)
    approve = verb(approve_offer, In=CommentIn)
    # `return` is a word of Python's, not of a recruiter's.
    vars()["return"] = verb(return_offer, In=ReturnIn)
    replace_approver = verb(replace_offer_approver, In=ReplaceIn)
    send = verb(send_offer)
    rescind = verb(rescind_offer, In=inputs.RescindIn)
    decline = verb(decline_offer, In=inputs.DeclineIn)
    extend = verb(extend_offer, In=inputs.UntilIn)
    revise = verb(revise_offer, In=inputs.ReviseIn, status=201)

    def get_queryset(self) -> QuerySet[Offer]:
        rows: QuerySet[Offer] = super().get_queryset()
        if self.action == "list":
            return rows
        rows = rows.select_related("approval__requested_by")
        return rows.prefetch_related(*(f"approval__{part}" for part in ROUND))


@extend_schema_view(
    retrieve=extend_schema(operation_id="download_offer", responses={200: OpenApiTypes.BINARY})
)
class OfferPdfView(Scoped):
    """The letter as it went out; before that, as it would go out now."""

    queryset = Offer.objects.select_related(
        "application__candidate", "application__requisition__department", "application__posting"
    )
    Out = OfferOut
    tag = "offers"

    def retrieve(self, request: Request, **kwargs: Any) -> HttpResponse:
        return pdf_response(self.get_object())


class OfferTemplateViewSet(ScopedViewSet):
    """Letters to begin an offer with; `{{ candidate_name }}` and the like are filled in."""

    queryset = OfferTemplate.objects.select_related("edited_by")
    Out = OfferTemplateOut
    sorts = {"name": ("name",)}
    tag = "offers"

    create = creation(add_offer_template, In=inputs.OfferTemplateIn)
    partial_update = change(edit_offer_template, In=inputs.OfferTemplateIn)
    retire = verb(retire_offer_template)
    restore = verb(restore_offer_template)


class OfferRoundsView(Scoped):
    """Every round of the offer's approval, the latest first."""

    queryset = Offer.objects.select_related("approval")
    Out = ApprovalOut
    sorts = {"-requested_at": ("-pk",)}
    tag = "offers"

    @extend_schema(operation_id="list_offer_approvals", responses=ApprovalOut(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        return rounds_of(self)

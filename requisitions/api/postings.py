"""Postings for the team: their words, their hours, and every version that was public."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import (
    OpenApiExample,
    extend_schema,
    extend_schema_serializer,
)
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.filters import check_names
from ats.api.pagination import KeysetPagination
from ats.api.serializers import In, Ref
from ats.api.views import ApiView
from ats.api.viewsets import change, creation, verb
from requisitions.actions.posting import (
    draft_posting,
    edit_posting,
    publish_posting,
    republish_posting,
    schedule_posting,
    unpublish_posting,
    unschedule_posting,
)
from requisitions.api import filters
from requisitions.api.inputs import FaqIn, lines, rows, text
from requisitions.api.serializers import PersonOut, PostingOut
from requisitions.api.views import OfRequisition
from requisitions.languages import canonical
from requisitions.models import JobPosting, PostingVersion, Requisition
from requisitions.queries.postings import preview_of

WORDS = {
    "summary": "Wir suchen jemanden, der unsere Pipelines baut und betreibt.",
    "responsibilities": ["Datenpipelines entwerfen und betreiben"],
    "required": ["Fünf Jahre Erfahrung mit Python oder Java"],
}


class LanguageField(serializers.CharField):
    """A BCP 47 tag of a language that exists; `EN-us` is kept as `en-US`."""

    def to_internal_value(self, data: Any) -> str:
        if known := canonical(super().to_internal_value(data)):
            return known
        raise serializers.ValidationError("There is no such language: write en, de or pt-BR.")


class WordsIn(In):
    """The posting's own text. What is empty or left out is the requisition's."""

    summary = text(50_000)
    highlights = lines()
    responsibilities = lines()
    required = lines()  # type: ignore[assignment]
    preferred = lines()
    benefits = lines()
    guidance = lines()
    faq = rows(FaqIn(), required=False)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "In German",
            {
                "requisition": "0198c5d2-7a10-7c3e-9a51-3f1f5a3f0c11",
                "title": "Dateningenieur (m/w/d)",
                "language": "de",
                "words": WORDS,
            },
            request_only=True,
        )
    ]
)
class PostingIn(In):
    requisition = Ref(Requisition)
    title = text(300)
    language = LanguageField(max_length=20, required=False)
    is_internal = serializers.BooleanField(
        required=False, help_text="For signed-in colleagues only: never public, in no feed."
    )
    words = WordsIn(required=False)


class PostingEdit(In):
    title = text(300)
    language = LanguageField(max_length=20)
    is_internal = serializers.BooleanField()
    words = WordsIn(help_text="Replaces all of the posting's own text.")
    expires_at = serializers.DateTimeField(
        allow_null=True, help_text="Holds at once, without a new version; null: no end."
    )


REASON = "Why others may read of a confidential requisition; needed there, kept nowhere else."


@extend_schema_serializer(
    examples=[
        OpenApiExample("Until a day", {"expires_at": "2027-03-31T22:00:00Z"}, request_only=True)
    ]
)
class PublishIn(In):
    expires_at = serializers.DateTimeField(
        required=False,
        allow_null=True,
        help_text="null: until it is taken down. Left out: the end that it has already.",
    )
    confidential_reason = serializers.CharField(
        max_length=500, required=False, allow_blank=True, help_text=REASON
    )


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "For a month",
            {"publish_at": "2027-03-01T08:00:00+01:00", "expires_at": "2027-04-01T00:00:00+02:00"},
            request_only=True,
        )
    ]
)
class ScheduleIn(PublishIn):
    publish_at = serializers.DateTimeField()


TELLING = "null for whoever may not see what it pays: they may tell it."


def sentences(**options: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField(), **options)


class VersionOut(serializers.ModelSerializer[PostingVersion]):
    """`content` is what readers of the posting saw, whole."""

    published_by = PersonOut()

    class Meta:
        model = PostingVersion
        fields = ["number", "published_at", "published_by", "content"]


class PreviewOut(serializers.Serializer[Any]):
    """What publishing now would show, and what stands in its way."""

    content = serializers.DictField(help_text="`pay_ranges` are null for whoever may not see them.")
    changes = sentences(
        help_text="What differs from the last version, by the names of the content."
    )
    blockers = sentences(allow_null=True, help_text=TELLING)
    warnings = sentences(allow_null=True, help_text=TELLING)


class PostingViewSet(OfRequisition):
    queryset = JobPosting.objects.select_related("requisition")
    Out = PostingOut
    filterset_class = filters.PostingFilter
    sorts = {"-created_at": ("-pk",)}

    create = creation(draft_posting, In=PostingIn, on="requisition")
    partial_update = change(edit_posting, In=PostingEdit)
    publish = verb(publish_posting, In=PublishIn)
    republish = verb(republish_posting)
    schedule = verb(schedule_posting, In=ScheduleIn)
    unschedule = verb(unschedule_posting)
    unpublish = verb(unpublish_posting)

    @extend_schema(operation_id="preview_posting", responses=PreviewOut)
    @action(detail=True, methods=["get"])
    def preview(self, request: Request, id: str) -> Response:  # noqa: A002 - in the address
        """What publishing now would show, what is missing, and what search engines would miss."""
        return Response(PreviewOut(preview_of(self.get_object(), request.user)).data)  # type: ignore[arg-type]


class VersionsView(ApiView):
    tag = "requisitions"
    pagination_class = KeysetPagination
    sorts = {"-number": ("-number",), "number": ("number",)}

    @extend_schema(operation_id="list_posting_versions", responses=VersionOut(many=True))
    def get(self, request: Request, id: str) -> Response:  # noqa: A002 - in the address
        """Every version that was public, as it was, newest first."""
        check_names(request, {})
        pages = self.pagination_class()
        found = pages.paginate_queryset(self.versions(id), request, self)
        return pages.get_paginated_response(VersionOut(found, many=True).data)

    def versions(self, text: str) -> QuerySet[PostingVersion]:
        try:
            seen = JobPosting.objects.visible_to(self.request.user)
            posting = seen.filter(public_id=UUID(text)).first()
        except ValueError:
            posting = None
        if posting is None:
            raise Http404
        return posting.versions.select_related("published_by")

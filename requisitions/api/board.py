"""The public board: no account, and nothing that is not published."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from ats import clock
from ats.api.errors import CONTENT_TYPE, problem
from ats.api.throttling import ReadThrottle
from ats.api.views import ApiView, PublicView
from requisitions.api.filters import BoardFilter
from requisitions.models import JobPosting
from requisitions.queries.board import (
    is_up,
    on_the_board,
    once_internal,
    once_public,
    schema_org,
    similar_open_roles,
    url_of,
)

CLOSED = "This role has closed: nobody can apply any more. `similar` names open roles like it."


class PlaceOut(serializers.Serializer[Any]):
    text = serializers.CharField()
    city = serializers.CharField()
    region = serializers.CharField()
    country = serializers.CharField()


class PayOut(serializers.Serializer[Any]):
    scope = serializers.CharField()
    minimum = serializers.CharField()
    maximum = serializers.CharField()
    currency = serializers.CharField()
    period = serializers.CharField()
    note = serializers.CharField()


class CardOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    url = serializers.SerializerMethodField()
    title = serializers.CharField(source="card.title")
    company = serializers.CharField(source="card.company")
    department = serializers.CharField(source="card.department")
    locations = PlaceOut(source="card.locations", many=True)
    workplace = serializers.CharField(source="card.workplace")
    employment_type = serializers.CharField(source="card.employment_type")
    language = serializers.CharField()
    pay_ranges = PayOut(source="card.pay_ranges", many=True)
    published_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField(help_text="When this version went out.")
    expires_at = serializers.DateTimeField()

    def get_url(self, posting: JobPosting) -> str:
        return url_of(posting)


class SideOut(serializers.Serializer[Any]):
    required = serializers.ListField(child=serializers.CharField())  # type: ignore[assignment]
    preferred = serializers.ListField(child=serializers.CharField())


class AnswerOut(serializers.Serializer[Any]):
    question = serializers.CharField()
    answer = serializers.CharField()


class AskedOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    description = serializers.CharField()
    is_required = serializers.BooleanField()
    options = serializers.JSONField()


def lines(name: str) -> serializers.ListField:
    return serializers.ListField(source=f"card.{name}", child=serializers.CharField())


class InternalOut(CardOut):
    """The posting as it was published."""

    summary = serializers.CharField(source="card.summary")
    highlights = lines("highlights")
    responsibilities = lines("responsibilities")
    qualifications = SideOut(source="card.qualifications")
    benefits = lines("benefits")
    topics = lines("topics")
    guidance = lines("guidance")
    faq = AnswerOut(source="card.faq", many=True)
    competencies = lines("competencies")
    questions = AskedOut(source="requisition.questions.asked", many=True)


class BoardOut(InternalOut):
    """The posting as it was published, and as schema.org `JobPosting`."""

    schema_org = serializers.SerializerMethodField()

    def get_schema_org(self, posting: JobPosting) -> dict[str, Any]:
        return schema_org(posting)


class BoardViewSet(PublicView, GenericViewSet[JobPosting]):
    """Published roles. A closed one answers 410 with open roles that resemble it."""

    throttle_classes = [ReadThrottle]
    filterset_class = BoardFilter
    sorts = {"-published_at": ("-since",), "title": ("title",)}
    lookup_url_kwarg = "id"
    tag = "board"

    def get_queryset(self) -> QuerySet[JobPosting]:
        return on_the_board()

    @extend_schema(operation_id="list_board", responses=CardOut(many=True))
    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(CardOut(page, many=True).data)

    @extend_schema(operation_id="read_board_posting", responses=BoardOut)
    def retrieve(self, request: Request, id: str) -> Response:  # noqa: A002 - in the address
        return read(once_public(), id, request.path, BoardOut)


class InternalViewSet(ApiView, GenericViewSet[JobPosting]):
    """Roles for everybody who works here. A closed one answers 410 like a public one."""

    filterset_class = BoardFilter
    sorts = {"-published_at": ("-since",), "title": ("title",)}
    lookup_url_kwarg = "id"
    tag = "board"

    def get_queryset(self) -> QuerySet[JobPosting]:
        return on_the_board(is_internal=True)

    @extend_schema(operation_id="list_internal_postings", responses=CardOut(many=True))
    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(CardOut(page, many=True).data)

    @extend_schema(operation_id="read_internal_posting", responses=InternalOut)
    def retrieve(self, request: Request, id: str) -> Response:  # noqa: A002 - in the address
        return read(once_internal(), id, request.path, InternalOut)


def read(
    postings: QuerySet[JobPosting],
    text: str,
    path: str,
    Out: type[serializers.Serializer[Any]],  # noqa: N803
) -> Response:
    """The whole posting, 410 for one that has closed, 404 for what never was there."""
    try:
        posting = postings.filter(public_id=UUID(text)).first()
    except ValueError:
        posting = None
    if posting is None:
        raise Http404
    return Response(Out(posting).data) if is_up(posting, clock.now()) else gone(posting, path)


def gone(posting: JobPosting, path: str) -> Response:
    body = problem(410, CLOSED, path, "posting_closed")
    similar = [
        {"id": role.id, "title": role.title, "url": role.url, "reasons": list(role.reasons)}
        for role in similar_open_roles(posting)
    ]
    return Response(body | {"similar": similar}, 410, content_type=CONTENT_TYPE)

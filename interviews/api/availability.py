"""When candidates can come: asked for by the team, given by a signed link."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.filters import Filters, RefFilter
from ats.api.serializers import In, Out, Ref
from ats.api.throttling import ApplyThrottle, ReadThrottle
from ats.api.views import PublicView
from ats.api.viewsets import ScopedViewSet, creation, verb
from ats.events.actors import Actor
from candidates.emails import title_of
from candidates.models import Application
from interviews.actions.availability import (
    ask_availability,
    close_availability,
    give_availability,
)
from interviews.models import CandidateAvailability
from interviews.queries.availability import availability_behind


class AskIn(In):
    application = Ref(Application)
    first_day = serializers.DateField(required=False, help_text="the day after tomorrow if not")
    last_day = serializers.DateField(required=False, help_text="two weeks after it if not")
    message = serializers.CharField(max_length=1000, required=False, allow_blank=True)


class SpanIn(In):
    begins = serializers.CharField(max_length=19, help_text="2026-12-01T10:00")
    ends = serializers.CharField(max_length=19)


class GiveIn(In):
    timezone = serializers.CharField(max_length=64, help_text="an IANA name: Europe/Madrid")
    spans = serializers.ListField(child=SpanIn(), max_length=200)
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True)


class SpanOut(serializers.Serializer[Any]):
    begins = serializers.DateTimeField(source="during.lower")
    ends = serializers.DateTimeField(source="during.upper")


class AvailabilityOut(Out):
    spans = SpanOut(many=True)

    class Meta:
        model = CandidateAvailability
        fields = [
            *("id", "application", "status", "first_day", "last_day", "message", "asked_at"),
            *("asked_by", "timezone", "spans", "note", "given_at"),
        ]


class AvailabilityLinkOut(serializers.ModelSerializer[Any]):
    company = serializers.SerializerMethodField()
    title = serializers.SerializerMethodField()
    name = serializers.CharField(source="application.candidate.name")
    spans = SpanOut(many=True)

    class Meta:
        model = CandidateAvailability
        fields = [
            *("status", "company", "title", "name", "message", "first_day", "last_day"),
            *("timezone", "spans", "note", "given_at"),
        ]

    def get_company(self, availability: CandidateAvailability) -> str:
        return str(settings.COMPANY_NAME)

    def get_title(self, availability: CandidateAvailability) -> str:
        """The job under the name that the candidate knows."""
        return title_of(availability.application)


class AvailabilityFilter(Filters):
    application = RefFilter("application")

    class Meta:
        model = CandidateAvailability
        fields = ["status"]


class AvailabilityViewSet(ScopedViewSet):
    queryset = (
        CandidateAvailability.objects.select_related("application", "asked_by")
        .prefetch_related("spans")
        .order_by("pk")
    )
    Out = AvailabilityOut
    filterset_class = AvailabilityFilter
    sorts = {"-asked_at": ("-asked_at",)}
    tag = "availability"

    create = creation(ask_availability, In=AskIn, on="application")
    close = verb(close_availability)


class AvailabilityLinkView(PublicView):
    throttle_classes = [ReadThrottle]
    tag = "availability"

    @extend_schema(operation_id="read_availability_link", responses=AvailabilityLinkOut)
    def get(self, request: Request, token: str) -> Response:
        """What is asked behind the link of the letter, and what was given so far."""
        return Response(AvailabilityLinkOut(availability_behind(token)).data)


class GiveView(PublicView):
    throttle_classes = [ApplyThrottle]
    tag = "availability"

    @extend_schema(operation_id="give_availability", request=GiveIn, responses=AvailabilityLinkOut)
    def post(self, request: Request, token: str) -> Response:
        """All times at which they can come: these take the place of what was given before."""
        found = availability_behind(token)
        give_availability(found, **self.parse(GiveIn), by=Actor.link(found.public_id))
        return Response(AvailabilityLinkOut(availability_behind(token)).data)

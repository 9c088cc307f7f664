"""The activity feed of a candidate."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.viewsets import Scoped
from candidates.models import Candidate
from candidates.queries.activity import activity_of, lines


class AboutOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    title = serializers.CharField(source="requisition.title")


class NoteTextOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="public_id")
    body = serializers.CharField()


class ActivityOut(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="event.public_id")
    at = serializers.DateTimeField(source="event.at")
    verb = serializers.CharField(source="event.verb")
    what = serializers.CharField(help_text="The verb in words.")
    detail = serializers.CharField()
    who = serializers.CharField()
    application = AboutOut(allow_null=True)
    note = NoteTextOut(allow_null=True)


class ActivityView(Scoped):
    """What happened around a person, of what this reader may see, the newest first."""

    queryset = Candidate.objects.all()
    Out = ActivityOut
    sorts = {"-at": ("-pk",), "at": ("pk",)}
    tag = "candidates"

    @extend_schema(operation_id="list_activity", responses=ActivityOut(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        user: Any = request.user
        rows = activity_of(self.get_object(), user).prefetch_related("subjects")
        page = self.paginate_queryset(rows)
        assert page is not None
        return self.get_paginated_response(ActivityOut(lines(user, page), many=True).data)

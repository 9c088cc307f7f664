"""What happened to an object that the reader may see, newest first."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.filters import check_names
from ats.api.pagination import KeysetPagination
from ats.api.serializers import Out
from ats.api.views import ApiView
from ats.events import histories
from ats.events.models import Event, EventSubject
from ats.events.told import told_to


class SubjectOut(serializers.Serializer[Any]):
    kind = serializers.CharField()
    id = serializers.UUIDField(source="object_id")


class EventOut(Out):
    subjects = SubjectOut(many=True)

    class Meta:
        model = Event
        fields = ["id", "verb", "at", "actor_kind", "user_id", "rule", "ids", "subjects"]

    def to_representation(self, event: Event) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(event)
        if rows := histories.GUARDED.get(event.verb):
            about = [subject.object_id for subject in event.subjects.all()]
            user = self.context["request"].user
            if not rows(user).filter(public_id__in=about).exists():
                shown["ids"] = {}
        return shown


class HistoryView(ApiView):
    tag = "history"
    pagination_class = KeysetPagination
    sorts = {"-at": ("-pk",), "at": ("pk",)}

    @extend_schema(operation_id="list_history", responses=EventOut(many=True))
    def get(self, request: Request, id: str) -> Response:  # noqa: A002 - the name in the address
        """Events hold ids only; look each up to see what you may see of it."""
        check_names(request, {})
        pages = self.pagination_class()
        rows = pages.paginate_queryset(self.events(id), request, self)
        data = EventOut(rows, many=True, context={"request": request}).data
        return pages.get_paginated_response(data)

    def events(self, text: str) -> QuerySet[Event]:
        """404 for what is invisible, of a kind without a history, or malformed."""
        try:
            object_id = UUID(text)
        except ValueError:
            raise Http404 from None
        if not any(self.sees(kind, object_id) for kind in kinds_of(object_id)):
            raise Http404
        return told_to(self.request.user, object_id).prefetch_related("subjects")

    def sees(self, kind: str, object_id: UUID) -> bool:
        rows = histories.HISTORIES.get(kind)
        return rows is not None and rows(self.request.user).filter(public_id=object_id).exists()


def kinds_of(object_id: UUID) -> list[str]:
    """What the events call this object: in practice one kind."""
    found = EventSubject.objects.filter(object_id=object_id).values_list("kind", flat=True)
    return list(found.distinct())

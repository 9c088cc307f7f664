"""Receipts of erasures, and the archives of those who asked what is held about them."""

from typing import Any

from django.http import FileResponse, Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from ats.api.filters import Filters
from ats.api.permissions import IsSiteAdmin
from ats.api.serializers import Out
from ats.api.viewsets import Scoped, ScopedViewSet
from ats.privacy.models import Erasure, Export

INERT = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}


class ErasureOut(Out):
    """`counts` is how many rows of which table were erased, or kept without the person."""

    counts = serializers.DictField(child=serializers.IntegerField())

    class Meta:
        model = Erasure
        fields = ["id", "person_kind", "person_id", "because", "erased_at", "counts"]


class ErasureFilter(Filters):
    class Meta:
        model = Erasure
        fields = ["person_id", "because"]


class ErasureViewSet(ScopedViewSet):
    """That somebody was erased: ids and numbers, nobody's name."""

    queryset = Erasure.objects.all()
    Out = ErasureOut
    filterset_class = ErasureFilter
    permission_classes = [*ScopedViewSet.permission_classes, IsSiteAdmin]
    sorts = {"-erased_at": ("-erased_at",)}
    tag = "privacy"


class ExportOut(Out):
    """Once `state` is ready, `GET /exports/{id}/file` until `expires_at`."""

    class Meta:
        model = Export
        fields = ["id", "person_kind", "person_id", "state", "asked_at", "size", "expires_at"]


class ExportViewSet(ScopedViewSet):
    queryset = Export.objects.all()
    Out = ExportOut
    permission_classes = [*ScopedViewSet.permission_classes, IsSiteAdmin]
    sorts = {"-asked_at": ("-asked_at",)}
    tag = "privacy"


class ExportFileView(Scoped):
    """The archive, to be saved."""

    queryset = Export.objects.exclude(file="")
    Out = ExportOut
    permission_classes = [*Scoped.permission_classes, IsSiteAdmin]
    tag = "privacy"

    @extend_schema(operation_id="download_export", responses={200: OpenApiTypes.BINARY})
    def retrieve(self, request: Request, **kwargs: Any) -> FileResponse:
        return archive_of(self.get_object())


def archive_of(export: Export) -> FileResponse:
    try:
        held = export.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        held,
        as_attachment=True,
        filename=f"personal-data-{export.asked_at:%Y-%m-%d}.zip",
        content_type="application/zip",
        headers={**INERT, "Cache-Control": "no-store"},
    )

"""People from a file: upload it, look at what it means, take it over."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.filters import BoolFilter, Filters
from ats.api.jobs import JobOut
from ats.api.parsers import StrictJSONParser, UploadParser
from ats.api.serializers import In, Out, Ref
from ats.api.viewsets import Scoped, ScopedViewSet, change, creation, verb
from candidates.imports.columns import PRESETS
from candidates.imports.stage import map_people, stage_people, start_people_import
from candidates.models import ImportedLine, PeopleImport
from requisitions.models import Requisition

SHOWN = 50


class PeopleImportIn(In):
    file = serializers.FileField(max_length=1000, help_text="CSV or XLSX; its first line: columns")
    preset = serializers.ChoiceField(
        choices=sorted(PRESETS), required=False, help_text="the system that exported it"
    )
    requisition = Ref(Requisition, required=False, help_text="for lines that name none")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        file = attrs.pop("file")
        return attrs | {"file_name": file.name, "content": file.read()}


class MapIn(In):
    columns = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(max_length=1000), max_length=50),
        required=False,
        help_text='which columns say what: `{"email": ["Email", "Second email"]}`',
    )
    requisition = Ref(Requisition, required=False, allow_null=True)


class FaultOut(serializers.Serializer[Any]):
    line = serializers.IntegerField(help_text="in the file")
    fault = serializers.CharField()


class LineOut(FaultOut):
    cells = serializers.ListField(child=serializers.CharField())
    application = serializers.UUIDField(source="application.public_id", allow_null=True)


class PeopleImportRow(Out):
    class Meta:
        model = PeopleImport
        fields = ["id", "file_name", "preset", "requisition", "total", "created_at", "started_at"]


class PeopleImportOut(PeopleImportRow):
    faulty = serializers.SerializerMethodField(help_text="lines that cannot be taken over")
    faults = serializers.SerializerMethodField(help_text=f"the first {SHOWN} of them, and why")

    class Meta(PeopleImportRow.Meta):
        fields = [*PeopleImportRow.Meta.fields, "header", "columns", "faulty", "faults"]

    def get_faulty(self, staged: PeopleImport) -> int:
        return staged.lines.exclude(fault="").count()

    def get_faults(self, staged: PeopleImport) -> Any:
        rows = staged.lines.exclude(fault="").order_by("place")[:SHOWN]
        return FaultOut(rows, many=True).data


class LineFilter(Filters):
    is_faulty = BoolFilter("fault", method="faulty", label="Whether it cannot be taken over.")

    class Meta:
        model = ImportedLine
        fields: list[str] = []

    def faulty(self, rows, name, value):  # type: ignore[no-untyped-def]
        return rows.exclude(fault="") if value else rows.filter(fault="")


class PeopleImportViewSet(ScopedViewSet):
    """Nothing is added before `start`; then a job takes over the lines without a fault."""

    queryset = PeopleImport.objects.select_related("owner", "requisition")
    Out = PeopleImportOut
    ListOut = PeopleImportRow
    sorts = {"-created_at": ("-pk",), "created_at": ("pk",)}
    parser_classes = [StrictJSONParser, UploadParser]
    tag = "imports and exports"

    create = creation(stage_people, In=PeopleImportIn)
    partial_update = change(map_people, In=MapIn)
    start = verb(start_people_import, Out=JobOut, status=202)


class ImportedLinesView(Scoped):
    """The lines of the file, with what is wrong with them, or the application they became."""

    queryset = ImportedLine.objects.select_related("application")
    Out = LineOut
    sorts = {"place": ("place",)}
    filterset_class = LineFilter
    tag = "imports and exports"

    @extend_schema(operation_id="list_imported_lines", responses=LineOut(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        mine = self.get_queryset().values("people_import")
        staged = self.find(PeopleImport.objects.filter(pk__in=mine))
        lines = self.filter_queryset(self.get_queryset().filter(people_import=staged))
        page = self.paginate_queryset(lines)
        return self.get_paginated_response(LineOut(page, many=True).data)

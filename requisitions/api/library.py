"""The library of competencies, and the rubrics that were frozen from it."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.errors import QueryError
from ats.api.filters import check_names
from ats.api.serializers import In, Out, Ref
from ats.api.viewsets import change, creation, verb
from requisitions.actions.library import (
    add_competency,
    edit_competency,
    merge_competency,
    restore_competency,
    retire_competency,
)
from requisitions.api import filters
from requisitions.api.views import CompanyViewSet, OfRequisition
from requisitions.models import Competency, EarlierCompetency, RubricVersion
from requisitions.queries.library import differences

ANCHOR = 2000


class AnchorsIn(In):
    """Behaviour by rating; 1, 3 and 5 at least."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for at in "12345":
            is_needed = at in "135"
            self.fields[at] = serializers.CharField(
                max_length=ANCHOR, required=is_needed, allow_blank=not is_needed
            )


class CompetencyIn(In):
    name = serializers.CharField(max_length=200)
    definition = serializers.CharField(max_length=5000)
    category = serializers.CharField(max_length=100, required=False, allow_blank=True)
    aliases = serializers.ListField(
        child=serializers.CharField(max_length=200), max_length=50, required=False
    )
    anchors = AnchorsIn()


class MergeIn(In):
    into = Ref(lambda user: Competency.objects.all())


class EarlierOut(serializers.ModelSerializer[EarlierCompetency]):
    """What the entry said as that version."""

    name = serializers.CharField(source="content.name")
    definition = serializers.CharField(source="content.definition")
    category = serializers.CharField(source="content.category")
    aliases = serializers.ListField(source="content.aliases", child=serializers.CharField())
    anchors = serializers.DictField(source="content.anchors", child=serializers.CharField())

    class Meta:
        model = EarlierCompetency
        fields = ["version", "name", "definition", "category", "aliases", "anchors", "until"]


class CompetencyRow(Out):
    class Meta:
        model = Competency
        fields = [
            "id",
            "name",
            "definition",
            "category",
            "aliases",
            "anchors",
            "version",
            "retired_at",
            "merged_into",
        ]


class CompetencyOut(CompetencyRow):
    earlier = EarlierOut(many=True)

    class Meta(CompetencyRow.Meta):
        fields = [*CompetencyRow.Meta.fields, "earlier"]


class CompetencyViewSet(CompanyViewSet):
    queryset = Competency.objects.select_related("merged_into")
    Out = CompetencyOut
    ListOut = CompetencyRow
    filterset_class = filters.CompetencyFilter

    create = creation(add_competency, In=CompetencyIn)
    partial_update = change(edit_competency, In=CompetencyIn)
    retire = verb(retire_competency)
    restore = verb(restore_competency)
    merge = verb(merge_competency, In=MergeIn)

    def get_queryset(self) -> QuerySet[Competency]:
        rows: QuerySet[Competency] = super().get_queryset()
        return rows if self.action == "list" else rows.prefetch_related("earlier")


class EntryOut(serializers.Serializer[Any]):
    competency = serializers.UUIDField()
    version = serializers.IntegerField(default=None)
    name = serializers.CharField()
    definition = serializers.CharField()
    anchors = serializers.DictField(child=serializers.CharField())
    must_have = serializers.BooleanField()
    weight = serializers.DecimalField(max_digits=4, decimal_places=2)
    weight_reason = serializers.CharField()


class RubricRow(Out):
    class Meta:
        model = RubricVersion
        fields = ["id", "requisition", "number", "frozen_at"]


class RubricOut(RubricRow):
    content = EntryOut(many=True)

    class Meta(RubricRow.Meta):
        fields = [*RubricRow.Meta.fields, "content"]


class RubricChangeOut(serializers.Serializer[Any]):
    competency = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(["added", "removed", "changed", "moved"])
    part = serializers.CharField()
    before = serializers.JSONField()
    after = serializers.JSONField()
    sentence = serializers.CharField()


class DifferencesOut(serializers.Serializer[Any]):
    before = serializers.IntegerField()
    after = serializers.IntegerField()
    changes = RubricChangeOut(many=True)


class RubricViewSet(OfRequisition):
    """What scorecards rate, as it was when interviewing began; a later change is a new version."""

    queryset = RubricVersion.objects.select_related("requisition")
    Out = RubricOut
    ListOut = RubricRow
    filterset_class = filters.RubricFilter
    sorts = {"-frozen_at": ("-pk",)}

    @extend_schema(
        operation_id="compare_rubrics",
        parameters=[OpenApiParameter("since", OpenApiTypes.INT, description="A version's number.")],
        responses=DifferencesOut,
    )
    @action(detail=True, methods=["get"])
    def differences(self, request: Request, **kwargs: Any) -> Response:
        """What changed since the version before, or since another one of the requisition."""
        check_names(request, {"since": False})
        rubric = self.get_object()
        earlier = self.earlier_than(rubric, request.query_params.get("since"))
        changes = list(differences(earlier.content, rubric.content))
        said = {"before": earlier.number, "after": rubric.number, "changes": changes}
        return Response(DifferencesOut(said).data)

    def earlier_than(self, rubric: RubricVersion, since: str | None) -> RubricVersion:
        """The first version is compared with itself: nothing changed since."""
        number = str(max(1, rubric.number - 1)) if since is None else since
        if not (number.isascii() and number.isdigit() and len(number) < 5):
            raise QueryError("since", "Name a version by its number.")
        found = self.get_queryset().filter(requisition=rubric.requisition, number=int(number))
        earlier: RubricVersion | None = found.first()
        if earlier is None:
            raise Http404
        return earlier

"""People who may be one, merging them, and taking that back."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.filters import Filters, RefFilter
from ats.api.serializers import In, Out, Ref
from ats.api.viewsets import Scoped, ScopedViewSet, verb
from candidates.actions.duplicate import dismiss_duplicate
from candidates.actions.merge import merge_candidates, undo_merge
from candidates.dedupe.words import in_words, sure
from candidates.enums import DuplicateStatus
from candidates.models import Candidate, Merge, PossibleDuplicate
from candidates.queries.merging import came_later, preview_merge, said, undo_blockers


class PersonOut(Out):
    class Meta:
        model = Candidate
        fields = ["id", "name"]


class DuplicateOut(Out):
    first = PersonOut()
    second = PersonOut()
    sure = serializers.SerializerMethodField(help_text="almost certain, likely or possible")
    reasons = serializers.SerializerMethodField(help_text="in words")

    class Meta:
        model = PossibleDuplicate
        fields = ["id", "first", "second", "probability", "sure", "reasons", "status", "found_at"]

    def get_sure(self, pair: PossibleDuplicate) -> str:
        return sure(pair.probability)

    def get_reasons(self, pair: PossibleDuplicate) -> list[str]:
        return list(in_words(pair.reasons))


class DifferenceOut(serializers.Serializer[Any]):
    field = serializers.CharField()  # type: ignore[assignment]
    survivor = serializers.CharField()
    other = serializers.CharField()
    becomes = serializers.CharField()


class PreviewOut(serializers.Serializer[Any]):
    survivor = PersonOut()
    other = PersonOut()
    blockers = serializers.ListField(child=serializers.CharField())
    moves = serializers.DictField(child=serializers.IntegerField())
    differs = DifferenceOut(many=True)


class MergeRow(Out):
    survivor = PersonOut()
    other = PersonOut()

    class Meta:
        model = Merge
        fields = ["id", "survivor", "other", "merged_at", "merged_by", "undone_at", "undone_by"]


class MergeOut(MergeRow):
    differed = serializers.SerializerMethodField()
    blockers = serializers.SerializerMethodField(help_text="Why it cannot be undone now.")
    came_later = serializers.SerializerMethodField(
        help_text="What came after the merge and stays with the survivor when it is undone."
    )

    class Meta(MergeRow.Meta):
        fields = [*MergeRow.Meta.fields, "differed", "blockers", "came_later"]

    @extend_schema_field(DifferenceOut(many=True))
    def get_differed(self, merge: Merge) -> list[dict[str, Any]]:
        return said(merge.differed)

    def get_blockers(self, merge: Merge) -> list[str]:
        return undo_blockers(merge)

    def get_came_later(self, merge: Merge) -> dict[str, int]:
        return came_later(merge)


class MergeIn(In):
    other = Ref(Candidate, help_text="who becomes part of the one in the address")

    def validate_other(self, other: Candidate) -> Candidate:
        if not self.context["request"].user.has_perm("candidates.merge_candidates", other):
            raise PermissionDenied("You may see both, but not merge them.")
        return other


class DuplicateFilter(Filters):
    status = django_filters.ChoiceFilter(choices=DuplicateStatus.choices)
    candidate = RefFilter(method="of_one")

    class Meta:
        model = PossibleDuplicate
        fields: list[str] = []

    def of_one(self, rows, name, value):  # type: ignore[no-untyped-def]
        return rows.about(value)


class MergeFilter(Filters):
    survivor = RefFilter("survivor")

    class Meta:
        model = Merge
        fields: list[str] = []


class DuplicateViewSet(ScopedViewSet):
    """Pairs of people who may be one: only those of whom the reader sees both."""

    queryset = PossibleDuplicate.objects.select_related("first", "second")
    Out = DuplicateOut
    filterset_class = DuplicateFilter
    sorts = {"-probability": ("-probability",), "-found_at": ("-found_at",)}
    tag = "candidates"

    dismiss = verb(dismiss_duplicate)


class MergeViewSet(ScopedViewSet):
    """The journal of merges, by survivor."""

    queryset = Merge.objects.select_related("survivor", "other", "merged_by", "undone_by")
    Out = MergeOut
    ListOut = MergeRow
    filterset_class = MergeFilter
    sorts = {"-merged_at": ("-merged_at",)}
    tag = "candidates"

    undo = verb(undo_merge)


class Mergeable(Scoped):
    """A person by any id they ever had: one who was merged answers as the survivor."""

    merge = verb(merge_candidates, In=MergeIn)
    preview_merge = verb(preview_merge, In=MergeIn, Out=PreviewOut)

    def find(self, rows: QuerySet[Any]) -> Any:
        try:
            return super().find(rows)
        except Http404:
            known = Candidate.objects.known_to(self.request.user)  # type: ignore[arg-type]
            gone = super().find(known.exclude(merged_into=None))
            return get_object_or_404(rows, pk=gone.merged_into_id)


class CandidateDuplicatesView(Mergeable):
    """Everybody who may be the same person as this one."""

    queryset = Candidate.objects.all()
    Out = DuplicateOut
    sorts = {"-probability": ("-probability",)}
    tag = "candidates"

    @extend_schema(operation_id="list_candidate_duplicates", responses=DuplicateOut(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        candidate = self.get_object()
        pairs = PossibleDuplicate.objects.visible_to(request.user)  # type: ignore[arg-type]
        rows = pairs.about(candidate).filter(status=DuplicateStatus.OPEN)
        page = self.paginate_queryset(rows.select_related("first", "second"))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

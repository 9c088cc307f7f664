"""Searches that are kept: by name, and on record."""

from typing import Any
from urllib.parse import urlencode

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated

from ats.api.filters import Filters, RefFilter
from ats.api.permissions import HasScope, IsSiteAdmin
from ats.api.serializers import In, Out
from ats.api.viewsets import ScopedViewSet, change, creation, removal
from candidates.actions.search import delete_saved_search, edit_saved_search, save_search
from candidates.models import SavedSearch, SearchRecord
from candidates.queries.search.people import Search, read_search


class SavedSearchIn(In):
    name = serializers.CharField(max_length=100)
    asked = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(max_length=500), max_length=50),
        help_text="Parameters of the list of candidates, each with its values.",
    )
    is_shared = serializers.BooleanField(required=False)


class SavedSearchRow(Out):
    class Meta:
        model = SavedSearch
        fields = ["id", "name", "owner", "asked", "is_shared", "created_at"]


class ProblemOut(serializers.Serializer[Any]):
    parameter = serializers.CharField()
    sentence = serializers.CharField()


class SavedSearchOut(SavedSearchRow):
    url = serializers.SerializerMethodField(help_text="Where it is run.")
    understood = serializers.SerializerMethodField(help_text="What it asks for, in words.")
    problems = serializers.SerializerMethodField(
        help_text="What it asks for and cannot be asked any more, or not by you."
    )

    class Meta(SavedSearchRow.Meta):
        fields = [*SavedSearchRow.Meta.fields, "url", "understood", "problems"]

    def read(self, saved: SavedSearch) -> Search:
        return read_search(self.context["request"].user, saved.asked)

    def get_url(self, saved: SavedSearch) -> str:
        return f"/api/v1/candidates?{urlencode(saved.asked, doseq=True)}"

    def get_understood(self, saved: SavedSearch) -> str:
        return self.read(saved).sentence

    @extend_schema_field(ProblemOut(many=True))
    def get_problems(self, saved: SavedSearch) -> list[dict[str, str]]:
        found = self.read(saved).problems
        return [{"parameter": name, "sentence": sentence} for name, sentence in found]


class SavedSearchFilter(Filters):
    class Meta:
        model = SavedSearch
        fields = ["is_shared"]


class SavedSearchViewSet(ScopedViewSet):
    """One's own and those that colleagues share; each finds only whom its reader may see."""

    queryset = SavedSearch.objects.select_related("owner")
    Out = SavedSearchOut
    ListOut = SavedSearchRow
    filterset_class = SavedSearchFilter
    sorts = {"name": ("name",), "-created_at": ("-created_at",)}
    tag = "candidates"

    create = creation(save_search, In=SavedSearchIn)
    partial_update = change(edit_saved_search, In=SavedSearchIn)
    destroy = removal(delete_saved_search)


class SearchRecordOut(Out):
    class Meta:
        model = SearchRecord
        fields = ["id", "by", "at", "asked", "shown", "came_from"]


class SearchRecordFilter(Filters):
    by = RefFilter("by")

    class Meta:
        model = SearchRecord
        fields = ["came_from"]


class SearchRecordViewSet(ScopedViewSet):
    """Who searched people for what, for site admins. A row for each page that was shown."""

    queryset = SearchRecord.objects.select_related("by")
    Out = SearchRecordOut
    filterset_class = SearchRecordFilter
    sorts = {"-at": ("-at",)}
    permission_classes = [IsAuthenticated, HasScope, IsSiteAdmin]
    tag = "candidates"

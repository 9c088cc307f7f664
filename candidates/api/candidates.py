"""The person: found, read, marked and looked after."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ats.accounts.models import User
from ats.api.custom_fields import custom_in
from ats.api.errors import QueryError
from ats.api.filters import PAGING
from ats.api.pagination import KeysetPagination
from ats.api.privacy import ErasureOut, ExportOut
from ats.api.serializers import In, Ref
from ats.api.viewsets import ScopedViewSet, change, verb
from candidates.actions import tag as marks
from candidates.actions.candidate import assign_owner, edit_candidate
from candidates.actions.consent import ask_to_keep
from candidates.actions.own_data import export_candidate
from candidates.actions.pool import add_to_pool, remove_from_pool
from candidates.actions.privacy import erase_candidate, lift_restriction, restrict_candidate
from candidates.actions.search import keep_on_record
from candidates.actions.transfer import convert_prospect
from candidates.api import filters
from candidates.api.inputs import ConvertIn
from candidates.api.merging import Mergeable
from candidates.api.privacy import EraseIn
from candidates.api.serializers import ApplicationRow, CandidateOut, CandidateRow
from candidates.api.tags import TagField
from candidates.enums import SearchedFrom
from candidates.models import Candidate, TalentPool
from candidates.queries.search.people import Search, read_search
from candidates.queries.search.snippets import snippets


def colleagues(user: Any) -> Any:
    return User.objects.filter(is_active=True)


class MarkIn(In):
    tag = TagField()


class PoolIn(In):
    pool = Ref(TalentPool)


class OwnerIn(In):
    owner = Ref(colleagues, allow_null=True)


class CandidateEdit(In):
    name = serializers.CharField(max_length=400)
    location = serializers.CharField(max_length=300, required=False, allow_blank=True)
    links = serializers.ListField(
        child=serializers.CharField(max_length=500), max_length=50, required=False
    )
    do_not_contact = serializers.BooleanField(required=False)
    custom = custom_in()


class SearchPages(KeysetPagination):
    """`understood` says in words what was asked."""

    understood = ""

    def get_paginated_response(self, data: Any) -> Response:
        answer = super().get_paginated_response(data)
        answer.data["understood"] = self.understood
        return answer

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        said = super().get_paginated_response_schema(schema)
        said["properties"]["understood"] = {"type": "string"}
        return said


class CandidateViewSet(Mergeable, ScopedViewSet):
    """The list is the search: who matches all that is asked, the newest first or by name.

    Nobody is ranked by how well they match. A search for words, names or addresses is kept on
    record: who asked, what, when, and how many people were shown.
    """

    queryset = Candidate.objects.select_related("owner")
    Out = CandidateOut
    ListOut = CandidateRow
    filterset_class = filters.CandidateFilter
    sorts = {"-created_at": ("-created_at",), "name": ("name",)}
    pagination_class = SearchPages
    tag = "candidates"

    partial_update = change(edit_candidate, In=CandidateEdit)
    assign_owner = verb(assign_owner, In=OwnerIn)
    add_to_pool = verb(add_to_pool, In=PoolIn)
    remove_from_pool = verb(remove_from_pool, In=PoolIn)
    tags = verb(marks.tag, In=MarkIn)
    untag = verb(marks.untag, In=MarkIn)
    ask_to_keep = verb(ask_to_keep)
    erase = verb(erase_candidate, In=EraseIn, Out=ErasureOut)
    export = verb(export_candidate, Out=ExportOut, status=202)
    restrict = verb(restrict_candidate)
    lift_restriction = verb(lift_restriction)
    convert = verb(convert_prospect, In=ConvertIn, Out=ApplicationRow, status=201)

    def list(self, request: Request) -> Response:
        self.filter_queryset(self.queryset.none())
        search = self.search()
        self.paginator.understood = search.sentence  # type: ignore[union-attr]
        page = self.paginate_queryset(search.people().prefetch_related("tags"))
        self.keep(search, page or ())
        found = snippets(search, [row.pk for row in page or ()])
        rows = self.get_serializer(page, many=True, context=self.context(found)).data
        return self.get_paginated_response(rows)

    def context(self, found: dict[int, str]) -> dict[str, Any]:
        return {**self.get_serializer_context(), "snippets": found}

    def search(self) -> Search:
        asked = dict(self.request.query_params.lists())
        params = {name: values for name, values in asked.items() if name not in PAGING}
        search = read_search(self.request.user, params)  # type: ignore[arg-type]
        for name, sentence in search.problems:
            raise QueryError(name, sentence)
        return search

    def keep(self, search: Search, page: Sequence[Candidate]) -> None:
        if search.is_recorded:
            keep_on_record(search, shown=len(page), came_from=SearchedFrom.API)

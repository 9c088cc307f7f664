"""Tags and talent pools: the words themselves. Who has them is said on the candidate."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ats.api.filters import BoolFilter, Filters
from ats.api.serializers import In, Out, Ref
from ats.api.viewsets import ScopedViewSet, change, creation, verb
from candidates.actions.pool import (
    add_talent_pool,
    edit_talent_pool,
    restore_talent_pool,
    retire_talent_pool,
)
from candidates.actions.tag import add_tag, merge_tag, rename_tag, restore_tag, retire_tag
from candidates.models import Tag, TalentPool


@extend_schema_field({"type": "string", "description": "An id, or a name."})
class TagField(Ref):
    """A tag by its id, or by its name."""

    default_error_messages = {"malformed": "Name a tag by its id or by its name."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Tag, **kwargs)

    def to_internal_value(self, data: Any) -> Tag | str:
        if not isinstance(data, str) or len(data) > 200:
            self.fail("malformed")
        try:
            UUID(data)
        except ValueError:
            return data
        found: Tag = super().to_internal_value(data)
        return found


class TagOut(Out):
    class Meta:
        model = Tag
        fields = ["id", "name", "created_at", "retired_at", "merged_into"]


class TagIn(In):
    name = serializers.CharField(max_length=100)


class MergeTagIn(In):
    into = Ref(Tag)


class TagFilter(Filters):
    is_retired = BoolFilter("retired_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Tag
        fields = ["name"]


class TagViewSet(ScopedViewSet):
    """People are given one with `POST /candidates/{id}/tags`."""

    queryset = Tag.objects.select_related("merged_into")
    Out = TagOut
    filterset_class = TagFilter
    sorts = {"name": ("name",), "-created_at": ("-created_at",)}
    tag = "candidates"

    create = creation(add_tag, In=TagIn)
    rename = verb(rename_tag, In=TagIn)
    merge = verb(merge_tag, In=MergeTagIn)
    retire = verb(retire_tag)
    restore = verb(restore_tag)


class TalentPoolOut(Out):
    class Meta:
        model = TalentPool
        fields = ["id", "name", "purpose", "created_at", "retired_at"]


class TalentPoolIn(In):
    name = serializers.CharField(max_length=100)
    purpose = serializers.CharField(max_length=500, required=False, allow_blank=True)


class TalentPoolFilter(Filters):
    is_retired = BoolFilter("retired_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = TalentPool
        fields = ["name"]


class TalentPoolViewSet(ScopedViewSet):
    """People are put into one with `POST /candidates/{id}/add_to_pool`."""

    queryset = TalentPool.objects.all()
    Out = TalentPoolOut
    filterset_class = TalentPoolFilter
    sorts = {"name": ("name",), "-created_at": ("-created_at",)}
    tag = "candidates"

    create = creation(add_talent_pool, In=TalentPoolIn)
    partial_update = change(edit_talent_pool, In=TalentPoolIn)
    retire = verb(retire_talent_pool)
    restore = verb(restore_talent_pool)

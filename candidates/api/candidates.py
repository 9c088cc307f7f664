"""The person: found, read, marked and looked after."""

from typing import Any

from rest_framework import serializers

from ats.accounts.models import User
from ats.api.custom_fields import custom_in
from ats.api.privacy import ErasureOut, ExportOut
from ats.api.serializers import In, Ref
from ats.api.viewsets import ScopedViewSet, change, verb
from candidates.actions import tag as marks
from candidates.actions.candidate import assign_owner, edit_candidate
from candidates.actions.consent import ask_to_keep
from candidates.actions.own_data import export_candidate
from candidates.actions.pool import add_to_pool, remove_from_pool
from candidates.actions.privacy import erase_candidate, lift_restriction, restrict_candidate
from candidates.actions.transfer import convert_prospect
from candidates.api import filters
from candidates.api.inputs import ConvertIn
from candidates.api.merging import Mergeable
from candidates.api.privacy import EraseIn
from candidates.api.serializers import ApplicationRow, CandidateOut, CandidateRow
from candidates.api.tags import TagField
from candidates.models import Candidate, TalentPool


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


class CandidateViewSet(Mergeable, ScopedViewSet):
    queryset = Candidate.objects.select_related("owner")
    Out = CandidateOut
    ListOut = CandidateRow
    filterset_class = filters.CandidateFilter
    sorts = {"-created_at": ("-created_at",), "name": ("name",)}
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

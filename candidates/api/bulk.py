"""Many applications at once: each answers a draft, which `POST /jobs/{id}/start` begins."""

from typing import Any

from django.http import QueryDict
from rest_framework import serializers

from ats.api.filters import parameters
from ats.api.jobs import JobOut
from ats.api.serializers import In, Ref
from ats.api.viewsets import Scoped, creation
from ats.jobs.models import Job
from candidates.api.filters import ApplicationFilter
from candidates.api.inputs import LETTER, stages
from candidates.bulk.planning import bulk_mail, bulk_move, bulk_reject, bulk_tag, bulk_untag
from candidates.bulk.selection import MOST
from candidates.models import Application, RejectionReason, Tag


class SelectionIn(In):
    """`applications`, or `filter` with the parameters of the list of applications."""

    applications = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=MOST, allow_empty=False
    )
    filter = serializers.DictField(
        required=False, help_text='as in the list: `{"stage": "...", "status": ["active"]}`'
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        asked = attrs.pop("filter", None)
        if (asked is None) == ("applications" not in attrs):
            raise serializers.ValidationError(
                {"applications": "Give either ids or a filter: one of them."}
            )
        if asked is not None:
            attrs["applications"] = self.matching(asked)
        return attrs

    def matching(self, asked: dict[str, Any]) -> list[Any]:
        """One more than is possible at once at most: the action then says so."""
        request = self.context["request"]
        rows = Application.objects.visible_to(request.user)
        found = ApplicationFilter(query_of(asked), queryset=rows, request=request)
        if not asked or set(asked) - set(dict(parameters(found))):
            possible = ", ".join(sorted(dict(parameters(found))))
            raise serializers.ValidationError({"filter": f"Filter by some of: {possible}."})
        if not found.is_valid():
            raise serializers.ValidationError({"filter": found.errors})
        ids = found.qs.order_by("-applied_at", "-pk").values_list("public_id", flat=True)
        return list(ids[: MOST + 1])


def query_of(asked: dict[str, Any]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in asked.items():
        values = value if isinstance(value, list) else [value]
        query.setlist(name, [word(each) for each in values])
    return query


def word(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if not isinstance(value, str | int) or "\x00" in text or not text:
        raise serializers.ValidationError({"filter": "A filter has words as its values."})
    return text


class BulkMoveIn(SelectionIn):
    stage = Ref(stages)


class BulkRejectIn(SelectionIn):
    reason = Ref(RejectionReason)
    note = serializers.CharField(max_length=10_000, required=False, allow_blank=True)
    letter = serializers.ChoiceField(choices=LETTER, required=False)


class BulkTagIn(SelectionIn):
    tag = Ref(Tag)


class BulkMailIn(SelectionIn):
    subject = serializers.CharField(max_length=200)
    body = serializers.CharField(max_length=20_000)
    leaves = serializers.ChoiceField(choices=LETTER[:2], required=False, source="when")


class Bulk(Scoped):
    queryset = Job.objects.all()
    Out = JobOut
    rows_at = "/api/v1/jobs"
    tag = "bulk"


class BulkMove(Bulk):
    create = creation(bulk_move, In=BulkMoveIn)


class BulkReject(Bulk):
    create = creation(bulk_reject, In=BulkRejectIn)


class BulkMail(Bulk):
    create = creation(bulk_mail, In=BulkMailIn)


class BulkTag(Bulk):
    create = creation(bulk_tag, In=BulkTagIn)


class BulkUntag(Bulk):
    create = creation(bulk_untag, In=BulkTagIn)

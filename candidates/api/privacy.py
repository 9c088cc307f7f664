"""Erasure, holds, retention and consent: what a privacy officer does all day."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ats import clock
from ats.api.filters import Filters
from ats.api.permissions import IsSiteAdmin
from ats.api.serializers import In, Out, Ref
from ats.api.viewsets import Scoped, ScopedViewSet, change, creation, verb
from ats.privacy.enums import Because
from candidates.actions.consent import withdraw_consent, write_consent_text
from candidates.actions.erasure_request import (
    ask_erasure,
    cancel_erasure,
    carry_out_erasure,
    refuse_erasure,
)
from candidates.actions.privacy import (
    place_legal_hold,
    place_legal_hold_on_requisition,
    release_legal_hold,
)
from candidates.actions.retention import (
    add_retention_rule,
    edit_retention_rule,
    switch_off_retention_rule,
    switch_on_retention_rule,
)
from candidates.enums import ConsentKind, PrivacyRequestStatus, RetentionDoes
from candidates.models import (
    Candidate,
    Consent,
    ConsentText,
    LegalHold,
    PrivacyRequest,
    RetentionRule,
)
from candidates.queries.retention import due
from requisitions.models import Requisition

PERIODS = ("floor", "ceiling", "with_consent")
RULE = ["name", "country", "region", *PERIODS, "does", "law", "citation", "source_url"]


class EraseIn(In):
    because = serializers.ChoiceField(choices=Because.choices)


class WhyIn(In):
    reason = serializers.CharField(max_length=500)


class AskErasureIn(EraseIn):
    candidate = Ref(Candidate)


class HoldIn(WhyIn):
    candidate = Ref(Candidate)


class RequisitionHoldIn(WhyIn):
    requisition = Ref(Requisition)


class ConsentTextIn(In):
    kind = serializers.ChoiceField(choices=ConsentKind.choices)
    language = serializers.RegexField(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?\Z", required=False)
    text = serializers.CharField(max_length=20_000)


class RetentionRuleChangeIn(In):
    """Periods as in ISO 8601 with one unit: P4W, P6M, P2Y; empty where nothing is said."""

    name = serializers.CharField(max_length=100)
    country = serializers.RegexField(r"^([A-Z]{2})?\Z", required=False, allow_blank=True)
    region = serializers.RegexField(r"^([A-Z]{2,3})?\Z", required=False, allow_blank=True)
    floor = serializers.CharField(max_length=8, required=False, allow_blank=True)
    ceiling = serializers.CharField(max_length=8, required=False, allow_blank=True)
    with_consent = serializers.CharField(max_length=8, required=False, allow_blank=True)
    does = serializers.ChoiceField(choices=RetentionDoes.choices, required=False)
    law = serializers.CharField(max_length=200)
    citation = serializers.CharField(max_length=300, required=False, allow_blank=True)
    source_url = serializers.URLField(max_length=500, required=False, allow_blank=True)
    checked_on = serializers.DateField(required=False, allow_null=True)
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True)


class RetentionRuleIn(RetentionRuleChangeIn):
    key = serializers.SlugField(max_length=60)


class ErasureRequestOut(Out):
    class Meta:
        model = PrivacyRequest
        fields = [
            "id",
            "candidate",
            "because",
            "status",
            "asked_at",
            "answer_by",
            "carry_out_at",
            "answered_at",
            "reason",
        ]


class LegalHoldOut(Out):
    class Meta:
        model = LegalHold
        fields = [
            "id",
            "candidate",
            "requisition",
            "reason",
            "placed_at",
            "released_at",
            "release_reason",
        ]


class RetentionRuleOut(Out):
    class Meta:
        model = RetentionRule
        fields = [
            "id",
            "key",
            *RULE,
            "checked_on",
            "note",
            "is_shipped",
            "edited_at",
            "off_at",
            "off_reason",
        ]


class ConsentTextOut(Out):
    class Meta:
        model = ConsentText
        fields = ["id", "kind", "language", "version", "text", "created_at", "replaced_at"]


class ConsentOut(Out):
    class Meta:
        model = Consent
        fields = [
            "id",
            "candidate",
            "application",
            "kind",
            "text",
            "given_at",
            "ends_at",
            "withdrawn_at",
        ]


class DueOut(serializers.Serializer[Any]):
    candidate = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    since = serializers.DateTimeField()


class DueListOut(serializers.Serializer[Any]):
    people = DueOut(many=True)


class ErasureRequestFilter(Filters):
    status = django_filters.MultipleChoiceFilter(choices=PrivacyRequestStatus.choices)

    class Meta:
        model = PrivacyRequest
        fields = ["status", "because"]


class ErasureRequestViewSet(ScopedViewSet):
    """Somebody is to be erased; whoever asked is answered by `answer_by`."""

    queryset = PrivacyRequest.objects.select_related("candidate")
    Out = ErasureRequestOut
    filterset_class = ErasureRequestFilter
    sorts = {"-asked_at": ("-asked_at",), "answer_by": ("answer_by",)}
    tag = "privacy"

    create = creation(ask_erasure, In=AskErasureIn, on="candidate")
    carry_out = verb(carry_out_erasure)
    refuse = verb(refuse_erasure, In=WhyIn)
    cancel = verb(cancel_erasure)


class LegalHoldFilter(Filters):
    is_released = django_filters.BooleanFilter("released_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = LegalHold
        fields: list[str] = []


class LegalHoldViewSet(ScopedViewSet):
    """While it is in force nobody whom it covers is erased."""

    queryset = LegalHold.objects.select_related("candidate", "requisition")
    Out = LegalHoldOut
    filterset_class = LegalHoldFilter
    sorts = {"-placed_at": ("-placed_at",)}
    tag = "privacy"

    create = creation(place_legal_hold, In=HoldIn, on="candidate")
    release = verb(release_legal_hold, In=WhyIn)


class RequisitionHoldViewSet(Scoped):
    """A hold on everybody who applied for a requisition; listed with the others."""

    queryset = LegalHold.objects.select_related("candidate", "requisition")
    Out = LegalHoldOut
    tag = "privacy"

    create = creation(place_legal_hold_on_requisition, In=RequisitionHoldIn, on="requisition")


class RetentionRuleViewSet(ScopedViewSet):
    """How long decided applications are kept, place by place."""

    queryset = RetentionRule.objects.all()
    Out = RetentionRuleOut
    sorts = {"name": ("name",)}
    tag = "privacy"

    create = creation(add_retention_rule, In=RetentionRuleIn)
    partial_update = change(edit_retention_rule, In=RetentionRuleChangeIn)
    switch_off = verb(switch_off_retention_rule, In=WhyIn)
    switch_on = verb(switch_on_retention_rule)


class ConsentTextViewSet(ScopedViewSet):
    """The words that people agree to, version by version."""

    queryset = ConsentText.objects.all()
    Out = ConsentTextOut
    sorts = {"-created_at": ("-created_at",)}
    tag = "privacy"

    create = creation(write_consent_text, In=ConsentTextIn)


class ConsentFilter(Filters):
    class Meta:
        model = Consent
        fields = ["kind"]


class ConsentViewSet(ScopedViewSet):
    queryset = Consent.objects.select_related("candidate", "application", "text")
    Out = ConsentOut
    filterset_class = ConsentFilter
    sorts = {"-given_at": ("-given_at",)}
    tag = "privacy"

    withdraw = verb(withdraw_consent)


class DueView(Scoped):
    """Whose time is up, the longest first, and of whom nobody has been asked yet."""

    queryset = Candidate.objects.all()
    Out = DueListOut
    permission_classes = [*Scoped.permission_classes, IsSiteAdmin]
    tag = "privacy"

    @extend_schema(operation_id="due_for_erasure", responses=DueListOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        since = dict(due(clock.now()))
        rows = self.get_queryset().filter(pk__in=since)
        found = {row.pk: row for row in rows}
        people = [found[key] for key in since if key in found]
        for person in people:
            person.since = since[person.pk]
        return Response(DueListOut({"people": people}).data)

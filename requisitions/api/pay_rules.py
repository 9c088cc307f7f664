"""The table of pay transparency laws, and a requisition before them."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from ats.api.filters import Filters
from ats.api.serializers import In, Out
from ats.api.viewsets import Scoped, change, creation, verb
from requisitions.actions.pay_rule import (
    add_pay_rule,
    edit_pay_rule,
    switch_off_pay_rule,
    switch_on_pay_rule,
)
from requisitions.api.views import CompanyViewSet
from requisitions.enums import PayRuleAsks, PayRuleWhen
from requisitions.models import PayRule, Requisition
from requisitions.queries.pay_gate import pay_findings, said_in
from requisitions.queries.postings import words_of

COLUMNS = [
    "name",
    "law",
    "citation",
    "source_url",
    "checked_on",
    "country",
    "region",
    "city",
    "when",
    "asks",
    "blocks",
    "min_employees",
    "covers_remote",
    "covers_internal",
    "widest",
    "exempt_above",
    "effective_on",
    "ends_on",
    "note",
]


def things(**kwargs: Any) -> serializers.ListField:
    child = serializers.ChoiceField(choices=PayRuleAsks.choices)
    return serializers.ListField(child=child, max_length=len(PayRuleAsks.values), **kwargs)


def amount() -> serializers.DecimalField:
    return serializers.DecimalField(
        max_digits=14, decimal_places=2, min_value=0, required=False, allow_null=True
    )


class PayRuleChangeIn(In):
    """`country` is ISO 3166-1 or EU, `region` the letters of a state or province."""

    name = serializers.CharField(max_length=100)
    law = serializers.CharField(max_length=200)
    citation = serializers.CharField(max_length=300)
    source_url = serializers.URLField(max_length=500)
    checked_on = serializers.DateField()
    country = serializers.RegexField(r"^[A-Z]{2}\Z")
    region = serializers.RegexField(r"^[A-Z]{2,3}\Z", required=False, allow_blank=True)
    city = serializers.CharField(max_length=100, required=False, allow_blank=True)
    when = serializers.ChoiceField(choices=PayRuleWhen.choices)
    asks = things(min_length=1)
    blocks = things(required=False)
    min_employees = serializers.IntegerField(min_value=1, max_value=1_000_000, required=False)
    covers_remote = serializers.BooleanField(required=False)
    covers_internal = serializers.BooleanField(required=False)
    widest = amount()
    exempt_above = amount()
    effective_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True)
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True)


class PayRuleIn(PayRuleChangeIn):
    key = serializers.SlugField(max_length=60)


class OffIn(In):
    reason = serializers.CharField(max_length=500)


class PayRuleOut(Out):
    class Meta:
        model = PayRule
        fields = ["id", "key", *COLUMNS, "is_shipped", "edited_at", "off_at", "off_reason"]


class PayRuleFilter(Filters):
    is_off = django_filters.BooleanFilter("off_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = PayRule
        fields = ["country", "region", "when"]


class PayRuleViewSet(CompanyViewSet):
    queryset = PayRule.objects.all()
    Out = PayRuleOut
    filterset_class = PayRuleFilter
    sorts = {"name": ("name",), "-effective_on": ("-effective_on",)}

    create = creation(add_pay_rule, In=PayRuleIn)
    partial_update = change(edit_pay_rule, In=PayRuleChangeIn)
    switch_off = verb(switch_off_pay_rule, In=OffIn)
    switch_on = verb(switch_on_pay_rule)


class LawOut(serializers.Serializer[Any]):
    key = serializers.CharField()
    name = serializers.CharField()
    law = serializers.CharField()
    when = serializers.ChoiceField(choices=PayRuleWhen.choices)
    asks = serializers.ListField(child=serializers.CharField())


class FindingOut(serializers.Serializer[Any]):
    """`country`, `region` and `cities` as the place was understood; "" where it was not."""

    place = serializers.CharField(source="place.text")
    country = serializers.CharField(source="place.country")
    region = serializers.CharField(source="place.region")
    cities = serializers.ListField(source="place.cities", child=serializers.CharField())
    rules = LawOut(many=True)
    blockers = serializers.ListField(child=serializers.CharField())
    advice = serializers.ListField(child=serializers.CharField())


class PayTransparencyOut(serializers.Serializer[Any]):
    """Place by place: which laws hold, what refuses to publish, and what is advised."""

    places = FindingOut(many=True)


class PayTransparencyView(Scoped):
    queryset = Requisition.objects.all()
    Out = PayTransparencyOut
    tag = "requisitions"

    def visible_to(self, user: Any) -> QuerySet[Requisition]:
        """What the laws find may tell what it pays."""
        return Requisition.objects.whose_pay_is_shown_to(user)

    @extend_schema(operation_id="pay_transparency", responses=PayTransparencyOut)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """What the laws of the places where this can be filled ask of its postings."""
        requisition = self.get_object()
        found = pay_findings(requisition, said_in(words_of(requisition)))
        return self.represent({"places": found})

"""Custom fields over HTTP: their definitions, and what any noun's list and body need for them."""

from collections.abc import Iterator
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from rest_framework import serializers

from ats.api.filters import BoolFilter, Filters
from ats.api.serializers import In, Out
from ats.api.viewsets import ScopedViewSet, change, creation, verb
from ats.custom_fields.actions import (
    add_custom_field,
    edit_custom_field,
    restore_custom_field,
    retire_custom_field,
)
from ats.custom_fields.asking import OPERATORS, question
from ats.custom_fields.enums import RANGED, Audience, FieldKind
from ats.custom_fields.models import CustomField
from ats.custom_fields.registry import NOUNS
from ats.errors import Invalid

PREFIX = "custom."


class CustomFieldOut(Out):
    class Meta:
        model = CustomField
        fields = [
            "id",
            "applies_to",
            "key",
            "name",
            "kind",
            "options",
            "is_required",
            "audience",
            "help_text",
            "position",
            "retired_at",
        ]


class CustomFieldEdit(In):
    name = serializers.CharField(max_length=100)
    options = serializers.ListField(
        child=serializers.CharField(max_length=200), max_length=200, required=False
    )
    is_required = serializers.BooleanField(required=False)
    audience = serializers.ChoiceField(choices=Audience.choices, required=False)
    help_text = serializers.CharField(  # type: ignore[assignment]
        max_length=500, required=False, allow_blank=True
    )


class CustomFieldIn(CustomFieldEdit):
    applies_to = serializers.CharField(max_length=40)
    key = serializers.CharField(max_length=40, required=False)
    kind = serializers.ChoiceField(choices=FieldKind.choices)


class CustomFieldChange(CustomFieldEdit):
    """What can be changed; a field's key, kind and noun stay for good."""

    position = serializers.IntegerField(min_value=0, max_value=1000, required=False)


class CustomFieldFilter(Filters):
    is_retired = BoolFilter("retired_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = CustomField
        fields = ["applies_to", "kind", "key"]


class CustomFieldViewSet(ScopedViewSet):
    queryset = CustomField.objects.all()
    Out = CustomFieldOut
    filterset_class = CustomFieldFilter
    sorts = {"position": ("position",), "name": ("name",)}
    tag = "custom fields"

    create = creation(add_custom_field, In=CustomFieldIn)
    partial_update = change(edit_custom_field, In=CustomFieldChange)
    retire = verb(retire_custom_field)
    restore = verb(restore_custom_field)


def custom_in() -> serializers.Field[Any, Any, Any, Any]:
    """`custom` in a body: values by key; null takes one away, keys left out stay."""
    child = serializers.JSONField(allow_null=True)
    return serializers.DictField(child=child, required=False)


class AskedValue(forms.Field):
    def __init__(self, *, asked: CustomField, **kwargs: Any) -> None:
        self.asked = asked
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return question(self.asked, value)
        except Invalid as problem:
            raise forms.ValidationError(problem.sentence, code="invalid") from None


class CustomFilter(django_filters.Filter):  # type: ignore[misc]
    """`custom.<key>`, and `custom.<key>__gte` and the like where there is an order."""

    field_class = AskedValue

    def __init__(self, asked: CustomField, operator: str) -> None:
        self.operator = operator
        super().__init__(asked=asked)

    def filter(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if value is None:
            return rows
        asked = self.extra["asked"]
        noun = NOUNS[asked.applies_to]
        wanted = {
            name + self.operator * (name in ("number", "day")): v for name, v in value.items()
        }
        found = noun.values._default_manager.filter(field=asked, **wanted)
        rows = rows.filter(pk__in=found.values(noun.owner))
        if asked.audience == Audience.TEAM:
            return rows
        return rows.filter(pk__in=noun.restricted(self.parent.request.user).values("pk"))


class CustomFilters(Filters):
    """Lists of `noun` can be narrowed by its custom fields. They are read only when asked for."""

    noun: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if any(name.startswith(PREFIX) for name in self.data or ()):
            self.filters.update(self.custom_filters())
            for each in self.filters.values():
                each.parent, each.model = self, self.queryset.model

    def custom_filters(self) -> dict[str, CustomFilter]:
        asked = CustomField.objects.asked(self.noun).visible_to(self.request.user)
        return {
            f"{PREFIX}{field.key}{operator}": CustomFilter(field, operator)
            for field in asked
            if field.kind != FieldKind.LONG_TEXT
            for operator in operators(field)
        }


def operators(field: CustomField) -> Iterator[str]:
    yield ""
    if field.kind in RANGED:
        yield from OPERATORS

"""Fields that a company adds to its rows. The values live in a table of each noun's own app."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ats.base import Row
from ats.custom_fields.enums import WITH_OPTIONS, Audience, FieldKind
from ats.custom_fields.registry import insider_of


class CustomFieldSet(models.QuerySet["CustomField"]):
    def visible_to(self, user: Any) -> "CustomFieldSet":
        inside = Q(applies_to__in=insider_of(user))
        return self.filter(Q(audience=Audience.TEAM) | inside)

    def asked(self, noun: str) -> "CustomFieldSet":
        """Those that a form asks now, in their order."""
        return self.filter(applies_to=noun, retired_at=None)


class CustomField(Row):
    """A definition: retired and never deleted, so that what was answered stays readable."""

    applies_to = models.CharField(max_length=40, help_text="the noun whose rows have it")
    key = models.CharField(max_length=40, help_text="how the API calls it")
    name = models.CharField(max_length=100)
    help_text = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=12, choices=FieldKind.choices)
    options = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    is_required = models.BooleanField(default=False)
    audience = models.CharField(max_length=12, choices=Audience.choices, default=Audience.TEAM)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = CustomFieldSet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["applies_to", "key"], name="one_custom_field_per_key_and_noun"
            ),
            models.UniqueConstraint(
                "applies_to",
                Lower("name"),
                condition=Q(retired_at=None),
                name="one_custom_field_in_use_per_name",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=FieldKind.values, audience__in=Audience.values),
                name="custom_field_kind_and_audience_are_known",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=WITH_OPTIONS) ^ Q(options=[]),
                name="a_custom_field_has_options_to_choose_from",
            ),
            models.CheckConstraint(
                condition=Q(key__regex=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"),
                name="a_custom_field_has_a_plain_key",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CustomValue(models.Model):
    """One value in the column of its kind; several rows only for a choice of several.

    Typed rows and no JSON: a range over JSON has no index that serves every key, a B-tree over
    (field, number) has; and a person or an option is checked by the database.
    """

    field = models.ForeignKey(CustomField, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=2000, null=True)  # noqa: DJ001 - null: of another kind
    long_text = models.TextField(null=True)  # noqa: DJ001 - which no index could hold
    number = models.DecimalField(max_digits=21, decimal_places=6, null=True)
    currency = models.CharField(max_length=3, blank=True)
    day = models.DateField(null=True)
    flag = models.BooleanField(null=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True


ONE_VALUE = models.Func(
    *("text", "long_text", "number", "day", "flag", "person"),
    function="num_nonnulls",
    output_field=models.IntegerField(),
)


def constraints_of(owner: str) -> list[models.BaseConstraint]:
    """The fences of a table of values."""
    return [
        models.UniqueConstraint(
            fields=[owner, "field", "position"], name=f"one_custom_value_per_{owner}_and_field"
        ),
        models.CheckConstraint(
            condition=models.lookups.Exact(ONE_VALUE, 1),
            name=f"a_custom_value_of_a_{owner}_is_of_one_kind",
        ),
    ]


def indexes_of(owner: str, short: str) -> list[models.Index]:
    """Reader: the filters of the noun's list. A name has thirty characters: `short` is the noun."""
    return [
        models.Index(
            fields=["field", column, owner],
            name=f"{short}_by_custom_{column}",
            condition=Q(**{f"{column}__isnull": False}),
        )
        for column in ("text", "number", "day")
    ]

"""Reads of custom values that deserve a name."""

from typing import Any

from ats.base import Row
from ats.custom_fields.checking import shown
from ats.custom_fields.enums import Audience
from ats.custom_fields.models import CustomField
from ats.custom_fields.registry import NOUNS


def values_of(noun: str, owner: Row) -> list[Any]:
    table, relation = NOUNS[noun].values, NOUNS[noun].owner
    rows = table._default_manager.filter(**{relation: owner})
    return list(rows.select_related("field", "person").order_by("field", "position"))


def custom_of(noun: str, owner: Row) -> dict[str, Any]:
    """Everything that is answered, by key; whoever shows it decides what a reader may see."""
    return shown(values_of(noun, owner))


def shown_to(user: Any, noun: str, owner: Row) -> list[Any]:
    """The values that this reader may see."""
    values = values_of(noun, owner)
    if all(value.field.audience == Audience.TEAM for value in values):
        return values
    if NOUNS[noun].restricted(user).filter(pk=owner.pk).exists():
        return values
    return [value for value in values if value.field.audience == Audience.TEAM]


def missing(noun: str, owner: Row) -> list[str]:
    """A sentence for each required field without a value."""
    answered = {value.field_id for value in values_of(noun, owner)}
    required = CustomField.objects.asked(noun).filter(is_required=True)
    return [f"{field.name} is not filled in." for field in required.exclude(pk__in=answered)]

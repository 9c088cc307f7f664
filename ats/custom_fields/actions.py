"""Verbs on definitions, and the writing of values, which the noun's own verbs call."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from ats import clock
from ats.base import Row, lock
from ats.custom_fields.checking import read
from ats.custom_fields.enums import WITH_OPTIONS, Audience
from ats.custom_fields.models import CustomField
from ats.custom_fields.registry import NOUNS
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record

KEY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
OPTIONS = 200


@transaction.atomic
def add_custom_field(
    *,
    applies_to: str,
    name: str,
    kind: str,
    key: str = "",
    options: Sequence[str] = (),
    is_required: bool = False,
    audience: str = Audience.TEAM,
    help_text: str = "",
    by: Actor,
) -> CustomField:
    """The key is made from the name unless it is given; it and the kind stay for good."""
    if applies_to not in NOUNS:
        raise Invalid("applies_to", f"Fields can be added to: {', '.join(sorted(NOUNS))}.")
    fields = CustomField.objects.filter(applies_to=applies_to)
    field = CustomField(
        applies_to=applies_to,
        name=name,
        kind=kind,
        key=key or key_of(name),
        options=list(options),
        is_required=is_required,
        audience=audience,
        help_text=help_text,
        position=(fields.aggregate(last=Max("position"))["last"] or 0) + 1,
    )
    check_key(field)
    check_field(field)
    field.save(force_insert=True)
    record("custom_field.added", field, by=by)
    return field


@transaction.atomic
def edit_custom_field(field: CustomField, *, by: Actor, **fields: Any) -> CustomField:
    """An option that is taken out is not offered any more; where it was chosen it stays."""
    field = lock(field)
    for name, value in fields.items():
        setattr(field, name, list(value) if name == "options" else value)
    check_field(field)
    field.save(update_fields=["name", *fields])
    record("custom_field.edited", field, by=by, fields=sorted(fields))
    return field


@transaction.atomic
def retire_custom_field(field: CustomField, *, by: Actor) -> CustomField:
    """No form asks it any more and no list is narrowed by it; what was answered stays."""
    field = lock(field)
    if field.retired_at is not None:
        raise DomainError(f"{field.name} is retired already.", code="retired")
    field.retired_at = clock.now()
    field.save(update_fields=["retired_at"])
    record("custom_field.retired", field, by=by)
    return field


@transaction.atomic
def restore_custom_field(field: CustomField, *, by: Actor) -> CustomField:
    field = lock(field)
    if field.retired_at is None:
        raise DomainError(f"{field.name} is in use already.", code="in_use")
    field.retired_at = None
    check_field(field)
    field.save(update_fields=["retired_at"])
    record("custom_field.restored", field, by=by)
    return field


def key_of(name: str) -> str:
    """`Cost centre (EU)` is `cost_centre_eu`."""
    words = re.findall(r"[a-z0-9]+", name.lower())
    return "_".join(words)[:40].strip("_")


def check_key(field: CustomField) -> None:
    if len(field.key) > 40 or not KEY.fullmatch(field.key):
        raise Invalid(
            "key", "Give a key of small letters, digits and single underscores, as cost_centre."
        )
    if CustomField.objects.filter(applies_to=field.applies_to, key=field.key).exists():
        raise Invalid("key", f"{field.key} is the key of another field, in use or retired.")


def check_field(field: CustomField) -> None:
    field.name = " ".join(field.name.split())
    if not field.name:
        raise Invalid("name", "A field has a name.")
    others = CustomField.objects.asked(field.applies_to).exclude(pk=field.pk)
    if field.retired_at is None and others.filter(name__iexact=field.name).exists():
        raise Invalid("name", f"There is a field called {field.name} already.")
    check_options(field)


def check_options(field: CustomField) -> None:
    field.options = [" ".join(each.split()) for each in field.options]
    folded = {each.casefold() for each in field.options}
    if field.kind not in WITH_OPTIONS:
        if field.options:
            raise Invalid("options", "Only a choice of a list has options.")
    elif not 1 <= len(field.options) <= OPTIONS:
        raise Invalid("options", f"Give 1 to {OPTIONS} options to choose from.")
    elif "" in folded or len(folded) != len(field.options):
        raise Invalid("options", "Each option has a text of its own.")


def write_values(noun: str, owner: Row, given: Mapping[str, Any]) -> None:
    """Keep these values of `owner`, which is locked; null takes one away, others stay.

    Raises `Invalid("custom/<key>", ...)` for a key that is not asked and for a wrong value.
    """
    table, relation = NOUNS[noun].values, NOUNS[noun].owner
    asked = {field.key: field for field in CustomField.objects.asked(noun)}
    if unknown := sorted(set(given) - set(asked)):
        known = ", ".join(sorted(asked)) or "none"
        raise Invalid(f"custom/{unknown[0]}", f"There is no such field. In use: {known}.")
    rows = [
        table(**{relation: owner}, field=asked[key], position=place, **columns)
        for key, raw in given.items()
        for place, columns in enumerate(read(asked[key], raw))
    ]
    fields = [asked[key] for key in given]
    table._default_manager.filter(**{relation: owner}, field__in=fields).delete()
    table._default_manager.bulk_create(rows)

"""The table of how long we keep people, kept by site admins."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates.enums import RetentionDoes
from candidates.models import RetentionRule
from candidates.retention import PERIOD, length

SHIPPED = Path(__file__).parent.parent / "data" / "retention_rules.json"
PERIODS = ("floor", "ceiling", "with_consent")


def load_retention_rules(table: type[RetentionRule] = RetentionRule) -> None:
    """After every migration: what is shipped, unless somebody here has edited that row.

    `table` is the model as it was at that migration. Switched on or off is this company's own.
    """
    rows = table._default_manager.all()
    kept = set(rows.exclude(edited_at=None).values_list("key", flat=True))
    for row in json.loads(SHIPPED.read_text())["rules"]:
        said = {"is_shipped": True, **row}
        key, off = said.pop("key"), said.pop("off_reason", "")
        at_first = {"off_at": clock.now(), "off_reason": off} if off else {}
        if key not in kept:
            rows.update_or_create(key=key, defaults=said, create_defaults={**said, **at_first})


@transaction.atomic
def add_retention_rule(*, by: Actor, **fields: Any) -> RetentionRule:
    """A place that is not in the table, or a rule of the company's own."""
    if RetentionRule.objects.filter(key=fields["key"]).exists():
        raise Invalid("key", "There is a rule with this key: edit that one.")
    check(fields)
    rule = RetentionRule.objects.create(**fields, edited_at=clock.now())
    record("retention_rule.added", rule, by=by)
    return rule


@transaction.atomic
def edit_retention_rule(rule: RetentionRule, *, by: Actor, **fields: Any) -> RetentionRule:
    """From now on a new release leaves this row as it is here."""
    rule = lock(rule)
    changed = sorted(name for name, value in fields.items() if getattr(rule, name) != value)
    if not changed:
        return rule
    check({name: fields.get(name, getattr(rule, name)) for name in (*PERIODS, "does")})
    for name in changed:
        setattr(rule, name, fields[name])
    rule.edited_at = clock.now()
    rule.save(update_fields=["edited_at", *changed])
    record("retention_rule.edited", rule, by=by, fields=changed)
    return rule


@transaction.atomic
def switch_off_retention_rule(rule: RetentionRule, *, reason: str, by: Actor) -> RetentionRule:
    """Nobody is kept or erased because of it any more, for a reason that is written down."""
    rule = lock(rule)
    if not reason.strip():
        raise Invalid("reason", "Say why, for whoever has to answer for it.")
    if rule.off_at:
        raise DomainError(f"It is switched off already: {rule.off_reason}")
    rule.off_at, rule.off_reason = clock.now(), reason.strip()
    rule.save(update_fields=["off_at", "off_reason"])
    record("retention_rule.switched_off", rule, by=by)
    return rule


@transaction.atomic
def switch_on_retention_rule(rule: RetentionRule, *, by: Actor) -> RetentionRule:
    rule = lock(rule)
    if rule.off_at:
        rule.off_at, rule.off_reason = None, ""
        rule.save(update_fields=["off_at", "off_reason"])
        record("retention_rule.switched_on", rule, by=by)
    return rule


def check(said: Mapping[str, Any]) -> None:
    for name in PERIODS:
        if (period := said.get(name, "")) and not PERIOD.match(period):
            raise Invalid(name, "A period is a number and a unit: P4W, P6M, P2Y.")
    floor, ceiling = said.get("floor", ""), said.get("ceiling", "")
    if not floor and not ceiling:
        raise Invalid("ceiling", "Say how long it must be kept, or may be kept.")
    if floor and ceiling and length(floor) > length(ceiling):
        raise Invalid("ceiling", "It may not be kept for less time than it must be.")
    if said.get("does", RetentionDoes.PROPOSE) not in RetentionDoes.values:
        raise Invalid("does", f"It does one of: {', '.join(RetentionDoes.values)}.")

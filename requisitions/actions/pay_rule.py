"""The table of pay transparency laws, kept by site admins."""

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
from requisitions.models import PayRule
from requisitions.paylaw.geography import COUNTRIES, REGIONS

SHIPPED = Path(__file__).parent.parent / "data" / "pay_rules.json"


def load_pay_rules(table: type[PayRule] = PayRule) -> None:
    """After every migration: what is shipped, unless somebody here has edited that row.

    `table` is the model as it was at that migration.
    """
    said = json.loads(SHIPPED.read_text())
    rows = table._default_manager.all()
    kept = set(rows.exclude(edited_at=None).values_list("key", flat=True))
    for row in said["rules"]:
        if row["key"] not in kept:
            fields = {"is_shipped": True, "ends_on": None, **row}
            rows.update_or_create(key=fields.pop("key"), defaults=fields)


@transaction.atomic
def add_pay_rule(*, by: Actor, **fields: Any) -> PayRule:
    """A law that is not in the table, with its source."""
    if PayRule.objects.filter(key=fields["key"]).exists():
        raise Invalid("key", "There is a rule with this key: edit that one.")
    check_rule(fields)
    rule = PayRule.objects.create(**fields, edited_at=clock.now())
    record("pay_rule.added", rule, by=by)
    return rule


@transaction.atomic
def edit_pay_rule(rule: PayRule, *, by: Actor, **fields: Any) -> PayRule:
    """From now on a new release leaves this row as it is here."""
    rule = lock(rule)
    changed = sorted(name for name, value in fields.items() if getattr(rule, name) != value)
    if not changed:
        return rule
    check_rule({name: fields.get(name, getattr(rule, name)) for name in CHECKED})
    for name in changed:
        setattr(rule, name, fields[name])
    rule.edited_at = clock.now()
    rule.save(update_fields=["edited_at", *changed])
    record("pay_rule.edited", rule, by=by, fields=changed)
    return rule


@transaction.atomic
def switch_off_pay_rule(rule: PayRule, *, reason: str, by: Actor) -> PayRule:
    """Postings are not held to it any more, for a reason that is written down."""
    rule = lock(rule)
    if not reason.strip():
        raise Invalid("reason", "Say why, for whoever has to answer for it.")
    if rule.off_at:
        raise DomainError(f"It is switched off already: {rule.off_reason}")
    rule.off_at, rule.off_reason = clock.now(), reason.strip()
    rule.save(update_fields=["off_at", "off_reason"])
    record("pay_rule.switched_off", rule, by=by)
    return rule


@transaction.atomic
def switch_on_pay_rule(rule: PayRule, *, by: Actor) -> PayRule:
    """Postings are held to it again."""
    rule = lock(rule)
    if rule.off_at:
        rule.off_at, rule.off_reason = None, ""
        rule.save(update_fields=["off_at", "off_reason"])
        record("pay_rule.switched_on", rule, by=by)
    return rule


CHECKED = ("effective_on", "ends_on", "asks", "blocks", "country", "region")


def check_rule(said: Mapping[str, Any]) -> None:
    country, region, ends = said["country"], said.get("region", ""), said.get("ends_on")
    if country != "EU" and country not in COUNTRIES:
        raise Invalid("country", "Two letters as in ISO 3166, or EU for its member states.")
    if region and region not in REGIONS.get(country, {}):
        raise Invalid("region", "The letters of a state of the US or a province of Canada.")
    if ends and ends <= said["effective_on"]:
        raise Invalid("ends_on", "A law ends after it has begun.")
    if set(said.get("blocks", [])) - set(said["asks"]):
        raise Invalid("blocks", "Only what the law asks for can refuse to publish.")

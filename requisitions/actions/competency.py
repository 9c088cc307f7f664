"""What the listing asks for, and the rubric that scorecards name."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F

from ats import clock
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from requisitions.actions.change import note_changes
from requisitions.enums import CLOSED
from requisitions.models import Competency, Requisition, RequisitionCompetency, RubricVersion
from requisitions.queries.library import named_like
from requisitions.queries.role import describe

LIBRARY = Path(__file__).parent.parent / "data" / "competencies.json"


@transaction.atomic
def choose_competencies(
    requisition: Requisition, *, choices: Sequence[Mapping[str, Any]], by: Actor
) -> Requisition:
    """Replace the list, in this order: [{competency, is_must_have, weight, weight_reason}].

    A weight other than 1 needs its reason. Rubrics that were frozen before stay as they were;
    a retired competency stays where it is asked for already, and is not chosen anew.
    """
    requisition = lock(requisition)
    if requisition.status in CLOSED:
        raise DomainError("A closed requisition asks for nothing any more: reopen it first.")
    chosen = [choice["competency"] for choice in choices]
    held = set(requisition.competencies.values_list("competency", flat=True))
    for place, choice in enumerate(choices):
        check_choice(choice, f"choices/{place}", chosen[:place], held)
    before = describe(requisition, ["competencies"])
    requisition.competencies.all().delete()
    RequisitionCompetency.objects.bulk_create(
        RequisitionCompetency(requisition=requisition, position=place, **choice)
        for place, choice in enumerate(choices, start=1)
    )
    changes = note_changes(requisition, before, by=by)
    record("competencies.chosen", requisition, by=by, competencies=chosen, changes=changes)
    return requisition


def check_choice(
    choice: Mapping[str, Any], at: str, before: Sequence[Competency], held: set[int]
) -> None:
    competency, weight = choice["competency"], Decimal(choice.get("weight", 1))
    if competency in before:
        raise Invalid(f"{at}/competency", f"{competency} is listed twice: ask for it once.")
    if competency.retired_at and competency.pk not in held:
        hint = f" Ask for {competency.merged_into}." if competency.merged_into else ""
        raise Invalid(f"{at}/competency", f"{competency} is retired from the library.{hint}")
    if not 0 < weight < 100:
        raise Invalid(f"{at}/weight", "A weight is more than zero and less than 100.")
    if weight != 1 and not choice.get("weight_reason", "").strip():
        raise Invalid(f"{at}/weight_reason", f"{competency} weighs {weight:g}: write down why.")


@transaction.atomic
def find_or_add_competency(name: str, *, by: Actor, **fields: Any) -> Competency:
    """The library's entry of this name or alias, in any case, or a new one with `fields`."""
    if known := find_competency(name):
        return known
    competency, is_new = Competency.objects.get_or_create(name=name, defaults=fields)
    if is_new:
        record("competency.added", competency, by=by)
    return competency


def find_competency(name: str) -> Competency | None:
    """By name or alias, in any case; an entry in use before a retired one, which may be renamed."""
    for competency in named_like(name).order_by(F("retired_at").desc(nulls_first=True), "pk"):
        if name.casefold() in {each.casefold() for each in (competency.name, *competency.aliases)}:
            return competency
    return None


def load_library(*, by: Actor) -> list[Competency]:
    """The ten competencies of the example role, with a definition and anchors at 1, 3 and 5."""
    rows = shipped_library()
    return [find_or_add_competency(row.pop("name"), **row, by=by) for row in rows]


def shipped_library() -> list[dict[str, Any]]:
    """`[{name, category, aliases, definition, anchors}]`, as this product comes with it."""
    rows: list[dict[str, Any]] = json.loads(LIBRARY.read_text())
    return rows


def shipped(name: str) -> dict[str, Any]:
    """What this product knows to say about a competency of that name or alias."""
    for row in shipped_library():
        if name.casefold() in {each.casefold() for each in (row["name"], *row["aliases"])}:
            return dict(row)
    return {"name": name}


@transaction.atomic
def freeze_rubric(requisition: Requisition, *, by: Actor) -> RubricVersion:
    """The latest version if nothing has changed since, or else a new one."""
    requisition = lock(requisition)
    content = rubric_of(requisition)
    latest = requisition.rubrics.order_by("-number").first()
    if latest and latest.content == content:
        return latest
    number = latest.number + 1 if latest else 1
    rubric = RubricVersion.objects.create(
        requisition=requisition, number=number, content=content, frozen_at=clock.now()
    )
    record("rubric.frozen", requisition, rubric, by=by, number=number)
    return rubric


def rubric_of(requisition: Requisition) -> list[dict[str, Any]]:
    return [
        {
            "competency": str(row.competency.public_id),
            "version": row.competency.version,
            "name": row.competency.name,
            "definition": row.competency.definition,
            "anchors": row.competency.anchors,
            "must_have": row.is_must_have,
            "weight": f"{row.weight:.2f}",
            "weight_reason": row.weight_reason,
        }
        for row in requisition.competencies.select_related("competency")
    ]

"""The stages of a requisition: changing them rewrites no history."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from requisitions.actions.pipeline_template import default_template
from requisitions.enums import MILESTONES, Milestone, StageKind
from requisitions.models import PipelineTemplate, Requisition, Stage, StageName
from requisitions.queries.pipelines import ENDS, RANK, milestone_problem, places, problems

EDITED = {"name", "target_days"}


@dataclass(frozen=True)
class Occupants:
    """What an app above keeps in stages: how many, and how to move them all to another."""

    count: Callable[[Stage], int]
    move: Callable[[Stage, Stage, Actor], None]


OCCUPANTS: list[Occupants] = []


@transaction.atomic
def attach_pipeline(
    requisition: Requisition, *, template: PipelineTemplate | None = None, by: Actor
) -> Requisition:
    """Give it the template's stages; the company's default when none is named."""
    requisition = lock(requisition)
    if requisition.stages.filter(retired_at=None).exists():
        raise DomainError(
            "This requisition has a pipeline already. Nothing was changed: add or retire stages.",
            code="has_a_pipeline",
        )
    template = template or default_template()
    if template.retired_at is not None:
        raise Invalid("template", f"The template {template} was retired: choose another.")
    Stage.objects.bulk_create(
        Stage(requisition=requisition, position=place, **stage)
        for place, stage in enumerate(template.stages, start=1)
    )
    record("pipeline.attached", requisition, by=by)
    return requisition


@transaction.atomic
def add_stage(
    requisition: Requisition,
    *,
    name: str,
    kind: str,
    milestone: str = "",
    after: Stage | None = None,
    target_days: int | None = None,
    by: Actor,
) -> Stage:
    """Behind `after`, or behind the last stage of its milestone or an earlier one."""
    requisition = lock(requisition)
    live = live_stages(requisition)
    if not live:
        raise DomainError("There is no pipeline to add to: attach one first.", code="no_pipeline")
    if kind in ENDS:
        raise Invalid("kind", "A pipeline has one stage for arriving and one for being hired.")
    stage = Stage(
        requisition=requisition,
        name=name,
        kind=kind,
        milestone=milestone or MILESTONES[StageKind(kind)],
        target_days=target_days,
        position=max(each.position for each in live) + 1,
    )
    check_name(name, live)
    if wrong := milestone_problem(*places([stage])):
        raise Invalid("milestone", wrong)
    stage.save(force_insert=True)
    put_in_order(live, placed(stage, live, after or last_before(stage, live)))
    record("stage.added", requisition, stage, by=by, stage=stage)
    return stage


def live_stages(requisition: Requisition) -> list[Stage]:
    return list(requisition.stages.filter(retired_at=None).order_by("position"))


def last_before(stage: Stage, live: Sequence[Stage]) -> Stage:
    rank = RANK[Milestone(stage.milestone)]
    return [each for each in live if RANK[Milestone(each.milestone)] <= rank][-1]


def check_name(name: str, others: Sequence[Stage]) -> None:
    if not name.strip():
        raise Invalid("name", "A stage has a name.")
    if name.casefold() in {each.name.casefold() for each in others}:
        raise Invalid("name", f"There is a stage called “{name}” already.")


def placed(stage: Stage, live: Sequence[Stage], after: Stage) -> list[Stage]:
    rest = [each for each in live if each != stage]
    if after not in rest:
        raise Invalid("after", "This is not another stage of this requisition that is in use.")
    place = rest.index(after) + 1
    return [*rest[:place], stage, *rest[place:]]


def put_in_order(before: Sequence[Stage], after: Sequence[Stage]) -> None:
    """Number them anew. Raises `Invalid` where that breaks an order that was good."""
    wrong = next(problems(places(after)), None)
    if wrong and not list(problems(places(before))):
        raise Invalid("after", f"{wrong.sentence} Nothing was changed.")
    # First out of the way: no two share a place, not even on the way.
    free = max(each.position for each in after) + 1
    for first in (free, 1):
        for place, stage in enumerate(after, start=first):
            stage.position = place
            stage.save(update_fields=["position"])


@transaction.atomic
def move_stage(stage: Stage, *, after: Stage, by: Actor) -> Stage:
    """Behind another stage of the same pipeline. Who is in which stage stays as it is."""
    requisition, stage = lock_live(stage)
    live = live_stages(requisition)
    order = placed(stage, live, after)
    if order != live:
        put_in_order(live, order)
        record("stage.moved", requisition, stage, by=by, stage=stage)
    return lock(stage)


def lock_live(stage: Stage) -> tuple[Requisition, Stage]:
    requisition, stage = lock(stage.requisition), lock(stage)
    if stage.retired_at is not None:
        raise DomainError(f"The stage {stage} was retired. Nothing was changed.", code="retired")
    return requisition, stage


@transaction.atomic
def edit_stage(stage: Stage, *, by: Actor, **fields: Any) -> Stage:
    """`name` and `target_days`. Whoever left the stage before left it under its former name."""
    if unknown := set(fields) - EDITED:
        raise TypeError(f"a stage has no {sorted(unknown)} to edit")
    requisition, stage = lock_live(stage)
    changed = sorted(name for name in fields if getattr(stage, name) != fields[name])
    if "name" in changed:
        others = [each for each in live_stages(requisition) if each != stage]
        check_name(fields["name"], others)
        StageName.objects.create(stage=stage, name=stage.name, until=clock.now())
    for name in changed:
        setattr(stage, name, fields[name])
    stage.save(update_fields=changed)
    if changed:
        record("stage.edited", requisition, stage, by=by, stage=stage, fields=changed)
    return stage


@transaction.atomic
def retire_stage(stage: Stage, *, move_to: Stage | None = None, by: Actor) -> Stage:
    """Nobody enters it any more, and history keeps it. Whoever is in it goes to `move_to` first.

    Raises `Blocked` with their number while somebody is in it.
    """
    if stage.kind in ENDS:
        raise DomainError(f"{stage.name} stays: people arrive or are hired here.", code="fixed")
    # The people before the requisition: every other verb locks them in that order.
    if move_to is not None:
        move_everybody(stage, move_to, by)
    requisition, stage = lock(stage.requisition), lock(stage)
    if stage.retired_at is not None:
        return stage
    check_empty(stage)
    stage.retired_at = clock.now()
    stage.save(update_fields=["retired_at"])
    record("stage.retired", requisition, stage, by=by, stage=stage)
    return stage


def move_everybody(stage: Stage, target: Stage, by: Actor) -> None:
    if target == stage:
        raise Invalid("move_to", "Name another stage than the one that is to be retired.")
    if target.requisition_id != stage.requisition_id or target.retired_at is not None:
        raise Invalid("move_to", "Name a stage of this requisition that is in use.")
    for each in OCCUPANTS:
        each.move(stage, target, by)


def check_empty(stage: Stage) -> None:
    count = sum(each.count(stage) for each in OCCUPANTS)
    if count:
        are = "application is" if count == 1 else "applications are"
        raise Blocked(
            [f"{count} active {are} in {stage}: move them first, or name a stage to move them to."]
        )

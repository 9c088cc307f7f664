"""The stages of a requisition: changing them rewrites no history."""

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from requisitions.enums import DEFAULT_STAGES, MILESTONES, StageKind
from requisitions.models import PipelineTemplate, Requisition, Stage

FIXED = (StageKind.APPLIED, StageKind.HIRED)


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
    Stage.objects.bulk_create(
        Stage(requisition=requisition, position=place, **stage)
        for place, stage in enumerate(template.stages, start=1)
    )
    record("pipeline.attached", requisition, by=by)
    return requisition


def default_template() -> PipelineTemplate:
    """The company's default; on first use the one that this product ships with."""
    template, _ = PipelineTemplate.objects.get_or_create(
        is_default=True, defaults={"name": "Default", "stages": DEFAULT_STAGES}
    )
    return template


@transaction.atomic
def add_stage(
    requisition: Requisition,
    *,
    name: str,
    kind: str,
    after: Stage | None = None,
    target_days: int | None = None,
    by: Actor,
) -> Stage:
    """Behind `after`, or before the last stage, which is where people are hired."""
    requisition = lock(requisition)
    if kind in FIXED:
        raise Invalid("kind", "A pipeline has one stage for arriving and one for being hired.")
    live = list(requisition.stages.filter(retired_at=None).order_by("-position"))
    if after is not None and after not in live:
        raise Invalid("after", "This stage is not in the requisition's pipeline.")
    place = after.position + 1 if after else (live[0].position if live else 1)
    for stage in live:  # from the last on, so that no two share a place on the way
        if stage.position >= place:
            stage.position += 1
            stage.save(update_fields=["position"])
    stage = Stage.objects.create(
        requisition=requisition,
        name=name,
        kind=kind,
        milestone=MILESTONES[StageKind(kind)],
        position=place,
        target_days=target_days,
    )
    record("stage.added", requisition, stage, by=by, stage=stage)
    return stage


@transaction.atomic
def retire_stage(stage: Stage, *, by: Actor) -> Stage:
    """Nobody enters it any more; whoever is in it stays until moved, and history keeps its name."""
    requisition = lock(stage.requisition)
    stage = lock(stage)
    if stage.kind in FIXED:
        raise DomainError(f"{stage.name} stays: people arrive or are hired here.", code="fixed")
    if stage.retired_at is None:
        stage.retired_at = clock.now()
        stage.save(update_fields=["retired_at"])
        record("stage.retired", requisition, stage, by=by, stage=stage)
    return stage

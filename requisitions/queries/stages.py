"""Stages by what they are for, and where somebody goes whose stage is retired."""

from requisitions.enums import Milestone, StageKind
from requisitions.models import Requisition, Stage
from requisitions.queries.pipelines import RANK


def open_stage(requisition: Requisition, kind: StageKind) -> Stage | None:
    """The first stage of this kind that is not retired, or None."""
    live = requisition.stages.filter(kind=kind, retired_at=None)
    return live.order_by("position").first()


def first_stage(requisition: Requisition) -> Stage:
    """Where an application arrives. Raises `Stage.DoesNotExist` without a pipeline."""
    return requisition.stages.get(kind=StageKind.APPLIED, retired_at=None)


def stage_in_use(stage: Stage) -> Stage:
    """Itself, or once it is retired the last one that is no further on the way."""
    if stage.retired_at is None:
        return stage
    rank = RANK[Milestone(stage.milestone)]
    live = stage.requisition.stages.filter(retired_at=None).order_by("position")
    return [each for each in live if RANK[Milestone(each.milestone)] <= rank][-1]

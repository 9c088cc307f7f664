"""Stages by what they are for."""

from requisitions.enums import StageKind
from requisitions.models import Requisition, Stage


def open_stage(requisition: Requisition, kind: StageKind) -> Stage | None:
    """The first stage of this kind that is not retired, or None."""
    live = requisition.stages.filter(kind=kind, retired_at=None)
    return live.order_by("position").first()


def first_stage(requisition: Requisition) -> Stage:
    """Where an application arrives. Raises `Stage.DoesNotExist` without a pipeline."""
    return requisition.stages.get(kind=StageKind.APPLIED, retired_at=None)

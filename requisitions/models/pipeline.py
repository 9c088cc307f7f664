"""The stages of a requisition: retired, never deleted, so that history keeps its names."""

from django.db import models
from django.db.models import Q

from ats.base import Row
from requisitions.enums import Milestone, StageKind
from requisitions.models.requisition import Requisition


class Stage(Row):
    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="stages")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=StageKind.choices)
    milestone = models.CharField(max_length=14, choices=Milestone.choices)
    position = models.PositiveSmallIntegerField()
    target_days = models.PositiveSmallIntegerField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["requisition", "position"],
                condition=Q(retired_at=None),
                name="one_stage_per_place",
            ),
            models.UniqueConstraint(
                fields=["requisition"],
                condition=Q(kind="applied", retired_at=None),
                name="one_applied_stage_per_requisition",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=StageKind.values) & Q(milestone__in=Milestone.values),
                name="stage_kind_and_milestone_are_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PipelineTemplate(Row):
    name = models.CharField(max_length=100, unique=True)
    is_default = models.BooleanField(default=False)
    stages = models.JSONField(help_text="[{name, kind, milestone, target_days}], in order")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="one_default_pipeline_template",
            )
        ]

    def __str__(self) -> str:
        return self.name

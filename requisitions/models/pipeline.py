"""The stages of a requisition: retired, never deleted, so that history keeps its names."""

from django.db import models
from django.db.models import Q
from django.db.models.lookups import Exact

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
            models.UniqueConstraint(
                fields=["requisition"],
                condition=Q(kind="hired", retired_at=None),
                name="one_hired_stage_per_requisition",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=StageKind.values) & Q(milestone__in=Milestone.values),
                name="stage_kind_and_milestone_are_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StageName(models.Model):
    """What a stage was called before it was renamed: whoever left it by then left it as that."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=100)
    until = models.DateTimeField()

    class Meta:
        indexes = [
            # reader: the stages that an application was in
            models.Index(fields=["stage", "until"], name="former_names_of_a_stage")
        ]

    def __str__(self) -> str:
        return self.name


def stages_of_kind(kind: str) -> models.Func:
    """How many of a template's stages are of this kind, in the database's words."""
    found = models.Func(
        models.F("stages"),
        models.Value(f'$[*] ? (@.kind == "{kind}")'),
        function="jsonb_path_query_array",
    )
    return models.Func(found, function="jsonb_array_length", output_field=models.IntegerField())


class PipelineTemplate(Row):
    name = models.CharField(max_length=100, unique=True)
    is_default = models.BooleanField(default=False)
    stages = models.JSONField(help_text="[{name, kind, milestone, target_days}], in order")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="one_default_pipeline_template",
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(retired_at=None),
                name="the_default_pipeline_template_is_in_use",
            ),
            models.CheckConstraint(
                condition=Exact(stages_of_kind("applied"), 1),
                name="a_pipeline_template_has_one_applied_stage",
            ),
            models.CheckConstraint(
                condition=Exact(stages_of_kind("hired"), 1),
                name="a_pipeline_template_has_one_hired_stage",
            ),
        ]

    def __str__(self) -> str:
        return self.name

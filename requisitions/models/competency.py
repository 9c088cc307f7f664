"""What the listing asks for, and what scorecards rate."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ats.base import Row
from requisitions.models.requisition import Requisition


class Competency(Row):
    """An entry of the company's library: edited by versions, and retired, never deleted."""

    name = models.CharField(max_length=200)
    definition = models.TextField(blank=True)
    category = models.CharField(max_length=100, blank=True)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    anchors = models.JSONField(
        default=dict, blank=True, help_text='behaviour by rating: {"1": ..., "3": ..., "5": ...}'
    )
    version = models.PositiveSmallIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name_plural = "competencies"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="one_competency_per_name"),
            models.CheckConstraint(
                condition=Q(anchors={}) | Q(anchors__has_keys=["1", "3", "5"]),
                name="anchors_describe_1_3_and_5",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(retired_at__isnull=False),
                name="a_merged_competency_is_retired",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EarlierCompetency(models.Model):
    """What an entry said before it was edited."""

    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="earlier")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField(help_text="{name, definition, category, aliases, anchors}")
    until = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["competency", "version"], name="competency_versions_are_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"version {self.version} of {self.competency}"


class RequisitionCompetency(Row):
    requisition = models.ForeignKey(
        Requisition, on_delete=models.CASCADE, related_name="competencies"
    )
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    is_must_have = models.BooleanField(default=True)
    weight = models.DecimalField(max_digits=4, decimal_places=2, default=1)
    weight_reason = models.CharField(max_length=500, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["requisition", "competency"], name="a_competency_is_asked_for_once"
            ),
            models.CheckConstraint(
                condition=Q(weight=1) | ~Q(weight_reason=""),
                name="an_unequal_weight_has_a_reason",
            ),
            models.CheckConstraint(condition=Q(weight__gt=0), name="a_weight_is_positive"),
        ]
        indexes = [
            # reader: queries.similar
            models.Index(fields=["competency", "requisition"], name="who_asks_for_a_competency")
        ]

    def __str__(self) -> str:
        return self.competency.name


class RubricVersion(Row):
    """The competencies, anchors and weights as they were when interviewing began."""

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="rubrics")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(
        help_text="[{competency, version, name, definition, anchors, must_have, weight,"
        " weight_reason}]"
    )
    frozen_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["requisition", "number"], name="rubric_versions_are_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"rubric {self.number} of {self.requisition.number}"

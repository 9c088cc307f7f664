"""The interviews to hold per stage, fixed beforehand; a live loop keeps the version it had."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ats.accounts.models import User
from ats.base import Row
from interviews.enums import InterviewKind
from requisitions.models import Competency, Requisition, Stage


class InterviewKit(Row):
    name = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    guidance = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class KitQuestion(Row):
    kit = models.ForeignKey(InterviewKit, on_delete=models.CASCADE, related_name="questions")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    good_answer = models.TextField(blank=True, help_text="what good looks like")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text[:60]


class PlanSet(models.QuerySet["InterviewPlan"]):
    def visible_to(self, user: User) -> "PlanSet":
        return self.filter(requisition__in=Requisition.objects.visible_to(user))


class InterviewPlan(Row):
    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()

    objects = PlanSet.as_manager()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                fields=["requisition", "version"], name="plan_versions_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["requisition"],
                condition=Q(is_current=True),
                name="one_current_plan_per_requisition",
            ),
        ]

    def __str__(self) -> str:
        return f"plan {self.version} of {self.requisition.number}"


class PlannedInterview(Row):
    plan = models.ForeignKey(InterviewPlan, on_delete=models.CASCADE, related_name="interviews")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=InterviewKind.choices)
    minutes = models.PositiveSmallIntegerField()
    interviewers = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField()
    kit = models.ForeignKey(
        InterviewKit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    focus = models.ManyToManyField(Competency, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "position"], name="planned_interviews_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=480),
                name="an_interview_lasts_minutes_not_days",
            ),
        ]

    def __str__(self) -> str:
        return self.name

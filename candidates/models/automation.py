"""Stage rules: when this happens to an application in a stage, do that."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from ats.accounts.models import User
from ats.base import Row
from ats.events.models import Event
from candidates.enums import PLANNED_REJECTION, PlannedRejectionStatus, RuleRunOutcome
from candidates.models.application import Application, RejectionReason
from candidates.rules import INNER_CIRCLE
from requisitions.models import Requisition, Stage


class StageRuleSet(models.QuerySet["StageRule"]):
    def visible_to(self, user: User) -> "StageRuleSet":
        mine = Q(requisition__in=Requisition.objects.worked_on_by(user, *INNER_CIRCLE))
        public = Q(requisition__is_confidential=False) if user.is_site_admin else Q(pk=None)
        return self.filter(mine | public)

    def live(self) -> "StageRuleSet":
        return self.filter(is_paused=False, retired_at=None)


class StageRule(Row):
    """On `event`, for applications in `stage`, run `step` with `params`.

    It is never edited: what its runs did can always be read off it.
    """

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="+")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=60)
    condition = models.JSONField(default=dict, blank=True, help_text="which answer it waits for")
    step = models.CharField(max_length=40)
    params = models.JSONField(default=dict, blank=True)
    justification = models.CharField(max_length=2000, blank=True)
    is_paused = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = StageRuleSet.as_manager()

    class Meta:
        # reader: automation.engine
        indexes = [models.Index(fields=["requisition", "event"], name="rules_for_an_event")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(step="reject") | ~Q(justification=""),
                name="a_rule_that_rejects_was_switched_on_in_writing",
            )
        ]

    def __str__(self) -> str:
        return f"on {self.event} in {self.stage}: {self.step}"


class StageRuleRun(models.Model):
    rule = models.ForeignKey(StageRule, on_delete=models.PROTECT, related_name="runs")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, null=True, related_name="+"
    )
    outcome = models.CharField(max_length=10, choices=RuleRunOutcome.choices)
    detail = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "event"], name="a_rule_runs_once_per_event")
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.outcome}"


class PlannedRejectionSet(models.QuerySet["PlannedRejection"]):
    def visible_to(self, user: User) -> "PlannedRejectionSet":
        return self.filter(application__in=Application.objects.worked_on_by(user))


class PlannedRejection(Row):
    """What a rule will do a day from now, unless somebody stops it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    rule = models.ForeignKey(StageRule, on_delete=models.PROTECT, related_name="+")
    reason = models.ForeignKey(RejectionReason, on_delete=models.PROTECT, related_name="+")
    letter = models.CharField(max_length=5)
    status = models.CharField(
        max_length=12,
        choices=PlannedRejectionStatus.choices,
        default=PlannedRejectionStatus.PLANNED,
    )
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    detail = models.CharField(max_length=300, blank=True)

    objects = PlannedRejectionSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(status="planned"),
                name="one_planned_rejection_per_application",
            ),
            models.CheckConstraint(
                condition=Q(status__in=PlannedRejectionStatus.values),
                name="planned_rejection_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(status="planned") ^ Q(ended_at__isnull=False),
                name="a_planned_rejection_ends_at_a_time",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="a_planned_rejection_follows_its_lifecycle",
                field="status",
                transitions=PLANNED_REJECTION.edges(),
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}, {self.get_status_display()}"

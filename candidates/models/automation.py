"""Stage rules: when this happens to an application in a stage, do that."""

from django.db import models
from django.db.models import Q

from ats.accounts.models import User
from ats.base import Row
from ats.events.models import Event
from candidates.enums import RuleRunOutcome
from candidates.rules import INNER_CIRCLE
from requisitions.models import Requisition, Stage


class StageRuleSet(models.QuerySet["StageRule"]):
    def visible_to(self, user: User) -> "StageRuleSet":
        mine = Q(requisition__in=Requisition.objects.worked_on_by(user, *INNER_CIRCLE))
        public = Q(requisition__is_confidential=False) if user.is_site_admin else Q(pk=None)
        return self.filter(mine | public)


class StageRule(Row):
    """On `event`, for applications in `stage`, run `step` with `params`."""

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="+")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=60)
    step = models.CharField(max_length=40)
    params = models.JSONField(default=dict, blank=True)
    is_paused = models.BooleanField(default=False)

    objects = StageRuleSet.as_manager()

    class Meta:
        # reader: automation.engine
        indexes = [models.Index(fields=["requisition", "event"], name="rules_for_an_event")]

    def __str__(self) -> str:
        return f"on {self.event} in {self.stage}: {self.step}"


class StageRuleRun(models.Model):
    rule = models.ForeignKey(StageRule, on_delete=models.PROTECT, related_name="runs")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=RuleRunOutcome.choices)
    detail = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "event"], name="a_rule_runs_once_per_event")
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.outcome}"

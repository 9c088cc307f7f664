"""The decision, with everything that was known when it was taken."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from ats.accounts.models import User
from ats.base import Row
from candidates.models import Application
from candidates.rules import INNER_CIRCLE
from interviews.enums import DEBRIEF, DebriefStatus, Decision, ScorecardStatus
from interviews.models.interview import Loop
from interviews.models.scorecard import Scorecard
from requisitions.models import Requisition


class DebriefSet(models.QuerySet["Debrief"]):
    def visible_to(self, user: User) -> "DebriefSet":
        """The inner circle's, unless they still owe a scorecard for the same application."""
        owed = Scorecard.objects.filter(interviewer=user, status=ScorecardStatus.OPEN)
        circle = Requisition.objects.worked_on_by(user, *INNER_CIRCLE)
        mine = Q(application__requisition__in=circle)
        public = Q(application__requisition__is_confidential=False)
        visible = self.filter(mine | (public if user.is_site_admin else Q(pk=None)))
        return visible.exclude(application__in=owed.values("application"))


class Debrief(Row):
    loop = models.OneToOneField(Loop, on_delete=models.PROTECT, related_name="debrief")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=10, choices=DebriefStatus.choices, default=DebriefStatus.OPEN
    )
    opened_at = models.DateTimeField()
    override_reason = models.CharField(max_length=500, blank=True)
    combined = models.JSONField(help_text="the combined score, computed before anybody talked")

    objects = DebriefSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=DebriefStatus.values), name="debrief_status_is_known"
            )
        ]
        triggers = [
            pgtrigger.FSM(
                name="debrief_follows_its_lifecycle",
                field="status",
                transitions=DEBRIEF.edges(),
            )
        ]

    def __str__(self) -> str:
        return f"debrief of {self.application}"


class DecisionSet(models.QuerySet["DecisionRecord"]):
    def visible_to(self, user: User) -> "DecisionSet":
        return self.filter(debrief__in=Debrief.objects.visible_to(user))


class DecisionRecord(Row):
    """Frozen: what was decided, why, by whom, and everything that was known, under one hash."""

    debrief = models.OneToOneField(Debrief, on_delete=models.PROTECT, related_name="record")
    decision = models.CharField(max_length=14, choices=Decision.choices)
    reason = models.TextField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    participants = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    content = models.JSONField(help_text="what was known; each personal text with salt and hash")
    hash = models.CharField(max_length=64)
    decided_at = models.DateTimeField()

    objects = DecisionSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_decision_has_a_reason")
        ]
        triggers = [
            pgtrigger.Protect(name="decisions_are_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="decisions_are_never_rewritten",
                fields=["debrief", "decision", "decided_by", "hash", "decided_at"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.debrief.application}"

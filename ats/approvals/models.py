"""N of M, step after step. An approval knows people, and not what they approve."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from ats.accounts.models import User
from ats.approvals.enums import APPROVAL, ApprovalState, Decision
from ats.base import Row


class ApprovalSet(models.QuerySet["Approval"]):
    def naming(self, user: User) -> "ApprovalSet":
        """Those in which a step names this person: a named approver sees what they decide."""
        return self.filter(pk__in=Step.objects.filter(people=user).values("approval"))


class StepSet(models.QuerySet["Step"]):
    def in_turn(self) -> "StepSet":
        """The first step that is not complete, of every approval that is still pending."""
        earlier = Step.objects.filter(
            approval=models.OuterRef("approval"),
            order__lt=models.OuterRef("order"),
            completed_at=None,
        )
        return self.filter(
            ~models.Exists(earlier), completed_at=None, approval__state=ApprovalState.PENDING
        )


class Approval(Row):
    state = models.CharField(
        max_length=10, choices=ApprovalState.choices, default=ApprovalState.PENDING
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    requested_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    objects = ApprovalSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ApprovalState.values), name="approval_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="pending") | Q(decided_at__isnull=False),
                name="a_decided_approval_has_its_time",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="approval_follows_its_lifecycle",
                field="state",
                transitions=APPROVAL.edges(),
            )
        ]

    def __str__(self) -> str:
        return f"approval, {self.state}"


class Step(Row):
    """The people asked together, and how many of them must approve."""

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    needed = models.PositiveSmallIntegerField(default=1)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    completed_at = models.DateTimeField(null=True)

    objects = StepSet.as_manager()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["approval", "order"], name="approval_steps_are_numbered"
            ),
            models.CheckConstraint(condition=Q(needed__gte=1), name="a_step_needs_somebody"),
        ]

    def __str__(self) -> str:
        return f"step {self.order}"


class Vote(Row):
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    comment = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "user"], name="one_vote_per_person_and_step"),
            models.CheckConstraint(
                condition=~Q(decision="return") | ~Q(comment=""),
                name="returning_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.decision}"

"""What becomes of the others when every seat of a requisition is taken: chosen once, in words."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ats.accounts.models import User
from ats.base import Row
from ats.jobs.models import Job
from candidates.enums import AfterFill
from candidates.models.application import RejectionReason
from candidates.models.tag import TalentPool
from candidates.rules import INNER_CIRCLE
from requisitions.models import Requisition


class FillPlanSet(models.QuerySet["FillPlan"]):
    def visible_to(self, user: User) -> "FillPlanSet":
        mine = Q(requisition__in=Requisition.objects.worked_on_by(user, *INNER_CIRCLE))
        public = Q(requisition__is_confidential=False) if user.is_site_admin else Q(pk=None)
        return self.filter(mine | public)


class FillPlan(Row):
    requisition = models.OneToOneField(Requisition, on_delete=models.CASCADE, related_name="+")
    choice = models.CharField(max_length=10, choices=AfterFill.choices)
    after_days = models.PositiveSmallIntegerField(default=0)
    reason = models.ForeignKey(
        RejectionReason, null=True, on_delete=models.PROTECT, related_name="+"
    )
    letter = models.CharField(max_length=10, blank=True)
    pool = models.ForeignKey(TalentPool, null=True, on_delete=models.PROTECT, related_name="+")
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    chosen_at = models.DateTimeField()
    # The latest, once the requisition was filled.
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = FillPlanSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(choice="keep") | Q(reason__isnull=False),
                name="who_is_rejected_after_filling_gets_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(choice="pool") | Q(pool__isnull=False),
                name="a_pool_after_filling_is_named",
            ),
        ]

    def __str__(self) -> str:
        if self.choice == AfterFill.KEEP:
            return "Everybody who is still active then stays so, until somebody decides."
        words = {
            "now": "with a letter at once",
            "later": "with a letter on the next working morning",
            "never": "without a letter",
        }
        days = {0: "at once", 1: "a day later"}.get(
            self.after_days, f"{self.after_days} days later"
        )
        joins = f"joins the pool {self.pool} and " if self.pool else ""
        return (
            f"Everybody who is still active then {joins}is rejected {days} ({self.reason}),"
            f" {words[self.letter]}. Until then it can be stopped."
        )

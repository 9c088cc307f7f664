"""What a requisition said before: the history of each field, in rows that erasure can empty."""

import pgtrigger
from django.conf import settings
from django.db import models

from ats.accounts.models import User
from ats.base import Row
from ats.custom_fields.enums import Audience
from ats.custom_fields.models import CustomField
from requisitions.models.requisition import Requisition

# What it pays is told only to those who may see it, of now and of before.
PAY_FIELDS = ("pay_ranges", "advertised_pay")


class ChangeSet(models.QuerySet["RequisitionChange"]):
    def visible_to(self, user: User) -> "ChangeSet":
        mine = self.filter(requisition__in=Requisition.objects.visible_to(user))
        paid = Requisition.objects.whose_pay_is_shown_to(user)
        inside = Requisition.objects.with_restricted_fields_for(user)
        restricted = CustomField.objects.filter(
            applies_to="requisition", audience=Audience.RECRUITERS
        )
        keys = [f"custom.{key}" for key in restricted.values_list("key", flat=True)]
        return mine.exclude(
            models.Q(field__in=PAY_FIELDS) & ~models.Q(requisition__in=paid)
        ).exclude(models.Q(field__in=keys) & ~models.Q(requisition__in=inside))


class RequisitionChange(Row):
    """One field of one edit. The event of the edit names these rows; they alone hold values."""

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=60)
    old = models.JSONField(null=True, help_text="null: nothing, or erased")
    new = models.JSONField(null=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ChangeSet.as_manager()

    class Meta:
        # reader: the history of one requisition, newest first
        indexes = [models.Index(fields=["requisition", "-id"], name="changes_of_a_requisition")]
        triggers = [
            pgtrigger.ReadOnly(
                name="a_change_is_not_rewritten",
                fields=["requisition", "field", "at", "actor_kind"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.requisition.number}"

"""Roles that were saved to start from."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ats.accounts.models import User
from ats.base import Row
from requisitions.models.requisition import Requisition
from requisitions.rules import is_insider


class RequisitionTemplateSet(models.QuerySet["RequisitionTemplate"]):
    def visible_to(self, user: User) -> "RequisitionTemplateSet":
        """Every recruiter's; that of a confidential role for its own recruiters alone."""
        open_roles = Q(is_confidential=False, requisition__is_confidential=False)
        own = Q(requisition__in=Requisition.objects.with_restricted_fields_for(user))
        return self.filter(open_roles | own) if is_insider(user) else self.none()


class RequisitionTemplate(Row):
    """What a requisition said on the day: later edits of either leave the other alone."""

    name = models.CharField(max_length=200)
    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="+")
    content = models.JSONField(help_text="what `queries.role.describe` says")
    is_confidential = models.BooleanField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = RequisitionTemplateSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                condition=Q(retired_at=None, is_confidential=False),
                name="one_requisition_template_in_use_per_name",
            )
        ]

    def __str__(self) -> str:
        return self.name

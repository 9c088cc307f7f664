"""Who usually approves, so that nobody has to think of it each time."""

from django.db import models
from django.db.models import Q

from ats.base import Row
from requisitions.enums import FlowKind
from requisitions.models.organization import Department


class ApprovalFlow(Row):
    """The steps that are asked where nobody names others: a department's, or everybody's."""

    kind = models.CharField(max_length=12, choices=FlowKind.choices)
    department = models.ForeignKey(
        Department,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="empty: wherever a department and those above it have none",
    )
    steps = models.JSONField(help_text="[{people: [ids], roles: [...], needed}]")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "department"],
                name="one_approval_flow_per_department",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(kind__in=FlowKind.values), name="approval_flow_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        where = self.department or "every department"
        return f"{self.get_kind_display()}s of {where}"

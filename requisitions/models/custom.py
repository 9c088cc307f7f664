"""What a company asks about its requisitions beside the columns that all companies need."""

from django.db import models

from ats.custom_fields.models import CustomValue, constraints_of, indexes_of
from requisitions.models.requisition import Requisition


class RequisitionValue(CustomValue):
    requisition = models.ForeignKey(
        Requisition, on_delete=models.CASCADE, related_name="custom_values"
    )

    class Meta:
        constraints = constraints_of("requisition")
        indexes = indexes_of("requisition", "requisitions")

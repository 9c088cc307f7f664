"""What a company asks about people beside the columns that all companies need."""

from django.db import models

from ats.custom_fields.models import CustomValue, constraints_of, indexes_of
from candidates.models.candidate import Candidate
from candidates.models.merging import FollowsMerges


class CandidateValue(CustomValue):
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="custom_values")

    class Meta:
        constraints = constraints_of("candidate")
        indexes = indexes_of("candidate", "candidates")
        triggers = [FollowsMerges()]

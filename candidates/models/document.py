"""Files of candidates: stored under random names, served only through a permission check."""

from django.db import models

from ats.accounts.models import User
from ats.base import Row
from candidates.enums import ResumeStatus
from candidates.models.application import Application
from candidates.models.candidate import Candidate


class ResumeSet(models.QuerySet["Resume"]):
    def visible_to(self, user: User) -> "ResumeSet":
        """What came with an application that this reader may see."""
        return self.filter(application__in=Application.objects.visible_to(user))


class Resume(Row):
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="resumes")
    application = models.ForeignKey(
        Application, null=True, on_delete=models.PROTECT, related_name="resumes"
    )
    file = models.FileField(upload_to="resumes", max_length=120)
    original_name = models.CharField(max_length=300)
    content_type = models.CharField(max_length=100, help_text="by content, not by name")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    status = models.CharField(
        max_length=10, choices=ResumeStatus.choices, default=ResumeStatus.WAITING
    )
    text = models.TextField(blank=True)
    uploaded_at = models.DateTimeField()

    objects = ResumeSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=ResumeStatus.values), name="resume_status_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.original_name

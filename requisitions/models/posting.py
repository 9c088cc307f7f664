"""The public face of a requisition; every published version is kept as it was."""

import pgtrigger
from django.db import models
from django.db.models import Q

from requisitions.enums import POSTING, PostingStatus
from requisitions.models.numbered import Numbered
from requisitions.models.requisition import Requisition


class PostingSet(models.QuerySet["JobPosting"]):
    def visible_to(self, user: object) -> "PostingSet":
        return self.filter(requisition__in=Requisition.objects.visible_to(user))

    def public(self) -> "PostingSet":
        """What anybody may read."""
        return self.filter(status=PostingStatus.PUBLISHED, is_internal=False)


class JobPosting(Numbered):
    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="postings")
    status = models.CharField(
        max_length=12, choices=PostingStatus.choices, default=PostingStatus.DRAFT
    )
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=12, default="en")
    is_internal = models.BooleanField(default=False)
    version = models.PositiveSmallIntegerField(default=0)
    published_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = PostingSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=PostingStatus.values), name="posting_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False),
                name="a_published_posting_has_its_time",
            ),
        ]
        indexes = [
            # reader: queries.board
            models.Index(
                fields=["-published_at", "-id"],
                name="published_postings",
                condition=Q(status="published"),
            )
        ]
        triggers = [
            pgtrigger.FSM(
                name="posting_follows_its_lifecycle",
                field="status",
                transitions=POSTING.edges(),
            )
        ]

    def __str__(self) -> str:
        return self.title


class PostingVersion(models.Model):
    posting = models.ForeignKey(JobPosting, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "number"], name="posting_versions_are_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

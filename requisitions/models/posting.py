"""The public face of a requisition; every published version is kept as it was."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from requisitions.enums import POSTING, EmploymentType, PostingStatus, Workplace
from requisitions.models.numbered import Numbered
from requisitions.models.requisition import Requisition

SAYS_WHY = """
IF EXISTS (
    SELECT 1 FROM requisitions_requisition WHERE id = NEW.requisition_id AND is_confidential
) THEN
    RAISE EXCEPTION 'a posting of a confidential requisition says why it is public';
END IF;
RETURN NEW;
"""


class PostingSet(models.QuerySet["JobPosting"]):
    def visible_to(self, user: object) -> "PostingSet":
        return self.filter(requisition__in=Requisition.objects.visible_to(user))

    def public(self) -> "PostingSet":
        """What anybody may read."""
        return self.filter(status=PostingStatus.PUBLISHED, is_internal=False)

    def for_colleagues(self) -> "PostingSet":
        """What everybody who works here may read, and nobody else."""
        return self.filter(status=PostingStatus.PUBLISHED, is_internal=True)


class JobPosting(Numbered):
    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="postings")
    status = models.CharField(
        max_length=12, choices=PostingStatus.choices, default=PostingStatus.DRAFT
    )
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=12, default="en")
    is_internal = models.BooleanField(default=False)
    words = models.JSONField(
        default=dict, blank=True, help_text="its own text where it differs from the requisition's"
    )
    version = models.PositiveSmallIntegerField(default=0)
    publish_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # A hold took it down: it comes back with the requisition.
    is_held = models.BooleanField(default=False)
    confidential_reason = models.CharField(
        max_length=500, blank=True, help_text="why others may read of a confidential requisition"
    )
    # Of the version that was published last: what lists are searched and narrowed by.
    department = models.CharField(max_length=200, blank=True)
    places = ArrayField(models.TextField(), default=list, blank=True)
    workplace = models.CharField(max_length=10, choices=Workplace.choices, blank=True)
    employment_type = models.CharField(max_length=12, choices=EmploymentType.choices, blank=True)
    search = SearchVectorField(null=True, editable=False)

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
            models.CheckConstraint(
                condition=Q(publish_at=None) | ~Q(status="published"),
                name="a_published_posting_is_not_scheduled",
            ),
            models.CheckConstraint(
                condition=Q(publish_at=None)
                | Q(expires_at=None)
                | Q(expires_at__gt=F("publish_at")),
                name="a_posting_goes_out_before_it_expires",
            ),
            models.CheckConstraint(
                condition=Q(is_held=False) | Q(status="unpublished", publish_at=None),
                name="a_held_posting_is_down",
            ),
        ]
        indexes = [
            # reader: queries.board
            models.Index(
                fields=["-published_at", "-id"],
                name="published_postings",
                condition=Q(status="published"),
            ),
            # reader: tasks.publish_scheduled
            models.Index(
                fields=["publish_at", "id"],
                name="scheduled_postings",
                condition=Q(publish_at__isnull=False),
            ),
            # reader: queries.search
            GinIndex(fields=["search"], name="words_of_published_postings"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="posting_follows_its_lifecycle",
                field="status",
                transitions=POSTING.edges(),
            ),
            pgtrigger.Trigger(
                name="a_confidential_posting_says_why",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__status="published", new__confidential_reason=""),
                func=SAYS_WHY,
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PostingVersion(models.Model):
    """What was public from one moment on; nothing changes it afterwards."""

    posting = models.ForeignKey(JobPosting, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "number"], name="posting_versions_are_numbered"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_published_version_stays_as_it_was", operation=pgtrigger.Update
            )
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

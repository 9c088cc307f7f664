"""What a person is marked with, and the pools they wait in: the whole company's words."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ats.accounts.models import User
from ats.base import Row
from candidates.models.candidate import Candidate
from candidates.models.merging import FollowsMerges
from candidates.models.words import folded
from candidates.rules import recruits


class TagSet(models.QuerySet["Tag"]):
    def visible_to(self, user: User) -> "TagSet":
        """The company's own words: everybody who works here may read them."""
        return self.all()

    def in_use(self) -> "TagSet":
        return self.filter(retired_at=None)

    def called(self, name: str) -> "TagSet":
        """At most one, whatever the case and the accents."""
        return self.annotate(key=folded("name")).filter(key=folded(models.Value(name)))


class Tag(Row):
    name = models.CharField(max_length=100)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = TagSet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(folded("name"), name="one_tag_per_name"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(retired_at__isnull=False),
                name="a_merged_tag_is_retired",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CandidateTag(models.Model):
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="+")
    tagged_at = models.DateTimeField()
    tagged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "tag"], name="a_tag_once_per_candidate")
        ]
        # reader: queries.search, whom has this tag?
        indexes = [models.Index(fields=["tag", "candidate"], name="candidates_by_tag")]
        triggers = [FollowsMerges()]

    def __str__(self) -> str:
        return f"{self.candidate}: {self.tag}"


class TalentPoolSet(models.QuerySet["TalentPool"]):
    def visible_to(self, user: User) -> "TalentPoolSet":
        """For whoever recruits: the name of a pool can say what the company has not said yet."""
        return self.all() if recruits(user) else self.none()


class TalentPool(Row):
    """People whom we would like to talk to some day; who is in it is seen person by person."""

    name = models.CharField(max_length=100)
    purpose = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = TalentPoolSet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(folded("name"), name="one_talent_pool_per_name")]

    def __str__(self) -> str:
        return self.name


class PoolMembership(models.Model):
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="pooled")
    pool = models.ForeignKey(TalentPool, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "pool"], name="once_in_a_talent_pool")
        ]
        # reader: queries.search, who is in this pool?
        indexes = [models.Index(fields=["pool", "candidate"], name="candidates_by_pool")]
        triggers = [FollowsMerges()]

    def __str__(self) -> str:
        return f"{self.candidate} in {self.pool}"

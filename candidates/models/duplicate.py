"""Who may be the same person, and who was made one."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from ats.accounts.models import User
from ats.base import Row
from candidates.enums import DuplicateStatus
from candidates.models.candidate import Candidate


class MatchKey(models.Model):
    """A key under which somebody is looked up when another arrives: a hash, made of their name,
    addresses and phones, so that it tells nothing by itself."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    key = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "candidate"], name="a_key_once_per_candidate")
        ]

    def __str__(self) -> str:
        return f"{self.key:x}"


class DuplicateSet(models.QuerySet["PossibleDuplicate"]):
    def visible_to(self, user: User) -> "DuplicateSet":
        """Only for those who see both people: a hint tells nothing about a hidden one."""
        seen = Candidate.objects.visible_to(user)
        return self.filter(first__in=seen, second__in=seen)

    def about(self, candidate: Row) -> "DuplicateSet":
        return self.filter(Q(first=candidate.pk) | Q(second=candidate.pk))


class PossibleDuplicate(Row):
    """Two people who may be one. Dismissed is remembered: nobody is asked twice."""

    first = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    probability = models.FloatField()
    reasons = ArrayField(models.CharField(max_length=40), help_text="codes, see dedupe.words")
    status = models.CharField(
        max_length=10, choices=DuplicateStatus.choices, default=DuplicateStatus.OPEN
    )
    found_at = models.DateTimeField()
    dismissed_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = DuplicateSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="a_pair_is_found_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="nobody_is_their_own_duplicate"
            ),
            models.CheckConstraint(
                condition=Q(status__in=DuplicateStatus.values), name="duplicate_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status="open") | Q(dismissed_at__isnull=False),
                name="a_dismissed_pair_has_its_time",
            ),
        ]
        indexes = [
            # reader: the list of possible duplicates, the surest first
            models.Index(
                fields=["-probability", "-id"],
                name="open_duplicates_by_sureness",
                condition=Q(status="open"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"


class MergeSet(models.QuerySet["Merge"]):
    def visible_to(self, user: User) -> "MergeSet":
        return self.filter(survivor__in=Candidate.objects.visible_to(user))


class Merge(Row):
    """The journal of one merge: all that is needed to take it back."""

    survivor = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="merges")
    other = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    moved = models.JSONField(default=list, help_text="per table: the keys of the rows that moved")
    differed = models.JSONField(
        default=dict,
        encoder=DjangoJSONEncoder,
        help_text="per column: what the survivor had, what the other had, and what became of it",
    )
    newest = models.JSONField(default=dict, help_text="per table: the last key before the merge")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = MergeSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["other"],
                condition=Q(undone_at=None),
                name="nobody_is_merged_twice_at_once",
            ),
            models.CheckConstraint(
                condition=~Q(survivor=F("other")), name="nobody_is_merged_with_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.other} into {self.survivor}"

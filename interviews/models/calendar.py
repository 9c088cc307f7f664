"""When people are busy: never with what."""

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q

from ats.accounts.models import User
from ats.base import Row
from interviews.rules import is_scheduler


class FeedSet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, user: User) -> "FeedSet":
        """The address of a feed is a secret, and what it said is private: only its owner's."""
        return self.filter(user=user)


class CalendarFeed(Row):
    """A calendar that somebody gave us: read again and again, or once if it was a file.

    Nothing of its text is kept: its busy times are, from the last time that it could be read.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    url = models.CharField(max_length=2000, blank=True, help_text="empty: an uploaded file")
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    next_at = models.DateTimeField(null=True, blank=True, help_text="when to read it again")
    tried_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True, help_text="the last time it was read")
    expanded_at = models.DateTimeField(null=True, blank=True, help_text="its busy times are from")
    known_until = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    skipped = models.JSONField(default=list, blank=True, help_text="what could not be read")

    objects = FeedSet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "url"], condition=~Q(url=""), name="a_feed_is_given_once"
            )
        ]
        indexes = [
            # reader: which are due?
            models.Index(fields=["next_at"], name="feeds_due", condition=~Q(next_at=None)),
        ]

    def __str__(self) -> str:
        return self.name


class BusySet(models.QuerySet["BusyBlock"]):
    def visible_to(self, user: User) -> "BusySet":
        """One's own; whoever books interviews sees when others are busy."""
        return self if is_scheduler(user) else self.filter(user=user)


class BusyBlock(Row):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    during = DateTimeRangeField()
    feed = models.ForeignKey(
        CalendarFeed, null=True, blank=True, on_delete=models.CASCADE, related_name="blocks"
    )
    note = models.CharField(max_length=200, blank=True, help_text="for this person alone")

    objects = BusySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(during__isempty=False), name="busy_times_last_some_time"
            )
        ]
        # reader: who is busy between two instants?
        indexes = [GistIndex(fields=["user", "during"], name="busy_times_of_people")]

    def __str__(self) -> str:
        return f"{self.user} is busy"

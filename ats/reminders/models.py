"""What must not be forgotten."""

from typing import Any

from django.db import models

from ats.base import Row
from ats.events.histories import unseen


class ReminderSet(models.QuerySet["Reminder"]):
    def visible_to(self, user: Any) -> "ReminderSet":
        """For site admins: all but those about something that they may not see."""
        seen = self.exclude(unseen(user, "subject_kind", "subject_id"))
        return seen if user.is_site_admin else self.none()


class Reminder(Row):
    """Rings once it is due; gone when forgotten or when there is nothing more to remind of."""

    kind = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    key = models.CharField(max_length=200)
    due_at = models.DateTimeField()
    rung = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    parked_at = models.DateTimeField(null=True)

    objects = ReminderSet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="one_reminder_per_key")]
        indexes = [
            # reader: reminders.bell.ring_due
            models.Index(
                fields=["due_at", "id"],
                name="reminders_by_due_time",
                condition=models.Q(parked_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.due_at:%Y-%m-%d %H:%M} UTC"

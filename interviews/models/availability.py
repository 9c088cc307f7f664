"""When candidates can come: asked for, and given by a signed link, in their own zone."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q

from ats.accounts.models import User
from ats.base import Row
from candidates.models import Application
from interviews.enums import AVAILABILITY, AvailabilityStatus


class AvailabilitySet(models.QuerySet["CandidateAvailability"]):
    def visible_to(self, user: User) -> "AvailabilitySet":
        return self.filter(application__in=Application.objects.visible_to(user))


class CandidateAvailability(Row):
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=6, choices=AvailabilityStatus.choices, default=AvailabilityStatus.ASKED
    )
    first_day = models.DateField()
    last_day = models.DateField()
    message = models.CharField(max_length=1000, blank=True, help_text="to the candidate")
    timezone = models.CharField(max_length=64, blank=True, help_text="in which they answered")
    note = models.CharField(max_length=1000, blank=True, help_text="from the candidate")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField(null=True, blank=True)

    objects = AvailabilitySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=~Q(status="closed"),
                name="one_open_question_for_availability",
            ),
            models.CheckConstraint(
                condition=Q(status__in=AvailabilityStatus.values),
                name="availability_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day"), last_day__lte=F("first_day") + 60),
                name="availability_is_asked_for_some_weeks",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="availability_follows_its_lifecycle",
                field="status",
                transitions=AVAILABILITY.edges(),
            )
        ]

    def __str__(self) -> str:
        return f"availability for {self.application}"


class AvailableSpan(models.Model):
    availability = models.ForeignKey(
        CandidateAvailability, on_delete=models.CASCADE, related_name="spans"
    )
    during = DateTimeRangeField()

    class Meta:
        ordering = ["during"]
        constraints = [
            models.CheckConstraint(
                condition=Q(during__isempty=False), name="available_times_last_some_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.during)

"""When people interview: hours, limits and pauses, and the pools that they are trained for."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from ats.accounts.models import User
from ats.base import Row
from interviews.enums import POOL_MEMBER, PoolMemberStatus, RideKind
from interviews.models.interview import Interview
from interviews.rules import is_scheduler

DAY = 24 * 60
LONGEST_PAUSE = 366


class ProfileSet(models.QuerySet["InterviewerProfile"]):
    def visible_to(self, user: User) -> "ProfileSet":
        """One's own; whoever books interviews sees everybody's."""
        return self if is_scheduler(user) else self.filter(user=user)


class InterviewerProfile(Row):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    timezone = models.CharField(max_length=64)
    buffer_minutes = models.PositiveSmallIntegerField(
        default=0, help_text="free before and after each interview"
    )
    daily_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    weekly_limit = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = ProfileSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(buffer_minutes__lte=120), name="a_buffer_is_at_most_two_hours"
            ),
            models.CheckConstraint(
                condition=Q(daily_limit=None) | Q(daily_limit__gte=1, daily_limit__lte=20),
                name="a_daily_limit_is_from_1_to_20",
            ),
            models.CheckConstraint(
                condition=Q(weekly_limit=None) | Q(weekly_limit__gte=1, weekly_limit__lte=60),
                name="a_weekly_limit_is_from_1_to_60",
            ),
        ]

    def __str__(self) -> str:
        return f"hours of {self.user}"


class WorkingSpan(models.Model):
    """On each such weekday (Monday is 0), in the profile's zone, in minutes after midnight."""

    profile = models.ForeignKey(InterviewerProfile, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    begins = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["weekday", "begins"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_week_has_seven_days"),
            models.CheckConstraint(
                condition=Q(begins__lt=F("ends"), ends__lte=DAY),
                name="working_hours_end_after_they_begin",
            ),
            ExclusionConstraint(
                name="working_hours_do_not_overlap",
                expressions=[
                    ("profile", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    (
                        Func(
                            "begins",
                            "ends",
                            RangeBoundary(),
                            function="int4range",
                            output_field=IntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday}: {self.begins} to {self.ends}"


class PauseSet(models.QuerySet["Pause"]):
    def visible_to(self, user: User) -> "PauseSet":
        return self.filter(profile__in=InterviewerProfile.objects.visible_to(user))


class Pause(Row):
    """No interviews on these dates, both included, in the profile's zone."""

    profile = models.ForeignKey(InterviewerProfile, on_delete=models.CASCADE, related_name="pauses")
    begins_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True, help_text="for this person alone")

    objects = PauseSet.as_manager()

    class Meta:
        ordering = ["begins_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    ends_on__gte=F("begins_on"), ends_on__lt=F("begins_on") + LONGEST_PAUSE
                ),
                name="a_pause_lasts_at_most_a_year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.begins_on} to {self.ends_on}"

    @property
    def user_id(self) -> int:
        return int(self.profile.user_id)


class PoolSet(models.QuerySet["InterviewerPool"]):
    def visible_to(self, user: User) -> "PoolSet":
        return self


class InterviewerPool(Row):
    """Who may hold one kind of interview, and what somebody does before they may."""

    name = models.CharField(max_length=200)
    shadows_needed = models.PositiveSmallIntegerField(default=0)
    reverse_shadows_needed = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = PoolSet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint("name", name="pools_are_told_apart_by_name"),
            models.CheckConstraint(
                condition=Q(shadows_needed__lte=20, reverse_shadows_needed__lte=20),
                name="training_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MemberSet(models.QuerySet["PoolMember"]):
    def visible_to(self, user: User) -> "MemberSet":
        return self if is_scheduler(user) else self.filter(user=user)


class PoolMember(Row):
    pool = models.ForeignKey(InterviewerPool, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(
        max_length=9, choices=PoolMemberStatus.choices, default=PoolMemberStatus.TRAINING
    )
    joined_at = models.DateTimeField()
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = MemberSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool", "user"], name="a_person_is_once_in_a_pool"),
            models.CheckConstraint(
                condition=Q(status__in=PoolMemberStatus.values), name="pool_member_status_is_known"
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="pool_member_follows_its_lifecycle",
                field="status",
                transitions=POOL_MEMBER.edges(),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.pool}"


class TrainingRide(models.Model):
    """An interview that somebody rode along in for their training; by hand without an interview."""

    member = models.ForeignKey(PoolMember, on_delete=models.CASCADE, related_name="rides")
    kind = models.CharField(max_length=14, choices=RideKind.choices)
    interview = models.ForeignKey(
        Interview, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "interview"], name="an_interview_trains_somebody_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RideKind.values), name="a_ride_is_of_a_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.member}"

"""Loops, interviews and who sits in them. Nobody is in two places at once: the database says so."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from ats.accounts.models import User
from ats.base import Row
from candidates.models import Application, Candidate
from candidates.models.merging import FollowsMerges
from interviews.enums import INTERVIEW, InterviewKind, InterviewStatus, Rsvp, SeatRole
from interviews.models.plan import InterviewPlan, PlannedInterview
from requisitions.models import RubricVersion


class LoopSet(models.QuerySet["Loop"]):
    def visible_to(self, user: User) -> "LoopSet":
        return self.filter(application__in=Application.objects.visible_to(user))


class Loop(Row):
    """The interviews of one application, for one version of the plan and of the rubric."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(InterviewPlan, on_delete=models.PROTECT, related_name="+")
    rubric = models.ForeignKey(RubricVersion, on_delete=models.PROTECT, related_name="+")
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    booked_at = models.DateTimeField()

    objects = LoopSet.as_manager()

    def __str__(self) -> str:
        return f"loop of {self.application}"


class InterviewSet(models.QuerySet["Interview"]):
    def visible_to(self, user: User) -> "InterviewSet":
        return self.filter(application__in=Application.objects.visible_to(user))


class Interview(Row):
    loop = models.ForeignKey(Loop, on_delete=models.PROTECT, related_name="interviews")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="+")
    planned = models.ForeignKey(PlannedInterview, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=InterviewKind.choices)
    status = models.CharField(
        max_length=10, choices=InterviewStatus.choices, default=InterviewStatus.SCHEDULED
    )
    # What was meant (a wall clock in a zone) and what follows from it (an instant).
    wall_date = models.DateField()
    wall_time = models.TimeField()
    timezone = models.CharField(max_length=64)
    during = DateTimeRangeField()
    place = models.CharField(max_length=500, blank=True)
    video_link = models.URLField(max_length=500, blank=True)
    sequence = models.PositiveIntegerField(default=0, help_text="RFC 5545: raised by each change")
    cancel_reason = models.CharField(max_length=500, blank=True, help_text="to the team")

    objects = InterviewSet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="no_candidate_is_in_two_interviews",
                expressions=[
                    ("candidate", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(status="scheduled"),
            ),
            models.CheckConstraint(
                condition=Q(status__in=InterviewStatus.values), name="interview_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | ~Q(cancel_reason=""),
                name="a_cancellation_has_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="interview_follows_its_lifecycle",
                field="status",
                transitions=INTERVIEW.edges(),
            ),
            FollowsMerges(),
        ]

    def __str__(self) -> str:
        return f"{self.name} with {self.candidate}"


class PanelSeat(Row):
    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="seats")
    interviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats"
    )
    role = models.CharField(max_length=14, choices=SeatRole.choices, default=SeatRole.INTERVIEWER)
    rsvp = models.CharField(max_length=12, choices=Rsvp.choices, default=Rsvp.NEEDS_ACTION)
    # The interview's own time, repeated here for the fence below.
    during = DateTimeRangeField()
    is_live = models.BooleanField(default=True, help_text="false once cancelled or removed")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="nobody_is_in_two_interviews",
                expressions=[
                    ("interviewer", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(is_live=True),
            ),
            models.UniqueConstraint(
                fields=["interview", "interviewer"],
                condition=Q(is_live=True),
                name="a_person_sits_once_in_a_panel",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interviewer} in {self.interview.name}"

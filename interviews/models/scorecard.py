"""What interviewers saw: ratings with evidence, submitted once, amended by versions."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from ats.accounts.models import User
from ats.base import Row
from candidates.models import Application
from candidates.rules import INNER_CIRCLE
from interviews.enums import (
    RATINGS_WITH_EVIDENCE,
    SCORECARD,
    Recommendation,
    ScorecardStatus,
)
from interviews.models.interview import Interview, PanelSeat
from requisitions.models import Competency, Requisition, RubricVersion


class ScorecardSet(models.QuerySet["Scorecard"]):
    def visible_to(self, user: User) -> "ScorecardSet":
        """Mine, and the rows of those that I may know to exist: not yet what they say."""
        shared = self.filter(application__in=Application.objects.visible_to(user))
        return shared | self.filter(interviewer=user)

    def readable_by(self, user: User) -> "ScorecardSet":
        """Blind until submitted: what others said, once I owe nothing for that application.

        Mine always; others' only when they are closed, when I have no open scorecard for the same
        application, and when I sit in its inner circle or have submitted one myself.
        """
        owed = Scorecard.objects.filter(interviewer=user, status=ScorecardStatus.OPEN)
        given = Scorecard.objects.filter(interviewer=user, status=ScorecardStatus.SUBMITTED)
        circle = Requisition.objects.worked_on_by(user, *INNER_CIRCLE)
        insiders = Q(application__requisition__in=circle)
        peers = Q(application__in=given.values("application"))
        admins = Q(application__requisition__is_confidential=False)
        allowed = insiders | peers | (admins if user.is_site_admin else Q(pk=None))
        theirs = ~Q(status=ScorecardStatus.OPEN) & allowed
        return self.filter(
            Q(interviewer=user) | (theirs & ~Q(application__in=owed.values("application")))
        )


class Scorecard(Row):
    seat = models.OneToOneField(PanelSeat, on_delete=models.PROTECT, related_name="scorecard")
    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="scorecards")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    interviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="scorecards"
    )
    rubric = models.ForeignKey(RubricVersion, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=10, choices=ScorecardStatus.choices, default=ScorecardStatus.OPEN
    )
    due_at = models.DateTimeField()
    recommendation = models.CharField(max_length=12, choices=Recommendation.choices, blank=True)
    no_decision_reason = models.TextField(blank=True)
    notes = models.TextField(blank=True, help_text="to the team")
    private_notes = models.TextField(blank=True, help_text="for the writer alone")
    submitted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=0)
    excused_because = models.CharField(max_length=500, blank=True)

    objects = ScorecardSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ScorecardStatus.values), name="scorecard_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status="submitted")
                | (Q(submitted_at__isnull=False) & ~Q(recommendation="")),
                name="a_submitted_scorecard_recommends",
            ),
            models.CheckConstraint(
                condition=~Q(recommendation="no_decision") | ~Q(no_decision_reason=""),
                name="no_decision_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="excused") | ~Q(excused_because=""),
                name="an_excuse_has_a_reason",
            ),
        ]
        indexes = [
            # reader: whoever owes one is blind; my day
            models.Index(
                fields=["interviewer", "application"],
                name="scorecards_owed",
                condition=Q(status="open"),
            ),
            # reader: is the last one in?
            models.Index(fields=["application", "status"], name="scorecards_of_an_application"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="scorecard_follows_its_lifecycle",
                field="status",
                transitions=SCORECARD.edges(),
            )
        ]

    def __str__(self) -> str:
        return f"scorecard of {self.interviewer} on {self.interview}"


class Rating(models.Model):
    """`value` is 1 to 5, or None for "not assessed"."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="ratings")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(null=True)
    evidence = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scorecard", "competency"], name="a_competency_is_rated_once_per_scorecard"
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=1, value__lte=5),
                name="a_rating_is_from_1_to_5",
            ),
            models.CheckConstraint(
                condition=~Q(value__in=RATINGS_WITH_EVIDENCE) | ~Q(evidence=""),
                name="a_strong_rating_has_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competency}: {self.value or 'not assessed'}"


class ScorecardVersion(models.Model):
    """A submitted scorecard is never edited: what it said stays here, version by version."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    submitted_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["scorecard", "number"], name="scorecard_versions_are_numbered"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="scorecard_versions_are_never_deleted", operation=pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

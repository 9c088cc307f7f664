"""One candidate, one requisition: where they stand, how it ended, who else may look."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from ats.accounts.models import User
from ats.base import Row
from candidates.enums import APPLICATION, ApplicationStatus, Because, RejectionKind, SourceKind
from candidates.models.candidate import Candidate
from candidates.models.merging import FollowsMerges
from candidates.rules import INNER_CIRCLE
from requisitions.enums import TeamRole
from requisitions.models import JobPosting, Requisition, Stage, StageName


class SourceSet(models.QuerySet["Source"]):
    def visible_to(self, user: User) -> "SourceSet":
        """The company's own words: everybody who works here may read them."""
        return self.all()


class Source(Row):
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=14, choices=SourceKind.choices)

    objects = SourceSet.as_manager()

    def __str__(self) -> str:
        return self.name


class RejectionReasonSet(models.QuerySet["RejectionReason"]):
    def visible_to(self, user: User) -> "RejectionReasonSet":
        """The company's own words: everybody who works here may read them."""
        return self.all()


class RejectionReason(Row):
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=14, choices=RejectionKind.choices)

    objects = RejectionReasonSet.as_manager()

    def __str__(self) -> str:
        return self.name


class ApplicationSet(models.QuerySet["Application"]):
    def visible_to(self, user: User) -> "ApplicationSet":
        """All of a requisition for its inner circle; for others what was shared with them."""
        shared = ApplicationAccess.objects.filter(user=user)
        return self.in_use(user).filter(team_of(user) | Q(pk__in=shared.values("application")))

    def worked_on_by(self, user: User, *roles: TeamRole) -> "ApplicationSet":
        """Without those that were only shared; in one of `roles`, if any are named."""
        return self.in_use(user).filter(team_of(user, *roles))

    def in_use(self, user: User) -> "ApplicationSet":
        """Whoever is kept only because a law says so is for site admins alone."""
        return self if user.is_site_admin else self.filter(candidate__restricted_at=None)


def team_of(user: User, *roles: TeamRole) -> Q:
    """Applications whose requisition's inner circle this person belongs to, or may look into."""
    circle = Q(requisition__in=Requisition.objects.worked_on_by(user, *(roles or INNER_CIRCLE)))
    return circle | Q(requisition__is_confidential=False) if user.is_site_admin else circle


class Application(Row):
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="applications")
    requisition = models.ForeignKey(Requisition, on_delete=models.PROTECT, related_name="+")
    posting = models.ForeignKey(
        JobPosting, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=12, choices=ApplicationStatus.choices, default=ApplicationStatus.ACTIVE
    )
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Whom the source credits: the colleague who referred or found them, or an agency's contact.
    credited_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    tracking_link = models.ForeignKey(
        "candidates.TrackingLink",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    submitted = models.JSONField(help_text="name, address, answers, consent: exactly as sent")
    rejection_reason = models.ForeignKey(
        RejectionReason, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rejection_note = models.TextField(blank=True)
    applied_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    needs_attention = models.CharField(
        max_length=300, blank=True, help_text="why a person has to look, in words"
    )
    transferred_from = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="transferred_to"
    )
    handed_off_at = models.DateTimeField(
        null=True, blank=True, help_text="when the people system was given the hire"
    )

    objects = ApplicationSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "requisition"],
                condition=Q(status="active"),
                name="one_active_application",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ApplicationStatus.values),
                name="application_status_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(status="rejected") | Q(rejection_reason__isnull=False),
                name="rejection_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status="active") | Q(closed_at__isnull=False),
                name="a_closed_application_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(handed_off_at=None) | Q(status="hired"),
                name="only_a_hire_is_handed_off",
            ),
        ]
        indexes = [
            # reader: queries.pipeline, the board
            models.Index(
                fields=["requisition", "stage", "applied_at", "id"],
                name="active_applications_on_board",
                condition=Q(status="active"),
            ),
            # reader: the list of applications, newest first
            models.Index(fields=["-applied_at", "-id"], name="applications_newest_first"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="application_follows_its_lifecycle",
                field="status",
                transitions=APPLICATION.edges(),
            ),
            pgtrigger.Protect(
                name="what_was_submitted_stands",
                operation=pgtrigger.Update,
                # Erasure alone empties it.
                condition=pgtrigger.Condition(
                    "((OLD.submitted IS DISTINCT FROM NEW.submitted"
                    " AND NEW.submitted <> '{}'::jsonb)"
                    " OR OLD.applied_at IS DISTINCT FROM NEW.applied_at)"
                ),
            ),
            FollowsMerges(),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} for {self.requisition.number}"


class VisitSet(models.QuerySet["StageVisit"]):
    def as_named_then(self) -> "VisitSet":
        """`stage_name`: what the stage was called when they left it, or is now."""
        former = StageName.objects.filter(
            stage=models.OuterRef("stage"), until__gt=models.OuterRef("left_at")
        )
        then = models.Subquery(former.order_by("until").values("name")[:1])
        return self.annotate(stage_name=Coalesce(then, "stage__name"))


class StageVisit(models.Model):
    """Time in stage is a fact: entered, left, by whom."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="visits")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, help_text="when the stage's target days are over")
    overstayed_at = models.DateTimeField(null=True, help_text="when that was noted")
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = VisitSet.as_manager()

    class Meta:
        ordering = ["entered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(left_at=None),
                name="an_application_is_in_one_stage",
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=models.F("entered_at")),
                name="a_visit_ends_after_it_began",
            ),
        ]
        indexes = [
            # reader: tasks.note_overstays
            models.Index(
                fields=["due_at"],
                name="visits_that_may_be_overdue",
                condition=Q(left_at=None, overstayed_at=None, due_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage} since {self.entered_at:%Y-%m-%d}"


class ApplicationAccess(models.Model):
    """Who else may look, and why: written by interviews, removed when the reason is gone."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="access")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    because = models.CharField(max_length=10, choices=Because.choices)
    cause_id = models.UUIDField(help_text="the seat or share that gave it")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "user", "because", "cause_id"],
                name="access_is_given_once_per_cause",
            )
        ]
        # reader: Application.visible_to
        indexes = [models.Index(fields=["user", "application"], name="shared_with_somebody")]

    def __str__(self) -> str:
        return f"{self.user}, because of {self.because}"

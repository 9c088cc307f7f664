"""How long we may keep somebody, who must not be erased yet, and who asked for what."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from ats.accounts.models import User
from ats.base import Row
from ats.privacy.enums import Because
from candidates.enums import PRIVACY_REQUEST, PrivacyRequestStatus, RetentionDoes
from candidates.models.candidate import Candidate
from candidates.models.merging import FollowsMerges
from requisitions.models import Requisition

# As in ISO 8601, with one unit: four weeks, six months, two years.
PERIOD = r"^P[1-9][0-9]{0,3}[YMWD]$"


class LegalHoldSet(models.QuerySet["LegalHold"]):
    def visible_to(self, user: User) -> "LegalHoldSet":
        """Why somebody may not be erased is for those who answer for it, and what is confidential
        is confidential for them too, until they join the team."""
        people = Q(candidate__in=Candidate.objects.visible_to(user))
        roles = Q(requisition__in=Requisition.objects.visible_to(user))
        return self.filter(people | roles) if user.is_site_admin else self.none()

    def in_force(self) -> "LegalHoldSet":
        return self.filter(released_at=None)


class LegalHold(Row):
    """A dispute or an authority needs it: nobody is erased while it holds."""

    candidate = models.ForeignKey(
        Candidate, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    requisition = models.ForeignKey(
        Requisition, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=500)
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    release_reason = models.CharField(max_length=500, blank=True)

    objects = LegalHoldSet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(candidate=None) ^ Q(requisition=None),
                name="a_hold_is_on_a_person_or_a_requisition",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_hold_has_a_reason"),
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(released_at=None),
                name="one_hold_in_force_per_candidate",
            ),
            models.UniqueConstraint(
                fields=["requisition"],
                condition=Q(released_at=None),
                name="one_hold_in_force_per_requisition",
            ),
        ]
        triggers = [FollowsMerges()]

    def __str__(self) -> str:
        return f"legal hold since {self.placed_at:%Y-%m-%d}"


class RetentionRuleSet(models.QuerySet["RetentionRule"]):
    def visible_to(self, user: User) -> "RetentionRuleSet":
        """How long we keep people is no secret."""
        return self


class RetentionRule(Row):
    """How long an application is kept once it is decided, where the job is. All periods count
    from the decision; the longest floor and the shortest ceiling of a place hold."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=100, help_text="the place: California")
    country = models.CharField(
        max_length=2, blank=True, help_text="ISO 3166-1, EU, or nothing: wherever no law is known"
    )
    region = models.CharField(max_length=3, blank=True)
    floor = models.CharField(max_length=8, blank=True, help_text="must be kept this long: P1Y")
    ceiling = models.CharField(max_length=8, blank=True, help_text="may be kept this long: P6M")
    with_consent = models.CharField(
        max_length=8, blank=True, help_text="this long if they agreed to be kept: P1Y"
    )
    does = models.CharField(
        max_length=8,
        choices=RetentionDoes.choices,
        default=RetentionDoes.PROPOSE,
        help_text="once the time is up",
    )
    law = models.CharField(max_length=200, help_text="as it is called in a sentence")
    citation = models.CharField(max_length=300, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    is_shipped = models.BooleanField(default=False)
    edited_at = models.DateTimeField(null=True, blank=True)
    off_at = models.DateTimeField(null=True, blank=True)
    off_reason = models.CharField(max_length=500, blank=True)

    objects = RetentionRuleSet.as_manager()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(floor="") | ~Q(ceiling=""), name="a_retention_rule_says_how_long"
            ),
            models.CheckConstraint(
                condition=Q(floor="") | Q(floor__regex=PERIOD), name="a_floor_is_a_period"
            ),
            models.CheckConstraint(
                condition=Q(ceiling="") | Q(ceiling__regex=PERIOD), name="a_ceiling_is_a_period"
            ),
            models.CheckConstraint(
                condition=Q(with_consent="") | Q(with_consent__regex=PERIOD),
                name="a_time_with_consent_is_a_period",
            ),
            models.CheckConstraint(
                condition=Q(off_at=None, off_reason="")
                | (Q(off_at__isnull=False) & ~Q(off_reason="")),
                name="a_retention_rule_is_switched_off_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PrivacyRequestSet(models.QuerySet["PrivacyRequest"]):
    def visible_to(self, user: User) -> "PrivacyRequestSet":
        """Those of people that this reader may see; a site admin answers them, and joins the team
        first where all that the person applied for is confidential."""
        return self.filter(candidate__in=Candidate.objects.visible_to(user))

    def waiting(self) -> "PrivacyRequestSet":
        return self.filter(status__in=[PrivacyRequestStatus.OPEN, PrivacyRequestStatus.RESTRICTED])


class PrivacyRequest(Row):
    """Somebody is to be erased: they asked, their time is up, or we should never have had it."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=10, choices=Because.choices)
    status = models.CharField(
        max_length=10,
        choices=PrivacyRequestStatus.choices,
        default=PrivacyRequestStatus.OPEN,
    )
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField(help_text="a month, where they asked (GDPR, Article 12(3))")
    carry_out_at = models.DateTimeField(
        null=True, blank=True, help_text="when it happens by itself, unless somebody stops it"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=1000, blank=True, help_text="why not, in words")

    objects = PrivacyRequestSet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=PrivacyRequestStatus.values),
                name="privacy_request_status_is_known",
            ),
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(status__in=["open", "restricted"]),
                name="one_open_erasure_per_candidate",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["refused", "restricted"]) | ~Q(reason=""),
                name="a_refused_erasure_has_a_reason",
            ),
        ]
        indexes = [
            # reader: tasks.apply_retention
            models.Index(
                fields=["carry_out_at"],
                name="erasures_by_themselves",
                condition=Q(status__in=["open", "restricted"], carry_out_at__isnull=False),
            )
        ]
        triggers = [
            pgtrigger.FSM(
                name="privacy_request_follows_its_lifecycle",
                field="status",
                transitions=PRIVACY_REQUEST.edges(),
            ),
            FollowsMerges(),
        ]

    def __str__(self) -> str:
        return f"erasure asked on {self.asked_at:%Y-%m-%d}"


class PrivacyAsk(Row):
    """An address typed by a stranger: looked up by a worker, so that nobody learns from the answer
    whether we know it, and gone with that."""

    address = models.CharField(max_length=254)
    at = models.DateTimeField()

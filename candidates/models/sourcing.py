"""Where people come from, and whom that is owed to."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ats.accounts.models import User
from ats.base import Row
from candidates.enums import ReapplyRule, Relation
from candidates.models.application import Application, Source
from candidates.rules import INNER_CIRCLE
from requisitions.models import JobPosting, Requisition


def of_my_requisitions(user: User, path: str) -> Q:
    """Rows under requisitions whose inner circle this person belongs to, or may look into."""
    circle = Requisition.objects.worked_on_by(user, *INNER_CIRCLE)
    public = Q(**{f"{path}__is_confidential": False}) if user.is_site_admin else Q(pk=None)
    return Q(**{f"{path}__in": circle}) | public


class TrackingLinkSet(models.QuerySet["TrackingLink"]):
    def visible_to(self, user: User) -> "TrackingLinkSet":
        return self.filter(of_my_requisitions(user, "posting__requisition"))


class TrackingLink(Row):
    """`/t/{slug}` leads to a posting, and whoever applies there came from its source."""

    posting = models.ForeignKey(JobPosting, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    campaign = models.CharField(max_length=200, blank=True)
    slug = models.CharField(max_length=32, unique=True)
    visits = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = TrackingLinkSet.as_manager()

    @property
    def requisition(self) -> Requisition:
        return self.posting.requisition

    def __str__(self) -> str:
        return f"{self.source}{f', {self.campaign}' if self.campaign else ''}"


class ReferralSet(models.QuerySet["Referral"]):
    def visible_to(self, user: User) -> "ReferralSet":
        """One's own, and for the team of the requisition all."""
        return self.filter(Q(referrer=user) | of_my_requisitions(user, "posting__requisition"))


class Referral(Row):
    """A colleague thinks of somebody; nobody is a candidate before they applied themselves."""

    posting = models.ForeignKey(JobPosting, on_delete=models.PROTECT, related_name="+")
    referrer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=400)
    email = models.EmailField(max_length=254)
    relation = models.CharField(max_length=14, choices=Relation.choices)
    note = models.TextField(blank=True, help_text="to the team; the person never reads it")
    slug = models.CharField(max_length=32, unique=True)
    asked_at = models.DateTimeField()
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.SET_NULL, related_name="referrals"
    )
    is_credited = models.BooleanField(default=False)

    objects = ReferralSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(relation__in=Relation.values), name="relation_is_known"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(is_credited=True),
                name="one_referral_is_credited",
            ),
        ]
        indexes = [
            # reader: queries.origins, was this address referred?
            models.Index(models.functions.Lower("email"), name="referrals_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, by {self.referrer}"


class AgencySet(models.QuerySet["Agency"]):
    def visible_to(self, user: User) -> "AgencySet":
        """The company's own partners: everybody who works here may read them."""
        return self.all()


class Agency(Row):
    """Whoever they submit first is theirs for `ownership_days`."""

    name = models.CharField(max_length=200, unique=True)
    ownership_days = models.PositiveSmallIntegerField(default=180)
    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = AgencySet.as_manager()

    def __str__(self) -> str:
        return self.name


class AgencyContactSet(models.QuerySet["AgencyContact"]):
    def visible_to(self, user: User) -> "AgencyContactSet":
        return self.all()


class AgencyContact(Row):
    """The person to credit."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)

    objects = AgencyContactSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.F("agency"),
                models.functions.Lower("email"),
                name="a_contact_once_per_agency",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.agency}"


class AgencySubmissionSet(models.QuerySet["AgencySubmission"]):
    def visible_to(self, user: User) -> "AgencySubmissionSet":
        return self.filter(of_my_requisitions(user, "application__requisition"))


class AgencySubmission(Row):
    """Who sent whom, when, and whether that counts: the first in time does."""

    contact = models.ForeignKey(AgencyContact, on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="agency_submissions"
    )
    submitted_at = models.DateTimeField()
    owned_until = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=300, help_text="why it counts or not, in words")

    objects = AgencySubmissionSet.as_manager()

    class Meta:
        ordering = ["submitted_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(owned_until__isnull=False),
                name="one_agency_owns_an_application",
            )
        ]

    def __str__(self) -> str:
        return f"by {self.contact}: {self.decision}"


class ReapplyPolicy(models.Model):
    """When the same person may apply again; without a row, after ninety days."""

    requisition = models.OneToOneField(Requisition, on_delete=models.CASCADE, related_name="+")
    rule = models.CharField(max_length=10, choices=ReapplyRule.choices)
    days = models.PositiveSmallIntegerField(default=90)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rule__in=ReapplyRule.values), name="reapply_rule_is_known"
            )
        ]

    def __str__(self) -> str:
        match self.rule:
            case ReapplyRule.NEVER:
                return "Whoever has applied once cannot apply again."
            case ReapplyRule.ANY_TIME:
                return "Whoever has no open application may apply again at any time."
        return f"The same person may apply again {self.days} days after they last applied."

"""What we hire for: the role, its seats, its pay and what it asks of people."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q

from ats.approvals.models import Approval
from ats.base import Row
from requisitions.enums import (
    OPENING,
    REQUISITION,
    EmploymentType,
    OpeningStatus,
    PayPeriod,
    RequisitionStatus,
    TeamRole,
    Workplace,
)
from requisitions.models.numbered import Numbered
from requisitions.models.organization import Department, Office
from requisitions.qualifications import explain
from requisitions.rules import GRANTS


class RequisitionSet(models.QuerySet["Requisition"]):
    def visible_to(self, user: settings.AUTH_USER_MODEL) -> "RequisitionSet":  # type: ignore[name-defined]
        """Their team's, those that wait for their vote, and for site admins all open secrets."""
        mine = Q(pk__in=user.hiring_teams.values("requisition"))
        named = Q(approval__in=Approval.objects.naming(user))
        public = Q(is_confidential=False) if user.is_site_admin else Q(pk=None)
        return self.filter(mine | named | public)

    def whose_pay_is_shown_to(self, user: settings.AUTH_USER_MODEL) -> "RequisitionSet":  # type: ignore[name-defined]
        """Those whose pay the rules let this person see; whoever is asked to approve sees it."""
        working = Q(pk__in=self.worked_on_by(user, *GRANTS["see_compensation"]))
        named = Q(approval__in=Approval.objects.naming(user))
        public = Q(is_confidential=False) if user.is_site_admin else Q(pk=None)
        return self.filter(working | named | public)

    def with_restricted_fields_for(self, user: settings.AUTH_USER_MODEL) -> "RequisitionSet":  # type: ignore[name-defined]
        """Those whose custom fields for recruiters only the rules let this person see."""
        working = Q(pk__in=self.worked_on_by(user, *GRANTS["see_restricted_fields"]))
        public = Q(is_confidential=False) if user.is_site_admin else Q(pk=None)
        return self.filter(working | public)

    def recruited_by(self, user: settings.AUTH_USER_MODEL) -> "RequisitionSet":  # type: ignore[name-defined]
        """Those whose recruiter this person is, and for site admins all open secrets."""
        public = Q(is_confidential=False) if user.is_site_admin else Q(pk=None)
        mine = user.hiring_teams.filter(role=TeamRole.RECRUITER)
        return self.filter(Q(pk__in=mine.values("requisition")) | public)

    def worked_on_by(self, user: settings.AUTH_USER_MODEL, *roles: TeamRole) -> "RequisitionSet":  # type: ignore[name-defined]
        """Those whose hiring team has this person in one of `roles`."""
        return self.filter(pk__in=user.hiring_teams.filter(role__in=roles).values("requisition"))


class Requisition(Numbered):
    number = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=300)
    status = models.CharField(
        max_length=20, choices=RequisitionStatus.choices, default=RequisitionStatus.DRAFT
    )
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    offices = models.ManyToManyField(Office, blank=True, related_name="+")
    locations = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    workplace = models.CharField(max_length=10, choices=Workplace.choices, blank=True)
    employment_type = models.CharField(max_length=12, choices=EmploymentType.choices, blank=True)
    level = models.CharField(max_length=100, blank=True)
    is_confidential = models.BooleanField(default=False)
    summary = models.TextField(blank=True)
    highlights = ArrayField(models.TextField(), default=list, blank=True)
    responsibilities = ArrayField(models.TextField(), default=list, blank=True)
    benefits = ArrayField(models.TextField(), default=list, blank=True)
    topics = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    guidance = ArrayField(models.TextField(), default=list, blank=True)
    faq = models.JSONField(default=list, blank=True, help_text="[{question, answer}]")
    advertised_pay = models.JSONField(
        null=True,
        blank=True,
        help_text="{amount, currency, period} as advertised",
    )
    listing = models.TextField(blank=True, help_text="the listing that this was read from")
    reading = models.JSONField(
        default=dict, blank=True, help_text="warnings, unplaced lines and sources of the reading"
    )
    approval = models.ForeignKey(
        Approval, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=500, blank=True)

    objects = RequisitionSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=RequisitionStatus.values),
                name="requisition_status_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(status="pending_approval") | Q(approval__isnull=False),
                name="a_pending_requisition_has_an_approval",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["filled", "cancelled"]) | Q(closed_at__isnull=False),
                name="a_closed_requisition_has_its_time",
            ),
        ]
        indexes = [
            # reader: the list of requisitions, newest first
            models.Index(fields=["-created_at", "-id"], name="requisitions_newest_first"),
            # reader: queries.similar
            GinIndex(SearchVector("title", config="simple"), name="words_of_requisition_titles"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="requisition_follows_its_lifecycle",
                field="status",
                transitions=REQUISITION.edges(),
            ),
            pgtrigger.Trigger(
                name="a_requisition_is_filled_by_hires",
                operation=pgtrigger.UpdateOf("status"),
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__status="filled", old__status__df="filled"),
                func="""
                    IF (SELECT count(*) FILTER (WHERE status = 'filled') = 0
                            OR count(*) FILTER (WHERE status NOT IN ('filled', 'closed')) > 0
                        FROM requisitions_opening WHERE requisition_id = NEW.id) THEN
                        RAISE EXCEPTION 'a_requisition_is_filled_by_hires';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class RequisitionCounter(models.Model):
    """The last number given in a year; its row lock keeps numbers without gaps."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)


class PayRange(Row):
    requisition = models.ForeignKey(
        Requisition, on_delete=models.CASCADE, related_name="pay_ranges"
    )
    scope = models.CharField(max_length=300, blank=True, help_text="empty: everywhere")
    minimum = models.DecimalField(max_digits=14, decimal_places=2)
    maximum = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3, help_text="ISO 4217")
    period = models.CharField(max_length=6, choices=PayPeriod.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum__lte=models.F("maximum"), minimum__gte=0),
                name="a_pay_range_runs_upwards",
            )
        ]

    def __str__(self) -> str:
        return f"{self.minimum:,.0f} to {self.maximum:,.0f} {self.currency}"


class Qualification(Row):
    requisition = models.ForeignKey(
        Requisition, on_delete=models.CASCADE, related_name="qualifications"
    )
    is_required = models.BooleanField()
    position = models.PositiveSmallIntegerField()
    text = models.TextField(help_text="the sentence as written")
    tree = models.JSONField(help_text="{all: [...]}, {any: [...]} or a leaf {text, kind, years}")

    class Meta:
        ordering = ["-is_required", "position"]

    def __str__(self) -> str:
        return self.text

    @property
    def explained(self) -> str:
        """The tree in plain words."""
        return explain(self.tree)


class Opening(Row):
    """A seat. Two hires can never take one: a filled seat names its one application."""

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="openings")
    status = models.CharField(
        max_length=10, choices=OpeningStatus.choices, default=OpeningStatus.DRAFT
    )
    is_backfill = models.BooleanField(default=False)
    target_start_on = models.DateField(null=True, blank=True)
    # The public id of the application that filled it: the app above is not known here.
    filled_by = models.UUIDField(null=True, blank=True)
    filled_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=300, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    # A cancellation that is taken back opens these again, and none that was given up before.
    closed_with_requisition = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=OpeningStatus.values), name="opening_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status="filled", filled_by__isnull=False)
                | (~Q(status="filled") & Q(filled_by=None)),
                name="a_filled_opening_names_its_hire",
            ),
            models.UniqueConstraint(fields=["filled_by"], name="one_application_fills_one_opening"),
            models.CheckConstraint(
                condition=Q(status="closed") | Q(closed_with_requisition=False),
                name="only_a_closed_seat_was_closed_with_its_requisition",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="opening_follows_its_lifecycle",
                field="status",
                transitions=OPENING.edges(),
            ),
            pgtrigger.Protect(
                name="a_taken_seat_is_not_taken_again",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(
                    old__filled_by__isnull=False,
                    new__filled_by__isnull=False,
                    old__filled_by__df=pgtrigger.F("new__filled_by"),
                ),
            ),
            pgtrigger.Trigger(
                name="a_filled_requisition_has_no_waiting_seat",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                    IF NEW.status IN ('draft', 'approved', 'open') THEN
                        PERFORM 1 FROM requisitions_requisition
                        WHERE id = NEW.requisition_id AND status = 'filled' FOR SHARE;
                        IF FOUND THEN
                            RAISE EXCEPTION 'a_filled_requisition_has_no_waiting_seat';
                        END IF;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"opening of {self.requisition.number}"

"""N of M, step after step. An approval knows people, and not what they approve."""

from datetime import datetime

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    BigIntegerRangeField,
    DateTimeRangeField,
    RangeOperators,
)
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from ats import clock
from ats.accounts.models import User
from ats.approvals.enums import APPROVAL, ApprovalState, Decision
from ats.base import Row


class ApprovalSet(models.QuerySet["Approval"]):
    def naming(self, user: User) -> "ApprovalSet":
        """Those in which this person decides: a step names them, they stand in now for somebody
        whom an open step names, or they have answered. An approver sees what they decide."""
        away = Delegation.objects.in_force(clock.now()).filter(delegate=user)
        waiting = Seat.objects.filter(
            user__in=away.values("person"),
            step__completed_at=None,
            step__approval__state=ApprovalState.PENDING,
        )
        return self.filter(
            Q(pk__in=Seat.objects.filter(user=user).values("step__approval"))
            | Q(pk__in=waiting.values("step__approval"))
            | Q(pk__in=Vote.objects.filter(user=user).values("step__approval"))
        )


class StepSet(models.QuerySet["Step"]):
    def in_turn(self) -> "StepSet":
        """The first step that is not complete, of every approval that is still pending."""
        earlier = Step.objects.filter(
            approval=models.OuterRef("approval"),
            order__lt=models.OuterRef("order"),
            completed_at=None,
        )
        return self.filter(
            ~models.Exists(earlier), completed_at=None, approval__state=ApprovalState.PENDING
        )


class SeatSet(models.QuerySet["Seat"]):
    def open(self) -> "SeatSet":
        """In turn and not answered, of people who can: the deactivated and whoever asks cannot."""
        answered = Vote.objects.filter(step=models.OuterRef("step")).annotate(
            seat=Coalesce("on_behalf_of", "user")
        )
        asker = "step__approval__requested_by"
        return self.filter(
            ~models.Exists(answered.filter(seat=models.OuterRef("user"))),
            Q(**{asker: None}) | ~Q(user=F(asker)),
            step__in=Step.objects.in_turn(),
            user__is_active=True,
        )


class DelegationSet(models.QuerySet["Delegation"]):
    def in_force(self, at: datetime) -> "DelegationSet":
        return self.filter(starts_at__lte=at, ends_at__gt=at, revoked_at=None)

    def visible_to(self, user: User) -> "DelegationSet":
        """One's own, those one stands in for, and for site admins all."""
        return self if user.is_site_admin else self.filter(Q(person=user) | Q(delegate=user))


class Approval(Row):
    """One round. What is returned or changes is asked again in a new one, beside the old."""

    state = models.CharField(
        max_length=10, choices=ApprovalState.choices, default=ApprovalState.PENDING
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    requested_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    first = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="later",
        help_text="the first round, in every later one",
    )
    note = models.CharField(max_length=300, blank=True, help_text="why it is asked again")

    objects = ApprovalSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ApprovalState.values), name="approval_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="pending") | Q(decided_at__isnull=False),
                name="a_decided_approval_has_its_time",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="approval_follows_its_lifecycle",
                field="state",
                transitions=APPROVAL.edges(),
            )
        ]

    def __str__(self) -> str:
        return f"approval, {self.state}"

    def names(self, user: User) -> bool:
        return Approval.objects.naming(user).filter(pk=self.pk).exists()

    def rounds(self) -> ApprovalSet:
        """All rounds of the same request, the first one first."""
        first = self.first_id or self.pk
        return Approval.objects.filter(Q(pk=first) | Q(first=first)).order_by("pk")


class Step(Row):
    """The people asked together, and how many of them must approve."""

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    needed = models.PositiveSmallIntegerField(default=1)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Seat", related_name="+")
    completed_at = models.DateTimeField(null=True)
    short_since = models.DateTimeField(
        null=True, help_text="since when too few can answer; whoever asked was told then"
    )

    objects = StepSet.as_manager()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["approval", "order"], name="approval_steps_are_numbered"
            ),
            models.CheckConstraint(condition=Q(needed__gte=1), name="a_step_needs_somebody"),
        ]

    def __str__(self) -> str:
        return f"step {self.order}"


class Seat(Row):
    """One person named in a step; `role` is why, in the words of whoever asked."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=40, blank=True)

    objects = SeatSet.as_manager()

    class Meta:
        db_table = "ats_step_people"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["step", "user"], name="a_step_names_a_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.step}"


class Vote(Row):
    """`user` is the human who answered; `on_behalf_of` the named person whom they stood in for."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField(max_length=10, choices=Decision.choices)
    comment = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "user"], name="one_vote_per_person_and_step"),
            models.UniqueConstraint(
                "step", Coalesce("on_behalf_of", "user"), name="each_named_person_is_counted_once"
            ),
            models.CheckConstraint(
                condition=~Q(decision="return") | ~Q(comment=""),
                name="returning_says_why",
            ),
            models.CheckConstraint(
                condition=Q(on_behalf_of=None) | ~Q(on_behalf_of=F("user")),
                name="nobody_stands_in_for_themselves",
            ),
        ]

    def __str__(self) -> str:
        named = f" for {self.on_behalf_of}" if self.on_behalf_of else ""
        return f"{self.user}{named}: {self.decision}"


class Replacement(Row):
    """Somebody else was asked in place of a named person, and why."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="replacements")
    was = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    becomes = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=500)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_replacement_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.becomes} in place of {self.was}"


ONE_PERSON = models.Func(
    "person",
    "person",
    models.Value("[]"),
    function="INT8RANGE",
    output_field=BigIntegerRangeField(),
)
SPAN = models.Func("starts_at", "ends_at", function="TSTZRANGE", output_field=DateTimeRangeField())


class Delegation(Row):
    """While one person is away, another answers for them."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    objects = DelegationSet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(person=F("delegate")), name="nobody_delegates_to_themselves"
            ),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="an_absence_ends_after_it_begins"
            ),
            ExclusionConstraint(
                name="one_delegate_at_a_time",
                expressions=[
                    # A range of one: equality of plain numbers would need an extension.
                    (ONE_PERSON, RangeOperators.OVERLAPS),
                    (SPAN, RangeOperators.OVERLAPS),
                ],
                condition=Q(revoked_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegate} for {self.person}"

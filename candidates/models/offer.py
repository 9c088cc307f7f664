"""What we offer, how it was approved, and what became of it."""

import pgtrigger
from django.db import models
from django.db.models import Q

from ats.accounts.models import User
from ats.approvals.models import Approval
from ats.base import Row
from candidates.enums import LIVE_OFFERS, OFFER, OfferStatus
from candidates.models.application import Application
from candidates.rules import GRANTS
from requisitions.enums import PayPeriod
from requisitions.models import Opening, Requisition


class OfferSet(models.QuerySet["Offer"]):
    def visible_to(self, user: User) -> "OfferSet":
        """Pay is for those who may see compensation, and for the approvers that a step names."""
        circle = Requisition.objects.worked_on_by(user, *GRANTS["view_compensation"])
        mine = Q(application__requisition__in=circle)
        named = Q(approval__in=Approval.objects.naming(user))
        public = Q(application__requisition__is_confidential=False)
        return self.filter(mine | named | (public if user.is_site_admin else Q(pk=None)))


class Offer(Row):
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="offers")
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=OfferStatus.choices, default=OfferStatus.DRAFT)
    pay_amount = models.DecimalField(max_digits=14, decimal_places=2)
    pay_currency = models.CharField(max_length=3)
    pay_period = models.CharField(max_length=6, choices=PayPeriod.choices)
    start_on = models.DateField()
    expires_at = models.DateTimeField()
    letter = models.TextField(blank=True)
    approval = models.ForeignKey(
        Approval, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = OfferSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(status__in=LIVE_OFFERS),
                name="one_live_offer_per_application",
            ),
            models.CheckConstraint(
                condition=Q(status__in=OfferStatus.values), name="offer_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["sent", "accepted", "declined", "expired"])
                | Q(sent_at__isnull=False),
                name="a_sent_offer_has_its_time",
            ),
            models.CheckConstraint(condition=Q(pay_amount__gt=0), name="an_offer_pays_something"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="offer_follows_its_lifecycle",
                field="status",
                transitions=OFFER.edges(),
            )
        ]

    def __str__(self) -> str:
        return f"offer to {self.application.candidate}"

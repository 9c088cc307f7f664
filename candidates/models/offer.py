"""What we offer, how it was approved, and what became of it."""

import pgtrigger
from django.conf import settings
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

# Whatever happens later, what went out stands; only erasure may empty its words.
TERMS_STAND = """
    IF OLD.status NOT IN ('draft', 'pending_approval', 'approved') AND (
        (OLD.version, OLD.opening_id, OLD.pay_amount, OLD.pay_currency, OLD.pay_period,
         OLD.start_on, OLD.sent_at, OLD.letter_sha256)
        IS DISTINCT FROM
        (NEW.version, NEW.opening_id, NEW.pay_amount, NEW.pay_currency, NEW.pay_period,
         NEW.start_on, NEW.sent_at, NEW.letter_sha256)
        OR NEW.letter NOT IN (OLD.letter, '', 'Erased.')
        OR NEW.letter_as_sent NOT IN (OLD.letter_as_sent, '', 'Erased.')
        OR NEW.letter_file NOT IN (OLD.letter_file, '')
    ) THEN
        RAISE EXCEPTION 'the_terms_of_a_sent_offer_stand';
    END IF;
    RETURN NEW;
"""


class OfferTemplateSet(models.QuerySet["OfferTemplate"]):
    def visible_to(self, user: User) -> "OfferTemplateSet":
        """The company's own words: everybody who works here may read them."""
        return self.all()

    def in_use(self) -> "OfferTemplateSet":
        return self.filter(retired_at=None)


class OfferTemplate(Row):
    """A letter to begin with; its tokens are filled in when the offer goes out."""

    name = models.CharField(max_length=200, unique=True)
    body = models.TextField()
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    edited_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = OfferTemplateSet.as_manager()

    def __str__(self) -> str:
        return self.name


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
    # Each version that went out is a row of its own, kept as sent.
    version = models.PositiveSmallIntegerField(default=1)
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=OfferStatus.choices, default=OfferStatus.DRAFT)
    pay_amount = models.DecimalField(max_digits=14, decimal_places=2)
    pay_currency = models.CharField(max_length=3)
    pay_period = models.CharField(max_length=6, choices=PayPeriod.choices)
    start_on = models.DateField()
    expires_at = models.DateTimeField()
    letter = models.TextField(blank=True, help_text="as written, with its tokens")
    letter_as_sent = models.TextField(blank=True)
    letter_file = models.FileField(upload_to="offers", max_length=120, blank=True)
    letter_sha256 = models.CharField(max_length=64, blank=True)
    decline_reason = models.TextField(blank=True, help_text="what the candidate said")
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
            models.UniqueConstraint(
                fields=["application", "version"], name="versions_of_an_offer_are_numbered"
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
            ),
            pgtrigger.Trigger(
                name="the_terms_of_a_sent_offer_stand",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=TERMS_STAND,
            ),
        ]

    def __str__(self) -> str:
        return f"offer to {self.application.candidate}"

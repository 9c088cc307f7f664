"""What we owe the world: one row per event, channel and recipient."""

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from ats.base import Row
from ats.events.histories import unseen
from ats.events.models import Event
from ats.outbox.enums import DELIVERY, DeliveryState


class DeliverySet(models.QuerySet["Delivery"]):
    def visible_to(self, user: Any) -> "DeliverySet":
        """For site admins: all but those about something that they may not see."""
        seen = self.exclude(unseen(user, "about_kind", "about_id"))
        return seen if user.is_site_admin else self.none()


class Delivery(Row):
    """A letter as it will be, or was, sent. "Sent" means that the mail server took it."""

    key = models.CharField(max_length=200)
    event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+")
    letter = models.CharField(max_length=80)
    # A letter that may repeat is sent at least once; one that may not waits for a person
    # when it is not known whether it went out.
    may_repeat = models.BooleanField(default=True)
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.UUIDField(null=True)
    recipient_id = models.UUIDField(null=True)
    # Whom else it names: letters about many people are found by these when one is erased.
    concerns = ArrayField(models.UUIDField(), default=list)
    to_name = models.CharField(max_length=400, blank=True)
    to_address = models.CharField(max_length=254)
    subject = models.TextField()
    body = models.TextField()
    calendar = models.TextField(blank=True)
    state = models.CharField(
        max_length=10, choices=DeliveryState.choices, default=DeliveryState.QUEUED
    )
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # The last word to somebody who is erased: its text goes as soon as it was sent.
    is_fleeting = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True)

    objects = DeliverySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["key"], name="one_delivery_per_event_channel_and_recipient"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=DeliveryState.values),
                name="delivery_state_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
                name="a_sent_delivery_has_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at=None) | ~models.Q(state__in=["queued", "sending"]),
                name="an_erased_letter_is_not_sent",
            ),
        ]
        indexes = [
            # reader: outbox.deliver.claim
            models.Index(
                fields=["due_at", "id"],
                name="deliveries_by_due_time",
                condition=models.Q(state__in=["queued", "sending"]),
            ),
            # reader: the letters of one application
            models.Index(fields=["about_id", "-id"], name="letters_about_something"),
            # reader: privacy, whom letters name
            models.Index(fields=["recipient_id"], name="letters_to_somebody"),
            GinIndex(fields=["concerns"], name="letters_that_name_somebody"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="delivery_follows_its_lifecycle",
                field="state",
                transitions=DELIVERY.edges(),
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def message_id(self) -> str:
        """The same for every copy of this letter."""
        return f"<{self.public_id}@evenhand>"


class Heartbeat(models.Model):
    """A canary task's last word: the proof that a worker works, and not only that it is up."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

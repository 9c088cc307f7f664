"""What a person may do with a letter that waits or is in trouble."""

from datetime import datetime

from django.db import transaction

from ats import clock
from ats.errors import DomainError
from ats.events.actors import Actor
from ats.events.log import record
from ats.outbox.enums import DELIVERY, DeliveryState
from ats.outbox.models import Delivery

TEXTS = ("to_name", "to_address", "subject", "body", "calendar", "last_error")


def forget_text(delivery: Delivery, at: datetime) -> list[str]:
    """What it said and to whom; the caller holds its lock, and saves these columns."""
    for column in TEXTS:
        setattr(delivery, column, "")
    delivery.erased_at = at
    return [*TEXTS, "erased_at"]


@transaction.atomic
def cancel_delivery(delivery: Delivery, *, by: Actor) -> Delivery:
    """Never to be sent from now on. Raises `TransitionNotAllowed` while it is on its way and once
    it was sent; one whose fate is unknown may have arrived, and is not sent again."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    delivery.state = DELIVERY.next(delivery.state, "cancel")
    delivery.save(update_fields=["state"])
    record("delivery.cancelled", delivery, by=by)
    return delivery


@transaction.atomic
def give_up_delivery(delivery: Delivery, *, by: Actor) -> Delivery:
    """As `cancel_delivery`, also for one that a sender claimed and has not begun to send: under
    this lock nobody is sending it, so it may have gone out before, and never goes out after."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if delivery.state == DeliveryState.SENDING:
        delivery.state = DELIVERY.next(delivery.state, "doubt")
        delivery.save(update_fields=["state"])
    return cancel_delivery(delivery, by=by)


@transaction.atomic
def retry_delivery(delivery: Delivery, *, by: Actor) -> Delivery:
    """Send a failed or uncertain letter again: a person takes the risk that it arrives twice."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if delivery.erased_at:
        raise DomainError(
            "What this letter said was erased with the person it was about, so it cannot be sent"
            " again. Nothing was changed.",
            code="erased",
        )
    delivery.state = DELIVERY.next(delivery.state, "retry")
    delivery.attempts, delivery.due_at = 0, clock.now()
    delivery.save(update_fields=["state", "attempts", "due_at"])
    record("delivery.retried", delivery, by=by)
    return delivery


@transaction.atomic
def settle_delivery(delivery: Delivery, *, by: Actor) -> Delivery:
    """A person knows that an uncertain letter arrived."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    delivery.state = DELIVERY.next(delivery.state, "settle")
    delivery.sent_at = clock.now()
    delivery.save(update_fields=["state", "sent_at"])
    record("delivery.settled", delivery, by=by)
    return delivery

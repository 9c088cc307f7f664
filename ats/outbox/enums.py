"""The words of the outbox, and the lifecycle of a delivery."""

from django.db.models import TextChoices

from ats.lifecycle import Lifecycle


class DeliveryState(TextChoices):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


S = DeliveryState
DELIVERY = Lifecycle(
    {
        (S.QUEUED, "claim"): S.SENDING,
        (S.SENDING, "confirm"): S.SENT,
        (S.SENDING, "postpone"): S.QUEUED,
        (S.SENDING, "doubt"): S.UNKNOWN,
        (S.SENDING, "give_up"): S.FAILED,
        (S.QUEUED, "cancel"): S.CANCELLED,
        (S.FAILED, "retry"): S.QUEUED,
        (S.UNKNOWN, "retry"): S.QUEUED,
        (S.FAILED, "cancel"): S.CANCELLED,
        (S.UNKNOWN, "settle"): S.SENT,
        # Perhaps it went out; from now on it never will.
        (S.UNKNOWN, "cancel"): S.CANCELLED,
    }
)
EVENTS = {
    "delivery.cancelled": (),
    "delivery.retried": (),
    "delivery.settled": (),
}

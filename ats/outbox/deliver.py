"""Hand due letters to the mail server, and be honest about what is not known."""

import logging
import smtplib
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from ats import clock
from ats.outbox.email import message
from ats.outbox.enums import DELIVERY, DeliveryState
from ats.outbox.letters import forget_text
from ats.outbox.models import Delivery

log = logging.getLogger(__name__)

ATTEMPTS = 5
LONGEST_WAIT = timedelta(hours=1)
# A sender holds the row's lock while it sends; this only covers the moment before it has it.
GRACE = timedelta(seconds=5)

REFUSING = range(400, 600)


def deliver_due() -> int:
    """Send every letter that is due; returns how many were tried."""
    settle_abandoned()
    tried = 0
    while delivery := claim():
        send(delivery)
        tried += 1
    return tried


@transaction.atomic
def claim() -> Delivery | None:
    """The next due letter, marked as being sent before anything leaves."""
    due = Delivery.objects.filter(state=DeliveryState.QUEUED, due_at__lte=clock.now())
    delivery = due.order_by("due_at", "id").select_for_update(skip_locked=True).first()
    if delivery is None:
        return None
    delivery.state = DELIVERY.next(delivery.state, "claim")
    delivery.attempts += 1
    delivery.claimed_at = Now()
    delivery.save(update_fields=["state", "attempts", "claimed_at"])
    return delivery


@transaction.atomic
def send(delivery: Delivery) -> None:
    """Send under the row's lock, so that the sweep can tell a slow sender from a dead one."""
    mine = Delivery.objects.filter(
        pk=delivery.pk, state=DeliveryState.SENDING, attempts=delivery.attempts
    )
    held = mine.select_for_update().first()
    if held is None:
        return
    try:
        message(held).send()
    except Exception as trouble:
        if is_refusal(trouble):
            postpone(held, repr(trouble))
            return
        log.exception("letter %s", held.public_id)
        doubt(held, repr(trouble))
    else:
        finish(held, "confirm")


def is_refusal(trouble: Exception) -> bool:
    """The server said no in so many words, or never spoke: the letter did surely not go out.

    An answer that nobody understands, or a yes that is not 250, is no refusal.
    """
    if isinstance(trouble, smtplib.SMTPResponseException):
        return trouble.smtp_code in REFUSING
    return isinstance(trouble, smtplib.SMTPRecipientsRefused | ConnectionRefusedError)


@transaction.atomic
def settle_abandoned() -> None:
    """Letters whose sender died between claiming and marking."""
    left = Delivery.objects.filter(
        state=DeliveryState.SENDING, claimed_at__lt=Now() - GRACE
    ).select_for_update(skip_locked=True)
    for delivery in left[:100]:
        doubt(delivery, "The worker stopped while it was sending.")


def doubt(delivery: Delivery, error: str) -> None:
    """It may have gone out: send again what may repeat, ask a person about the rest."""
    if delivery.may_repeat:
        postpone(delivery, error)
    else:
        finish(delivery, "doubt", error)


def postpone(delivery: Delivery, error: str) -> None:
    """Wait 2, 4, 8 ... seconds; after five attempts a person has to look."""
    delivery.due_at = clock.now() + min(timedelta(seconds=2**delivery.attempts), LONGEST_WAIT)
    finish(delivery, "give_up" if delivery.attempts >= ATTEMPTS else "postpone", error)


def finish(delivery: Delivery, verb: str, error: str = "") -> None:
    delivery.state = DELIVERY.next(delivery.state, verb)
    delivery.last_error = error[:2000]
    delivery.sent_at = clock.now() if delivery.state == DeliveryState.SENT else None
    changed = ["state", "last_error", "due_at", "sent_at"]
    if delivery.sent_at and delivery.is_fleeting:
        changed += forget_text(delivery, delivery.sent_at)
    delivery.save(update_fields=dict.fromkeys(changed))

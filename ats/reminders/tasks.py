from typing import Any

from celery import shared_task

from ats.outbox import deliver
from ats.reminders import bell


@shared_task
def ring_due_reminders(**_: Any) -> None:
    """Ring, and at once send what the ringing wrote."""
    if bell.ring_due():
        deliver.deliver_due()

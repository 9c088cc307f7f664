from typing import Any

from celery import shared_task
from django.db.models.functions import Now

from ats.outbox import deliver, relay
from ats.outbox.models import Heartbeat


@shared_task
def relay_events(**_: Any) -> None:
    """Reactions first, and at once the letters that they wrote."""
    relay.relay_events()
    deliver.deliver_due()


@shared_task
def deliver_due(**_: Any) -> None:
    deliver.deliver_due()


@shared_task
def canary(**_: Any) -> None:
    """Proof of life on the database's own clock."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": Now()})

from typing import Any

from celery import shared_task
from django.db import transaction

from ats import clock
from ats.events.actors import Actor
from candidates.actions import overstay
from candidates.actions.offer import expire_offer
from candidates.enums import OfferStatus
from candidates.models import Offer


@shared_task
def note_overstays(**_: Any) -> None:
    overstay.note_overstays(by=Actor.system("note_overstays"))


@shared_task
def expire_offers(**_: Any) -> None:
    """Each in its own transaction; two of these at once share the work."""
    while expire_next():
        continue


@transaction.atomic
def expire_next() -> bool:
    due = Offer.objects.filter(status=OfferStatus.SENT, expires_at__lte=clock.now())
    offer = due.order_by("expires_at").select_for_update(skip_locked=True, of=("self",)).first()
    if offer is None:
        return False
    expire_offer(offer, by=Actor.system("expire_offers"))
    return True

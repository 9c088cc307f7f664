"""Letters that wait, and may still be taken back."""

from ats.base import Row
from ats.events.actors import Actor
from ats.outbox.enums import DeliveryState
from ats.outbox.letters import cancel_delivery
from ats.outbox.models import Delivery

NOT_SENT_YET = (DeliveryState.QUEUED, DeliveryState.FAILED)


def latest_letter(about: Row, letter: str) -> Delivery | None:
    """The latest that was not taken back, locked: one that is on its way is waited for."""
    letters = Delivery.objects.filter(about_id=about.public_id, letter=letter)
    return (
        letters.exclude(state=DeliveryState.CANCELLED)
        .order_by("-pk")
        .select_for_update(of=("self",))
        .first()
    )


def take_back_if_waiting(about: Row, letter: str, by: Actor) -> None:
    found = latest_letter(about, letter)
    if found and found.state in NOT_SENT_YET:
        cancel_delivery(found, by=by)

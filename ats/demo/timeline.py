"""Many stories told side by side, in the order in which things happened.

A story is a generator: it yields the moment at which it goes on. Between two moments everything
that the product owes by then is done at its own time: reactions at once, reminders when due.
"""

from collections.abc import Generator, Iterable
from datetime import datetime
from heapq import heapify, heappop, heapreplace

from django.db.models import F

from ats import clock
from ats.events.models import Owed
from ats.outbox.enums import DeliveryState
from ats.outbox.models import Delivery
from ats.outbox.relay import relay_batch
from ats.reminders.bell import ring_batch
from ats.reminders.models import Reminder

Story = Generator[datetime, None, None]


def tell(stories: Iterable[Story]) -> None:
    waiting = [(next(story), place, story) for place, story in enumerate(stories)]
    heapify(waiting)
    while waiting:
        moment, place, story = waiting[0]
        catch_up(moment)
        with clock.pretend(moment):
            following = next(story, None)
            react(moment)
        if following is None:
            heappop(waiting)
        else:
            assert following >= moment, f"{story} goes back to {following}"
            heapreplace(waiting, (following, place, story))
    catch_up(clock.now())
    mark_as_sent(clock.now())
    refuse_leftovers()


def catch_up(until: datetime) -> None:
    """Every reminder that falls due by then rings at its own moment."""
    due = Reminder.objects.filter(parked_at=None, due_at__lte=until).order_by("due_at")
    while moment := due.values_list("due_at", flat=True).first():
        with clock.pretend(moment):
            ring_batch()
            react(moment)


def react(moment: datetime) -> None:
    """What a worker would do within the second."""
    while Owed.objects.filter(parked_at=None, due_at__lte=moment).exists():
        relay_batch()


def mark_as_sent(now: datetime) -> None:
    """Letters of a made-up past reach nobody: each counts as sent when it was due."""
    Delivery.objects.filter(state=DeliveryState.QUEUED, due_at__lte=now).update(
        state=DeliveryState.SENDING, attempts=1, claimed_at=F("due_at")
    )
    Delivery.objects.filter(state=DeliveryState.SENDING).update(
        state=DeliveryState.SENT, sent_at=F("due_at")
    )


def refuse_leftovers() -> None:
    """A demo in which something failed would be a poor advertisement."""
    troubles = [debt.last_error for debt in Owed.objects.all()]
    troubles += [bell.last_error for bell in Reminder.objects.exclude(last_error="")]
    if troubles:
        raise RuntimeError(f"{len(troubles)} debts could not be paid; the first: {troubles[0]}")

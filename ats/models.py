"""Re-exports every kernel table, and nothing else."""

from ats.accounts.models import ApiToken, User
from ats.events.models import Checkpoint, CheckpointHead, Event, EventHead, EventSubject, Owed
from ats.outbox.models import Delivery, Heartbeat
from ats.reminders.models import Reminder

__all__ = [
    "ApiToken",
    "Checkpoint",
    "CheckpointHead",
    "Delivery",
    "Event",
    "EventHead",
    "EventSubject",
    "Heartbeat",
    "Owed",
    "Reminder",
    "User",
]

"""Re-exports every kernel table, and nothing else."""

from ats.accounts.models import ApiToken, User
from ats.approvals.models import Approval, Delegation, Replacement, Seat, Step, Vote
from ats.custom_fields.models import CustomField
from ats.events.models import Checkpoint, CheckpointHead, Event, EventHead, EventSubject, Owed
from ats.idempotency import IdempotencyRecord
from ats.jobs.models import Job, JobItem
from ats.outbox.models import Delivery, Heartbeat
from ats.privacy.models import DoomedFile, Erasure, Export
from ats.reminders.models import Reminder

__all__ = [
    "ApiToken",
    "Approval",
    "Checkpoint",
    "CheckpointHead",
    "CustomField",
    "Delegation",
    "Delivery",
    "DoomedFile",
    "Erasure",
    "Event",
    "EventHead",
    "EventSubject",
    "Export",
    "Heartbeat",
    "IdempotencyRecord",
    "Job",
    "JobItem",
    "Owed",
    "Reminder",
    "Replacement",
    "Seat",
    "Step",
    "User",
    "Vote",
]

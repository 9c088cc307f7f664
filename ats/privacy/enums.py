"""The words of privacy."""

from django.db.models import TextChoices

from ats.lifecycle import Lifecycle


class Because(TextChoices):
    """Why somebody was erased."""

    ASKED = "asked", "they asked"
    RETENTION = "retention", "their time was up"
    MISTAKE = "mistake", "we should not have had it"


class ExportState(TextChoices):
    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


S = ExportState
EXPORT = Lifecycle(
    {
        (S.WAITING, "finish"): S.READY,
        (S.WAITING, "give_up"): S.FAILED,
        (S.FAILED, "retry"): S.WAITING,
        (S.READY, "expire"): S.EXPIRED,
    },
    consequences=["finish", "give_up", "expire"],
)

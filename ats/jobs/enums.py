"""The words of jobs, and their lifecycle."""

from django.db.models import TextChoices

from ats.lifecycle import Lifecycle


class JobState(TextChoices):
    DRAFT = "draft"
    QUEUED = "queued"
    RUNNING = "running"
    STOPPED = "stopped"
    FINISHED = "finished"
    UNDONE = "undone"


class Outcome(TextChoices):
    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    UNDONE = "undone"
    KEPT = "kept", "could not be undone"


S = JobState
JOB = Lifecycle(
    {
        (S.DRAFT, "start"): S.QUEUED,
        (S.QUEUED, "begin"): S.RUNNING,
        (S.QUEUED, "stop"): S.STOPPED,
        (S.RUNNING, "stop"): S.STOPPED,
        (S.STOPPED, "resume"): S.QUEUED,
        (S.RUNNING, "finish"): S.FINISHED,
        # What failed by our own fault is tried again.
        (S.FINISHED, "resume"): S.QUEUED,
        (S.STOPPED, "undo"): S.QUEUED,
        (S.FINISHED, "undo"): S.QUEUED,
        (S.RUNNING, "finish_undo"): S.UNDONE,
    }
)
EVENTS = {
    "job.drafted": ("kind", "items"),
    "job.started": (),
    "job.stopped": (),
    "job.resumed": (),
    "job.undo_started": (),
    "job.finished": (),
    "job.undone": (),
}

"""Work on jobs, item by item: each item and its outcome are one transaction, so that it happens
once whatever dies. A job is one worker's at a time by a lease, and jobs take turns.
"""

import logging
from datetime import timedelta
from time import monotonic
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from ats import clock
from ats.errors import DomainError
from ats.events.actors import Actor
from ats.events.log import record
from ats.jobs.enums import JOB, JobState, Outcome
from ats.jobs.models import Job, JobItem
from ats.jobs.registry import KINDS

log = logging.getLogger(__name__)

# A worker is busy with jobs for so long, and with one job for so long before the next one's turn.
SHIFT, TURN = 5.0, 2.0
# Renewed while it works: of a dead worker's job another one takes over after this.
LEASE = timedelta(seconds=15)
RENEW_AFTER = 3.0
ATTEMPTS = 3
DEATHS = 5
FAILED = "Something failed here on our side. Nothing was changed: resume the job to try again."
LIVE = (JobState.QUEUED, JobState.RUNNING)


def work_due() -> int:
    """Work on what is due for at most a shift; returns how many items were carried out."""
    end, worked = monotonic() + SHIFT, 0
    while monotonic() < end and (job := claim()):
        worked += work_on(job)
    return worked


@transaction.atomic
def claim() -> Job | None:
    """The job that waited longest for its turn, leased."""
    free = Q(lease_until=None) | Q(lease_until__lt=Now())
    due = Job.objects.filter(free, state__in=LIVE, due_at__lte=clock.now())
    turns = due.order_by(F("served_at").asc(nulls_first=True), "pk")
    job = turns.select_for_update(skip_locked=True, of=("self",)).first()
    if job is None:
        return None
    if job.lease_until is not None:
        bury(job)
    if job.state == JobState.QUEUED:
        job.state = JOB.next(job.state, "begin")
        job.started_at = job.started_at or clock.now()
    job.lease, job.lease_until = uuid4(), Now() + LEASE
    job.save(update_fields=["state", "started_at", "lease", "lease_until", "deaths"])
    return job


def bury(job: Job) -> None:
    """Its worker died. Where they keep dying, the item in turn is left aside for a person."""
    job.deaths += 1
    if job.deaths >= DEATHS and (item := next_item(job)):
        close(item, Outcome.KEPT if job.is_undoing else Outcome.FAILED, FAILED)
        job.deaths = 0


def work_on(job: Job) -> int:
    """One turn."""
    begun = renewed = monotonic()
    worked = 0
    while monotonic() - begun < TURN and work_next(job):
        worked += 1
        if monotonic() - renewed > RENEW_AFTER:
            renewed = monotonic()
            mine(job).update(lease_until=Now() + LEASE)
    mine(job).update(lease=None, lease_until=None, served_at=Now(), deaths=0)
    return worked


def mine(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, lease=job.lease)


@transaction.atomic
def work_next(job: Job) -> bool:
    """One item. Its job is locked meanwhile: whoever stops it waits for this item, and no more
    than this one. False when there is nothing to do, or it is not ours any more."""
    held = mine(job).filter(state=JobState.RUNNING).select_for_update(no_key=True).first()
    if held is None:
        return False
    item = next_item(held)
    if item is None:
        finish(held)
        return False
    carry_out(held, item)
    return True


def next_item(job: Job) -> JobItem | None:
    """Done from the first to the last, undone from the last to the first."""
    items = job.items.select_for_update(of=("self",))
    if job.is_undoing:
        return items.filter(outcome=Outcome.DONE).order_by("-position").first()
    return items.filter(outcome=Outcome.WAITING).order_by("position").first()


def carry_out(job: Job, item: JobItem) -> None:
    kind = KINDS[job.kind]
    step = kind.undo if job.is_undoing else kind.work
    assert step is not None
    try:
        with transaction.atomic():
            done = step(job, item, by=actor_of(job))
    except DomainError as refusal:
        close(item, Outcome.KEPT if job.is_undoing else Outcome.REFUSED, refusal.sentence)
    except Exception:
        log.exception("item %s of job %s failed", item.position, job.public_id)
        try_again(job, item)
    else:
        item.result |= done.result
        close(item, Outcome.UNDONE if job.is_undoing else Outcome.DONE, done.detail)


def try_again(job: Job, item: JobItem) -> None:
    """A deadlock passes; what fails three times is left for a person."""
    item.attempts += 1
    item.save(update_fields=["attempts"])
    if item.attempts >= ATTEMPTS:
        close(item, Outcome.KEPT if job.is_undoing else Outcome.FAILED, FAILED)


def close(item: JobItem, outcome: Outcome, detail: str) -> None:
    item.outcome, item.detail, item.at = outcome, detail, clock.now()
    item.save(update_fields=["outcome", "detail", "at", "result"])


def finish(job: Job) -> None:
    verb, said = ("finish_undo", "undone") if job.is_undoing else ("finish", "finished")
    job.state, job.finished_at = JOB.next(job.state, verb), clock.now()
    job.save(update_fields=["state", "finished_at"])
    record(f"job.{said}", job, by=actor_of(job))


def actor_of(job: Job) -> Actor:
    return Actor(job.actor_kind, job.owner, job.actor_id)

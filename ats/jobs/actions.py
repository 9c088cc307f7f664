"""What a person may do with a job. The worker carries it out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from ats import clock
from ats.base import Row, lock
from ats.errors import Blocked, DomainError
from ats.events.actors import Actor
from ats.events.log import record
from ats.jobs.enums import JOB, Outcome
from ats.jobs.models import Job, JobItem
from ats.jobs.registry import KINDS

DRAFT_LASTS = timedelta(hours=1)
BATCH = 2000


@dataclass(frozen=True)
class Item:
    """`foreseen`: why it will probably be refused, in words; empty if it will not. `known`: ids
    that carrying it out needs."""

    subject_id: UUID | None = None
    foreseen: str = ""
    known: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def draft_job(
    kind: str,
    *,
    items: Iterable[Item],
    params: dict[str, Any] | None = None,
    about: Row | None = None,
    due_at: datetime | None = None,
    by: Actor,
) -> Job:
    """What would be done, item by item, frozen. Nothing happens before `start_job`."""
    assert by.user, "a job is somebody's"
    assert by.id
    items, at = list(items), clock.now()
    job = Job.objects.create(
        kind=KINDS[kind].name,
        owner=by.user,
        actor_kind=by.kind,
        actor_id=by.id,
        about_id=about.public_id if about else None,
        params=params or {},
        preview=foresee(items),
        total=len(items),
        due_at=due_at or at,
        created_at=at,
    )
    rows = (
        JobItem(
            job=job,
            position=place,
            subject_id=item.subject_id,
            detail=item.foreseen,
            result=item.known,
        )
        for place, item in enumerate(items)
    )
    JobItem.objects.bulk_create(rows, batch_size=BATCH)
    record("job.drafted", job, by=by, kind=kind, items=len(items))
    return job


def foresee(items: Iterable[Item]) -> dict[str, Any]:
    """How many will be done, and why the others cannot: each reason once, the commonest first."""
    reasons: dict[str, int] = {}
    for item in items:
        reasons[item.foreseen] = reasons.get(item.foreseen, 0) + 1
    will = reasons.pop("", 0)
    ordered = sorted(reasons.items(), key=lambda each: (-each[1], each[0]))
    return {"will": will, "reasons": [{"sentence": s, "count": n} for s, n in ordered]}


@transaction.atomic
def start_job(job: Job, *, by: Actor) -> Job:
    """Confirm what the preview showed."""
    job = lock(job)
    job.state = JOB.next(job.state, "start")
    if clock.now() - job.created_at > DRAFT_LASTS:
        raise DomainError(
            "This preview is more than an hour old. Nothing was done: look again.", code="too_old"
        )
    job.save(update_fields=["state"])
    record("job.started", job, by=by)
    return job


@transaction.atomic
def stop_job(job: Job, *, by: Actor) -> Job:
    """After the item that is being worked on nothing more happens, until it is resumed."""
    job = lock(job)
    job.state = JOB.next(job.state, "stop")
    job.save(update_fields=["state"])
    record("job.stopped", job, by=by)
    return job


@transaction.atomic
def resume_job(job: Job, *, by: Actor) -> Job:
    """Go on where it stopped; of a finished job, try again what failed by our own fault."""
    job = lock(job)
    after = JOB.next(job.state, "resume")
    again = job.items.filter(outcome=Outcome.FAILED).update(outcome=Outcome.WAITING, attempts=0)
    if not again and job.finished_at:
        raise Blocked(["Everything was tried: there is nothing to resume."])
    job.state, job.finished_at = after, None
    job.save(update_fields=["state", "finished_at"])
    record("job.resumed", job, by=by)
    return job


@transaction.atomic
def undo_job(job: Job, *, by: Actor) -> Job:
    """Take back what was done, the last first; what has changed since is kept, and says why."""
    job = lock(job)
    job.state = JOB.next(job.state, "undo")
    if job.is_undoing or KINDS[job.kind].undo is None:
        said = "It is being undone: resume it." if job.is_undoing else "This cannot be undone."
        raise Blocked([said])
    job.is_undoing, job.finished_at = True, None
    job.items.update(attempts=0)
    job.save(update_fields=["state", "is_undoing", "finished_at"])
    record("job.undo_started", job, by=by)
    return job


def possible(job: Job) -> list[str]:
    """What a person may do with it now."""
    verbs = set(JOB.possible(job.state)) - {"begin", "finish", "finish_undo"}
    if job.is_undoing or KINDS[job.kind].undo is None:
        verbs.discard("undo")
    if job.finished_at and not job.items.filter(outcome=Outcome.FAILED).exists():
        verbs.discard("resume")
    return sorted(verbs)


def forget_drafts() -> int:
    """Previews that nobody confirmed."""
    old = Job.objects.filter(state="draft", created_at__lt=clock.now() - DRAFT_LASTS)
    return old.delete()[0]

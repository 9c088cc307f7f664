"""What becomes of the others when every seat is taken: chosen before, carried out by a job."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import Invalid
from ats.events.actors import Actor
from ats.events.log import record
from ats.jobs.actions import Item, draft_job, start_job, stop_job
from ats.jobs.enums import JobState
from candidates.actions.application import check_reason
from candidates.actions.pool import check_in_use
from candidates.enums import AfterFill, ApplicationStatus, RejectionKind
from candidates.models import Application, FillPlan, RejectionReason, TalentPool
from requisitions.enums import RequisitionStatus
from requisitions.models import Requisition

KIND = "after_fill"
MOST_DAYS = 90


@transaction.atomic
def choose_after_fill(
    requisition: Requisition,
    *,
    choice: str,
    reason: RejectionReason | None = None,
    letter: str = "later",
    after_days: int = 7,
    pool: TalentPool | None = None,
    by: Actor,
) -> FillPlan:
    """Made once for whenever it is filled; another choice replaces it until it is carried out.

    `letter`: now, later (the next working morning) or never. Raises `Invalid` per field.
    """
    assert by.user is not None, "a choice is somebody's"
    requisition = lock(requisition)
    if choice not in AfterFill.values:
        raise Invalid("choice", f"Choose one of: {', '.join(AfterFill.values)}.")
    facts: dict[str, Any] = {"choice": choice, "chosen_by": by.user, "chosen_at": clock.now()}
    facts |= {"reason": None, "letter": "", "after_days": 0, "pool": None}
    if choice != AfterFill.KEEP:
        check_rejecting(reason, letter, after_days)
        facts |= {"reason": reason, "letter": letter, "after_days": after_days}
    if choice == AfterFill.POOL:
        facts["pool"] = check_pool(pool)
    plan, _ = FillPlan.objects.update_or_create(requisition=requisition, defaults=facts)
    record("after_fill.chosen", requisition, by=by, choice=choice)
    return plan


def check_rejecting(reason: RejectionReason | None, letter: str, after_days: int) -> None:
    if reason is None:
        raise Invalid("reason", "Say why they are rejected: choose a reason.")
    check_reason(reason, RejectionKind.WE_REJECTED)
    if letter not in ("now", "later", "never"):
        raise Invalid("letter", "A letter goes now, later or never.")
    if not 0 <= after_days <= MOST_DAYS:
        raise Invalid("after_days", f"Between 0 and {MOST_DAYS} days after it was filled.")


def check_pool(pool: TalentPool | None) -> TalentPool:
    if pool is None:
        raise Invalid("pool", "Say which pool they join.")
    check_in_use(pool)
    return pool


@transaction.atomic
def begin_after_fill(plan: FillPlan, *, by: Actor) -> FillPlan:
    """Whoever is active now is in the job, which waits its days; once per filling."""
    plan = lock(plan)
    active = Application.objects.filter(
        requisition=plan.requisition_id, status=ApplicationStatus.ACTIVE
    )
    chosen = list(active.order_by("pk").values_list("public_id", flat=True))
    if plan.choice == AfterFill.KEEP or not chosen or is_waiting(plan):
        return plan
    assert plan.reason is not None
    owner = Actor.of(plan.chosen_by)
    job = draft_job(
        KIND,
        items=[
            Item(each, known={"requisition": str(plan.requisition.public_id)}) for each in chosen
        ],
        params={
            "reason": str(plan.reason.public_id),
            "reason_name": plan.reason.name,
            "note": "",
            "letter": plan.letter,
            "pool": str(plan.pool.public_id) if plan.pool else "",
        },
        about=plan.requisition,
        due_at=clock.now() + timedelta(days=plan.after_days),
        by=owner,
    )
    plan.job = start_job(job, by=owner)
    plan.save(update_fields=["job"])
    record("after_fill.begun", plan.requisition, by=by, job=job)
    return plan


def is_waiting(plan: FillPlan) -> bool:
    live = (JobState.QUEUED, JobState.RUNNING)
    return plan.job is not None and plan.job.state in live and not plan.job.is_undoing


@transaction.atomic
def stop_after_fill(plan: FillPlan, *, by: Actor) -> FillPlan:
    """It is open again: nobody else is rejected for its having been filled."""
    plan = lock(plan)
    is_open = plan.requisition.status != RequisitionStatus.FILLED
    if is_open and is_waiting(plan) and plan.job:
        stop_job(plan.job, by=by)
        record("after_fill.stopped", plan.requisition, by=by, job=plan.job)
    return plan

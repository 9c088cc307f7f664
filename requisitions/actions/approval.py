"""What starts an approval again, and whom a department usually asks."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from ats.accounts.models import User
from ats.approvals import engine
from ats.approvals.engine import StepSpec
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from requisitions.enums import REQUISITION, FlowKind
from requisitions.models import ApprovalFlow, Department, Requisition
from requisitions.queries.approvers import holders_of


def restart_approval(requisition: Requisition, *, because: Sequence[str], by: Actor) -> None:
    """What was approved, or is being, has changed: the same steps are asked once more.

    Until they have answered nobody is offered the job or hired. Postings stay as they were
    approved, and people already in the pipeline go on. The caller holds the requisition's lock.
    """
    requisition.status = REQUISITION.next(requisition.status, "restart")
    assert requisition.approval is not None
    requisition.approval = engine.restart(
        requisition.approval,
        note=f"Changed since: {', '.join(because)}.",
        holders=holders_of(requisition, by.user),
        by=by,
    )
    requisition.save(update_fields=["status", "approval"])
    record(
        "requisition.restarted", requisition, by=by, approval=requisition.approval, fields=because
    )


@transaction.atomic
def replace_requisition_approver(
    requisition: Requisition, *, was: User, becomes: User, reason: str, by: Actor
) -> Requisition:
    """Ask somebody else in place of an approver who is away, has left or does not answer."""
    requisition = lock(requisition)
    if requisition.approval is None:
        raise DomainError("Nobody is asked to approve this.", code="not_asked")
    engine.replace_approver(requisition.approval, was=was, becomes=becomes, reason=reason, by=by)
    record("requisition.approver_replaced", requisition, by=by, was=was, becomes=becomes)
    return requisition


@transaction.atomic
def add_approval_flow(
    *, kind: str, department: Department | None = None, steps: Sequence[StepSpec], by: Actor
) -> ApprovalFlow:
    """Who is asked in this department, and below it, where nobody names others."""
    flow, is_new = ApprovalFlow.objects.get_or_create(
        kind=FlowKind(kind), department=department, defaults={"steps": written(steps)}
    )
    if not is_new:
        raise Invalid("department", "There is a flow of this kind already: change that one.")
    record("approval_flow.added", flow, by=by)
    return flow


@transaction.atomic
def edit_approval_flow(flow: ApprovalFlow, *, steps: Sequence[StepSpec], by: Actor) -> ApprovalFlow:
    """From the next request on; those that wait keep their steps."""
    flow = lock(flow)
    flow.steps = written(steps)
    flow.save(update_fields=["steps"])
    record("approval_flow.edited", flow, by=by)
    return flow


@transaction.atomic
def remove_approval_flow(flow: ApprovalFlow, *, by: Actor) -> None:
    flow = lock(flow)
    record("approval_flow.removed", flow, by=by)
    flow.delete()


def written(steps: Sequence[StepSpec]) -> list[dict[str, Any]]:
    """As the flow keeps them. Raises `Invalid` for steps that nobody could complete."""
    if not steps:
        raise Invalid("steps", "Name at least one step with somebody who approves.")
    for place, step in enumerate(steps, start=1):
        if not step.roles and step.needed > len(set(step.people)):
            raise Invalid("steps", f"Step {place} needs more to approve than it names.")
    return [
        {
            "people": [str(person.public_id) for person in step.people],
            "roles": [str(role) for role in step.roles],
            "needed": step.needed,
        }
        for step in steps
    ]

"""Where an approval stands, for `admin/console/approval.html`: who said what, who is asked now."""

from dataclasses import dataclass
from typing import Any

from ats.accounts.models import User
from ats.approvals.engine import waiting_for
from ats.approvals.models import Approval, Vote


@dataclass(frozen=True)
class Stand:
    order: int
    needed: int
    people: list[User]
    votes: list[Vote]
    is_done: bool
    is_asked: bool


def progress(approval: Approval | None) -> dict[str, Any] | None:
    if approval is None:
        return None
    awaited = list(waiting_for(approval))
    steps = list(approval.steps.prefetch_related("people", "votes", "votes__user"))
    stands = [
        Stand(
            order=step.order,
            needed=step.needed,
            people=list(step.people.all()),
            votes=list(step.votes.all()),
            is_done=step.completed_at is not None,
            is_asked=any(person in awaited for person in step.people.all()),
        )
        for step in steps
    ]
    first_open = next((stand.order for stand in stands if not stand.is_done), None)
    return {"row": approval, "steps": stands, "awaited": awaited, "now": first_open}


def is_awaited(row: Any, user: User) -> bool:
    """Whether this person's answer is the next one that counts; `row` has an `approval`."""
    return row.approval is not None and waiting_for(row.approval).filter(pk=user.pk).exists()

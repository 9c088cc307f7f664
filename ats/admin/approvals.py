"""Where an approval stands, for `admin/console/approval.html`: who said what, who is asked now."""

from dataclasses import dataclass
from typing import Any

from ats.accounts.models import User
from ats.approvals.enums import ApprovalState
from ats.approvals.models import Approval, Replacement, Seat, Vote
from ats.approvals.waiting import pending_for, waiting_for


@dataclass(frozen=True)
class Stand:
    order: int
    needed: int
    seats: list[Seat]
    votes: list[Vote]
    replacements: list[Replacement]
    is_done: bool
    is_stuck: bool


def progress(approval: Approval | None) -> dict[str, Any] | None:
    if approval is None:
        return None
    stands = [
        Stand(
            order=step.order,
            needed=step.needed,
            seats=list(step.seats.all()),
            votes=list(step.votes.all()),
            replacements=list(step.replacements.all()),
            is_done=step.completed_at is not None,
            is_stuck=step.short_since is not None,
        )
        for step in approval.steps.prefetch_related(
            "seats__user",
            "votes__user",
            "votes__on_behalf_of",
            "replacements__was",
            "replacements__becomes",
        )
    ]
    first_open = next((stand.order for stand in stands if not stand.is_done), None)
    return {
        "row": approval,
        "steps": stands,
        "awaited": list(waiting_for(approval)),
        "now": first_open,
        "earlier": approval.rounds().filter(pk__lt=approval.pk).select_related("requested_by"),
    }


def is_awaited(row: Any, user: User) -> bool:
    """Whether this person may answer now, for themselves or for somebody away."""
    return row.approval is not None and pending_for(user).filter(pk=row.approval_id).exists()


def is_asked(row: Any, user: User) -> bool:
    """Whether the approval of `row` waits for anybody."""
    return row.approval is not None and row.approval.state == ApprovalState.PENDING

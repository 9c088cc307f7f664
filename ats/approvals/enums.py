"""The words of approvals, and their lifecycle."""

from django.db.models import TextChoices

from ats.lifecycle import Lifecycle


class ApprovalState(TextChoices):
    PENDING = "pending"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Decision(TextChoices):
    APPROVE = "approve"
    RETURN = "return"


A = ApprovalState
APPROVAL = Lifecycle(
    {
        (A.PENDING, "approve"): A.APPROVED,
        (A.PENDING, "return"): A.RETURNED,
        (A.PENDING, "withdraw"): A.WITHDRAWN,
        (A.APPROVED, "withdraw"): A.WITHDRAWN,
    }
)
EVENTS: dict[str, tuple[str, ...]] = {
    "approval.requested": ("steps",),
    "approval.voted": ("step", "decision", "on_behalf_of"),
    "approval.approved": (),
    "approval.returned": ("step",),
    "approval.withdrawn": (),
    "approval.stuck": ("step",),
    "approval.approver_replaced": ("step", "was", "becomes"),
    "delegation.made": ("delegate", "starts_at", "ends_at"),
    "delegation.revoked": ("delegate",),
}

"""What a person may do in the kernel itself: accounts, the outbox, webhooks."""

from typing import Any

from ats.accounts.models import ApiToken, User

OWN = {"revoke_token"}
# One's own absence, or anybody's for a site admin: people fall ill.
OWN_ABSENCE = {"delegate_approvals", "revoke_delegation"}
# The engine decides who is in turn, and says why somebody is not.
NAMED = {"approve", "send_back"}
# Whoever sees a job: one's own, or one about something that a kind of job shares with its team.
JOBS = {"start_job", "stop_job", "resume_job", "undo_job"}
SITE_ADMIN = {
    "add_custom_field",
    "edit_custom_field",
    "retire_custom_field",
    "restore_custom_field",
    "invite_user",
    "deactivate_user",
    "view_delivery",
    "retry_delivery",
    "cancel_delivery",
    "settle_delivery",
    "view_event",
    "view_debt",
    "retry_debt",
}


def may(user: User, verb: str, subject: Any) -> bool:
    if verb in OWN:
        return isinstance(subject, ApiToken) and subject.user_id == user.pk
    if verb in OWN_ABSENCE:
        return user.is_site_admin or subject is None or user == getattr(subject, "person", subject)
    if verb in NAMED | JOBS:
        return True
    return verb in SITE_ADMIN and user.is_site_admin

"""Who may do what with candidates, applications and offers: role by verb, on one screen."""

from typing import Any

from ats.accounts.models import User
from requisitions.enums import CompanyRoleKind, TeamRole
from requisitions.rules import has_company_role, is_admin_of, roles_of

RECRUITER, MANAGER, COORDINATOR = TeamRole.RECRUITER, TeamRole.MANAGER, TeamRole.COORDINATOR
# The team that sees every application of its requisition; others see what was shared with them.
INNER_CIRCLE = {RECRUITER, MANAGER, COORDINATOR}

GRANTS: dict[str, set[TeamRole]] = {
    "view_application": INNER_CIRCLE,
    "move_application": {RECRUITER, MANAGER},
    "reject_application": {RECRUITER, MANAGER},
    "take_back_rejection_letter": {RECRUITER, MANAGER},
    "reactivate_application": {RECRUITER, MANAGER},
    "withdraw_application": {RECRUITER, COORDINATOR},
    "hire_application": {RECRUITER},
    "undo_hire": {RECRUITER},
    "share_application": {RECRUITER, COORDINATOR},
    "unshare_application": {RECRUITER, COORDINATOR},
    "add_note": INNER_CIRCLE,
    "view_compensation": {RECRUITER, MANAGER},
    "draft_offer": {RECRUITER},
    "edit_offer": {RECRUITER},
    "submit_offer": {RECRUITER},
    "replace_offer_approver": {RECRUITER},
    "send_offer": {RECRUITER},
    "rescind_offer": {RECRUITER},
    "add_stage_rule": {RECRUITER},
}
# The approval engine decides who votes: whoever the step names, whatever their role.
NAMED = {"approve_offer", "return_offer"}
COMPANY_GRANTS = {"add_candidate": {CompanyRoleKind.RECRUITER}}
# What somebody may do with an application that was only shared with them.
SHARED = {"add_note"}


def may(user: User, verb: str, subject: Any) -> bool:
    if verb in COMPANY_GRANTS:
        return user.is_site_admin or has_company_role(user, COMPANY_GRANTS[verb])
    if verb in NAMED:
        return True
    application = getattr(subject, "application", subject)
    if verb in SHARED and application.access.filter(user=user).exists():
        return True
    return verb in GRANTS and (
        is_admin_of(user, application) or bool(roles_of(user, application) & GRANTS[verb])
    )

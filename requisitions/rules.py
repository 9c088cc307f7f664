"""Who may do what on a requisition: role by verb, on one screen."""

from typing import Any

from ats.accounts.models import User
from requisitions.enums import CompanyRoleKind, TeamRole

RECRUITER, MANAGER, COORDINATOR = TeamRole.RECRUITER, TeamRole.MANAGER, TeamRole.COORDINATOR
SOURCER, INTERVIEWER = TeamRole.SOURCER, TeamRole.INTERVIEWER
ANYONE = {RECRUITER, MANAGER, COORDINATOR, SOURCER, INTERVIEWER}

GRANTS: dict[str, set[TeamRole]] = {
    "view_requisition": ANYONE,
    "edit_requisition": {RECRUITER},
    "set_pay": {RECRUITER},
    "clone_requisition": {RECRUITER},
    "save_requisition_template": {RECRUITER},
    "see_compensation": {RECRUITER, MANAGER},
    "see_restricted_fields": {RECRUITER},
    "submit_requisition": {RECRUITER, MANAGER},
    "replace_requisition_approver": {RECRUITER, MANAGER},
    "hold_requisition": {RECRUITER},
    "resume_requisition": {RECRUITER},
    "cancel_requisition": {RECRUITER},
    "reopen_requisition": {RECRUITER},
    "add_opening": {RECRUITER},
    "open_opening": {RECRUITER},
    "close_opening": {RECRUITER},
    "edit_opening": {RECRUITER},
    "move_opening": {RECRUITER},
    "reopen_opening": {RECRUITER},
    "join_hiring_team": {RECRUITER},
    "leave_hiring_team": {RECRUITER},
    "make_responsible": {RECRUITER},
    "attach_pipeline": {RECRUITER},
    "add_stage": {RECRUITER},
    "edit_stage": {RECRUITER},
    "move_stage": {RECRUITER},
    "retire_stage": {RECRUITER},
    "choose_competencies": {RECRUITER, MANAGER},
    "add_question": {RECRUITER},
    "edit_question": {RECRUITER},
    "move_question": {RECRUITER},
    "retire_question": {RECRUITER},
    "draft_posting": {RECRUITER},
    "edit_posting": {RECRUITER},
    "schedule_posting": {RECRUITER},
    "unschedule_posting": {RECRUITER},
    "publish_posting": {RECRUITER},
    "republish_posting": {RECRUITER},
    "unpublish_posting": {RECRUITER},
}
# Before there is a team: who may start a requisition at all.
COMPANY_GRANTS = {
    "draft_requisition": {CompanyRoleKind.RECRUITER},
    "draft_from_template": {CompanyRoleKind.RECRUITER},
    "rename_requisition_template": {CompanyRoleKind.RECRUITER},
    "retire_requisition_template": {CompanyRoleKind.RECRUITER},
    # These ask for the role on the requisition as well.
    "clone_requisition": {CompanyRoleKind.RECRUITER},
    "save_requisition_template": {CompanyRoleKind.RECRUITER},
    "import_listing": {CompanyRoleKind.RECRUITER},
}
# The approval engine decides who votes: whoever the step names, whatever their role.
NAMED = {"approve_requisition", "return_requisition"}
SITE_ADMIN = {
    "add_approval_flow",
    "edit_approval_flow",
    "remove_approval_flow",
    "add_competency",
    "edit_competency",
    "retire_competency",
    "restore_competency",
    "merge_competency",
    "add_pay_rule",
    "edit_pay_rule",
    "switch_off_pay_rule",
    "switch_on_pay_rule",
    "add_pipeline_template",
    "edit_pipeline_template",
    "retire_pipeline_template",
    "add_department",
    "edit_department",
    "add_office",
    "edit_office",
}


def may(user: User, verb: str, subject: Any) -> bool:
    if verb in COMPANY_GRANTS:
        held = user.is_site_admin or has_company_role(user, COMPANY_GRANTS[verb])
        if verb not in GRANTS or not held:
            return held
    if verb in SITE_ADMIN:
        return user.is_site_admin
    if verb in NAMED:
        return is_named(user, subject)
    return verb in GRANTS and (
        is_admin_of(user, subject) or bool(roles_of(user, subject) & GRANTS[verb])
    )


def roles_of(user: User, subject: Any) -> set[str]:
    """The roles that a person has on the hiring team of a requisition, or of what belongs to it."""
    requisition = getattr(subject, "requisition", subject)
    return set(requisition.team.filter(user=user).values_list("role", flat=True))


def is_admin_of(user: User, subject: Any) -> bool:
    """Confidential is confidential for site admins too, until they join the team."""
    requisition = getattr(subject, "requisition", subject)
    return user.is_site_admin and not requisition.is_confidential


def is_named(user: User, requisition: Any) -> bool:
    """Where nobody is asked the lifecycle refuses, in its own words."""
    approval = requisition.approval
    return approval is None or bool(approval.names(user))


def is_insider(user: User) -> bool:
    """Who works as a recruiter anywhere: they know which fields are for recruiters only."""
    if user.is_site_admin:
        return True
    working: bool = user.hiring_teams.filter(role__in=GRANTS["see_restricted_fields"]).exists()  # type: ignore[attr-defined]
    return working or has_company_role(user, {CompanyRoleKind.RECRUITER})


def has_company_role(user: User, roles: set[CompanyRoleKind]) -> bool:
    held: bool = user.company_roles.filter(role__in=roles).exists()  # type: ignore[attr-defined]
    return held

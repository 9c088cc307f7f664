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
    "write_letter": {RECRUITER, COORDINATOR},
    "withdraw_application": {RECRUITER, COORDINATOR},
    "hire_application": {RECRUITER},
    "undo_hire": {RECRUITER},
    "hand_off_hire": {RECRUITER},
    "transfer_application": {RECRUITER},
    "choose_after_fill": {RECRUITER, MANAGER},
    "share_application": {RECRUITER, COORDINATOR},
    "unshare_application": {RECRUITER, COORDINATOR},
    "read_resume_again": {RECRUITER},
    "add_note": INNER_CIRCLE,
    "add_attachment": INNER_CIRCLE,
    "ask_follow_up": INNER_CIRCLE,
    "add_application": {RECRUITER, COORDINATOR, TeamRole.SOURCER},
    "submit_agency_candidate": {RECRUITER, COORDINATOR},
    "add_tracking_link": {RECRUITER, COORDINATOR, TeamRole.SOURCER},
    "retire_tracking_link": {RECRUITER, COORDINATOR, TeamRole.SOURCER},
    "set_reapply_policy": {RECRUITER},
    "view_compensation": {RECRUITER, MANAGER},
    "draft_offer": {RECRUITER},
    "edit_offer": {RECRUITER},
    "submit_offer": {RECRUITER},
    "revise_offer": {RECRUITER},
    "extend_offer": {RECRUITER},
    "decline_offer": {RECRUITER},
    "replace_offer_approver": {RECRUITER},
    "send_offer": {RECRUITER},
    "rescind_offer": {RECRUITER},
    "add_stage_rule": {RECRUITER},
    # On a person: the role on any of their applications.
    "tag": INNER_CIRCLE,
    "untag": INNER_CIRCLE,
    "add_to_pool": {RECRUITER, COORDINATOR},
    "remove_from_pool": {RECRUITER, COORDINATOR},
    "assign_owner": {RECRUITER, COORDINATOR},
    "edit_candidate": {RECRUITER, COORDINATOR},
    "ask_to_keep": {RECRUITER, COORDINATOR},
    "ask_erasure": {RECRUITER, COORDINATOR},
    "withdraw_consent": {RECRUITER, COORDINATOR},
    "pause_stage_rule": {RECRUITER},
    "resume_stage_rule": {RECRUITER},
    "retire_stage_rule": {RECRUITER},
    "import_people": {RECRUITER},
    "stop_planned_rejection": {RECRUITER, MANAGER},
}
SITE_ADMIN = {
    "rename_tag",
    "merge_tag",
    "retire_tag",
    "restore_tag",
    "erase_candidate",
    "export_candidate",
    "restrict_candidate",
    "lift_restriction",
    "place_legal_hold",
    "place_legal_hold_on_requisition",
    "release_legal_hold",
    "carry_out_erasure",
    "refuse_erasure",
    "cancel_erasure",
    "add_retention_rule",
    "edit_retention_rule",
    "switch_off_retention_rule",
    "switch_on_retention_rule",
    "write_consent_text",
}
# Whoever recruits keeps searches; each of them is its owner's.
OWN = {"edit_saved_search", "delete_saved_search"}
RECRUITING = {"save_search"}
# The approval engine decides who votes: whoever the step names, whatever their role.
NAMED = {"approve_offer", "return_offer"}
COMPANY_GRANTS = {
    "add_candidate": {CompanyRoleKind.RECRUITER},
    "stage_people": {CompanyRoleKind.RECRUITER},
    "map_people": {CompanyRoleKind.RECRUITER},
    "start_people_import": {CompanyRoleKind.RECRUITER},
    "add_tag": {CompanyRoleKind.RECRUITER},
    "add_talent_pool": {CompanyRoleKind.RECRUITER},
    "edit_talent_pool": {CompanyRoleKind.RECRUITER},
    "retire_talent_pool": {CompanyRoleKind.RECRUITER},
    "restore_talent_pool": {CompanyRoleKind.RECRUITER},
    "add_agency": {CompanyRoleKind.RECRUITER},
    "edit_agency": {CompanyRoleKind.RECRUITER},
    "retire_agency": {CompanyRoleKind.RECRUITER},
    "restore_agency": {CompanyRoleKind.RECRUITER},
    "add_agency_contact": {CompanyRoleKind.RECRUITER},
    "add_offer_template": {CompanyRoleKind.RECRUITER},
    "edit_offer_template": {CompanyRoleKind.RECRUITER},
    "retire_offer_template": {CompanyRoleKind.RECRUITER},
    "restore_offer_template": {CompanyRoleKind.RECRUITER},
    "convert_prospect": {CompanyRoleKind.RECRUITER},
}
# Whoever wrote it, has to do it, or asked for it.
AUTHORS = {"edit_note", "snooze_follow_up", "finish_follow_up"}
# Everybody who works here: they know people.
COLLEAGUES = {"refer_candidate"}
# Two records of one person: for recruiters who see every application of both.
MERGING = {"merge_candidates", "merge_duplicates", "preview_merge", "undo_merge"}
# For whoever recruits for one of them and sees both.
PAIRS = {"dismiss_duplicate": {RECRUITER, COORDINATOR}}
# What somebody may do with an application that was only shared with them.
SHARED = {"add_note", "ask_follow_up", "tag", "untag"}
# Each application in them is asked about by itself, with the verb's own name.
BULK = {"bulk_move", "bulk_reject", "bulk_tag", "bulk_untag", "bulk_mail"}


def may(user: User, verb: str, subject: Any) -> bool:
    if verb in COMPANY_GRANTS:
        return user.is_site_admin or has_company_role(user, COMPANY_GRANTS[verb])
    if verb in SITE_ADMIN:
        return user.is_site_admin
    if verb in RECRUITING:
        return recruits(user)
    if verb in OWN:
        return bool(subject.owner_id == user.pk)
    if verb in NAMED | BULK | COLLEAGUES:
        return True
    if verb in AUTHORS:
        return bool(subject.belongs_to(user))
    if verb in MERGING:
        return all(may_merge(user, each) for each in people_of(subject))
    if verb in PAIRS:
        return any(
            recruits_for(user, each, PAIRS[verb]) for each in (subject.first, subject.second)
        )
    if verb == "withdraw_consent":
        subject = subject.candidate
    if hasattr(subject, "applications"):
        return may_with_person(user, verb, subject.applications)
    application = getattr(subject, "application", subject)
    if verb in SHARED and application.access.filter(user=user).exists():
        return True
    return verb in GRANTS and (
        is_admin_of(user, application) or bool(roles_of(user, application) & GRANTS[verb])
    )


def may_with_person(user: User, verb: str, applications: Any) -> bool:
    if verb in SHARED:
        return bool(applications.visible_to(user).exists())
    return verb in GRANTS and bool(applications.worked_on_by(user, *GRANTS[verb]).exists())


def recruits(user: User) -> bool:
    """Whether this person has a part in deciding about candidates anywhere."""
    if user.is_site_admin or has_company_role(user, {CompanyRoleKind.RECRUITER}):
        return True
    working: bool = user.hiring_teams.filter(role__in=INNER_CIRCLE).exists()  # type: ignore[attr-defined]
    return working


def people_of(subject: Any) -> list[Any]:
    """Of a pair both; of a merge whoever has everything now; of a person themselves."""
    if hasattr(subject, "second"):
        return [subject.first, subject.second]
    return [getattr(subject, "survivor", subject)]


def may_merge(user: User, candidate: Any) -> bool:
    """A hidden application would be touched too, so that sight of all of them is needed."""
    seen = candidate.applications.visible_to(user).values("pk")
    if candidate.applications.exclude(pk__in=seen).exists():
        return False
    return recruits_for(user, candidate, {RECRUITER})


def recruits_for(user: User, candidate: Any, roles: set[TeamRole]) -> bool:
    if user.is_site_admin or has_company_role(user, {CompanyRoleKind.RECRUITER}):
        return True
    return bool(candidate.applications.worked_on_by(user, *roles).exists())

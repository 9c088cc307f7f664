"""Who may do what with loops and scorecards; and the first look, which is blind."""

from typing import Any

from ats.accounts.models import User
from interviews.enums import ScorecardStatus
from requisitions.enums import CompanyRoleKind, TeamRole
from requisitions.rules import has_company_role, is_admin_of, roles_of

RECRUITER, MANAGER, COORDINATOR = TeamRole.RECRUITER, TeamRole.MANAGER, TeamRole.COORDINATOR

GRANTS: dict[str, set[TeamRole]] = {
    "ask_availability": {RECRUITER, COORDINATOR},
    "close_availability": {RECRUITER, COORDINATOR},
    "draft_plan": {RECRUITER, COORDINATOR},
    "book_loop": {RECRUITER, COORDINATOR},
    "reschedule_interview": {RECRUITER, COORDINATOR},
    "cancel_interview": {RECRUITER, COORDINATOR},
    "complete_interview": {RECRUITER, COORDINATOR},
    "mark_no_show": {RECRUITER, COORDINATOR},
    "excuse_scorecard": {RECRUITER, COORDINATOR},
    "owe_again": {RECRUITER, COORDINATOR},
    "view_debrief": {RECRUITER, MANAGER, COORDINATOR},
    "open_debrief": {RECRUITER},
    "decide_debrief": {RECRUITER, MANAGER},
}
# A scorecard is its interviewer's own, whatever their role; nobody writes it for them.
OWN = {"submit_scorecard", "amend_scorecard"}
# Everybody's own time is theirs; a site admin may mend hours and limits.
ANYBODY = {"add_feed", "upload_calendar", "block_time"}
OWN_TIME = {"read_feed_again", "remove_feed", "unblock_time"}
OWN_HOURS = {"add_profile", "edit_profile", "pause_interviewing", "end_pause"}
# Pools belong to whoever books interviews.
SCHEDULERS = {
    "add_pool",
    "edit_pool",
    "retire_pool",
    "add_pool_member",
    "remove_pool_member",
    "sign_off_member",
    "retrain_member",
    "log_ride",
}
# Nobody may take part in these before their own scorecard is in, site admins included.
AFTER_OWN = {"view_debrief", "decide_debrief"}


def may(user: User, verb: str, subject: Any) -> bool:
    if verb in OWN:
        return bool(subject.interviewer_id == user.pk)
    if verb in ANYBODY | OWN_TIME | OWN_HOURS | SCHEDULERS:
        return may_arrange_time(user, verb, subject)
    application = getattr(subject, "application", subject)
    if verb in AFTER_OWN and owes_scorecard(user, application):
        return False
    if verb in GRANTS and is_admin_of(user, application):
        return True
    return bool(roles_of(user, application) & GRANTS.get(verb, set()))


def owes_scorecard(user: User, application: Any) -> bool:
    """Blind until submitted: while this holds, nothing anybody else said may be shown."""
    mine = user.scorecards  # type: ignore[attr-defined]  # mypy does not find this relation
    owed = mine.filter(application=application, status=ScorecardStatus.OPEN)
    return bool(owed.exists())


def may_arrange_time(user: User, verb: str, subject: Any) -> bool:
    if verb in ANYBODY:
        return True
    if verb in SCHEDULERS:
        return is_scheduler(user)
    if subject is None:
        # Nobody named: their own, then.
        return verb == "add_profile"
    owner = subject.pk if isinstance(subject, User) else subject.user_id
    return bool(owner == user.pk) or (verb in OWN_HOURS and user.is_site_admin)


def is_scheduler(user: User) -> bool:
    """Whoever books interviews anywhere: they need to know when people are free."""
    if user.is_site_admin:
        return True
    booking: bool = user.hiring_teams.filter(role__in=GRANTS["book_loop"]).exists()  # type: ignore[attr-defined]
    return booking or has_company_role(user, {CompanyRoleKind.RECRUITER})

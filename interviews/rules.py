"""Who may do what with loops and scorecards; and the first look, which is blind."""

from typing import Any

from ats.accounts.models import User
from interviews.enums import ScorecardStatus
from requisitions.enums import TeamRole
from requisitions.rules import is_admin_of, roles_of

RECRUITER, MANAGER, COORDINATOR = TeamRole.RECRUITER, TeamRole.MANAGER, TeamRole.COORDINATOR

GRANTS: dict[str, set[TeamRole]] = {
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
# Nobody may take part in these before their own scorecard is in, site admins included.
AFTER_OWN = {"view_debrief", "decide_debrief"}


def may(user: User, verb: str, subject: Any) -> bool:
    if verb in OWN:
        return bool(subject.interviewer_id == user.pk)
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

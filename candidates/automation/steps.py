"""What stage rules can do out of the box."""

from datetime import datetime, timedelta
from uuid import UUID

from ats import clock
from ats.errors import DomainError, Invalid
from ats.reminders.bell import remind, rings
from ats.reminders.models import Reminder
from candidates import emails
from candidates.actions.application import ask_to_decide, move_application
from candidates.actions.due import due_time
from candidates.actions.planned_rejection import REMINDER as PLANNED
from candidates.actions.planned_rejection import carry_out_planned_rejection, plan_rejection
from candidates.actions.tag import tag
from candidates.automation.registry import Occasion, actor_of, step
from candidates.enums import ApplicationStatus
from candidates.models import Application, PlannedRejection, RejectionReason, StageRule
from candidates.queries.applications import recruiters, team
from requisitions.enums import TeamRole
from requisitions.models import Stage

REMINDER = "stage rule"
LONGEST_DAYS = 365


@step("move", needs=("stage",))
def move(application: Application, occasion: Occasion) -> str:
    stage = stage_named(application, str(occasion.rule.params["stage"]))
    move_application(application, stage=stage, by=occasion.by, depth=occasion.depth + 1)
    return f"Moved to {stage}."


def stage_named(application: Application, public_id: str) -> Stage:
    try:
        named = Stage.objects.filter(public_id=UUID(public_id))
    except ValueError:
        raise Invalid("params", "The stage is named by its id.") from None
    stage = named.filter(requisition_id=application.requisition_id).first()
    if stage is None:
        raise DomainError("The stage to move to is not one of this requisition.")
    return stage


@step("flag", needs=("text",))
def flag(application: Application, occasion: Occasion) -> str:
    """The text stands at the application until somebody moves or closes it."""
    ask_to_decide(application, because=str(occasion.rule.params["text"])[:300], by=occasion.by)
    return "Asked a person to look."


@step("tag", needs=("tag",))
def mark(application: Application, occasion: Occasion) -> str:
    """The person, with a tag by its name."""
    name = str(occasion.rule.params["tag"])
    tag(application.candidate, tag=name, by=occasion.by)
    return f"Tagged “{name}”."[:300]


@step("reject", needs=("reason",), may_have=("letter",))
def reject(application: Application, occasion: Occasion) -> str:
    """Not before a day has passed, in which a person may stop it."""
    params = occasion.rule.params
    reason = reason_named(str(params["reason"]))
    letter = str(params.get("letter", "later"))
    due_time(application, letter, clock.now())
    plan_rejection(application, rule=occasion.rule, reason=reason, letter=letter, by=occasion.by)
    return "Will reject in 24 hours, unless somebody stops it."


def reason_named(public_id: str) -> RejectionReason:
    try:
        return RejectionReason.objects.get(public_id=UUID(public_id))
    except (ValueError, RejectionReason.DoesNotExist):
        raise Invalid("params", "The reason is one of the rejection reasons, by its id.") from None


@rings(PLANNED)
def carry_out(reminder: Reminder) -> datetime | None:
    planned = PlannedRejection.objects.filter(public_id=reminder.subject_id).first()
    if planned:
        carry_out_planned_rejection(planned, by=actor_of(planned.rule))
    return None


@step("tell", needs=("role",), may_have=("text",))
def tell(application: Application, occasion: Occasion) -> str:
    """Everybody who has the role on this requisition's team, by letter."""
    params = occasion.rule.params
    if params["role"] not in TeamRole.values:
        raise Invalid("params", f"The role is one of {', '.join(TeamRole.values)}.")
    told = team(application, TeamRole(params["role"]))
    text = str(params.get("text") or f"It is in the stage {application.stage} now.")[:2000]
    for user in told:
        emails.rule_notice(application, user, occasion.rule, event=occasion.event, text=text)
    return f"Told {', '.join(user.name for user in told)}." if told else "Nobody has this role."


@step("remind", needs=("days",), may_have=("text",))
def remind_later(application: Application, occasion: Occasion) -> str:
    """After so many days, if the application is still there: a letter to its recruiter."""
    days = occasion.rule.params["days"]
    if not isinstance(days, int) or not 0 <= days <= LONGEST_DAYS:
        raise Invalid("params", f"Days are a number from 0 to {LONGEST_DAYS}.")
    at = clock.now() + timedelta(days=days)
    remind(application, REMINDER, at=at, key=str(occasion.rule.public_id))
    return f"Reminds in {days} days."


@rings(REMINDER)
def ring(reminder: Reminder) -> datetime | None:
    application = Application.objects.filter(public_id=reminder.subject_id).first()
    rule = StageRule.objects.filter(public_id=reminder.key.rpartition(":")[2]).first()
    if application is None or rule is None or rule.is_paused or rule.retired_at:
        return None
    if application.status == ApplicationStatus.ACTIVE and application.stage_id == rule.stage_id:
        text = str(rule.params.get("text") or f"Still in the stage {rule.stage}.")
        for user in recruiters(application)[:1]:
            emails.rule_reminder(application, user, key=str(reminder.public_id), text=text)
    return None

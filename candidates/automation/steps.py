"""What stage rules can do out of the box."""

from datetime import datetime, timedelta
from uuid import UUID

from ats import clock
from ats.errors import DomainError, Invalid
from ats.reminders.bell import remind, rings
from ats.reminders.models import Reminder
from candidates import emails
from candidates.actions.application import ask_to_decide, move_application
from candidates.automation.registry import Occasion, step
from candidates.enums import ApplicationStatus
from candidates.models import Application, StageRule
from candidates.queries.applications import recruiters
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
    if application is None or rule is None or rule.is_paused:
        return None
    if application.status == ApplicationStatus.ACTIVE and application.stage_id == rule.stage_id:
        text = str(rule.params.get("text") or f"Still in the stage {rule.stage}.")
        for user in recruiters(application)[:1]:
            emails.rule_reminder(application, user, key=str(reminder.public_id), text=text)
    return None

"""A rule never rejects at once: a person has a day to look, and to stop it."""

from datetime import timedelta

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError
from ats.events.actors import Actor
from ats.events.log import record
from ats.reminders.bell import forget, remind
from candidates.actions.application import (
    ask_to_decide,
    check_active,
    check_reason,
    reject_application,
)
from candidates.enums import PLANNED_REJECTION, ApplicationStatus, RejectionKind
from candidates.models import Application, PlannedRejection, RejectionReason, StageRule

WAITS = timedelta(hours=24)
REMINDER = "planned rejection"


@transaction.atomic
def plan_rejection(
    application: Application, *, rule: StageRule, reason: RejectionReason, letter: str, by: Actor
) -> PlannedRejection:
    """In 24 hours, unless somebody stops it or does something else; until then it is flagged."""
    application = lock(application)
    check_active(application)
    check_reason(reason, RejectionKind.WE_REJECTED)
    if waiting := planned_for(application):
        return waiting
    due = clock.now() + WAITS
    planned = PlannedRejection.objects.create(
        application=application, rule=rule, reason=reason, letter=letter, due_at=due
    )
    record("rejection.planned", application, application.candidate, by=by, rule=rule, due_at=due)
    said = f"A rule will reject this application on {due:%Y-%m-%d at %H:%M} UTC ({reason})."
    ask_to_decide(application, because=f"{said} Stop it if a person should decide.", by=by)
    remind(planned, REMINDER, at=due)
    return planned


def planned_for(application: Application) -> PlannedRejection | None:
    return PlannedRejection.objects.filter(application=application, status="planned").first()


@transaction.atomic
def stop_planned_rejection(planned: PlannedRejection, *, by: Actor) -> PlannedRejection:
    """A person decides about this application, not the rule."""
    application = lock(planned.application)
    planned = end(planned, "stop", by=by)
    application.needs_attention = ""
    application.save(update_fields=["needs_attention"])
    return planned


@transaction.atomic
def carry_out_planned_rejection(planned: PlannedRejection, *, by: Actor) -> PlannedRejection:
    """Rejects, or lapses where it is about something else by now, and says why."""
    application = lock(planned.application)
    planned = PlannedRejection.objects.select_related("rule").get(pk=planned.pk)
    if "carry_out" not in PLANNED_REJECTION.possible(planned.status):
        return planned
    if obstacle := why_lapsed(planned, application):
        return end(planned, "lapse", detail=obstacle, by=by)
    try:
        with transaction.atomic():
            reject_application(application, reason=planned.reason, letter=planned.letter, by=by)
    except DomainError as refusal:
        return end(planned, "lapse", detail=refusal.sentence, by=by)
    return end(planned, "carry_out", by=by)


def why_lapsed(planned: PlannedRejection, application: Application) -> str:
    if application.status != ApplicationStatus.ACTIVE:
        return f"The application is {application.get_status_display().lower()}."
    if application.stage_id != planned.rule.stage_id:
        return f"The application was moved to {application.stage}."
    if planned.rule.is_paused or planned.rule.retired_at:
        return "The rule was switched off."
    return ""


@transaction.atomic
def lapse_planned_rejections(application: Application, *, by: Actor) -> None:
    """Somebody did something else with the application: nothing waits any more."""
    application = lock(application)
    planned = planned_for(application)
    if planned and (obstacle := why_lapsed(planned, application)):
        end(planned, "lapse", detail=obstacle, by=by)


def end(planned: PlannedRejection, verb: str, *, detail: str = "", by: Actor) -> PlannedRejection:
    """The caller holds the application's lock. Raises `TransitionNotAllowed`."""
    planned = lock(planned)
    planned.status = PLANNED_REJECTION.next(planned.status, verb)
    planned.ended_at, planned.detail = clock.now(), detail[:300]
    planned.stopped_by = by.user if verb == "stop" else None
    planned.save(update_fields=["status", "ended_at", "detail", "stopped_by"])
    forget(planned, REMINDER)
    application = planned.application
    subjects = (application, application.candidate)
    record(f"rejection.{planned.status}", *subjects, by=by, rule=planned.rule)
    return planned

"""Match rules to an event, run each once, stop long chains."""

from django.db import transaction

from ats.errors import DomainError
from ats.events.actors import Actor
from ats.events.log import on
from ats.events.models import Event
from candidates.actions.stage_rule import record_rule_run
from candidates.automation.registry import STEPS, Occasion
from candidates.enums import ApplicationStatus, RuleRunOutcome
from candidates.models import Application, StageRule

LONGEST_CHAIN = 5
# What a rule may wait for: each of these has an application among its subjects.
# `application.moved` fires the rules of the stage that was entered, the others those of the
# stage in which the application is.
TRIGGERS = (
    "application.submitted",
    "application.moved",
    "application.reactivated",
    "resume.read",
    "note.added",
    "offer.drafted",
    "offer.approved",
    "offer.sent",
    "offer.accepted",
    "offer.declined",
    "offer.rescinded",
    "offer.expired",
    "loop.booked",
    "interview.completed",
    "debrief.opened",
    "decision.recorded",
)


@on(*TRIGGERS)
def run_stage_rules(event: Event) -> None:
    about = {subject.kind: subject.object_id for subject in event.subjects.all()}
    if "application" not in about:
        return
    application = Application.objects.get(public_id=about["application"])
    for rule in rules_for(event, application):
        if not rule.runs.filter(event=event).exists():
            outcome, detail = attempt(rule, event, application.pk)
            record_rule_run(
                rule,
                event=event,
                application=application,
                outcome=outcome,
                detail=detail,
                by=actor_of(rule),
            )


def rules_for(event: Event, application: Application) -> list[StageRule]:
    rules = StageRule.objects.filter(
        requisition_id=application.requisition_id, event=event.verb, is_paused=False
    )
    if entered := event.ids.get("to_stage"):
        return list(rules.filter(stage__public_id=entered).order_by("pk"))
    return list(rules.filter(stage_id=application.stage_id).order_by("pk"))


def attempt(rule: StageRule, event: Event, application_pk: int) -> tuple[RuleRunOutcome, str]:
    """What came of it, in words. The row is read again: an earlier rule may have moved it."""
    application = Application.objects.get(pk=application_pk)
    depth = int(event.ids.get("depth") or 0)
    if reason := why_not(rule, application, depth):
        return RuleRunOutcome.SKIPPED, reason
    try:
        with transaction.atomic():
            occasion = Occasion(rule, actor_of(rule), depth)
            return RuleRunOutcome.DONE, STEPS[rule.step].run(application, occasion)
    except DomainError as refusal:
        return RuleRunOutcome.SKIPPED, refusal.sentence


def why_not(rule: StageRule, application: Application, depth: int) -> str:
    if depth >= LONGEST_CHAIN:
        return f"A chain of rules ends after {LONGEST_CHAIN} of them."
    if application.status != ApplicationStatus.ACTIVE:
        return f"The application is {application.get_status_display().lower()}."
    if application.stage_id != rule.stage_id:
        return "The application is in another stage by now."
    return "" if rule.step in STEPS else f"There is no step {rule.step} any more."


def actor_of(rule: StageRule) -> Actor:
    return Actor.system(f"stage_rule:{rule.public_id}")

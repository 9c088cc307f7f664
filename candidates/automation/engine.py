"""Match rules to an event, run each once, stop long chains."""

from django.db import transaction
from django.db.models import Q

from ats.errors import DomainError
from ats.events.log import on
from ats.events.models import Event
from candidates.actions.stage_rule import record_rule_run
from candidates.automation.registry import STEPS, Occasion, actor_of
from candidates.automation.triggers import ENTERED, LEFT, OVERSTAYED, VERBS
from candidates.enums import ApplicationStatus, RuleRunOutcome
from candidates.models import Application, StageRule
from candidates.queries.conditions import is_met

LONGEST_CHAIN = 5


@on(*VERBS)
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
    rules = StageRule.objects.live().filter(requisition_id=application.requisition_id)
    found = rules.filter(wanted(event, application)).order_by("pk")
    return [rule for rule in found if is_met(rule.condition, application.submitted)]


def wanted(event: Event, application: Application) -> Q:
    if event.verb == ENTERED:
        entered = Q(event=ENTERED, stage__public_id=event.ids["to_stage"])
        return entered | Q(event=LEFT, stage__public_id=event.ids["from_stage"])
    if event.verb == OVERSTAYED:
        return Q(event=OVERSTAYED, stage__public_id=event.ids["stage"])
    return Q(event=event.verb, stage_id=application.stage_id)


def attempt(rule: StageRule, event: Event, application_pk: int) -> tuple[RuleRunOutcome, str]:
    """What came of it, in words. The row is read again: an earlier rule may have moved it."""
    application = Application.objects.get(pk=application_pk)
    depth = int(event.ids.get("depth") or 0)
    if reason := why_not(rule, application, depth):
        return RuleRunOutcome.SKIPPED, reason
    try:
        with transaction.atomic():
            occasion = Occasion(rule, event, actor_of(rule), depth)
            return RuleRunOutcome.DONE, STEPS[rule.step].run(application, occasion)
    except DomainError as refusal:
        return RuleRunOutcome.SKIPPED, refusal.sentence


def why_not(rule: StageRule, application: Application, depth: int) -> str:
    if depth >= LONGEST_CHAIN:
        return f"A chain of rules ends after {LONGEST_CHAIN} of them."
    if application.status != ApplicationStatus.ACTIVE:
        return f"The application is {application.get_status_display().lower()}."
    is_there = application.stage_id == rule.stage_id
    if rule.event == LEFT and is_there:
        return "The application is back in the stage by now."
    if rule.event != LEFT and not is_there:
        return "The application is in another stage by now."
    return "" if rule.step in STEPS else f"There is no step {rule.step} any more."

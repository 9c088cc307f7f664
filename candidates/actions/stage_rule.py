"""The verbs of a stage rule. It is not edited: retire it and add another."""

from typing import Any

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from ats.events.models import Event
from candidates.enums import RuleRunOutcome
from candidates.models import Application, StageRule, StageRuleRun
from candidates.queries.conditions import check_condition
from requisitions.models import Stage

REJECTS = "reject"
SHORTEST_JUSTIFICATION = 20


@transaction.atomic
def add_stage_rule(
    stage: Stage,
    *,
    event: str,
    step: str,
    params: dict[str, Any] | None = None,
    condition: dict[str, Any] | None = None,
    justification: str = "",
    by: Actor,
) -> StageRule:
    """From now on: when `event` happens to an application in `stage`, `step` runs once.

    `condition` also asks for an answer of the application form. A rule that rejects needs a
    `justification`: who decided that a person need not look, and why.
    """
    if stage.retired_at is not None:
        raise Invalid("stage", f"The stage {stage} was retired: choose one that is in use.")
    check_condition(stage.requisition, condition or {})
    justification = justification.strip()
    if step == REJECTS and len(justification) < SHORTEST_JUSTIFICATION:
        raise Invalid(
            "justification",
            "Rejecting without a person's look is switched on in writing: say who decided it,"
            f" and why, in {SHORTEST_JUSTIFICATION} characters or more.",
        )
    rule = StageRule.objects.create(
        requisition_id=stage.requisition_id,
        stage=stage,
        event=event,
        condition=condition or {},
        step=step,
        params=params or {},
        justification=justification,
    )
    record("stage_rule.added", rule, stage.requisition, by=by)
    return rule


@transaction.atomic
def pause_stage_rule(rule: StageRule, *, by: Actor) -> StageRule:
    """It rests until somebody resumes it; what happens meanwhile is not made up for."""
    return set_paused(rule, to=True, by=by)


@transaction.atomic
def resume_stage_rule(rule: StageRule, *, by: Actor) -> StageRule:
    return set_paused(rule, to=False, by=by)


def set_paused(rule: StageRule, *, to: bool, by: Actor) -> StageRule:
    rule = lock(rule)
    if rule.retired_at is not None:
        raise DomainError("The rule was retired. Add another one.", code="retired")
    if rule.is_paused != to:
        rule.is_paused = to
        rule.save(update_fields=["is_paused"])
        verb = "stage_rule.paused" if to else "stage_rule.resumed"
        record(verb, rule, rule.requisition, by=by)
    return rule


@transaction.atomic
def retire_stage_rule(rule: StageRule, *, by: Actor) -> StageRule:
    """It never runs again; its runs stay to be read."""
    rule = lock(rule)
    if rule.retired_at is None:
        rule.retired_at = clock.now()
        rule.save(update_fields=["retired_at"])
        record("stage_rule.retired", rule, rule.requisition, by=by)
    return rule


@transaction.atomic
def record_rule_run(
    rule: StageRule,
    *,
    event: Event,
    application: Application,
    outcome: RuleRunOutcome,
    detail: str,
    by: Actor,
) -> StageRuleRun:
    run = rule.runs.create(
        event=event,
        application=application,
        outcome=outcome,
        detail=detail[:300],
        at=clock.now(),
    )
    record("stage_rule.ran", application, by=by, rule=rule, outcome=outcome)
    return run

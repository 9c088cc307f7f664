from typing import Any

from django.db import transaction

from ats import clock
from ats.errors import Invalid
from ats.events.actors import Actor
from ats.events.log import record
from ats.events.models import Event
from candidates.enums import RuleRunOutcome
from candidates.models import Application, StageRule, StageRuleRun
from requisitions.models import Stage


@transaction.atomic
def add_stage_rule(
    stage: Stage, *, event: str, step: str, params: dict[str, Any] | None = None, by: Actor
) -> StageRule:
    """From now on: when `event` happens to an application in `stage`, `step` runs once."""
    if stage.retired_at is not None:
        raise Invalid("stage", f"The stage {stage} was retired: choose one that is in use.")
    rule = StageRule.objects.create(
        requisition_id=stage.requisition_id,
        stage=stage,
        event=event,
        step=step,
        params=params or {},
    )
    record("stage_rule.added", rule, stage.requisition, by=by)
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
    run = rule.runs.create(event=event, outcome=outcome, detail=detail[:300], at=clock.now())
    record("stage_rule.ran", application, by=by, rule=rule, outcome=outcome)
    return run

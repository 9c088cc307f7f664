"""The interviews to hold, fixed beforehand: every change is a new version."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import Invalid
from ats.events.actors import Actor
from ats.events.log import record
from interviews.models import InterviewPlan, PlannedInterview
from requisitions.models import Requisition

MINUTES = range(5, 481)
PANEL = range(1, 11)


@transaction.atomic
def draft_plan(
    requisition: Requisition, *, interviews: Sequence[Mapping[str, Any]], by: Actor
) -> InterviewPlan:
    """The next version: [{name, kind, minutes, stage, focus, interviewers?, kit?}], in order.

    Loops that are booked keep the version that they began with.
    """
    requisition = lock(requisition)
    if not interviews:
        raise Invalid("interviews", "A plan has at least one interview.")
    for asked in interviews:
        check_planned(requisition, asked)
    plan = next_version(requisition, by)
    for position, asked in enumerate(interviews, start=1):
        add_planned(plan, position, **asked)
    record("plan.drafted", plan, requisition, by=by, version=plan.version)
    return plan


def next_version(requisition: Requisition, by: Actor) -> InterviewPlan:
    former = InterviewPlan.objects.filter(requisition=requisition)
    latest = former.order_by("-version").first()
    former.filter(is_current=True).update(is_current=False)
    return InterviewPlan.objects.create(
        requisition=requisition,
        version=latest.version + 1 if latest else 1,
        created_by=by.user,
        created_at=clock.now(),
    )


def add_planned(
    plan: InterviewPlan, position: int, *, focus: Sequence[Any], **fields: Any
) -> PlannedInterview:
    planned = PlannedInterview.objects.create(plan=plan, position=position, **fields)
    planned.focus.set(focus)
    return planned


def check_planned(requisition: Requisition, asked: Mapping[str, Any]) -> None:
    name, stage = asked["name"], asked["stage"]
    if not name.strip():
        raise Invalid("interviews", "Every interview has a name.")
    if asked["minutes"] not in MINUTES:
        raise Invalid("interviews", f"{name}: an interview lasts 5 minutes to 8 hours.")
    if asked.get("interviewers", 1) not in PANEL:
        raise Invalid("interviews", f"{name}: a panel has 1 to 10 interviewers.")
    if stage.requisition_id != requisition.pk:
        raise Invalid("interviews", f"{name}: the stage {stage} belongs to another requisition.")
    if stage.retired_at:
        raise Invalid("interviews", f"{name}: the stage {stage} is retired; choose a live one.")
    asked_for = set(requisition.competencies.values_list("competency", flat=True))
    for competency in asked["focus"]:
        if competency.pk not in asked_for:
            raise Invalid(
                "interviews", f"{name}: {competency} is not a competency of this requisition."
            )

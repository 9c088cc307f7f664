"""The pipelines that requisitions begin with. A change reaches no requisition that has its own."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from requisitions.enums import DEFAULT_STAGES, MILESTONES, Milestone, StageKind
from requisitions.models import PipelineTemplate
from requisitions.queries.pipelines import Place, more_problems, problems

Stages = Sequence[Mapping[str, Any]]


@transaction.atomic
def add_pipeline_template(
    *, name: str, stages: Stages, is_default: bool = False, by: Actor
) -> PipelineTemplate:
    """`stages`: [{name, kind, milestone?, target_days?}], in order. The first is the default."""
    rows = checked(stages)
    check_free(name)
    is_default = is_default or not PipelineTemplate.objects.filter(is_default=True).exists()
    if is_default:
        step_down(None, by=by)
    template = PipelineTemplate.objects.create(name=name, stages=rows, is_default=is_default)
    record("pipeline_template.added", template, by=by)
    return template


def checked(stages: Stages) -> list[dict[str, Any]]:
    """As they are stored. Raises `Invalid` at the first that does not fit: `stages/2/kind`."""
    rows = [
        {
            "name": stage["name"].strip(),
            "kind": StageKind(stage["kind"]).value,
            "milestone": Milestone(
                stage.get("milestone") or MILESTONES[StageKind(stage["kind"])]
            ).value,
            "target_days": stage.get("target_days"),
        }
        for stage in stages
    ]
    pipeline = [
        Place(row["name"], StageKind(row["kind"]), Milestone(row["milestone"])) for row in rows
    ]
    for problem in chain(problems(pipeline), more_problems(pipeline)):
        raise Invalid(f"stages/{problem.path}".rstrip("/"), problem.sentence)
    return rows


def check_free(name: str) -> None:
    if not name.strip():
        raise Invalid("name", "A template has a name.")
    if PipelineTemplate.objects.filter(name__iexact=name).exists():
        raise Invalid("name", f"There is a template called “{name}” already.")


def step_down(new: PipelineTemplate | None, *, by: Actor) -> None:
    """There is one default: whichever was is no more."""
    others = PipelineTemplate.objects.select_for_update().filter(is_default=True)
    for other in others.exclude(pk=new.pk) if new else others:
        other.is_default = False
        other.save(update_fields=["is_default"])
        record("pipeline_template.edited", other, by=by, fields=["is_default"])


@transaction.atomic
def edit_pipeline_template(
    template: PipelineTemplate, *, by: Actor, **fields: Any
) -> PipelineTemplate:
    """`name`, `stages`, `is_default`; to take the default away, make another one the default."""
    if unknown := set(fields) - {"name", "stages", "is_default"}:
        raise TypeError(f"a template has no {sorted(unknown)}")
    template = lock(template)
    if template.retired_at is not None:
        raise DomainError("This template was retired. Nothing was changed.", code="retired")
    if "stages" in fields:
        fields["stages"] = checked(fields["stages"])
    changed = sorted(name for name in fields if getattr(template, name) != fields[name])
    if "name" in changed and fields["name"].casefold() != template.name.casefold():
        check_free(fields["name"])
    if "is_default" in changed:
        change_default(template, fields["is_default"], by)
    for name in changed:
        setattr(template, name, fields[name])
    template.save(update_fields=changed)
    if changed:
        record("pipeline_template.edited", template, by=by, fields=changed)
    return template


def change_default(template: PipelineTemplate, is_default: bool, by: Actor) -> None:
    if not is_default:
        raise Invalid("is_default", "Make another template the default: there is always one.")
    step_down(template, by=by)


@transaction.atomic
def retire_pipeline_template(template: PipelineTemplate, *, by: Actor) -> PipelineTemplate:
    """No requisition begins with it any more; those that did keep their stages."""
    template = lock(template)
    if template.is_default:
        raise DomainError(
            f"{template} is the default. Nothing was changed: make another one the default first.",
            code="default",
        )
    if template.retired_at is None:
        template.retired_at = clock.now()
        template.save(update_fields=["retired_at"])
        record("pipeline_template.retired", template, by=by)
    return template


def default_template() -> PipelineTemplate:
    """The company's default; on first use the one that this product ships with."""
    template, _ = PipelineTemplate.objects.get_or_create(
        is_default=True, defaults={"name": "Default", "stages": DEFAULT_STAGES}
    )
    return template

"""Begin with what another role said. What is gone or retired since is left out."""

from collections.abc import Iterable, Mapping
from typing import Any

from ats.custom_fields.checking import read
from ats.custom_fields.models import CustomField
from ats.errors import Invalid
from ats.events.actors import Actor
from requisitions.actions.competency import choose_competencies
from requisitions.actions.form import add_question
from requisitions.actions.opening import add_opening
from requisitions.actions.pipeline import attach_pipeline
from requisitions.models import Competency, Department, Office, PipelineTemplate, Requisition

# What is built by verbs of its own once the requisition is there.
BUILT = ("competencies", "stages", "questions", "seats")


def fields_from(role: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of `draft_requisition`, of what `describe` said."""
    fields = {name: value for name, value in role.items() if name not in BUILT}
    if "department" in fields:
        fields["department"] = next(iter(those(Department, [fields["department"]])), None)
    if "offices" in fields:
        fields["offices"] = those(Office, fields["offices"])
    if "custom" in fields:
        fields["custom"] = dict(still_meant(fields["custom"]))
    return fields


def those(model: Any, named: Iterable[Mapping[str, str] | None]) -> list[Any]:
    """The rows of these ids that are still there, in the same order."""
    ids = [row["id"] for row in named if row]
    found = {str(row.public_id): row for row in model.objects.filter(public_id__in=ids)}
    return [found[each] for each in ids if each in found]


def still_meant(custom: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    """Values that their fields still take: options and colleagues come and go."""
    for field in CustomField.objects.asked("requisition").filter(key__in=custom):
        value = custom[field.key]
        value = value["id"] if isinstance(value, dict) and "id" in value else value
        try:
            read(field, value)
        except Invalid:
            continue
        yield field.key, value


def furnish(requisition: Requisition, role: Mapping[str, Any], *, by: Actor) -> None:
    """Its competencies, pipeline, questions and number of seats."""
    asked = {row["competency"]["id"]: row for row in role.get("competencies", ())}
    known = those(Competency, [row["competency"] for row in asked.values()])
    choices = [
        asked[str(each.public_id)] | {"competency": each} for each in known if not each.retired_at
    ]
    if choices:
        choose_competencies(requisition, choices=choices, by=by)
    if stages := role.get("stages"):
        attach_pipeline(requisition, template=PipelineTemplate(stages=stages), by=by)
    for question in role.get("questions", ()):
        add_question(requisition, **question, by=by)
    for _ in range(role.get("seats", 1) - 1):
        add_opening(requisition, by=by)

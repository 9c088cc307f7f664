"""The history of each field. Every verb that edits a requisition notes what it changed."""

from collections.abc import Mapping
from typing import Any

from ats import clock
from ats.events.actors import Actor
from requisitions.models import Requisition, RequisitionChange
from requisitions.queries.role import describe


def note_changes(
    requisition: Requisition, before: Mapping[str, Any], *, by: Actor
) -> list[RequisitionChange]:
    """One row per field that no longer says what `describe` said `before` the edit."""
    after, at = describe(requisition, before), clock.now()
    return RequisitionChange.objects.bulk_create(
        RequisitionChange(
            requisition=requisition,
            field=name,
            old=old,
            new=after[name],
            at=at,
            actor_kind=by.kind,
            user=by.user,
        )
        for name, old in sorted(before.items())
        if after[name] != old
    )

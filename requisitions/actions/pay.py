"""What a role pays."""

from collections.abc import Mapping, Sequence
from typing import Any

from ats.events.actors import Actor
from requisitions.actions.requisition import edit_requisition
from requisitions.models import Requisition


def set_pay(
    requisition: Requisition, *, pay_ranges: Sequence[Mapping[str, Any]], by: Actor
) -> Requisition:
    """Replace the ranges: [{scope, minimum, maximum, currency, period, note}]."""
    return edit_requisition(requisition, pay_ranges=list(pay_ranges), by=by)

"""Whoever stays in a stage longer than it is meant to take: noted once per visit."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from ats import clock
from ats.base import lock
from ats.events.actors import Actor
from ats.events.log import record
from candidates.models import StageVisit
from requisitions.models import Stage

BATCH = 200


def note_overstays(*, by: Actor) -> int:
    """Each in its own transaction; two of these at once note each visit once. Returns how many."""
    noted = 0
    while found := overdue():
        noted += sum(note_overstay(visit, by=by) for visit in found)
    return noted


def overdue() -> list[StageVisit]:
    open_ones = StageVisit.objects.filter(left_at=None, overstayed_at=None)
    due = open_ones.filter(due_at__lte=clock.now()).order_by("due_at")
    return list(due.select_related("application")[:BATCH])


@transaction.atomic
def note_overstay(visit: StageVisit, *, by: Actor) -> bool:
    """False where they moved on, or were noted, meanwhile."""
    application = lock(visit.application)
    at = clock.now()
    still = StageVisit.objects.filter(pk=visit.pk, left_at=None, overstayed_at=None, due_at__lte=at)
    if not still.update(overstayed_at=at):
        return False
    subjects = (application, application.candidate)
    record("application.overstayed", *subjects, by=by, stage=visit.stage, due_at=visit.due_at)
    return True


def retarget_visits(stage: Stage) -> None:
    """Its target days are others now: for everybody who is in it, too."""
    days = stage.target_days
    due = None if days is None else F("entered_at") + timedelta(days=days)
    StageVisit.objects.filter(stage=stage, left_at=None, overstayed_at=None).update(due_at=due)

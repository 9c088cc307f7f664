"""Where an application is and was: one open visit while it is active. The caller holds its lock."""

from datetime import datetime

from ats.events.actors import Actor
from candidates.models import Application, StageVisit
from requisitions.models import Stage


def enter(application: Application, stage: Stage, at: datetime, by: Actor) -> StageVisit:
    return application.visits.create(stage=stage, entered_at=at, moved_by=by.user)


def leave(application: Application, at: datetime) -> None:
    application.visits.filter(left_at=None).update(left_at=at)

"""Where an application is and was: one open visit while it is active. The caller holds its lock."""

from datetime import datetime, timedelta

from ats.events.actors import Actor
from candidates.models import Application, StageVisit
from requisitions.models import Stage


def enter(application: Application, stage: Stage, at: datetime, by: Actor) -> StageVisit:
    days = stage.target_days
    due = None if days is None else at + timedelta(days=days)
    return application.visits.create(stage=stage, entered_at=at, due_at=due, moved_by=by.user)


def leave(application: Application, at: datetime) -> None:
    application.visits.filter(left_at=None).update(left_at=at)

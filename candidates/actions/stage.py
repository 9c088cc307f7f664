"""Who stands in a stage, for the app below, which knows stages and not who is in them."""

from ats.events.actors import Actor
from candidates.actions.application import move_application
from candidates.enums import ApplicationStatus
from candidates.models import Application
from requisitions.actions.pipeline import OCCUPANTS, Occupants
from requisitions.models import Stage


def count_active(stage: Stage) -> int:
    return Application.objects.filter(stage=stage, status=ApplicationStatus.ACTIVE).count()


def move_all(stage: Stage, target: Stage, by: Actor) -> None:
    active = Application.objects.filter(stage=stage, status=ApplicationStatus.ACTIVE)
    for application in active.select_for_update(of=("self",)).order_by("pk"):
        move_application(application, stage=target, by=by)


OCCUPANTS.append(Occupants(count=count_active, move=move_all))

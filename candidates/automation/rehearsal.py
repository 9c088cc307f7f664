"""What a rule would have done with what has happened: nothing is written."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from ats import clock
from ats.events.models import EventSubject
from candidates.automation.triggers import ENTERED, LEFT, OVERSTAYED
from candidates.models import Application, StageVisit
from candidates.queries.conditions import is_met
from requisitions.models import Stage

DAYS = 30
SHOWN = 20


@dataclass(frozen=True)
class Rehearsal:
    """How often it would have fired, and for the latest few applications."""

    fired: int
    days: int
    latest: list[Application]

    @property
    def sentence(self) -> str:
        times = "once" if self.fired == 1 else f"{self.fired} times"
        return f"Would have fired {times} in the last {self.days} days."


def rehearse(stage: Stage, *, event: str, condition: dict[str, Any]) -> Rehearsal:
    """Against the events of the last month. Steps that one run would lead to are not counted."""
    since = clock.now() - timedelta(days=DAYS)
    if event == OVERSTAYED:
        found = list(overstays(stage, since))
    else:
        found = list(happened(stage, event, since))
    applications = Application.objects.in_bulk(set(found), field_name="pk")
    met = [pk for pk in found if is_met(condition, applications[pk].submitted)]
    latest = [applications[pk] for pk in dict.fromkeys(met)]
    return Rehearsal(len(met), DAYS, latest[:SHOWN])


def happened(stage: Stage, event: str, since: Any) -> QuerySet[EventSubject, int]:
    """The application of each such event, the latest first."""
    here = Application.objects.filter(requisition=stage.requisition_id)
    subjects = EventSubject.objects.filter(
        kind="application",
        object_id__in=here.values("public_id"),
        event__verb=ENTERED if event == LEFT else event,
        event__at__gte=since,
    )
    application = here.filter(public_id=OuterRef("object_id"))
    found = subjects.filter(in_stage(stage, event)).order_by("-event")
    return found.values_list(Subquery(application.values("pk")[:1]), flat=True)


def in_stage(stage: Stage, event: str) -> Q | Exists:
    if event in (ENTERED, LEFT):
        end = "to_stage" if event == ENTERED else "from_stage"
        return Q(**{f"event__ids__{end}": str(stage.public_id)})
    then = StageVisit.objects.filter(
        stage=stage,
        application__public_id=OuterRef("object_id"),
        entered_at__lte=OuterRef("event__at"),
    )
    return Exists(then.filter(Q(left_at=None) | Q(left_at__gte=OuterRef("event__at"))))


def overstays(stage: Stage, since: Any) -> QuerySet[StageVisit, int]:
    """Whose target days were over in this time, by the target as it is now."""
    if stage.target_days is None:
        return StageVisit.objects.none().values_list("application", flat=True)
    stay, now = timedelta(days=stage.target_days), clock.now()
    over = StageVisit.objects.filter(stage=stage, entered_at__range=(since - stay, now - stay))
    stayed = over.filter(Q(left_at=None) | Q(left_at__gt=F("entered_at") + stay))
    return stayed.order_by("-entered_at").values_list("application", flat=True)

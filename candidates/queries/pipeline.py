"""The board: where everybody stands, in four queries whatever their number."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber

from ats.accounts.models import User
from candidates.enums import ApplicationStatus
from candidates.models import Application, StageVisit
from requisitions.models import Requisition, Stage

CARDS = 50


def board(requisition: Requisition, user: User) -> list[dict[str, Any]]:
    """A column per stage in use, each with its count and its first cards, longest waiting first."""
    active = Application.objects.visible_to(user).filter(
        requisition=requisition, status=ApplicationStatus.ACTIVE
    )
    counts = dict(active.order_by().values_list("stage").annotate(Count("pk")))
    cards: dict[int, list[dict[str, Any]]] = {}
    for card in first_cards(active):
        cards.setdefault(card.pop("stage_id"), []).append(card)
    return [
        {
            "stage": stage.public_id,
            "name": stage.name,
            "kind": stage.kind,
            "target_days": stage.target_days,
            "count": counts.get(stage.pk, 0),
            "cards": cards.get(stage.pk, []),
        }
        for stage in Stage.objects.filter(requisition=requisition).order_by("position")
        if stage.retired_at is None or stage.pk in counts
    ]


def first_cards(active: QuerySet[Application]) -> Iterable[dict[str, Any]]:
    visit = StageVisit.objects.filter(application=OuterRef("pk"), left_at=None)
    place = Window(
        RowNumber(), partition_by=F("stage"), order_by=[F("applied_at").asc(), F("pk").asc()]
    )
    found: Iterable[Any] = (
        active.annotate(place=place, entered_at=Subquery(visit.values("entered_at")[:1]))
        .filter(place__lte=CARDS)
        .order_by("stage", "place")
        .values(
            "stage_id",
            "applied_at",
            "entered_at",
            "needs_attention",
            "public_id",
            "candidate__public_id",
            "candidate__name",
        )
    )
    return found

"""The debrief: who said what, how it adds up, what was decided."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.decorators import display

from ats.accounts.models import User
from ats.admin.base import ScopedAdmin, reader
from ats.admin.buttons import button
from ats.admin.forms import ActionForm, People
from ats.admin.lists import View, ViewFilter, by_status
from ats.admin.tags import ago, status_badge
from interviews.actions.debrief import colleagues, decide_debrief
from interviews.admin.blocks import to_decide
from interviews.enums import DEBRIEF, Decision, Recommendation
from interviews.models import Debrief, DecisionRecord, Rating, Scorecard
from interviews.queries.debriefs import matrix, owed, owing, verify

RECOMMENDED = dict(Recommendation.choices)


class DecideForm(ActionForm):
    decision = forms.ChoiceField(
        label="Decision", choices=Decision.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Why",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Part of the record, for good.",
    )
    participants = People(label="Who took part")

    def prepare(self) -> None:
        application = self.subject.application
        blind = owing(application).values("pk")
        people = colleagues(application).exclude(pk__in=blind).distinct()
        self.fields["participants"].queryset = people.order_by("name", "pk")  # type: ignore[attr-defined]


class DebriefAdmin(ScopedAdmin):
    list_display = ("who", "role", "state", "opened")
    search_fields = ("application__candidate__name", "application__requisition__title")
    search_help_text = "Candidate or requisition"
    related = ("application__candidate", "application__requisition", "loop__rubric")
    ordering = ("-opened_at", "-pk")
    list_filter = (ViewFilter,)
    lifecycle = DEBRIEF
    empty_sentence = "No debrief that you may see. While you owe a scorecard it stays closed."
    views = {
        "to_decide": View("For me to decide", to_decide),
        "open": by_status("Open", "open"),
        "decided": by_status("Decided", "decided"),
    }
    buttons = [
        button(
            decide_debrief,
            label="Decide",
            look="primary",
            says="What is known now is frozen with your decision under one hash. Nobody is moved or"
            " told by it: that is a person's next step.",
            done="The decision is recorded.",
            Form=DecideForm,
        )
    ]

    @display(description="Candidate", ordering="application__candidate__name")
    def who(self, row: Any) -> str:
        return str(row.application.candidate)

    @display(description="Requisition")
    def role(self, row: Any) -> str:
        return str(row.application.requisition.title)

    @display(description="Status", ordering="status")
    def state(self, row: Any) -> SafeString:
        return status_badge(row)

    @display(description="Opened", ordering="opened_at")
    def opened(self, row: Any) -> str:
        return ago(row.opened_at)

    def title_of(self, row: Any) -> str:
        return f"Debrief: {row.application.candidate}"

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        people = matrix(row)
        record = DecisionRecord.objects.visible_to(reader(request)).filter(debrief=row)
        decided = record.select_related("decided_by").first()
        return {
            "combined": row.combined,
            "people": [
                {**each, "said": RECOMMENDED.get(each["recommendation"], "")} for each in people
            ],
            "lines": [with_cells(line, people) for line in row.combined["competencies"]],
            "recommendations": [
                (RECOMMENDED[name], name, count)
                for name, count in row.combined["recommendations"].items()
            ],
            "missing_cards": list(owed(row.loop)),
            "evidence": evidence(row, reader(request)),
            "record": decided,
            "participants": list(decided.participants.order_by("name")) if decided else [],
            "verdict": verify(decided) if decided else "",
        }


def with_cells(line: dict[str, Any], people: list[dict[str, Any]]) -> dict[str, Any]:
    """A line of the matrix: this competency, by everybody who rated."""
    cells = [person["ratings"].get(line["competency"]) for person in people]
    return {**line, "cells": cells, "disagrees": line["spread"] >= 2}


def evidence(debrief: Debrief, user: User) -> list[tuple[str, list[Rating]]]:
    """By competency, from the scorecards that this reader may read."""
    cards = Scorecard.objects.readable_by(user).filter(interview__loop=debrief.loop)
    ratings = Rating.objects.filter(scorecard__in=cards).exclude(evidence="")
    found: dict[str, list[Rating]] = {}
    for rating in ratings.select_related("competency", "scorecard__interviewer").order_by("pk"):
        found.setdefault(rating.competency.name, []).append(rating)
    return sorted(found.items())

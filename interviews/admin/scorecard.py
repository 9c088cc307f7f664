"""Scorecards: one's own to fill in, others' only once one owes nothing."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.decorators import display

from ats.accounts.models import User
from ats.admin.base import ScopedAdmin, reader, url_of
from ats.admin.buttons import button
from ats.admin.forms import ActionForm, reason_form
from ats.admin.lists import View, ViewFilter, by_status, of_one
from ats.admin.tags import moment, status_badge
from interviews.actions.scorecard import (
    amend_scorecard,
    excuse_scorecard,
    lacks_evidence,
    owe_again,
    submit_scorecard,
)
from interviews.admin.blocks import owed
from interviews.enums import SCORECARD, RatingValue, Recommendation, ScorecardStatus
from interviews.models import Scorecard
from requisitions.models import Competency

SCALE = [*((str(value), str(value)) for value in RatingValue.values), ("none", "Not assessed")]
NOTES = 20_000


def long_text(label: str, help_text: str = "", rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, required=False, max_length=NOTES, widget=widget, help_text=help_text
    )


class ScorecardForm(ActionForm):
    """One rating with evidence per focus competency, then the recommendation."""

    says_what_is_needed = True

    recommendation = forms.ChoiceField(
        label="Would you hire this person for this role?",
        choices=Recommendation.choices,
        widget=forms.RadioSelect,
    )
    no_decision_reason = long_text("If no decision: why", rows=2)
    notes = long_text("Notes to the team")
    private_notes = long_text("Notes for you alone", "Nobody else reads them, ever.", rows=2)

    def prepare(self) -> None:
        self.focus = list(self.subject.interview.planned.focus.order_by("name"))
        for competency in self.focus:
            self.fields[f"value_{competency.pk}"] = forms.ChoiceField(
                label=competency.name, choices=SCALE, widget=forms.RadioSelect
            )
            self.fields[f"evidence_{competency.pk}"] = long_text(
                "Evidence", "What they said or did. Required for 1, 2 and 5."
            )
        if self.subject.status == ScorecardStatus.SUBMITTED:
            self.initial = {**self.initial, **self.as_submitted()}

    def as_submitted(self) -> dict[str, Any]:
        names = ("recommendation", "no_decision_reason", "notes", "private_notes")
        said = {name: getattr(self.subject, name) for name in names}
        for rating in self.subject.ratings.all():
            said[f"value_{rating.competency_id}"] = str(rating.value or "none")
            said[f"evidence_{rating.competency_id}"] = rating.evidence
        return said

    def blocks(self) -> Iterator[tuple[Competency, list[tuple[str, str]], Any, Any]]:
        """Each competency with its frozen anchors and its two fields."""
        frozen = {entry["competency"]: entry for entry in self.subject.rubric.content}
        for competency in self.focus:
            anchors = frozen.get(str(competency.public_id), {}).get("anchors", {})
            value, evidence = self[f"value_{competency.pk}"], self[f"evidence_{competency.pk}"]
            yield competency, sorted(anchors.items()), value, evidence

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for competency in self.focus:
            value = self.value_of(competency)
            if lacks_evidence(value, given.get(f"evidence_{competency.pk}", "")):
                self.add_error(f"evidence_{competency.pk}", f"A rating of {value} needs evidence.")
        is_undecided = given.get("recommendation") == Recommendation.NO_DECISION
        if is_undecided and not given.get("no_decision_reason", "").strip():
            self.add_error("no_decision_reason", "Say why you do not recommend either way.")
        return given

    def value_of(self, competency: Competency) -> int | None:
        said = self.cleaned_data.get(f"value_{competency.pk}", "none")
        return None if said == "none" else int(said)

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        names = ("recommendation", "no_decision_reason", "notes", "private_notes")
        ratings = [
            {
                "competency": competency,
                "value": self.value_of(competency),
                "evidence": given[f"evidence_{competency.pk}"],
            }
            for competency in self.focus
        ]
        return {"ratings": ratings, **{name: given[name] for name in names}}


BUTTONS = [
    button(
        submit_scorecard,
        label="Submit the scorecard",
        look="primary",
        says="Once it is in it cannot be edited, only amended: every version stays. Afterwards you"
        " can read what the others wrote.",
        done="Your scorecard is in.",
        Form=ScorecardForm,
        template="admin/interviews/scorecard_form.html",
    ),
    button(
        amend_scorecard,
        label="Amend",
        says="This becomes a new version; the former ones stay readable.",
        done="Your amendment is in.",
        Form=ScorecardForm,
        template="admin/interviews/scorecard_form.html",
    ),
    button(
        excuse_scorecard,
        label="Excuse",
        says="This scorecard is no longer owed, and nobody is reminded of it.",
        done="The scorecard is excused.",
        Form=reason_form("Why"),
    ),
    button(
        owe_again,
        label="Ask for it again",
        says="The scorecard is owed again, and its interviewer is reminded.",
        done="The scorecard is owed again.",
    ),
]


class ScorecardAdmin(ScopedAdmin):
    """No column, filter or search touches what a scorecard says."""

    list_display = ("who", "interview_name", "interviewer", "state", "due")
    search_fields = ("interview__candidate__name", "interviewer__name")
    search_help_text = "Candidate or interviewer"
    related = ("interview__candidate", "interviewer")
    ordering = ("-due_at", "-pk")
    list_filter = (ViewFilter, of_one("application"))
    lifecycle = SCORECARD
    buttons = BUTTONS
    empty_sentence = "No scorecard that you may know of."
    views = {
        "owed": View("I owe", owed),
        "mine": View("Mine", lambda rows, user: rows.filter(interviewer=user)),
        "open": by_status("Open", "open"),
        "submitted": by_status("Submitted", "submitted"),
        "excused": by_status("Excused", "excused"),
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        readable = Scorecard.objects.readable_by(reader(request)).filter(pk=OuterRef("pk"))
        return rows.annotate(is_readable=Exists(readable))

    @display(description="Candidate", ordering="interview__candidate__name")
    def who(self, row: Any) -> str:
        return str(row.interview.candidate)

    @display(description="Interview")
    def interview_name(self, row: Any) -> str:
        return str(row.interview.name)

    @display(description="Status", ordering="status")
    def state(self, row: Any) -> SafeString:
        return status_badge(row)

    @display(description="Due", ordering="due_at")
    def due(self, row: Any) -> str:
        return moment(row.due_at)

    def title_of(self, row: Any) -> str:
        return f"{row.interview.name}: {row.interview.candidate}"

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        user = reader(request)
        is_mine = row.interviewer_id == user.pk
        is_open = row.status == ScorecardStatus.OPEN
        return {
            "is_mine": is_mine,
            "is_open": is_open,
            "form": ScorecardForm(subject=row, user=user) if is_mine and is_open else None,
            "submit_url": url_of(row, "do", verb="submit_scorecard"),
            "submit": BUTTONS[0],
            "said": self.said(row, user) if row.is_readable else None,
        }

    def said(self, row: Any, user: User) -> dict[str, Any]:
        """Asked for only where this reader may read it."""
        readable = Scorecard.objects.readable_by(user).prefetch_related(
            "ratings__competency", "versions"
        )
        card = readable.get(pk=row.pk)
        return {
            "card": card,
            "ratings": sorted(card.ratings.all(), key=lambda each: each.competency.name),
            "versions": list(card.versions.all()),
            "private": card.private_notes if card.interviewer_id == user.pk else "",
        }

    def offered(self, request: HttpRequest, row: Any) -> list[Any]:
        """The form is on the page itself, so that its button is not needed twice."""
        found = super().offered(request, row)
        return [each for each in found if each.button.name != "submit_scorecard"]

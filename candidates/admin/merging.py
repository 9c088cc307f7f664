"""People who may be one, what merging them will do, and taking it back."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.decorators import display

from ats.accounts.models import User
from ats.admin.base import ScopedAdmin, reader
from ats.admin.buttons import button
from ats.admin.forms import ActionForm
from ats.admin.lists import View, ViewFilter
from ats.admin.tags import ago
from ats.events.actors import Actor
from candidates.actions.duplicate import dismiss_duplicate, merge_duplicates
from candidates.actions.merge import undo_merge
from candidates.dedupe.words import in_words, sure
from candidates.enums import DuplicateStatus
from candidates.models import Candidate, Merge, PossibleDuplicate
from candidates.queries.merging import (
    came_later,
    merge_blockers,
    preview_merge,
    said,
    undo_blockers,
)


class SurvivorForm(ActionForm):
    survivor = forms.ModelChoiceField(
        Candidate.objects.none(),
        label="Who stays",
        empty_label=None,
        widget=forms.RadioSelect,
        help_text="Their name and what they have counts; the other's fills the gaps.",
    )

    def prepare(self) -> None:
        pair = [self.subject.first_id, self.subject.second_id]
        people = Candidate.objects.visible_to(self.user).filter(pk__in=pair).order_by("pk")
        self.fields["survivor"].queryset = people  # type: ignore[attr-defined]
        self.initial["survivor"] = self.subject.first_id


def is_open(pair: PossibleDuplicate, user: User) -> bool:
    return pair.status == DuplicateStatus.OPEN


def opened(rows: QuerySet[Any], user: User) -> QuerySet[Any]:
    return rows.filter(status=DuplicateStatus.OPEN)


def dismissed(rows: QuerySet[Any], user: User) -> QuerySet[Any]:
    return rows.filter(status=DuplicateStatus.DISMISSED)


class DuplicateAdmin(ScopedAdmin):
    called = "Possible duplicates"
    list_display = ("pair", "how_sure", "why", "found", "state")
    related = ("first", "second")
    # Those to look at come first.
    ordering = ("-status", "-probability", "-id")
    list_filter = (ViewFilter,)
    views = {"open": View("To look at", opened), "dismissed": View("Dismissed", dismissed)}
    empty_sentence = "Nobody whom you may see looks like somebody else."
    buttons = [
        button(
            merge_duplicates,
            label="Merge",
            look="primary",
            says="Everything of the other becomes theirs. It can be undone, also later.",
            done="They are one person now.",
            Form=SurvivorForm,
            blockers=lambda pair: merge_blockers(pair.first, pair.second),
            makes_another=True,
        ),
        button(
            dismiss_duplicate,
            label="Not the same person",
            says="Nobody is asked about these two again.",
            done="Dismissed.",
            shown=is_open,
        ),
    ]

    @display(description="People")
    def pair(self, row: Any) -> str:
        return str(row)

    @display(description="How sure", ordering="probability")
    def how_sure(self, row: Any) -> str:
        return sure(row.probability)

    @display(description="Why")
    def why(self, row: Any) -> str:
        return ", ".join(in_words(row.reasons))

    @display(description="Found", ordering="found_at")
    def found(self, row: Any) -> str:
        return ago(row.found_at)

    @display(description="Status", ordering="status")
    def state(self, row: Any) -> str:
        return str(row.get_status_display())

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        by = Actor.of(reader(request))
        may = reader(request).has_perm("candidates.merge_duplicates", row)
        return {
            "reasons": in_words(row.reasons),
            "how_sure": sure(row.probability),
            "people": [(each, facts_of(each, by)) for each in (row.first, row.second)],
            "preview": preview_merge(row.first, other=row.second, by=by) if may else None,
        }


def facts_of(person: Candidate, by: Actor) -> list[tuple[str, str]]:
    assert by.user is not None
    mine = person.applications.visible_to(by.user).select_related("requisition")  # type: ignore[attr-defined]
    found = [
        *(("E-mail", each.address) for each in person.emails.order_by("pk")),
        *(("Phone", each.number) for each in person.phones.order_by("pk")),
        ("Location", person.location),
        *(("Applied for", each.requisition.title) for each in mine.order_by("pk")),
    ]
    return [(name, value) for name, value in found if value]


def can_be_undone(merge: Merge, user: User) -> bool:
    return merge.undone_at is None


class MergeAdmin(ScopedAdmin):
    called = "Merges"
    list_display = ("who", "gone", "merged", "undone")
    related = ("survivor", "other", "merged_by", "undone_by")
    ordering = ("-merged_at", "-id")
    list_filter = ()
    empty_sentence = "Nobody whom you may see was merged."
    buttons = [
        button(
            undo_merge,
            label="Undo the merge",
            says="Two people again, each with what was theirs. What came after the merge stays"
            " with the one who stayed.",
            done="They are two people again.",
            shown=can_be_undone,
            blockers=undo_blockers,
        )
    ]

    @display(description="Who stayed")
    def who(self, row: Any) -> str:
        return str(row.survivor)

    @display(description="Who was merged")
    def gone(self, row: Any) -> str:
        return str(row.other)

    @display(description="When", ordering="merged_at")
    def merged(self, row: Any) -> str:
        return ago(row.merged_at)

    @display(description="Undone")
    def undone(self, row: Any) -> str:
        return ago(row.undone_at) if row.undone_at else ""

    def page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {"differs": said(row.differed), "later": came_later(row).items()}


def merging_panel(user: User, person: Candidate) -> dict[str, Any]:
    """On the person's page: who else they may be, and whom they were made of."""
    pairs = PossibleDuplicate.objects.visible_to(user).about(person)
    pairs = pairs.filter(status=DuplicateStatus.OPEN).select_related("first", "second")
    merges = Merge.objects.filter(survivor=person, undone_at=None).select_related("other")
    found = list(pairs.order_by("-probability", "-pk")[:10])
    others = [each.second if each.first_id == person.pk else each.first for each in found]
    reasons = [in_words(each.reasons) for each in found]
    return {
        "duplicates": list(zip(found, others, reasons, strict=True)),
        "merges": list(merges.order_by("-pk")[:10]),
    }

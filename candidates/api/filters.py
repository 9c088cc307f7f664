from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field

from ats.api.filters import BoolFilter, Filters, RefFilter
from candidates.enums import ApplicationStatus, OfferStatus
from candidates.models import Application, Candidate, FollowUp, Note, Offer
from candidates.queries.search.criteria import CRITERIA, Criterion
from candidates.queries.search.people import CUSTOM, custom_criteria


class ApplicationFilter(Filters):
    requisition = RefFilter("requisition")
    posting = RefFilter("posting")
    stage = RefFilter("stage")
    candidate = RefFilter("candidate")
    status = django_filters.MultipleChoiceFilter(choices=ApplicationStatus.choices)
    q = django_filters.CharFilter("candidate__name", lookup_expr="icontains", label="In the name.")
    needs_attention = BoolFilter(method="waiting", label="Whether a person has to look.")

    class Meta:
        model = Application
        fields: list[str] = []

    def waiting(self, rows, name, value):  # type: ignore[no-untyped-def]
        return rows.exclude(needs_attention="") if value else rows.filter(needs_attention="")


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class Several(django_filters.Filter):  # type: ignore[misc]
    field_class = forms.Field

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.SelectMultiple, **kwargs)


def parameter(criterion: Criterion) -> django_filters.Filter:
    """Its name and its documentation; `queries.search` reads the value."""
    kind = Several if criterion.many else django_filters.CharFilter
    return kind(label=criterion.label)


class CandidateFilter(Filters):
    """The parameters of a search, `custom.<key>` of custom fields among them.

    They are one query together, so that none of them is applied by itself.
    """

    locals().update({name: parameter(criterion) for name, criterion in CRITERIA.items()})
    q = django_filters.CharFilter(
        label="Words in the profile and the resumes that you may read: all of them; `or`,"
        ' "a phrase", a beginning*, -without, and parentheses.'
    )

    class Meta:
        model = Candidate
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if any(name.startswith(CUSTOM) for name in self.data or ()):
            self.filters.update({name: Several() for name in custom_criteria(self.request.user)})

    def filter_queryset(self, rows: QuerySet[Candidate]) -> QuerySet[Candidate]:
        return rows


class OfferFilter(Filters):
    application = RefFilter("application")
    requisition = RefFilter("application__requisition")
    status = django_filters.MultipleChoiceFilter(choices=OfferStatus.choices)

    class Meta:
        model = Offer
        fields: list[str] = []


class FollowUpFilter(Filters):
    application = RefFilter("application")
    is_done = BoolFilter("done_at", method="finished", label="Whether it is done.")
    mine = BoolFilter("user", method="for_me", label="Those that I have to do.")

    class Meta:
        model = FollowUp
        fields: list[str] = []

    def finished(self, rows, name, value):  # type: ignore[no-untyped-def]
        return rows.exclude(done_at=None) if value else rows.filter(done_at=None)

    def for_me(self, rows, name, value):  # type: ignore[no-untyped-def]
        mine = {"user": self.request.user}
        return rows.filter(**mine) if value else rows.exclude(**mine)


class NoteFilter(Filters):
    application = RefFilter("application")

    class Meta:
        model = Note
        fields: list[str] = []

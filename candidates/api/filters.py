import django_filters

from ats.api.filters import BoolFilter, Filters, RefFilter
from candidates.enums import ApplicationStatus, OfferStatus
from candidates.models import Application, Candidate, Note, Offer


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


class CandidateFilter(Filters):
    q = django_filters.CharFilter("name", lookup_expr="icontains", label="In the name.")

    class Meta:
        model = Candidate
        fields = ["do_not_contact"]


class OfferFilter(Filters):
    application = RefFilter("application")
    requisition = RefFilter("application__requisition")
    status = django_filters.MultipleChoiceFilter(choices=OfferStatus.choices)

    class Meta:
        model = Offer
        fields: list[str] = []


class NoteFilter(Filters):
    application = RefFilter("application")

    class Meta:
        model = Note
        fields: list[str] = []

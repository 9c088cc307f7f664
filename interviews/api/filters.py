"""Query-string filters. None looks at what a scorecard says: a filter could tell it."""

from uuid import UUID

import django_filters
from django.db.models import QuerySet

from ats.api.filters import Filters, RefFilter
from interviews.enums import DebriefStatus, InterviewStatus, ScorecardStatus
from interviews.models import Debrief, DecisionRecord, Interview, InterviewPlan, Loop, Scorecard


class PlanFilter(Filters):
    requisition = RefFilter("requisition")

    class Meta:
        model = InterviewPlan
        fields = ["is_current"]


class LoopFilter(Filters):
    application = RefFilter("application")

    class Meta:
        model = Loop
        fields: list[str] = []


class InterviewFilter(Filters):
    application = RefFilter("application")
    loop = RefFilter("loop")
    interviewer = django_filters.UUIDFilter(method="with_interviewer")
    status = django_filters.MultipleChoiceFilter(choices=InterviewStatus.choices)

    class Meta:
        model = Interview
        fields: list[str] = []

    def with_interviewer(
        self, rows: QuerySet[Interview], name: str, value: UUID
    ) -> QuerySet[Interview]:
        held = Interview.objects.filter(seats__is_live=True, seats__interviewer__public_id=value)
        return rows.filter(pk__in=held.values("pk"))


class ScorecardFilter(Filters):
    application = RefFilter("application")
    interview = RefFilter("interview")
    interviewer = RefFilter("interviewer")
    status = django_filters.MultipleChoiceFilter(choices=ScorecardStatus.choices)
    mine = django_filters.BooleanFilter(method="of_mine")

    class Meta:
        model = Scorecard
        fields: list[str] = []

    def of_mine(self, rows: QuerySet[Scorecard], name: str, value: bool) -> QuerySet[Scorecard]:
        user = self.request.user
        return rows.filter(interviewer=user) if value else rows.exclude(interviewer=user)


class DebriefFilter(Filters):
    application = RefFilter("application")
    status = django_filters.MultipleChoiceFilter(choices=DebriefStatus.choices)

    class Meta:
        model = Debrief
        fields: list[str] = []


class DecisionFilter(Filters):
    application = RefFilter("debrief__application")

    class Meta:
        model = DecisionRecord
        fields: list[str] = []

"""What lists can be narrowed by."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from ats.api.filters import Filters, RefFilter
from requisitions.enums import (
    EmploymentType,
    OpeningStatus,
    PostingStatus,
    RequisitionStatus,
    TeamRole,
    Workplace,
)
from requisitions.models import (
    Competency,
    HiringTeamMember,
    JobPosting,
    Opening,
    Question,
    Requisition,
    Stage,
)


class RequisitionFilter(Filters):
    q = django_filters.CharFilter(method="matching", label="In the title or the number.")
    status = django_filters.MultipleChoiceFilter(choices=RequisitionStatus.choices)
    department = RefFilter("department")
    member = RefFilter("team__user", distinct=True)

    class Meta:
        model = Requisition
        fields = ["is_confidential"]

    def matching(self, rows: QuerySet[Requisition], name: str, value: str) -> QuerySet[Requisition]:
        return rows.filter(Q(title__icontains=value) | Q(number__iexact=value))


class OfRequisition(Filters):
    requisition = RefFilter("requisition")


class OpeningFilter(OfRequisition):
    status = django_filters.MultipleChoiceFilter(choices=OpeningStatus.choices)

    class Meta:
        model = Opening
        fields: list[str] = []


class StageFilter(OfRequisition):
    is_retired = django_filters.BooleanFilter("retired_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Stage
        fields = ["kind"]


class QuestionFilter(OfRequisition):
    is_retired = django_filters.BooleanFilter("retired_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Question
        fields = ["kind"]


class PostingFilter(OfRequisition):
    status = django_filters.MultipleChoiceFilter(choices=PostingStatus.choices)

    class Meta:
        model = JobPosting
        fields = ["is_internal"]


class MemberFilter(OfRequisition):
    user = RefFilter("user")
    role = django_filters.ChoiceFilter(choices=TeamRole.choices)

    class Meta:
        model = HiringTeamMember
        fields: list[str] = []


class CompetencyFilter(Filters):
    q = django_filters.CharFilter("name", lookup_expr="icontains")

    class Meta:
        model = Competency
        fields = ["category"]


class BoardFilter(Filters):
    q = django_filters.CharFilter("title", lookup_expr="icontains", label="In the title.")
    workplace = django_filters.ChoiceFilter("requisition__workplace", choices=Workplace.choices)
    employment_type = django_filters.ChoiceFilter(
        "requisition__employment_type", choices=EmploymentType.choices
    )
    department = django_filters.CharFilter("requisition__department__name", lookup_expr="iexact")

    class Meta:
        model = JobPosting
        fields: list[Any] = []

"""What lists can be narrowed by."""

from typing import Any
from uuid import UUID

import django_filters
from django.db.models import Q, QuerySet

from ats.api.custom_fields import CustomFilters
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
    Department,
    HiringTeamMember,
    JobPosting,
    Opening,
    PipelineTemplate,
    Question,
    Requisition,
    RubricVersion,
    Stage,
)
from requisitions.queries.library import named_like
from requisitions.queries.search import LONGEST, matching


class RequisitionFilter(CustomFilters):
    noun = "requisition"

    q = django_filters.CharFilter(method="matching", label="In the title or the number.")
    status = django_filters.MultipleChoiceFilter(choices=RequisitionStatus.choices)
    department = django_filters.UUIDFilter(
        method="within", label="Of this department or of one that is part of it."
    )
    office = RefFilter("offices")
    workplace = django_filters.MultipleChoiceFilter(choices=Workplace.choices)
    employment_type = django_filters.MultipleChoiceFilter(choices=EmploymentType.choices)
    level = django_filters.CharFilter("level", lookup_expr="iexact")
    member = django_filters.UUIDFilter(method="with_member", label="Anybody of the hiring team.")
    recruiter = django_filters.UUIDFilter(method="with_member")
    hiring_manager = django_filters.UUIDFilter(method="with_member")
    opened = django_filters.DateFromToRangeFilter("opened_at", label="Between these days.")

    class Meta:
        model = Requisition
        fields = ["is_confidential"]

    def matching(self, rows: QuerySet[Requisition], name: str, value: str) -> QuerySet[Requisition]:
        return rows.filter(Q(title__icontains=value) | Q(number__icontains=value))

    def within(self, rows: QuerySet[Requisition], name: str, value: UUID) -> QuerySet[Requisition]:
        named = Department.objects.filter(public_id=value).values_list("pk", flat=True).first()
        return rows.filter(department__in=Department.objects.under(named))

    def with_member(
        self, rows: QuerySet[Requisition], name: str, value: UUID
    ) -> QuerySet[Requisition]:
        held = HiringTeamMember.objects.filter(user__public_id=value)
        if name != "member":
            held = held.filter(role=name)
        return rows.filter(pk__in=held.values("requisition"))


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


class TemplateFilter(Filters):
    is_retired = django_filters.BooleanFilter("retired_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = PipelineTemplate
        fields = ["is_default"]


class QuestionFilter(OfRequisition):
    is_retired = django_filters.BooleanFilter("retired_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Question
        fields = ["kind"]


class PostingFilter(OfRequisition):
    status = django_filters.MultipleChoiceFilter(choices=PostingStatus.choices)
    is_scheduled = django_filters.BooleanFilter("publish_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = JobPosting
        fields = ["is_internal", "language"]


class MemberFilter(OfRequisition):
    user = RefFilter("user")
    role = django_filters.ChoiceFilter(choices=TeamRole.choices)

    class Meta:
        model = HiringTeamMember
        fields: list[str] = []


class RubricFilter(OfRequisition):
    class Meta:
        model = RubricVersion
        fields = ["number"]


class CompetencyFilter(Filters):
    q = django_filters.CharFilter(method="matching", label="In the name or an alias.")
    is_retired = django_filters.BooleanFilter("retired_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Competency
        fields = ["category"]

    def matching(self, rows: QuerySet[Competency], name: str, value: str) -> QuerySet[Competency]:
        return rows.filter(pk__in=named_like(value).values("pk"))


class BoardFilter(Filters):
    """Narrowed by what was published, not by what was edited since."""

    q = django_filters.CharFilter(
        method="matching",
        max_length=LONGEST,
        label='Words anywhere in it, whatever the accents: `"as a phrase"`, `-without`, `or`.',
    )
    place = django_filters.CharFilter(
        method="at_place", max_length=300, label="A place as it is written."
    )
    department = django_filters.CharFilter(lookup_expr="iexact", max_length=LONGEST)
    language = django_filters.CharFilter(max_length=LONGEST)
    workplace = django_filters.ChoiceFilter(choices=Workplace.choices)
    employment_type = django_filters.ChoiceFilter(choices=EmploymentType.choices)

    class Meta:
        model = JobPosting
        fields: list[Any] = []

    def matching(self, rows: QuerySet[JobPosting], name: str, value: str) -> QuerySet[JobPosting]:
        return matching(rows, value, rows.order_by().values_list("language", flat=True).distinct())

    def at_place(self, rows: QuerySet[JobPosting], name: str, value: str) -> QuerySet[JobPosting]:
        return rows.filter(places__contains=[value])

"""Open requisitions that resemble one: a few found by indexes, then compared in full."""

from collections.abc import Iterable, Sequence
from math import log
from typing import Any, NamedTuple

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Case, Count, FloatField, Q, QuerySet, Sum, Value, When

from ats.accounts.models import User
from requisitions.enums import RequisitionStatus
from requisitions.models import Requisition, RequisitionCompetency
from requisitions.similar import Match, Rarity, Role, similar, title_words

# So many are compared for their competencies, and so many for their title.
COMPARED = 60


class Likeness(NamedTuple):
    requisition: Requisition
    match: Match


def similar_requisitions(requisition: Requisition, user: User) -> list[Likeness]:
    """Open ones that this person may see, the most alike first, with the reasons in words."""
    visible = Requisition.objects.visible_to(user).filter(status=RequisitionStatus.OPEN)
    others = visible.exclude(pk=requisition.pk)
    rarity = rarity_of(requisition, others)
    rows = others.filter(pk__in=compared(requisition, others, rarity))
    whole = rows.select_related("department").prefetch_related(
        "offices", "competencies__competency"
    )
    found = {str(row.public_id): row for row in whole}
    matches = similar(role_of(requisition), map(role_of, found.values()), rarity=rarity)
    return [Likeness(found[match.id], match) for match in matches]


def role_of(requisition: Requisition) -> Role:
    offices = tuple(office.name for office in requisition.offices.all())
    return Role(
        id=str(requisition.public_id),
        title=requisition.title,
        department=requisition.department.name if requisition.department else "",
        places=offices or tuple(requisition.locations),
        competencies=tuple(each.competency.name for each in requisition.competencies.all()),
    )


def rarity_of(requisition: Requisition, among: QuerySet[Requisition]) -> Rarity:
    """How rarely each competency of this one is asked for `among` the others."""
    asked = asked_for(requisition, among).values_list("competency__name")
    counts = dict(asked.annotate(Count("pk")).order_by())
    total = among.count()
    names = requisition.competencies.values_list("competency__name", flat=True)
    return {name.casefold(): log((1 + total) / (1 + counts.get(name, 0))) for name in names}


def asked_for(
    requisition: Requisition, among: QuerySet[Requisition]
) -> QuerySet[RequisitionCompetency]:
    wanted = list(requisition.competencies.values_list("competency", flat=True))
    rows = RequisitionCompetency.objects.filter(competency__in=wanted)
    return rows.filter(requisition__in=among.order_by().values("pk"))


def compared(requisition: Requisition, among: QuerySet[Requisition], rarity: Rarity) -> set[int]:
    """The keys of those that share the rarest competencies, and of those with words of its title.

    Of equally good ones, those of its department and then the newest.
    """
    return {
        *sharing(requisition, among, rarity),
        *titled(requisition, among.order_by()),
    }


def sharing(
    requisition: Requisition, among: QuerySet[Requisition], rarity: Rarity
) -> Iterable[int]:
    chosen = requisition.competencies.select_related("competency")
    weights = [
        When(competency=each.competency_id, then=Value(rarity[each.competency.name.casefold()]))
        for each in chosen
    ]
    if not weights:
        return []
    rows = asked_for(requisition, among).order_by().values("requisition")
    scored = rows.annotate(weight=Sum(Case(*weights, output_field=FloatField())))
    ranked = scored.order_by("-weight", *nearest(requisition, "requisition__"), "-requisition")
    return ranked.values_list("requisition", flat=True)[:COMPARED]


def titled(requisition: Requisition, among: QuerySet[Requisition]) -> Iterable[int]:
    words = ["".join(filter(str.isalnum, word)) for word in title_words(requisition.title)]
    if not words:
        return []
    query = SearchQuery(" | ".join(words), config="simple", search_type="raw")
    vector = SearchVector("title", config="simple")
    rows = among.annotate(said=vector).filter(said=query)
    ranked = rows.annotate(rank=SearchRank(vector, query))
    return ranked.order_by("-rank", *nearest(requisition), "-pk").values_list("pk", flat=True)[
        :COMPARED
    ]


def nearest(requisition: Requisition, path: str = "") -> Sequence[Any]:
    if requisition.department_id is None:
        return []
    is_near = Q(**{f"{path}department": requisition.department_id})
    return [Case(When(is_near, then=Value(0)), default=Value(1)).asc()]

"""Open requisitions that resemble one: a few found by indexes, then compared in full."""

from math import log
from typing import Any, NamedTuple

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db import connection
from django.db.models import QuerySet

from ats.accounts.models import User
from requisitions.enums import RequisitionStatus
from requisitions.models import Requisition
from requisitions.similar import Match, Rarity, Role, similar, title_words

# So many are compared for their competencies, and so many for their title.
COMPARED = 60
SHOWN = ("public_id", "number", "title", "locations", "department__name")
# Of those that share a word of the title, so many of the newest are looked at.
TITLED = 500

# The rarest competencies count, so many that about this many rows share one of them.
SHARED = 5000

# Those that share most, each competency weighed by how rarely it is asked for among all; of
# equally good ones those of the same department, and then the newest.
SHARING = """
WITH among AS MATERIALIZED (SELECT DISTINCT id FROM ({among}) AS found (id)),
asked AS MATERIALIZED (
    SELECT each.requisition_id, each.competency_id
    FROM requisitions_requisitioncompetency AS each JOIN among ON among.id = each.requisition_id
    WHERE each.competency_id = ANY(%s)
), rarity AS MATERIALIZED (
    SELECT competency_id, count(*) AS count,
        ln((1.0::float8 + (SELECT count(*) FROM among)) / (1 + count(*))) AS weight
    FROM asked GROUP BY competency_id
), telling AS MATERIALIZED (
    SELECT competency_id, weight FROM (
        SELECT *, sum(count) OVER (ORDER BY count, competency_id) - count AS before FROM rarity
    ) AS counted WHERE before < %s
)
SELECT (SELECT count(*) FROM among),
    ARRAY(SELECT competency_id FROM rarity ORDER BY competency_id),
    ARRAY(SELECT count FROM rarity ORDER BY competency_id),
    ARRAY(
        SELECT requisition.id FROM asked JOIN telling USING (competency_id)
        JOIN requisitions_requisition AS requisition ON requisition.id = asked.requisition_id
        GROUP BY requisition.id
        ORDER BY sum(weight) DESC, requisition.department_id IS DISTINCT FROM %s,
            requisition.id DESC
        LIMIT %s
    )
"""


class Likeness(NamedTuple):
    requisition: Requisition
    match: Match


def similar_requisitions(requisition: Requisition, user: User) -> list[Likeness]:
    """Open ones that this person may see, the most alike first, with the reasons in words."""
    visible = Requisition.objects.visible_to(user).filter(status=RequisitionStatus.OPEN)
    keys, rarity = compared(requisition, visible.exclude(pk=requisition.pk).values("pk"))
    rows = Requisition.objects.filter(pk__in=keys).select_related("department")
    rows = rows.prefetch_related("offices", "competencies__competency").only(*SHOWN)
    found = {str(row.public_id): row for row in rows}
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


def compared(requisition: Requisition, among: QuerySet[Any]) -> tuple[set[int], Rarity]:
    """Keys of those that share competencies or words of the title, and how rare each of its
    competencies is. `among` is a query of keys: nothing outside of it counts anywhere.
    """
    chosen = dict(requisition.competencies.values_list("competency", "competency__name"))
    query, params = among.order_by().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            SHARING.format(among=query),
            [*params, list(chosen), SHARED, requisition.department_id, COMPARED],
        )
        total, asked, times, keys = cursor.fetchone()
    counts = dict(zip(asked, times, strict=True))
    rarity = {
        name.casefold(): log((1 + total) / (1 + counts.get(key, 0))) for key, name in chosen.items()
    }
    return {*keys, *titled(requisition.title, among)}, rarity


def titled(title: str, among: QuerySet[Any]) -> QuerySet[Any]:
    """Keys of those whose title shares most words with this one."""
    words = ["".join(filter(str.isalnum, word)) for word in title_words(title)]
    if not words:
        return Requisition.objects.none().values_list("pk", flat=True)
    query = SearchQuery(" | ".join(words), config="simple", search_type="raw")
    vector = SearchVector("title", config="simple")
    sharing = Requisition.objects.alias(said=vector).filter(said=query, pk__in=among)
    newest = sharing.order_by("-pk").values("pk")[:TITLED]
    ranked = Requisition.objects.filter(pk__in=newest).alias(rank=SearchRank(vector, query))
    return ranked.order_by("-rank", "-pk").values_list("pk", flat=True)[:COMPARED]

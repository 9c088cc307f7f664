"""Whose time is up, and who must still be kept."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from candidates.enums import ApplicationStatus, RetentionDoes
from candidates.models import Application, Candidate, RetentionRule
from candidates.retention import Rule, Terms, later, terms
from requisitions.models import Requisition
from requisitions.paylaw import located
from requisitions.paylaw.geography import EU
from requisitions.queries.places import locations_of

COLUMNS = ("name", "law", "country", "region", "floor", "ceiling", "with_consent", "does")
DUE = """
WITH held AS (SELECT * FROM unnest(%(ids)s::bigint[], %(ceilings)s::text[]) AS held (id, ceiling)),
ends AS (
    SELECT c.id AS candidate,
        bool_and(a.id IS NULL OR a.status IN ('rejected', 'withdrawn')) AS is_over,
        greatest(
            max(coalesce(a.closed_at, c.created_at)
                + coalesce(held.ceiling, %(usual)s)::interval),
            (SELECT max(y.ends_at) FROM candidates_consent y
                WHERE y.candidate_id = c.id AND y.kind = 'talent_pool' AND y.withdrawn_at IS NULL)
        ) AS up_at
    FROM candidates_candidate c
    LEFT JOIN candidates_application a ON a.candidate_id = c.id
    LEFT JOIN held ON held.id = a.requisition_id
    WHERE c.erased_at IS NULL AND (%(only)s::bigint IS NULL OR c.id = %(only)s)
    GROUP BY c.id
)
SELECT candidate, up_at FROM ends
WHERE is_over AND up_at <= %(at)s
    AND NOT EXISTS (SELECT 1 FROM candidates_legalhold h
        WHERE h.released_at IS NULL AND (h.candidate_id = candidate OR h.requisition_id IN
            (SELECT requisition_id FROM candidates_application WHERE candidate_id = candidate)))
    AND NOT EXISTS (SELECT 1 FROM candidates_privacyrequest r
        WHERE %(only)s::bigint IS NULL AND r.candidate_id = candidate
            AND r.status IN ('open', 'restricted'))
ORDER BY up_at, candidate LIMIT %(limit)s
"""


def rules() -> list[Rule]:
    rows = RetentionRule.objects.filter(off_at=None).order_by("key")
    return [Rule(**{name: getattr(row, name) for name in COLUMNS}) for row in rows]


def terms_of(requisition: Requisition, known: Iterable[Rule] | None = None) -> Terms:
    """Where the job is decides: its offices, or the places that it names."""
    places = [located(row) for row in locations_of(requisition)]
    return terms([(place.country, place.region) for place in places], known or rules(), EU)


def kept_with_consent(candidate: Candidate) -> str:
    """The period for which their agreement to be kept lasts, where they applied last."""
    mine = Application.objects.filter(candidate=candidate).select_related("requisition")
    last = mine.order_by("-applied_at", "-pk").first()
    return (terms_of(last.requisition) if last else terms([], rules())).with_consent


def must_be_kept(candidate: Candidate, at: datetime) -> tuple[datetime, str] | None:
    """Until when at the latest, and which law says so; None where nothing keeps them any more."""
    known, latest = rules(), None
    decided = Application.objects.filter(candidate=candidate).select_related("requisition")
    for application in decided.order_by("pk"):
        said = terms_of(application.requisition, known)
        until = later(application.closed_at or at, said.floor) if said.floor else at
        if until > at and (latest is None or until > latest[0]):
            latest = until, said.floor_by
    return latest


def is_due(candidate: Candidate, at: datetime) -> bool:
    """Whether their time is up, asked about or not."""
    return bool(due(at, only=candidate))


def does_by_itself(candidate: Candidate) -> str:
    """`erase` where every rule that speaks about them says so."""
    known = rules()
    theirs = Application.objects.filter(candidate=candidate).select_related("requisition")
    said = {terms_of(each.requisition, known).does for each in theirs} or {terms([], known).does}
    return RetentionDoes.ERASE if said == {RetentionDoes.ERASE} else RetentionDoes.PROPOSE


def due(
    at: datetime, limit: int = 1000, only: Candidate | None = None
) -> list[tuple[int, datetime]]:
    """(candidate, since when their time is up), the longest first. Nobody who is in a process, was
    hired, is on hold or is asked about already."""
    known = rules()
    decided = Application.objects.exclude(status=ApplicationStatus.ACTIVE)
    if only:
        decided = decided.filter(candidate=only)
    wanted = Requisition.objects.filter(pk__in=decided.values("requisition"))
    ceilings = {row.pk: terms_of(row, known).ceiling for row in wanted}
    held = {key: ceiling for key, ceiling in ceilings.items() if ceiling}
    said: dict[str, Any] = {
        "ids": list(held),
        "ceilings": list(held.values()),
        "usual": terms([], known).ceiling or None,
        "at": at,
        "limit": limit,
        "only": only.pk if only else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(DUE, said)
        return [(int(row[0]), row[1]) for row in cursor.fetchall()]

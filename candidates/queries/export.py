"""Applications as rows of a table: what an import reads, and what it cannot say."""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, QuerySet, Subquery

from candidates.models import Application, CandidateTag, EmailAddress, PhoneNumber

# The column's name, and where it is read. The first ones are those of an import.
COLUMNS = {
    "name": "candidate__name",
    "email": "email",
    "phone": "phone",
    "location": "candidate__location",
    "links": "candidate__links",
    "tags": "tags_held",
    "requisition": "requisition__number",
    "stage": "stage__name",
    "status": "status",
    "reason": "rejection_reason__name",
    "source": "source__name",
    "applied_on": "applied_at",
    "closed_on": "closed_at",
    "title": "requisition__title",
    "application": "public_id",
    "candidate": "candidate__public_id",
}
CHUNK = 2000


def rows_of(applications: QuerySet[Application]) -> Iterator[list[Any]]:
    """One row per application, streamed: a hundred thousand never lie in memory together."""
    said = applications.annotate(
        email=several(EmailAddress, "address", "-is_primary"),
        phone=several(PhoneNumber, "number", "pk"),
        tags_held=several(CandidateTag, "tag__name", "tag__name"),
    )
    for row in said.values_list(*COLUMNS.values()).iterator(chunk_size=CHUNK):
        yield [plain(cell) for cell in row]


def several(model: Any, column: str, order: str) -> Subquery:
    """All of a person's, in one cell."""
    mine = model.objects.filter(candidate=OuterRef("candidate")).order_by().values("candidate")
    ordering = [order, "pk"] if order != "pk" else [order]
    joined = StringAgg(column, delimiter="; ", order_by=ordering)
    return Subquery(mine.annotate(joined=joined).values("joined"))


def plain(cell: Any) -> Any:
    """A day for a moment, one text for several, nothing for nothing."""
    if isinstance(cell, list):
        return "; ".join(cell)
    if hasattr(cell, "date"):
        return cell.date().isoformat()
    return "" if cell is None else str(cell)

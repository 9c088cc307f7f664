"""The open roles that somebody looks for, and what there is to choose from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, F, Func, Max, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from ats import clock
from requisitions.models import JobPosting
from requisitions.queries.board import on_the_board, open_now
from requisitions.queries.search import matching


@dataclass(frozen=True)
class Wanted:
    """What is asked for; "" is anything."""

    q: str = ""
    place: str = ""
    department: str = ""
    workplace: str = ""
    employment_type: str = ""
    language: str = ""

    def is_anything(self) -> bool:
        return self == Wanted()


@dataclass(frozen=True)
class Choices:
    """What the open roles have, in the order of a list."""

    place: list[str]
    department: list[str]
    workplace: list[str]
    employment_type: list[str]
    language: list[str]


def choices(*, is_internal: bool = False) -> Choices:
    rows = open_now(clock.now(), is_internal=is_internal).order_by()
    places = rows.annotate(place=Func(F("places"), function="unnest", output_field=TextField()))
    names = ("department", "workplace", "employment_type", "language")
    found = list(rows.values_list(*names).distinct())
    columns = zip(*found, strict=True) if found else [()] * len(names)
    return Choices(
        sorted(places.values_list("place", flat=True).distinct()),
        *(sorted(set(column) - {""}) for column in columns),
    )


def wanted_roles(
    wanted: Wanted, languages: Iterable[str], *, is_internal: bool = False
) -> QuerySet[JobPosting]:
    """Newest first. `languages` are those that the open roles are written in."""
    same = {"department", "workplace", "employment_type", "language"}
    rows = on_the_board(is_internal=is_internal)
    rows = rows.filter(**{name: getattr(wanted, name) for name in same if getattr(wanted, name)})
    if wanted.place:
        rows = rows.filter(places__contains=[wanted.place])
    return matching(rows, wanted.q, languages)


def behind(rows: QuerySet[JobPosting], after: str) -> QuerySet[JobPosting]:
    """Those that follow the role with this id; all of them after one that never was."""
    try:
        wanted = UUID(after)
    except ValueError:
        return rows
    last = JobPosting.objects.filter(public_id=wanted, published_at__isnull=False).first()
    if last is None:
        return rows
    since = last.published_at
    return rows.filter(Q(published_at__lt=since) | Q(published_at=since, pk__lt=last.pk))


def in_other_languages(posting: JobPosting) -> QuerySet[JobPosting]:
    """The same requisition's open postings for the same readers in other languages."""
    rows = open_now(clock.now(), is_internal=posting.is_internal).order_by("language", "pk")
    return rows.filter(requisition=posting.requisition_id).exclude(language=posting.language)


@dataclass(frozen=True)
class Stamp:
    """Another one whenever the public board is another."""

    etag: str
    updated_at: datetime | None


def stamp() -> Stamp:
    each = Concat(
        Cast("public_id", CharField()), Value(":"), Cast("version", CharField()), Value(",")
    )
    said = open_now(clock.now()).aggregate(
        rows=StringAgg(each, "", order_by="pk"), at=Max("versions__published_at")
    )
    text = repr((settings.SITE_URL, settings.COMPANY_NAME, said["rows"]))
    return Stamp(sha256(text.encode()).hexdigest()[:32], said["at"])

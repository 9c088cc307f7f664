"""Ten thousand open roles on the board: what resembles one that has closed."""

from itertools import count, cycle

from django.db import connection

from ats import clock
from ats.events.actors import Actor
from requisitions.actions.posting import unpublish_posting
from requisitions.enums import PostingStatus, RequisitionStatus
from requisitions.models import (
    Competency,
    JobPosting,
    PostingVersion,
    Requisition,
    RequisitionCompetency,
)
from tests.factories.requisitions import CompetencyFactory, Role, open_requisition

ROLES = 10_000
LIBRARY = 200
ASKED = 8
SUBJECTS = [f"Subject{n}" for n in range(60)]
JOBS = ["Engineer", "Manager", "Analyst", "Designer", "Nurse"]


def closed_among(roles: int = ROLES) -> Role:
    """A closed role, and so many open ones, each of which asks for eight of two hundred
    competencies and shares a word of its title with a fifth of all.
    """
    library = CompetencyFactory.create_batch(LIBRARY)
    closed = open_requisition(
        title=f"{JOBS[0]}, {SUBJECTS[0]}", competencies=library[:ASKED], is_confidential=False
    )
    content = closed.posting.versions.get().content
    numbers, jobs = count(1), cycle(JOBS)
    rows = Requisition.objects.bulk_create(
        Requisition(
            number=f"BENCH-{n}",
            title=f"{next(jobs)}, {SUBJECTS[n % len(SUBJECTS)]}",
            status=RequisitionStatus.OPEN,
            opened_at=clock.now(),
        )
        for n, _ in zip(numbers, range(roles), strict=False)
    )
    asked = {row.pk: chosen(library, n) for n, row in enumerate(rows)}
    RequisitionCompetency.objects.bulk_create(
        RequisitionCompetency(requisition_id=key, competency=each, position=place)
        for key, chosen_ones in asked.items()
        for place, each in enumerate(chosen_ones, start=1)
    )
    published(rows, asked, content)
    unpublish_posting(closed.posting, by=Actor.of(closed.recruiter))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return closed


def chosen(library: list[Competency], n: int) -> list[Competency]:
    """The first of the library are asked for most, as in every company."""
    places = {(n * step + step * step) % (LIBRARY // step) for step in range(1, ASKED + 1)}
    return [library[place] for place in sorted(places)]


def published(
    rows: list[Requisition], asked: dict[int, list[Competency]], content: dict[str, object]
) -> None:
    at = clock.now()
    postings = JobPosting.objects.bulk_create(
        JobPosting(
            requisition=row,
            title=row.title,
            status=PostingStatus.PUBLISHED,
            version=1,
            published_at=at,
        )
        for row in rows
    )
    PostingVersion.objects.bulk_create(
        PostingVersion(
            posting=posting,
            number=1,
            published_at=at,
            content={
                **content,
                "title": posting.title,
                "competencies": [each.name for each in asked[posting.requisition_id]],
            },
        )
        for posting in postings
    )

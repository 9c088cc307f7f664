"""Add many people and their applications at once: a few statements, not a few per person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from ats import clock
from ats.events.actors import Actor
from ats.events.log import record_first
from candidates.actions.tag import find_or_add_tag, usable
from candidates.enums import ApplicationStatus, RejectionKind, SourceKind
from candidates.models import (
    Application,
    Candidate,
    CandidateTag,
    EmailAddress,
    PhoneNumber,
    RejectionReason,
    Source,
    StageVisit,
    Tag,
)
from requisitions.models import Requisition, Stage

ENDED_AS = {
    ApplicationStatus.REJECTED: RejectionKind.WE_REJECTED,
    ApplicationStatus.WITHDRAWN: RejectionKind.THEY_WITHDREW,
}
UNKNOWN = {
    RejectionKind.WE_REJECTED: "Rejected before the import",
    RejectionKind.THEY_WITHDREW: "Withdrawn before the import",
}
IMPORTED = "Import"


@dataclass
class Arrival:
    """Somebody with an application, as a file says; `candidate` is who they are here already."""

    name: str
    emails: Sequence[str]
    phones: Sequence[str]
    location: str
    links: Sequence[str]
    tags: Sequence[str]
    requisition: Requisition
    stage: Stage
    status: str
    reason: str
    source: str
    applied_at: datetime | None
    candidate: Candidate | None = None


def wait_for(requisitions: Sequence[int], addresses: Sequence[str]) -> None:
    """As `submit_application` does, in one order for all: nobody applies or imports the same
    people meanwhile, and nobody fills or cancels the requisitions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM requisitions_requisition WHERE id = ANY(%s::bigint[])"
            " ORDER BY id FOR SHARE",
            [sorted(requisitions)],
        )
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(address, 7))"
            " FROM (SELECT address FROM unnest(%s::text[]) address ORDER BY 1) asked",
            [sorted({address.lower() for address in addresses})],
        )


def add_arrivals(arrivals: Sequence[Arrival], *, by: Actor) -> list[Application]:
    """In the caller's transaction, which holds `wait_for`. Nobody gets a letter.

    What is known about people who are here already stays; they only gain an application and
    tags.
    """
    add_new_people(arrivals, by=by)
    at = clock.now()
    reasons, sources = reasons_of(arrivals), sources_of(arrivals)
    rows = [application_of(each, reasons, sources, at) for each in arrivals]
    Application.objects.bulk_create(rows)
    StageVisit.objects.bulk_create(visit_of(row, by, at) for row in rows)
    add_tags(arrivals, by=by, at=at)
    record_first(
        "application.imported", [(row, row.candidate, row.requisition) for row in rows], by=by
    )
    return rows


def add_new_people(arrivals: Sequence[Arrival], *, by: Actor) -> None:
    """Two lines with one address are one person; a line without any is one of its own."""
    held: dict[str, Candidate] = {}
    new: list[tuple[Candidate, Arrival]] = []
    for each in arrivals:
        keys = [address.lower() for address in each.emails]
        each.candidate = each.candidate or next((held[key] for key in keys if key in held), None)
        if each.candidate is None:
            each.candidate = Candidate(
                name=each.name, location=each.location, links=list(each.links)
            )
            new.append((each.candidate, each))
        held |= dict.fromkeys(keys, each.candidate)
    Candidate.objects.bulk_create(candidate for candidate, _ in new)
    EmailAddress.objects.bulk_create(
        EmailAddress(candidate=candidate, address=address, is_primary=place == 0)
        for candidate, each in new
        for place, address in enumerate(each.emails)
    )
    PhoneNumber.objects.bulk_create(
        PhoneNumber(candidate=candidate, number=number)
        for candidate, each in new
        for number in each.phones
    )
    record_first("candidate.added", [(candidate,) for candidate, _ in new], by=by)


def application_of(
    each: Arrival,
    reasons: dict[tuple[str, str], RejectionReason],
    sources: dict[str, Source],
    at: datetime,
) -> Application:
    kind = ENDED_AS.get(ApplicationStatus(each.status))
    return Application(
        candidate=each.candidate,
        requisition=each.requisition,
        stage=each.stage,
        source=sources[each.source or IMPORTED],
        status=each.status,
        rejection_reason=reasons[kind, each.reason or UNKNOWN[kind]] if kind else None,
        submitted={"imported_at": at.isoformat()},
        applied_at=each.applied_at or at,
        closed_at=at if kind else None,
    )


def visit_of(row: Application, by: Actor, at: datetime) -> StageVisit:
    """Since when somebody is in a stage is not known: as of now."""
    days = row.stage.target_days
    due = None if days is None or row.closed_at else at + timedelta(days=days)
    return StageVisit(
        application=row,
        stage=row.stage,
        entered_at=at,
        left_at=row.closed_at,
        due_at=due,
        moved_by=by.user,
    )


def reasons_of(arrivals: Sequence[Arrival]) -> dict[tuple[str, str], RejectionReason]:
    """By kind and name. A name that the other kind has gets its kind behind it."""
    found: dict[tuple[str, str], RejectionReason] = {}
    for each in arrivals:
        if kind := ENDED_AS.get(ApplicationStatus(each.status)):
            name = each.reason or UNKNOWN[kind]
            if (kind, name) not in found:
                found[kind, name] = reason_called(name, kind)
    return found


def reason_called(name: str, kind: RejectionKind) -> RejectionReason:
    row, _ = RejectionReason.objects.get_or_create(name=name, defaults={"kind": kind})
    if row.kind == kind:
        return row
    label = f"{name[:170]} ({RejectionKind(kind).label})"
    return RejectionReason.objects.get_or_create(name=label, defaults={"kind": kind})[0]


def sources_of(arrivals: Sequence[Arrival]) -> dict[str, Source]:
    kind: dict[str, Any] = {"kind": SourceKind.SOURCED}
    names = {each.source or IMPORTED for each in arrivals}
    return {
        name: Source.objects.get_or_create(name=name, defaults=kind)[0] for name in sorted(names)
    }


def add_tags(arrivals: Sequence[Arrival], *, by: Actor, at: datetime) -> None:
    names = sorted({name for each in arrivals for name in each.tags})
    tags: dict[str, Tag] = {name: usable(find_or_add_tag(name, by=by)) for name in names}
    held = {(each.candidate, tags[name]) for each in arrivals for name in each.tags}
    CandidateTag.objects.bulk_create(
        [
            CandidateTag(candidate=candidate, tag=tag, tagged_at=at, tagged_by=by.user)
            for candidate, tag in held
        ],
        ignore_conflicts=True,
    )

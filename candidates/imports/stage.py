"""Keep a file's lines, and say of each whether it can be taken over. Nothing else happens."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from ats.jobs.actions import Item, draft_job, start_job
from ats.jobs.models import Job
from ats.tabular.reader import UnreadableTable, read_table
from candidates.imports.columns import check_columns, guess
from candidates.imports.plan import Plans, faults_in
from candidates.models import ImportedLine, PeopleImport
from requisitions.models import Requisition

MOST_LINES = 200_000
CHUNK = 500
BATCH = 5000
KIND = "import_people"


@transaction.atomic
def stage_people(
    *,
    file_name: str,
    content: bytes,
    preset: str = "",
    columns: dict[str, list[str]] | None = None,
    requisition: Requisition | None = None,
    by: Actor,
) -> PeopleImport:
    """A CSV or XLSX file to be looked at first. Raises `Invalid` for what is no such file."""
    assert by.user, "a file is somebody's"
    try:
        table = read_table(content)
        lines = list(islice(table.rows, MOST_LINES + 1))
    except UnreadableTable as problem:
        raise Invalid("file", str(problem)) from problem
    if not 0 < len(lines) <= MOST_LINES:
        raise Invalid("file", f"A file has 1 to {MOST_LINES:,} lines beside the first. Split it.")
    found = guess(table.header, preset) if columns is None else columns
    staged = PeopleImport.objects.create(
        owner=by.user,
        requisition=requisition,
        file_name=file_name[-255:],
        preset=preset,
        header=table.header,
        columns=check_columns(table.header, found),
        total=len(lines),
        created_at=clock.now(),
    )
    rows = (
        ImportedLine(people_import=staged, place=place, line=line, cells=cells)
        for place, (line, cells) in enumerate(lines)
    )
    for batch in batches(rows):
        ImportedLine.objects.bulk_create(batch)
    record("people_import.staged", staged, by=by, lines=len(lines))
    mark_faults(staged)
    return staged


def batches(rows: Iterable[ImportedLine], size: int = BATCH) -> Iterator[list[ImportedLine]]:
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch


@transaction.atomic
def map_people(staged: PeopleImport, *, by: Actor, **fields: Any) -> PeopleImport:
    """Other `columns`, or another `requisition` for lines that name none; looks again."""
    staged = lock(staged)
    check_waiting(staged)
    if "columns" in fields:
        staged.columns = check_columns(staged.header, fields["columns"])
    if "requisition" in fields:
        staged.requisition = fields["requisition"]
    staged.save(update_fields=["columns", "requisition"])
    mark_faults(staged)
    return staged


def check_waiting(staged: PeopleImport) -> None:
    if staged.started_at is not None:
        raise DomainError(
            "This file is being taken over, or was. Upload it again to change what it means: who"
            " is here already is not added twice.",
            code="started",
        )


def mark_faults(staged: PeopleImport) -> None:
    """Of every line, as of now; each is asked again when it is taken over."""
    plans = Plans(staged)
    rows = staged.lines.order_by("place").iterator(chunk_size=BATCH)
    for batch in batches(rows, CHUNK):
        found = faults_in(plans, batch)
        changed = [line for line in batch if line.fault != found.get(line.pk, "")]
        for line in changed:
            line.fault = found.get(line.pk, "")
        ImportedLine.objects.bulk_update(changed, ["fault"])


@transaction.atomic
def start_people_import(staged: PeopleImport, *, by: Actor) -> Job:
    """Take over every line without a fault, in the background, five hundred at a time."""
    staged = lock(staged)
    check_waiting(staged)
    if not staged.lines.filter(fault="").exists():
        raise DomainError("No line of this file can be taken over. Look at why.", code="no_lines")
    staged.started_at = clock.now()
    staged.save(update_fields=["started_at"])
    chunks = -(-staged.total // CHUNK)
    job = draft_job(KIND, items=[Item()] * chunks, about=staged, by=by)
    return start_job(job, by=by)


def forget_old_imports(days: int = 30) -> int:
    """What was not taken over is personal data that nobody needs any more."""
    before = clock.now() - timedelta(days=days)
    return PeopleImport.objects.filter(created_at__lt=before).delete()[0]

"""Take over five hundred lines: one item of a job, so that each happens once."""

from collections import Counter
from typing import Any

from ats.events.actors import Actor
from ats.jobs.models import Job, JobItem
from ats.jobs.registry import Done, Kind
from candidates.actions.imported import Arrival, add_arrivals, wait_for
from candidates.imports.plan import Batch, Planned, Plans
from candidates.imports.stage import CHUNK, KIND
from candidates.models import Application, Candidate, ImportedLine, PeopleImport

SAID = 3


def load(job: Job, item: JobItem, *, by: Actor) -> Done:
    files = PeopleImport.objects.select_related("owner", "requisition")
    staged = files.get(public_id=str(job.about_id))
    first = item.position * CHUNK
    lines = list(staged.lines.filter(place__range=(first, first + CHUNK - 1)).order_by("place"))
    plans = Plans(staged)
    batch = plans.batch(lines)
    hold(batch)
    # Asked again while nobody else can add the same people.
    batch = plans.batch(lines)
    rows = add_arrivals(arrivals_of(batch), by=by)
    keep_outcomes(batch, rows)
    return Done(sentence(len(rows), batch))


def hold(batch: Batch) -> None:
    addresses = [address for each in batch.planned for address in each.said.emails]
    wait_for([each.requisition.pk for each in batch.planned], addresses)


def arrivals_of(batch: Batch) -> list[Arrival]:
    known = Candidate.objects.in_bulk([each.candidate for each in batch.planned if each.candidate])
    return [arrival(each, known) for each in batch.planned]


def arrival(each: Planned, known: dict[int, Candidate]) -> Arrival:
    said: dict[str, Any] = vars(each.said) | {
        "requisition": each.requisition,
        "stage": each.stage,
        "candidate": known.get(each.candidate or 0),
    }
    return Arrival(**said)


def keep_outcomes(batch: Batch, rows: list[Application]) -> None:
    """What was taken over is read off the application; what was not stays to be mended."""
    lines = [each.line for each in batch.planned]
    for line, row in zip(lines, rows, strict=True):
        line.application, line.cells, line.fault = row, [], ""
    faulty = [ImportedLine(pk=pk, fault=fault) for pk, fault in batch.faults.items()]
    ImportedLine.objects.bulk_update(lines, ["application", "cells", "fault"])
    ImportedLine.objects.bulk_update(faulty, ["fault"])


def sentence(added: int, batch: Batch) -> str:
    said = f"{added} added."
    if batch.faults:
        commonest = Counter(batch.faults.values()).most_common(SAID)
        reasons = " ".join(f"{count} not: {fault}" for fault, count in commonest)
        said = f"{said} {reasons}"
    return said


PEOPLE_IMPORT = Kind(KIND, "Import of people", work=load)

"""Who was erased, outside of the database: a restored backup brings everybody back.

One line of JSON per person, ids only, appended and synced to disk after the erasure committed.
"""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from ats import clock
from ats.base import Row
from ats.events.actors import Actor
from ats.privacy.models import Erasure
from ats.privacy.registry import PEOPLE

Again = Callable[..., object]
# By kind of person: the app's own verb, which also closes what is open.
ERASERS: dict[str, Again] = {}


@dataclass(frozen=True)
class Line:
    kind: str
    person: UUID
    because: str
    at: str


def path() -> Path:
    return Path(settings.ERASURE_LEDGER)


@transaction.atomic
def write_missing() -> int:
    """Lines for the receipts that have none yet. Written twice after a crash, which is harmless."""
    waiting = Erasure.objects.filter(in_ledger_at=None).order_by("pk")
    receipts = list(waiting.select_for_update(skip_locked=True)[:1000])
    if receipts:
        append("".join(f"{line_of(receipt)}\n" for receipt in receipts))
        done = Erasure.objects.filter(pk__in=[receipt.pk for receipt in receipts])
        done.update(in_ledger_at=clock.now())
    return len(receipts)


def line_of(receipt: Erasure) -> str:
    said = {
        "kind": receipt.person_kind,
        "person": str(receipt.person_id),
        "because": receipt.because,
        "at": receipt.erased_at.isoformat(),
    }
    return json.dumps(said)


def append(text: str) -> None:
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().open("a") as ledger:
        ledger.write(text)
        ledger.flush()
        os.fsync(ledger.fileno())


def lines(ledger: Path) -> Iterator[Line]:
    """Raises `ValueError` that names the line which cannot be read."""
    for number, text in enumerate(ledger.read_text().splitlines(), 1):
        if text.strip():
            try:
                said = json.loads(text)
                yield Line(said["kind"], UUID(said["person"]), said["because"], said["at"])
            except (ValueError, KeyError, TypeError, AttributeError):
                raise ValueError(f"Line {number} of {ledger} is not an entry.") from None


def replay(ledger: Path) -> tuple[int, int]:
    """How many people were found and erased (again), and how many are not in this database."""
    found = missing = 0
    for line in dict.fromkeys(lines(ledger)):
        person = person_of(line)
        if person is None:
            missing += 1
            continue
        ERASERS[line.kind](person, because=line.because, by=Actor.system("replay_erasures"))
        found += 1
    return found, missing


def person_of(line: Line) -> Row | None:
    people = PEOPLE[line.kind]._default_manager
    return people.filter(public_id=line.person).first()

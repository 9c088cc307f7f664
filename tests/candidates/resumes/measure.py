"""What a reading gets wrong of a case: nothing, if it is right."""

from collections.abc import Iterator
from typing import Any

from candidates.resumes.sandbox import Reading
from tests.candidates.resumes.layouts import Case


def faults(case: Case, reading: Reading) -> Iterator[str]:
    if (reading.status, reading.problem) != (case.status, case.problem):
        yield f"{reading.status} {reading.problem}"
    at = 0
    for piece in case.order:
        found = reading.text.find(piece, at)
        if found < 0:
            yield f"{piece!r} is not in its place"
        else:
            at = found + len(piece)
    yield from (f"{piece!r} is there" for piece in case.absent if piece in reading.text)
    for name, expected in case.fields.items():
        if shown(reading, name) != expected:
            yield f"{name}: {shown(reading, name)!r}"


def shown(reading: Reading, name: str) -> Any:
    match name:
        case "phones":
            return [phone["e164"] for phone in reading.phones]
        case "links":
            return [link["url"] for link in reading.links]
    return getattr(reading, name)

"""Hands a resume to a process that has neither network, secrets nor much memory or time."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from candidates.resumes.confine import MOST_OUTPUT
from candidates.resumes.found import PROBLEMS
from candidates.resumes.kinds import MAX_BYTES, READABLE, SEALED, kind_of_file

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 10.0
READ, NO_TEXT, NOT_READ = "read", "no_text", "not_read"


@dataclass(frozen=True)
class Reading:
    """`status` is read, no_text or not_read; `problem` then says why: a word of `PROBLEMS`.

    `is_final` is false where another try may succeed: the reader died, or ran out of time.
    """

    status: str
    problem: str = ""
    text: str = ""
    language: str = ""
    name: str = ""
    location: str = ""
    emails: list[str] = field(default_factory=list)
    phones: list[dict[str, str]] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_final: bool = True

    @property
    def why(self) -> str:
        """The problem in words."""
        return PROBLEMS.get(self.problem, "")


def read_file(data: bytes, *, seconds: float = SECONDS) -> Reading:
    """The text of a file and what it tells about the person; never raises for what is in it."""
    if not data:
        return Reading(NOT_READ, "nothing")
    if len(data) > MAX_BYTES:
        return Reading(NOT_READ, "too_large")
    kind = kind_of_file(data)
    return refused(kind) or read_apart(data, kind, seconds=seconds)


def refused(kind: str) -> Reading | None:
    """What is known without a look inside."""
    if kind == SEALED:
        return Reading(NO_TEXT, "locked")
    return None if kind in READABLE else Reading(NOT_READ, "not_a_document")


def read_apart(data: bytes, kind: str, *, seconds: float = SECONDS) -> Reading:
    """In a process of its own. `kind` is one of `kinds.READABLE`."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write(data)
        given.seek(0)
        try:
            code = subprocess.run(  # noqa: S603 - our own module, and one of our own words
                [sys.executable, "-s", "-B", "-m", "candidates.resumes.child", kind],
                stdin=given,
                stdout=said,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env={"PATH": "", "LC_ALL": "C.UTF-8"},
                timeout=seconds,
                start_new_session=True,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            return Reading(NOT_READ, "too_slow", is_final=False)
        said.seek(0)
        if code == 0:
            return Reading(**json.loads(said.read(MOST_OUTPUT)))
    return Reading(NOT_READ, "reader_died", is_final=False)

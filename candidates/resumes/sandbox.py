"""Hands a resume to a process that has neither network, secrets nor much memory or time."""

import logging
import subprocess
import sys
import tempfile
from pathlib import Path

from candidates.resumes.child import MOST_OUTPUT

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 10.0


def text_of(data: bytes, kind: str, *, seconds: float = SECONDS) -> str | None:
    """The text of a file of one of `kinds.READABLE`, "" if it holds none, None if unreadable."""
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
            log.info("a resume took longer than %s s to read", seconds)
            return None
        said.seek(0)
        return tidy(said.read(MOST_OUTPUT)) if code == 0 else None


def tidy(raw: bytes) -> str:
    """What PostgreSQL can keep, without the white space of the layout."""
    text = raw.decode("utf-8", "ignore").replace("\x00", "")
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)

"""The supervisor as a person meets it: a process, its words, its exit code, and what it leaves."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ats.embedded import forget
from ats.embedded.common import free_port
from ats.stack import manage
from tests.live import status

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are counted in /proc")
THEIRS = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "TESTING", "TEST_CLOCK_FILE", "SITE_URL"}


class Run:
    def __init__(self, folder: Path, port: int) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in THEIRS}
        own = {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "ats.settings"}
        self.output = folder.parent / f"{time.monotonic_ns()}.out"
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                manage("up", "--port", str(port)),
                env=kept | own,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.output.read_text()

    def until(self, words: str) -> None:
        deadline = time.monotonic() + 200
        while words not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.05)

    def family(self) -> set[int]:
        """All processes that descend from the supervisor."""
        parents = {int(path.name): parent(path) for path in Path("/proc").glob("[0-9]*")}
        family = {self.process.pid}
        while more := {pid for pid, above in parents.items() if above in family} - family:
            family |= more
        return family

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(20)


def parent(path: Path) -> int:
    try:
        return int((path / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0


def alive(pids: set[int]) -> set[int]:
    def running(pid: int) -> bool:
        try:
            return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
        except OSError:
            return False

    return {pid for pid in pids if running(pid)}


def wait_until_gone(pids: set[int]) -> None:
    deadline = time.monotonic() + 15
    while left := alive(pids):
        assert time.monotonic() < deadline, left
        time.sleep(0.05)


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name) / "data"
        forget(Path(name) / "data")


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[[int], Run]]:
    runs: list[Run] = []

    def start(port: int) -> Run:
        runs.append(Run(folder, port))
        return runs[-1]

    yield start
    for run in runs:
        run.process.kill()
        run.process.wait()


def test_it_starts_survives_the_worst_and_ends_cleanly(start: Callable[[int], Run]) -> None:
    port = free_port()
    run = start(port)
    run.until("Healthy after")
    assert status(port, "/readyz") == 200

    second = start(port)
    assert second.process.wait(30) == 1
    assert f"in use by process {run.process.pid}" in second.said

    for name, part in (
        ("web", b"granian"),
        ("worker", b"ats\0worker"),
        ("postgresql", b"postgres"),
    ):
        os.kill(next(pid for pid in sorted(run.family()) if part in command(pid)), signal.SIGKILL)
        run.until(f"{name} ended by itself (exit code -9); starting it again in 1 s.")

    family = run.family()
    assert run.end(signal.SIGKILL) == -signal.SIGKILL
    wait_until_gone(family)

    run = start(port)
    run.until("Healthy after")
    family = run.family()
    assert len(family) > 10
    assert run.end(signal.SIGTERM) == 0
    assert alive(family) == set()
    assert run.said.rstrip().endswith("Stopped; the data is kept.")
    assert status(port, "/readyz") == 0


def test_a_busy_port_is_a_sentence_and_starts_nothing(
    folder: Path, start: Callable[[int], Run]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        run = start(port)
        assert run.process.wait(30) == 1
    assert run.said == (
        f"CommandError: Port {port} is taken by another program; nothing was started."
        " Take another one, for example: make run PORT=8010\n"
    )
    assert not folder.exists()


def command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""

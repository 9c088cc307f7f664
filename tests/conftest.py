import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations

from tests.live import Live

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
BROWSERLESS = pytest.StashKey[int]()


@pytest.fixture
def clock() -> Iterator[Path]:
    """The file that shifts the clock of all processes of this session."""
    path = Path(os.environ["TEST_CLOCK_FILE"])
    yield path
    path.write_text("0")


@pytest.fixture
def advance(clock: Path) -> Callable[[timedelta], None]:
    def move(by: timedelta) -> None:
        write(clock, float(clock.read_text()) + by.total_seconds())

    return move


@pytest.fixture
def set_clock(clock: Path) -> Callable[[datetime], None]:
    def set_to(moment: datetime) -> None:
        write(clock, (moment - datetime.now(UTC)).total_seconds())

    return set_to


def write(clock: Path, seconds: float) -> None:
    """In one step: another process must never read an empty file."""
    draft = clock.with_suffix(".new")
    draft.write_text(repr(seconds))
    draft.replace(clock)


@pytest.fixture(scope="session")
def live(django_db_blocker: Any) -> Iterator[Live]:
    stack = Live(Path(os.environ["DATA_DIR"]), django_db_blocker)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()


@pytest.fixture(scope="session")
def chromium() -> str:
    assert CHROMIUM, "tests that need a browser carry the mark `browser`"
    return CHROMIUM


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    """Every test begins with none of its requests counted."""
    from ats.api.throttling import valkey

    valkey.resting_until = 0
    if counted := list(valkey.client.scan_iter("throttle:*")):
        valkey.client.delete(*counted)


@pytest.fixture(scope="session", autouse=True)
def _flush_past_the_fences() -> Iterator[None]:
    """Transactional tests end in a TRUNCATE, which the table of events refuses by a trigger:
    the flush alone runs as a replica, for which triggers do not fire."""
    plain = DatabaseOperations.execute_sql_flush

    def flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        calm = ["SET LOCAL session_replication_role = replica"]
        plain(self, [*calm, *sql_list])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush)
        yield


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        # What shares the live stack or a file's set-up stays on one parallel worker.
        file = item.nodeid.split("::")[0]
        shared = "live" if "live" in getattr(item, "fixturenames", ()) else file
        item.add_marker(pytest.mark.xdist_group(shared))
    if CHROMIUM:
        return
    waiting = [item for item in items if item.get_closest_marker("browser")]
    config.stash[BROWSERLESS] = len(waiting)
    for item in waiting:
        item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if count := config.stash.get(BROWSERLESS, 0):
        terminalreporter.section("BROWSER TESTS WERE NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(f"{count} tests need a Chromium: install the package `chromium`.")

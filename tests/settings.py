"""The product's settings, on servers that this pytest session starts and ends.

pytest-django reads the settings before any conftest; this module is the one place before that.
With DATABASE_URL or REDIS_URL in the environment those servers are used instead.
"""

import atexit
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp

from ats.embedded import ServiceError, Services, forget

PREFIX = "evenhand-test-"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")


def forget_killed_sessions() -> None:
    """A session that was killed could not delete its folder; its lock died with it."""
    for folder in Path(gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError, ServiceError):
            if time.time() - folder.stat().st_mtime > 600:
                forget(folder)


def begin_session() -> None:
    for inherited in os.environ.pop("TEST_SERVERS", "").split():
        del os.environ[inherited]
    forget_killed_sessions()
    folder = Path(mkdtemp(prefix=PREFIX)).resolve()
    (folder / "clock").write_text("0")
    (folder / "static").mkdir()
    os.environ |= {
        "TESTING": "1",
        "TEST_CLOCK_FILE": str(folder / "clock"),
        "SECRET_KEY": "a key for tests that signs nothing of value",
        "SITE_URL": "http://testserver",
    }
    services = Services(folder, durable=False)
    services.__enter__()
    ours = services.environment.keys() - os.environ.keys()
    os.environ |= {"TEST_SERVERS": " ".join(ours), "TEST_SERVERS_OF": WORKER}
    os.environ |= services.environment
    owner = os.getpid()

    def end_session() -> None:
        if os.getpid() == owner:
            services.__exit__(None, None, None)
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(end_session)


# Processes that a test starts inherit the environment, and with it the servers. So does a
# parallel worker, from the process that hands out the tests: it starts servers of its own.
if os.environ.get("TEST_SERVERS_OF") != WORKER:
    begin_session()

from ats.settings import *  # noqa: E402, F403

"""The product's settings, on servers that this pytest session starts and ends.

pytest-django reads the settings before any conftest; this module is the one place before that.
With DATABASE_URL or REDIS_URL in the environment those servers are used instead.
"""

import atexit
import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

from ats.embedded import Services


def begin_session() -> None:
    folder = Path(mkdtemp(prefix="evenhand-test-")).resolve()
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
    os.environ |= services.environment
    owner = os.getpid()

    def end_session() -> None:
        if os.getpid() == owner:
            services.__exit__(None, None, None)
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(end_session)


# Processes that a test starts inherit the environment, and with it the servers.
if "TEST_CLOCK_FILE" not in os.environ:
    begin_session()

from ats.settings import *  # noqa: E402, F403

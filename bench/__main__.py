"""`python -m bench [people]`: each endpoint beside bare SQL for the same payload, in one run.

Servers and data live in a folder of their own that is deleted at the end.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path
from tempfile import mkdtemp

import django
from django.core.management import call_command

from ats.embedded import Services, forget


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("people", type=int, nargs="?", default=20_000, help="in the company")
    parser.add_argument("--board", type=int, default=500, help="of them on the measured board")
    parser.add_argument("--rounds", type=int, default=100)
    options = parser.parse_args()
    folder = Path(mkdtemp(prefix="evenhand-bench-")).resolve()
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    try:
        with Services(folder) as services:
            os.environ |= services.environment | {"LOG_LEVEL": "ERROR"}
            os.environ["DJANGO_SETTINGS_MODULE"] = "ats.settings"
            (folder / "static").mkdir()
            django.setup()
            call_command("migrate", verbosity=0)
            # Models can be imported only now.
            from bench.report import run  # noqa: PLC0415

            for line in run(options.people, options.board, options.rounds):
                sys.stdout.write(f"{line}\n")
                sys.stdout.flush()
    finally:
        forget(folder)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

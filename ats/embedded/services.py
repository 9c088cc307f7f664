"""Both servers for one owner of a data folder."""

import os
import secrets
import shutil
import time
from contextlib import ExitStack
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import Self

from ats.embedded.common import ServiceError, free_port, lock
from ats.embedded.place import account_for, postgres_folder
from ats.embedded.postgres import Postgres, sole_use
from ats.embedded.valkey import Valkey
from ats.processes import Child

START_SECONDS = 60.0


class Services:
    """Both servers for the time of a `with` block, one owner per data folder.

    A server whose URL is in the environment is somebody else's and is not started.
    `durable=False` lets PostgreSQL skip fsync: for data that a test throws away.
    """

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self.data_dir, self.durable = data_dir, durable
        self.database_url = os.environ.get("DATABASE_URL", "")
        self.redis_url = os.environ.get("REDIS_URL", "")
        self.secret_key = ""
        self.children: list[Child] = []
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._prepare_folder(stack)
            if not self.database_url:
                self._start_postgres(stack)
            if not self.redis_url:
                self._start_valkey(stack)
            self._write_environment()
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs in order to use these servers."""
        return {
            "DATA_DIR": str(self.data_dir),
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "SECRET_KEY": self.secret_key,
        }

    def _prepare_folder(self, stack: ExitStack) -> None:
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
            # Personal data lives here; root lets PostgreSQL's user pass through, not look.
            self.data_dir.chmod(0o711 if os.geteuid() == 0 else 0o700)
            stack.enter_context(own(self.data_dir))
        except PermissionError as error:
            raise ServiceError(
                f"{self.data_dir} belongs to another user ({error.strerror}); nothing was"
                " started. Run as that user, or set DATA_DIR to a folder of your own."
            ) from error

    def _start_postgres(self, stack: ExitStack) -> None:
        server = Postgres(self.data_dir, durable=self.durable)
        stack.enter_context(server.files())
        self._start(server, stack)
        self.database_url = server.url

    def _start_valkey(self, stack: ExitStack) -> None:
        server = Valkey(self.data_dir)
        self._start(server, stack)
        self.redis_url = server.url

    def _start(self, server: "Postgres | Valkey", stack: ExitStack) -> None:
        """Another program may take the free port just before the server does: then once more."""
        for attempt in (1, 2, 3):
            child = server.child(free_port())
            stack.callback(child.stop)
            child.start()
            try:
                wait_until_ready(server, child)
            except ServiceError:
                if attempt == 3 or "in use" not in child.last_lines():
                    raise
            else:
                self.children.append(child)
                return

    def _write_environment(self) -> None:
        """`DATA_DIR/services.env`: with it `manage.py anything` reaches the running servers."""
        path = self.data_dir / "services.env"
        stored = stored_value(path, "SECRET_KEY") or secrets.token_urlsafe(48)
        self.secret_key = os.environ.get("SECRET_KEY") or stored
        ours = {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}
        lines = {name: url for name, url in ours.items() if not os.environ.get(name)}
        lines["SECRET_KEY"] = stored
        write_private(path, "".join(f"{name}={value}\n" for name, value in lines.items()))


def wait_until_ready(server: Postgres | Valkey, child: Child) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not server.ready():
        if child.poll() is not None:
            raise ServiceError(f"{child.name} ended at its start:\n{child.last_lines()}")
        if time.monotonic() > deadline:
            raise ServiceError(
                f"{child.name} did not answer in {START_SECONDS:.0f} s:\n{child.last_lines()}"
            )
        time.sleep(0.02)


def own(data_dir: Path) -> TextIOWrapper:
    """The lock that makes its holder the owner of the folder; a crash cannot leave it behind."""
    path = data_dir / "owner"
    found = lock(path)
    if found is None:
        raise ServiceError(
            f"{data_dir} is in use by process {path.read_text().strip() or '?'}, which goes on"
            " undisturbed; nothing was started. Stop that one first, or set DATA_DIR to another"
            " folder (and PORT to another port) to run a second one beside it."
        )
    found.truncate(0)
    found.write(str(os.getpid()))
    found.flush()
    return found


def forget(data_dir: Path) -> None:
    """Delete everything under the data folder, and PostgreSQL's files wherever they lie."""
    if not data_dir.exists():
        return
    with own(data_dir):
        postgres = postgres_folder(data_dir, account_for(data_dir / "postgres"))
        if postgres.exists():
            with sole_use(postgres):
                shutil.rmtree(postgres)
        shutil.rmtree(data_dir)


def stored_value(path: Path, name: str) -> str:
    lines = path.read_text().splitlines() if path.exists() else []
    return dict(line.partition("=")[::2] for line in lines).get(name, "")


def write_private(path: Path, text: str) -> None:
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)

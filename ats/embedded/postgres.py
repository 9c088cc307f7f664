"""PostgreSQL as a child of the caller, also when the caller is root."""

import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

import psycopg

from ats.embedded.common import ServiceError, clean_environment, lock
from ats.embedded.place import account_for, postgres_folder, programs_for
from ats.processes import Child

NAME = "evenhand"


class Postgres:
    """PostgreSQL's files under `DATA_DIR/postgres`, and the process that serves them."""

    def __init__(self, data_dir: Path, *, durable: bool) -> None:
        self.data_dir, self.durable = data_dir, durable
        self.password = secrets.token_hex(24)
        self.account = account_for(data_dir / "postgres")
        self.folder = postgres_folder(data_dir, self.account)
        self.cluster = self.folder / "data"
        self.url = ""

    @contextmanager
    def files(self) -> Iterator[None]:
        """The cluster, ready for a server. The lock is inherited by the server and its
        workers: while it is held, some of them still run, whoever started them."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        if self.account:
            os.chown(self.folder, *self.account)
        self.programs = programs_for(self.account, self.folder)
        with sole_use(self.folder) as self.lock:
            if not self.cluster.exists():
                self._create_cluster()
            self._forget_former_server()
            self._let_in()
            yield

    def child(self, port: int) -> Child:
        self.url = f"postgresql://{NAME}:{self.password}@127.0.0.1:{port}/{NAME}"
        options = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": "",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        if not self.durable:
            options |= {"fsync": "off", "full_page_writes": "off"}
        settings = [part for item in options.items() for part in ("-c", "{}={}".format(*item))]
        return Child(
            "postgresql",
            [self.programs / "postgres", "-D", self.cluster, *settings],
            log=self.data_dir / "log" / "postgresql.log",
            env=clean_environment(),
            cwd=self.folder,
            user=self.account,
            # SIGINT is the fast shutdown: sessions end, the data is written, the process goes.
            stop_signal=signal.SIGINT,
            orphan_signal=signal.SIGINT,
            patience=6.0,
            pass_fds=[self.lock.fileno()],
        )

    def ready(self) -> bool:
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _create_cluster(self) -> None:
        """In a folder beside it, so that an interrupted attempt leaves nothing half made."""
        attempt = self.folder / "data.new"
        shutil.rmtree(attempt, ignore_errors=True)
        options = ["--username", NAME, "--auth", "trust", "--encoding", "UTF8", "--locale", "C"]
        options += ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]
        self._run("initdb", "-D", attempt, *options, *([] if self.durable else ["--no-sync"]))
        (attempt / "pg_hba.conf").write_text("host all all 127.0.0.1/32 scram-sha-256\n")
        attempt.rename(self.cluster)

    def _forget_former_server(self) -> None:
        """After a crash the pid in postmaster.pid may belong to any other program by now, for
        which PostgreSQL would wait for ever. Our lock says that none of ours is left."""
        pid = former_pid(self.folder)
        if pid and str(self.cluster) not in command_line(pid):
            (self.cluster / "postmaster.pid").unlink()

    def _let_in(self) -> None:
        """The password of this start, and the database unless it exists."""
        words = f"ALTER ROLE {NAME} PASSWORD '{self.password}'\nCREATE DATABASE {NAME}\n"
        self._run("postgres", "--single", "-D", self.cluster, "postgres", stdin=words)

    def _run(self, program: str, *arguments: object, stdin: str = "") -> None:
        uid, gid = self.account or (None, None)
        done = subprocess.run(  # noqa: S603
            [self.programs / program, *map(str, arguments)],
            check=False,
            input=stdin,
            capture_output=True,
            text=True,
            env=clean_environment(),
            cwd=self.folder,
            user=uid,
            group=gid,
            extra_groups=None if gid is None else [],
            pass_fds=[self.lock.fileno()],
        )
        if done.returncode:
            said = done.stderr.replace(self.password, "...").strip()
            raise ServiceError(f"PostgreSQL's {program} failed in {self.folder}:\n{said}")


def sole_use(folder: Path) -> TextIOWrapper:
    """The lock that a server and its workers inherit: an earlier one may still be ending."""
    found = lock(folder / "lock", seconds=20.0)
    if found is None:
        raise ServiceError(
            f"A PostgreSQL that an earlier run left behind still uses {folder / 'data'}."
            f" Nothing was lost; end it, then try again: kill -INT {former_pid(folder)}"
        )
    return found


def former_pid(folder: Path) -> int:
    try:
        return int((folder / "data" / "postmaster.pid").read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return 0


def command_line(pid: int) -> str:
    """Of a running process; empty if there is none, or none that can be seen."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""

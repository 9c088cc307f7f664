import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
import redis

from ats.embedded import ServiceError, Services, forget
from ats.embedded.postgres import former_pid

OWNER = """
import sys, time
from pathlib import Path
from tempfile import TemporaryDirectory
from ats.embedded import Services
with Services(Path(sys.argv[1])) as services:
    print(services.children[0].pid, services.children[1].pid, services.database_url, flush=True)
    time.sleep(600)
"""


@pytest.fixture(autouse=True)
def no_urls(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Which the user that PostgreSQL runs as can enter; pytest closes its own ones."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def folder(open_folder: Path) -> Iterator[Path]:
    long = open_folder / ("a long name " * 10) / "data"
    yield long
    forget(long)


def write(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('here')")


def read(url: str) -> list[tuple[str]]:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT word FROM kept").fetchall()


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def wait_until_gone(*pids: int) -> None:
    deadline = time.monotonic() + 15
    while not all(gone(pid) for pid in pids):
        assert time.monotonic() < deadline, f"still there: {pids}"
        time.sleep(0.02)


def start_owner(folder: Path) -> tuple[subprocess.Popen[str], int, int, str]:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout
    with owner.stdout as pipe:
        postgres, valkey, url = pipe.readline().split()
    return owner, int(postgres), int(valkey), url


def test_both_servers_keep_their_promises_and_go_with_their_owner(folder: Path) -> None:
    with Services(folder) as first:
        pids = [child.pid for child in first.children]
        write(first.database_url)
        with psycopg.connect(first.database_url) as connection:
            (version,) = connection.execute("SHOW server_version").fetchone() or ("",)
            (commit,) = connection.execute("SHOW synchronous_commit").fetchone() or ("",)
        with redis.Redis.from_url(first.redis_url) as client:
            assert client.ping()
        assert (version.split(".")[0], commit) == ("18", "on")
    wait_until_gone(*pids)
    with Services(folder) as second:
        assert read(second.database_url) == [("here",)]
        assert second.secret_key == first.secret_key


def test_the_environment_file_is_for_its_owner_alone(folder: Path) -> None:
    with Services(folder) as services:
        path = folder / "services.env"
        assert path.stat().st_mode & 0o777 == 0o600
        assert dict(line.split("=", 1) for line in path.read_text().splitlines()) == {
            "DATABASE_URL": services.database_url,
            "REDIS_URL": services.redis_url,
            "SECRET_KEY": services.secret_key,
        }


def test_nobody_enters_without_the_password(folder: Path) -> None:
    with Services(folder) as services:
        password = services.database_url.split(":")[2].split("@")[0]
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(services.database_url.replace(password, "guess"))
        port = services.redis_url.rsplit(":", 1)[1]
        stranger = redis.Redis.from_url(f"redis://127.0.0.1:{port}")
        with stranger as client, pytest.raises(redis.AuthenticationError):
            client.ping()


def test_a_given_server_is_used_and_none_is_started(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/db")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere")
    with Services(folder) as services:
        assert services.children == []
        assert services.database_url == "postgresql://elsewhere/db"
        assert (folder / "services.env").read_text() == f"SECRET_KEY={services.secret_key}\n"


def test_one_folder_has_one_owner(folder: Path) -> None:
    with Services(folder) as services:
        with pytest.raises(ServiceError, match=f"in use by process {os.getpid()}"):
            Services(folder).__enter__()
        with pytest.raises(ServiceError, match="in use"):
            forget(folder)
        write(services.database_url)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's word on orphans is Linux's")
def test_killing_the_owner_leaves_no_process_and_blocks_no_start(folder: Path) -> None:
    owner, postgres, valkey, url = start_owner(folder)
    write(url)
    owner.kill()
    owner.wait()
    with Services(folder) as services:
        assert read(services.database_url) == [("here",)]
    wait_until_gone(postgres, valkey)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's word on orphans is Linux's")
def test_killing_everything_blocks_no_start(folder: Path) -> None:
    """Not even when the pid that PostgreSQL left in its file is another program's by now."""
    owner, postgres, valkey, url = start_owner(folder)
    write(url)
    for pid in (owner.pid, postgres, valkey):
        os.kill(pid, signal.SIGKILL)
    owner.wait()
    left = folder / "postgres" / "data" / "postmaster.pid"
    assert former_pid(folder / "postgres") == postgres
    left.write_text(left.read_text().replace(str(postgres), str(os.getppid()), 1))
    with Services(folder) as services:
        assert read(services.database_url) == [("here",)]


def test_an_interrupted_first_start_leaves_nothing_half_made(folder: Path) -> None:
    attempt = folder / "postgres" / "data.new"
    attempt.mkdir(parents=True)
    (attempt / "PG_VERSION").write_text("18")
    with Services(folder) as services:
        write(services.database_url)


def test_a_port_taken_at_the_last_moment_is_no_failure(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        monkeypatch.setattr("ats.embedded.services.free_port", offer(taken, taken))
        with Services(folder) as services:
            assert f":{taken}/" not in services.database_url + services.redis_url


def offer(*first: int) -> object:
    from ats.embedded.common import free_port

    ports = list(first)
    return lambda: ports.pop(0) if ports else free_port()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account")
def test_a_folder_closed_to_others_gets_its_database_elsewhere(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere, closed = open_folder / "system", open_folder / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr("ats.embedded.place.SYSTEM_FOLDER", elsewhere)
    with Services(closed / "data") as services:
        write(services.database_url)
    assert (closed / "data" / "postgres").readlink().parent == elsewhere
    with Services(closed / "data") as services:
        assert read(services.database_url) == [("here",)]
    forget(closed / "data")
    assert list(elsewhere.iterdir()) == []
    assert not (closed / "data").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account")
def test_programs_closed_to_others_are_copied(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "ats.embedded.place.Account.can_enter", lambda self, path: path.name != "bin"
    )
    with Services(folder) as services:
        assert str(folder) in services.children[0].command[0]
        write(services.database_url)

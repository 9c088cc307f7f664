"""The real thing for journeys: web server, worker, beat and a mail server, in own processes."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
import redis
from aiosmtpd.controller import Controller
from django.db import connection

from ats import stack
from ats.embedded.common import free_port
from ats.processes import Child

T = TypeVar("T")


class Inbox:
    """aiosmtpd's handler: keeps every letter, headers included."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=modern))
        return "250 Taken"


class Live:
    """`with live.database(): ...` lets the test's own ORM see what the stack sees; not for
    tests that use a `db` fixture, whose transaction belongs to the other database."""

    def __init__(self, folder: Path, blocker: Any) -> None:
        self.folder, self.blocker = folder, blocker
        self.inbox = Inbox()
        self.smtp = Controller(self.inbox, hostname="127.0.0.1", port=free_port())
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        parts = urlsplit(os.environ["DATABASE_URL"])
        self.database_name = f"live_{parts.path.strip('/')}"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "ats.settings",
            "DATABASE_URL": urlunsplit(parts._replace(path=f"/{self.database_name}")),
            "REDIS_URL": urlsplit(os.environ["REDIS_URL"])._replace(path="/1").geturl(),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.smtp.port}",
            "SITE_URL": self.url,
            "SWEEP_SECONDS": "0.5",
        }
        self.web = self._child("web", stack.web(self.port))
        self.worker = self._child("worker", stack.worker())
        self.beat = self._child("beat", stack.beat(folder / "live-schedule"))

    @property
    def mails(self) -> list[EmailMessage]:
        return self.inbox.mails

    def start(self) -> None:
        self._create_database()
        for child in (self.web, self.worker, self.beat):
            child.start()
        self.smtp.start()
        self.send_canary()
        self.wait_for(self._healthy, timeout=60, why="the live stack to be healthy")

    def stop(self) -> None:
        for child in (self.web, self.worker, self.beat):
            child.stop()
        self.smtp.stop()

    def restart_worker(self) -> None:
        self.worker.kill()
        self.worker.start()

    def send_canary(self) -> None:
        stack.send_canary(self.environment["REDIS_URL"])

    def flush_valkey(self) -> None:
        with redis.Redis.from_url(self.environment["REDIS_URL"]) as client:
            client.flushall()

    @contextmanager
    def database(self) -> Iterator[None]:
        if connection.settings_dict["NAME"] == self.database_name:
            yield
            return
        usual = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = self.database_name
        try:
            with self.blocker.unblock():
                yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual

    def wait_for(self, fact: Callable[[], T], timeout: float = 30, why: str = "") -> T:
        """The first truthy answer of `fact`, asked again and again against the live database."""
        deadline = time.monotonic() + timeout
        with self.database():
            while not (found := fact()):
                if time.monotonic() > deadline:
                    pytest.fail(f"waited {timeout} s for {why or fact}\n{self._logs()}")
                time.sleep(0.05)
        return found

    def _child(self, name: str, command: list[str]) -> Child:
        return Child(
            name,
            command,
            log=self.folder / "log" / f"live-{name}.log",
            env=self.environment,
            cwd=stack.BASE_DIR,
            orphan_signal=signal.SIGTERM,
        )

    def _create_database(self) -> None:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {self.database_name} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {self.database_name}")
        migrate = self._child("migrate", stack.manage("migrate", "--verbosity", "0")).start()
        assert migrate.wait(120) == 0, migrate.last_lines()

    def _healthy(self) -> bool:
        for child in (self.web, self.worker, self.beat):
            assert child.poll() is None, f"{child.name} ended:\n{child.last_lines()}"
        return status(self.port, "/readyz") == 200

    def _logs(self) -> str:
        children = (self.web, self.worker, self.beat)
        return "\n".join(f"--- {child.name}\n{child.last_lines()}" for child in children)


def status(port: int, path: str) -> int:
    """0 while nobody answers."""
    http = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        http.request("GET", path)
        return http.getresponse().status
    except OSError:
        return 0
    finally:
        http.close()

import errno
import hashlib
import os
import signal
import socket
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import BaseCommand, CommandError
from kombu.exceptions import OperationalError

from ats import stack
from ats.embedded import ServiceError, Services, forget
from ats.embedded.services import own
from ats.processes import Child

HEALTHY_SECONDS = 90.0
# A child that ends this often within a minute is not worth another start.
TOO_OFTEN = 4


class Stopped(BaseException):
    """Somebody asked for the end; not an error, so no `except Exception` may swallow it."""


class Command(BaseCommand):
    help = "Everything on this machine: PostgreSQL, Valkey, web, worker, beat. Ctrl-C ends it all."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="of the web server (8000)")
        parser.add_argument("--reset", action="store_true", help="delete all data, then end")

    def handle(self, *, port: int, reset: bool, **_: Any) -> None:
        try:
            if reset:
                forget(settings.DATA_DIR)
                self.say(f"Deleted {settings.DATA_DIR}; `make run` starts anew.")
            else:
                self.up(port)
        except ServiceError as error:
            raise CommandError(str(error)) from None

    def up(self, port: int) -> None:
        os.umask(0o077)
        try:
            with stop_on_signals():
                Supervisor(port, self.say).run()
        except Stopped:
            self.say("Stopped; the data is kept.")

    def say(self, line: str) -> None:
        """The terminal may be gone by now; that must not keep anything from stopping."""
        with suppress(OSError):
            self.stdout.write(line)
            self.stdout.flush()


class Supervisor:
    def __init__(self, port: int, say: Callable[[str], None]) -> None:
        self.port, self.say = port, say
        self.data_dir: Path = settings.DATA_DIR
        self.site_url = os.environ.get("SITE_URL") or f"http://127.0.0.1:{port}"
        self.began = time.monotonic()
        self.environment: dict[str, str] = {}
        self.keepers: list[Keeper] = []

    def run(self) -> None:
        refuse_busy_port(self.port, self.data_dir)
        with ExitStack() as cleanup:
            services = cleanup.enter_context(Services(self.data_dir))
            self.environment = os.environ | services.environment | {"SITE_URL": self.site_url}
            self.keepers = [Keeper(child, self.say) for child in services.children]
            self.say(f"Servers are up ({self.seconds()}).")
            if (link := self.data_dir / "postgres").is_symlink():
                self.say(f"PostgreSQL's user may not enter {self.data_dir}: see {link.readlink()}")
            self.prepare(services)
            cleanup.callback(self.say, "Stopping ...")
            self.start_processes(cleanup)
            self.wait_until_healthy()
            self.say(self.welcome())
            self.watch()

    def prepare(self, services: Services) -> None:
        self.finish("migrate", stack.manage("migrate", "--no-input"))
        self.collect_static()
        if not (os.environ.get("DATABASE_URL") or settings.SECURE):
            self.seed_demo()
        forget_heartbeats(services.database_url)
        self.send_canary(services.redis_url)
        self.say(f"The database is ready ({self.seconds()}).")

    def start_processes(self, cleanup: ExitStack) -> None:
        """Started last, stopped first: web, then the worker, then beat."""
        (self.data_dir / "beat").mkdir(exist_ok=True)
        beat = self.child("beat", stack.beat(self.data_dir / "beat" / "schedule"), patience=1.5)
        # At once, not warm, should the supervisor be killed: its tasks are acknowledged late.
        worker = self.child("worker", stack.worker(), orphan_signal=signal.SIGQUIT)
        for child in (beat, worker, self.child("web", stack.web(self.port), patience=4.0)):
            cleanup.callback(child.stop)
            self.keepers.append(Keeper(child.start(), self.say))

    def wait_until_healthy(self) -> None:
        deadline = time.monotonic() + HEALTHY_SECONDS
        while not (answer := self.ask("/readyz")).startswith("200"):
            self.look_after_children()
            if time.monotonic() > deadline:
                logs = "\n".join(f"{k.child.name}: {k.child.last_lines(5)}" for k in self.keepers)
                raise ServiceError(
                    f"Not healthy after {HEALTHY_SECONDS:.0f} s; /readyz says: {answer}\n{logs}"
                )
            time.sleep(0.1)

    def watch(self) -> None:
        while True:
            self.look_after_children()
            time.sleep(0.25)

    def look_after_children(self) -> None:
        for keeper in self.keepers:
            keeper.look()

    def ask(self, path: str) -> str:
        """Status and body; empty while nobody answers."""
        http = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            http.request("GET", path)
            response = http.getresponse()
            return f"{response.status} {response.read(2000).decode(errors='replace')}"
        except (OSError, HTTPException):
            return ""
        finally:
            http.close()

    def collect_static(self) -> None:
        stamp, wanted = self.data_dir / "static" / ".collected", static_fingerprint()
        if not stamp.exists() or stamp.read_text() != wanted:
            self.finish("collectstatic", stack.manage("collectstatic", "--no-input"))
            stamp.write_text(wanted)

    def seed_demo(self) -> None:
        """Once per data folder; what the command prints are the sign-ins, shown at every start."""
        if not self.signins.exists():
            self.say("Seeding the demo company ...")
            draft = self.finish("demo", stack.manage("demo"), {"LOG_LEVEL": "WARNING"}).log
            draft.replace(self.signins)

    @property
    def signins(self) -> Path:
        return self.data_dir / "demo.txt"

    def send_canary(self, redis_url: str) -> None:
        try:
            stack.send_canary(redis_url)
        except OperationalError as error:
            raise ServiceError(f"The server at REDIS_URL does not answer: {error}") from None

    def finish(self, name: str, command: list[str], extra: dict[str, str] | None = None) -> Child:
        child = self.child(name, command)
        child.log.unlink(missing_ok=True)
        child.env = {**self.environment, **(extra or {})}
        try:
            code = child.start().wait()
        finally:
            child.stop()
        if code:
            raise ServiceError(f"`manage.py {name}` failed:\n{child.last_lines()}")
        return child

    def child(self, name: str, command: list[str], **options: Any) -> Child:
        log = self.data_dir / "log" / f"{name}.log"
        return Child(name, command, log=log, env=self.environment, cwd=stack.BASE_DIR, **options)

    def seconds(self) -> str:
        return f"{time.monotonic() - self.began:.1f} s"

    def welcome(self) -> str:
        lines = [
            f"\nHealthy after {self.seconds()}.\n",
            f"  Careers page  {self.site_url}/",
            f"  Console       {self.site_url}/console/",
            f"  API           {self.site_url}/api/v1/docs/",
            f"  Letters, logs {self.data_dir}/mail, {self.data_dir}/log\n",
        ]
        if self.signins.exists():
            lines.append(self.signins.read_text())
        return "\n".join([*lines, "Ctrl-C ends everything and keeps the data."])


class Keeper:
    """Starts a child again when it ended by itself, more patiently each time."""

    def __init__(self, child: Child, say: Callable[[str], None]) -> None:
        self.child, self.say = child, say
        self.ends: list[float] = []
        self.due = 0.0

    def look(self) -> None:
        now = time.monotonic()
        if self.due:
            if now >= self.due:
                self.due = 0.0
                self.child.start()
        elif (code := self.child.poll()) is not None:
            self.child.kill()
            self.ends = [end for end in self.ends if now - end < 60.0] + [now]
            self.decide(code, now)

    def decide(self, code: int, now: float) -> None:
        name = self.child.name
        if len(self.ends) >= TOO_OFTEN:
            raise ServiceError(
                f"{name} ended {TOO_OFTEN} times within a minute (last exit code {code}), so"
                f" everything was stopped; the data is kept. The end of {self.child.log}:\n"
                f"{self.child.last_lines()}"
            )
        wait = 2.0 ** (len(self.ends) - 1)
        self.due = now + wait
        self.say(f"{name} ended by itself (exit code {code}); starting it again in {wait:.0f} s.")


def refuse_busy_port(port: int, data_dir: Path) -> None:
    """Also says when it is this very product that has the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            if data_dir.exists():
                own(data_dir).close()
            taken = getattr(error, "errno", 0) == errno.EADDRINUSE
            why = "is taken by another program" if taken else f"cannot be used ({error})"
            raise ServiceError(
                f"Port {port} {why}; nothing was started. Take another one, for example:"
                f" make run PORT={8010 if port != 8010 else 8020}"
            ) from None


def forget_heartbeats(database_url: str) -> None:
    """An earlier run's worker says nothing about this one's."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("DELETE FROM ats_heartbeat")


def static_fingerprint() -> str:
    files = sorted(path for path in stack.BASE_DIR.glob("*/static/**/*") if path.is_file())
    names = [f"{path} {path.stat().st_mtime_ns}" for path in files]
    lockfile = (stack.BASE_DIR / "uv.lock").read_bytes()
    return hashlib.sha256("\n".join(names).encode() + lockfile).hexdigest()


@contextmanager
def stop_on_signals() -> Iterator[None]:
    """The first signal raises Stopped wherever the supervisor is; later ones change nothing."""
    seen: list[int] = []

    def stop(number: int, _frame: object) -> None:
        if not seen:
            seen.append(number)
            raise Stopped

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    former = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)

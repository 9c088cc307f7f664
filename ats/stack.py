"""The three processes of the product, as commands, and the question whether they work."""

import sys
from pathlib import Path

from ats.celery import app

BASE_DIR = Path(__file__).resolve().parent.parent


def manage(*arguments: str) -> list[str]:
    return [sys.executable, str(BASE_DIR / "manage.py"), *arguments]


def web(port: int, *, host: str = "127.0.0.1") -> list[str]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--host", host, "--port", str(port), "--workers", "1", "--blocking-threads", "8"]
    return [*command, "--workers-kill-timeout", "3", "ats.wsgi:application"]


def worker(*, processes: int = 2) -> list[str]:
    command = [sys.executable, "-m", "celery", "-A", "ats", "worker", "--loglevel", "INFO"]
    command += ["--pool", "prefork", "--concurrency", str(processes)]
    return [*command, "--without-gossip", "--without-mingle", "--without-heartbeat"]


def beat(schedule: Path) -> list[str]:
    command = [sys.executable, "-m", "celery", "-A", "ats", "beat", "--loglevel", "INFO"]
    return [*command, "--schedule", str(schedule)]


def send_canary(redis_url: str) -> None:
    """A first task, so that proof of life need not wait for beat's next tick."""
    with app.connection(redis_url) as connection:
        app.send_task("ats.outbox.tasks.canary", connection=connection, retry=False)

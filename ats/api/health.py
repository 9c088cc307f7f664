"""Is the process up; is the whole product ready."""

from collections.abc import Callable
from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models.functions import Now
from django.http import HttpRequest, JsonResponse

from ats.api.throttling import answers as valkey_answers
from ats.outbox.models import Heartbeat

CANARY_SECONDS = 60


def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else was asked."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when requests and the work that they owe are both served. Valkey carries only hints
    and limits, so its loss is told and does not make the product unready."""
    checks = {name: check() for name, check in CHECKS.items()}
    ready = all(ok for name, ok in checks.items() if name not in REPORTED_ONLY)
    answer = {name: "ok" if ok else "failed" for name, ok in checks.items()}
    body = {"status": "ready" if ready else "not ready", "checks": answer}
    return JsonResponse(body, status=200 if ready else 503, headers={"Cache-Control": "no-store"})


def database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def migrations() -> bool:
    """Whether every migration is applied."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def worker() -> bool:
    """A canary task completed in the last minute, by the database's clock."""
    fresh = Now() - timedelta(seconds=CANARY_SECONDS)
    try:
        return Heartbeat.objects.filter(name="worker", at__gt=fresh).exists()
    except DatabaseError:
        return False


CHECKS: dict[str, Callable[[], bool]] = {
    "database": database,
    "migrations": migrations,
    "worker": worker,
    "valkey": valkey_answers,
}
REPORTED_ONLY = {"valkey"}

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from ats.api import health
from ats.api.throttling import valkey
from ats.outbox.models import Heartbeat

pytestmark = pytest.mark.django_db


def beat(seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        at = cursor.fetchone()[0] - timedelta(seconds=seconds_ago)
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": at})


def test_the_process_is_up() -> None:
    assert Client().get("/healthz").json() == {"status": "ok"}


def test_ready_when_a_canary_came_back_in_the_last_minute() -> None:
    beat(5)
    answer = Client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready",
        "checks": {"database": "ok", "migrations": "ok", "worker": "ok", "valkey": "ok"},
    }


@pytest.mark.parametrize("age", [61, 3600, None])
def test_not_ready_without_a_canary(age: int | None) -> None:
    if age:
        beat(age)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["worker"]) == (503, "failed")


def test_a_shifted_clock_does_not_fake_a_worker(advance: object) -> None:
    beat(70)
    advance(timedelta(seconds=-60))  # type: ignore[operator]
    assert Client().get("/readyz").status_code == 503


def test_the_loss_of_valkey_is_told_and_endured(monkeypatch: pytest.MonkeyPatch) -> None:
    beat(5)
    monkeypatch.setattr(valkey, "answers", lambda: False)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["valkey"]) == (200, "failed")


def test_a_migration_that_is_not_applied_is_not_ready() -> None:
    beat(5)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'ats'")
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["migrations"]) == (503, "failed")


def test_a_database_that_does_not_answer_is_503_and_not_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from django.db import OperationalError

    def gone() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", gone)
    assert health.database() is False

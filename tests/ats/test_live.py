import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection

from ats.clock import now
from ats.events.models import Event
from ats.outbox.models import Heartbeat
from tests.live import Live, status


def beats(live: Live, since: datetime) -> Callable[[], bool]:
    return lambda: Heartbeat.objects.filter(name="worker", at__gt=since).exists()


def test_a_killed_worker_and_an_empty_valkey_come_back(live: Live) -> None:
    live.worker.kill()
    assert live.worker.poll() == -signal.SIGKILL
    live.flush_valkey()
    before = datetime.now(UTC)
    live.restart_worker()
    live.send_canary()
    live.wait_for(beats(live, before), why="a canary of the new worker")
    assert status(live.port, "/readyz") == 200


def test_the_stack_has_a_database_of_its_own(live: Live) -> None:
    usual = connection.settings_dict["NAME"]
    with live.database():
        assert Heartbeat.objects.count() == 1
        assert connection.settings_dict["NAME"] == live.database_name
    assert connection.settings_dict["NAME"] == usual != live.database_name


def test_a_fact_that_never_comes_fails_with_the_logs(live: Live) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"waited 0\.1 s for snow"):
        live.wait_for(lambda: False, timeout=0.1, why="snow")


def test_the_clock_moves(advance: Any, set_clock: Any) -> None:
    moment = datetime(2031, 5, 6, 9, tzinfo=UTC)
    set_clock(moment)
    assert abs(now() - moment) < timedelta(seconds=5)
    advance(timedelta(hours=3))
    assert abs(now() - moment - timedelta(hours=3)) < timedelta(seconds=5)


def test_the_clock_stands_again_after_a_test() -> None:
    assert abs(now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_transactional_test_may_leave_events(turn: int) -> None:
    """Its flush passes the fence that refuses TRUNCATE; the second turn finds nothing left."""
    assert Event.objects.count() == 0
    Event.objects.create(verb="test", stream="test", seq=1, at=now(), actor_kind="system")
    with pytest.raises(DatabaseError, match="never truncated"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE ats_event CASCADE")

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import redis
from rest_framework.request import Request
from rest_framework.test import APIClient, APIRequestFactory

from ats.api import throttling
from ats.api.throttling import Throttle, client_of, throttle, valkey
from tests.factories.ats import UserFactory

SESSION = "/api/v1/session"
GUESS = {"email": "ann@northlight.example", "password": "guess"}


def request(**meta: Any) -> Request:
    return Request(APIRequestFactory().get("/", **meta))


def test_40_at_once_never_pass_a_limit_of_10() -> None:
    ten = throttle("ten", 10, 60)

    def ask(_: int) -> bool:
        return ten().allow_request(request(), None)

    with ThreadPoolExecutor(40) as pool:
        assert sum(pool.map(ask, range(40))) == 10


def test_a_window_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    one = throttle("one", 1, 60)
    first, second = one(), one()
    assert first.allow_request(request(), None)
    assert not second.allow_request(request(), None)
    assert 50 < second.wait() <= 60
    assert 0 < valkey.client.pttl("throttle:one:127.0.0.1") <= 60_000
    valkey.client.pexpire("throttle:one:127.0.0.1", 0)
    assert one().allow_request(request(), None)


def test_a_lost_script_is_loaded_again() -> None:
    one = throttle("one", 5, 60)
    assert one().allow_request(request(), None)
    valkey.client.script_flush()
    valkey.client.flushall()
    assert one().allow_request(request(), None)
    assert valkey.client.get("throttle:one:127.0.0.1") == b"1"


def test_addresses_are_counted_apart_and_a_v6_network_as_one(settings: Any) -> None:
    def of(address: str, forwarded: str = "") -> str:
        more = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
        return client_of(request(REMOTE_ADDR=address, **more))

    assert of("192.0.2.1") != of("192.0.2.2")
    assert of("2001:db8::1") == of("2001:db8::ffff:2") != of("2001:db8:0:1::1")
    assert of("192.0.2.1", "198.51.100.7") == "192.0.2.1"
    assert of("") == of("not an address") == "unknown"


@pytest.mark.parametrize(
    ("proxies", "address"), [(1, "203.0.113.9"), (2, "198.51.100.7"), (5, "10.0.0.1")]
)
def test_only_the_known_proxies_are_believed(
    monkeypatch: pytest.MonkeyPatch, proxies: int, address: str
) -> None:
    monkeypatch.setattr(throttling.api_settings, "NUM_PROXIES", proxies)
    forwarded = "10.0.0.1, 198.51.100.7, 203.0.113.9"
    found = client_of(request(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=forwarded))
    assert found == address


@pytest.fixture
def _without_valkey(monkeypatch: pytest.MonkeyPatch) -> None:
    dead = redis.Redis(host="127.0.0.1", port=1, socket_connect_timeout=0.1, retry=None)
    monkeypatch.setattr(valkey, "client", dead)
    monkeypatch.setattr(valkey, "script", dead.register_script(throttling.COUNT))


@pytest.mark.usefixtures("_without_valkey")
def test_without_valkey_reading_and_applying_stay_open() -> None:
    for kind in (throttling.ApplyThrottle, throttling.ReadThrottle):
        assert kind().allow_request(request(), None)


@pytest.mark.usefixtures("_without_valkey")
def test_after_a_failure_valkey_is_not_asked_for_five_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    script = valkey.script

    def count(**given: Any) -> Any:
        asked.append("")
        return script(**given)

    monkeypatch.setattr(valkey, "script", count)
    clock = [1000.0]
    monkeypatch.setattr(throttling.time, "monotonic", lambda: clock[0])
    for later, times in ((0, 1), (4.9, 1), (5.1, 2)):
        clock[0] = 1000 + later
        throttle("a", 1, 1)().allow_request(request(), None)
        assert len(asked) == times


@pytest.mark.usefixtures("_without_valkey")
@pytest.mark.django_db
def test_without_valkey_signing_in_is_closed() -> None:
    UserFactory(email=GUESS["email"])
    answer = APIClient().post(SESSION, {**GUESS, "password": "password"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "sessionid" not in answer.cookies


@pytest.mark.django_db
def test_the_eleventh_guess_is_429_and_says_when_to_come_back() -> None:
    answers = [APIClient().post(SESSION, GUESS) for _ in range(11)]
    assert {answer.status_code for answer in answers[:10]} == {401}
    last = answers[10]
    assert (last.status_code, last["Content-Type"]) == (429, "application/problem+json")
    assert 0 < int(last["Retry-After"]) <= 300
    assert last.json()["status"] == 429


@pytest.mark.django_db
def test_many_addresses_cannot_guess_at_one_account() -> None:
    answers = [
        APIClient().post(SESSION, GUESS, REMOTE_ADDR=f"192.0.2.{n}").status_code for n in range(11)
    ]
    assert answers == [401] * 10 + [429]


def test_a_throttle_without_a_failure_waits_a_second_at_least() -> None:
    assert Throttle().wait() == 1

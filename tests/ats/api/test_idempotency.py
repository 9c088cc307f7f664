from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from django.http.response import HttpResponseBase
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.idempotency import (
    IdempotencyRecord,
    empty_answers,
    forget_expired_answers,
    keyed_hash,
    try_lock,
)
from tests.ats.api.conftest import signed_in
from tests.factories.ats import UserFactory

pytestmark = pytest.mark.urls("tests.ats.api.urls")
COUNT = "/api/v1/count"
SLOW = "/api/v1/slow"


def counted() -> int:
    return User.objects.filter(email__startswith="counted").count()


def key(text: str) -> dict[str, str]:
    return {"HTTP_IDEMPOTENCY_KEY": text}


@pytest.mark.django_db
def test_the_first_answer_comes_again_byte_for_byte() -> None:
    client = APIClient()
    first = client.post(COUNT, {"name": "A"}, **key("k1"))
    again = client.post(COUNT, {"name": "A"}, **key("k1"))
    assert (first.status_code, counted()) == (201, 1)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    changing = {"X-Request-Id", "Idempotency-Replayed"}
    assert {k: v for k, v in again.headers.items() if k not in changing} == {
        k: v for k, v in first.headers.items() if k not in changing
    }


@pytest.mark.django_db
def test_without_a_key_everything_happens_again() -> None:
    for n in (1, 2):
        assert APIClient().post(COUNT, {"name": "A"}).json()["n"] == n - 1


@pytest.mark.django_db
def test_a_key_is_the_same_bare_or_quoted(api: APIClient) -> None:
    body = {"email": "s@x.example"}
    api.post(SLOW, body, **key("abc"))
    assert api.post(SLOW, body, **key('"abc"'))["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize("text", ['""', "", '"', 'a"b', "a b", "é", "x" * 201])
@pytest.mark.django_db
def test_a_key_that_cannot_be_meant_is_400(api: APIClient, text: str) -> None:
    answer = api.post(SLOW, {"email": "s@x.example"}, **key(text))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["header"] == "Idempotency-Key"
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_the_same_key_for_another_request_is_422(api: APIClient) -> None:
    api.post(SLOW, {"email": "s@x.example"}, **key("k"))
    for path, body in ((SLOW, {"email": "t@x.example"}), (f"{SLOW}?a=1", {"email": "s@x.example"})):
        answer = api.post(path, body, **key("k"))
        assert answer.status_code == 422
        assert answer.json()["type"] == "urn:problem-type:evenhand:key_reused"
    assert User.objects.count() == 2


@pytest.mark.django_db
def test_the_order_of_the_fields_makes_no_other_request(api: APIClient) -> None:
    api.generic("POST", SLOW, b'{"email": "s@x.example", "a": 1}', "application/json", **key("k"))
    again = api.generic(
        "POST", SLOW, b'{"a":1,"email":"s@x.example"}', "application/json", **key("k")
    )
    assert again["Idempotency-Replayed"] == "true"


@pytest.mark.django_db
def test_a_key_belongs_to_its_person_and_its_route(api: APIClient) -> None:
    api.post(SLOW, {"email": "s@x.example"}, **key("k"))
    other = signed_in(UserFactory())
    assert "Idempotency-Replayed" not in other.post(SLOW, {"email": "t@x.example"}, **key("k"))
    made = api.post("/api/v1/tokens", {"name": "CI"}, **key("k"))
    assert (made.status_code, "Idempotency-Replayed" in made) == (201, False)


@pytest.mark.django_db
def test_a_stranger_cannot_replay_the_answer_to_a_stranger() -> None:
    first = APIClient().post(COUNT, {"name": "A"}, **key("k"))
    guess = APIClient().post(COUNT, {"name": "B"}, **key("k"))
    assert guess.json()["id"] != first.json()["id"]
    assert "Idempotency-Replayed" not in guess


@pytest.mark.parametrize("body", [{"name": "A", "fail": True}])
@pytest.mark.django_db
def test_a_refusal_leaves_nothing_and_may_be_tried_again(body: dict[str, Any]) -> None:
    for _ in range(2):
        answer = APIClient().post(COUNT, body, **key("k"))
        assert answer.status_code == 409
        assert "Idempotency-Replayed" not in answer
    assert (counted(), IdempotencyRecord.objects.count()) == (0, 0)


def upload(name: str = "cv.pdf", content: bytes = b"%PDF", field: str = "A") -> dict[str, Any]:
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    return {"name": field, "resume": file}


@pytest.mark.django_db
def test_a_form_with_a_file_is_the_same_request_whatever_its_boundary() -> None:
    def send(body: dict[str, Any]) -> HttpResponseBase:
        return APIClient().post(COUNT, body, format="multipart", **key("k"))

    first = send(upload())
    assert first.status_code == 201
    assert send(upload())["Idempotency-Replayed"] == "true"
    for other in (upload(content=b"%PDF2"), upload(name="b.pdf"), upload(field="B")):
        assert "Idempotency-Replayed" not in send(other)
    assert counted() == 4


@pytest.mark.django_db
def test_an_answer_is_kept_for_a_day(api: APIClient, advance: Callable[[timedelta], None]) -> None:
    client = APIClient()
    client.post(COUNT, {"name": "A"}, **key("k"))
    advance(timedelta(hours=23, minutes=59))
    assert client.post(COUNT, {"name": "A"}, **key("k"))["Idempotency-Replayed"] == "true"
    assert forget_expired_answers() == 0
    advance(timedelta(minutes=2))
    assert "Idempotency-Replayed" not in client.post(COUNT, {"name": "A"}, **key("k"))
    assert counted() == 2
    advance(timedelta(hours=25))
    assert forget_expired_answers() == 1


@pytest.mark.django_db
def test_erasure_empties_answers_and_nothing_happens_twice() -> None:
    client = APIClient()
    client.post(COUNT, {"name": "A"}, **key("k"))
    assert empty_answers() == 1
    again = client.post(COUNT, {"name": "A"}, **key("k"))
    assert (again.status_code, counted()) == (409, 1)
    assert "carried out before" in again.json()["detail"]


@pytest.mark.django_db
def test_nothing_of_the_key_or_the_body_is_kept_in_the_open() -> None:
    APIClient().post(COUNT, {"name": "Aretha"}, **key("my-key"))
    row = IdempotencyRecord.objects.values().get()
    del row["body"]
    assert "Aretha" not in str(row)
    assert "my-key" not in str(row)


def in_threads(count: int, call: Callable[[int], HttpResponseBase]) -> list[HttpResponseBase]:
    """All at once, each on a connection of its own."""
    start = Barrier(count)

    def run(n: int) -> HttpResponseBase:
        try:
            start.wait(30)
            return call(n)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.django_db(transaction=True)
def test_32_clients_with_one_key_make_one_effect() -> None:
    answers = in_threads(32, lambda n: APIClient().post(COUNT, {"name": "A"}, **key("race")))
    kinds = Counter(
        (answer.status_code, answer.headers.get("Idempotency-Replayed")) for answer in answers
    )
    assert counted() == 1
    assert kinds.pop((201, None)) == 1
    assert set(kinds) <= {(201, "true"), (409, None)}
    bodies = {answer.content for answer in answers if answer.status_code == 201}
    assert len(bodies) == 1
    waiting = [answer.json()["type"] for answer in answers if answer.status_code == 409]
    assert set(waiting) <= {"urn:problem-type:evenhand:still_running"}


@pytest.mark.django_db(transaction=True)
def test_a_key_whose_first_request_still_runs_is_409_at_once(ann: User) -> None:
    route = "api/v1/slow"
    scope = (f"user:{ann.public_id}", "POST", route, keyed_hash("k"))

    def ask(_: int) -> HttpResponseBase:
        return signed_in(ann).post(SLOW, {"email": "s@x.example"}, **key("k"))

    with transaction.atomic():
        assert try_lock(*scope)
        (running,) = in_threads(1, ask)
    assert running.status_code == 409
    assert running.json()["type"] == "urn:problem-type:evenhand:still_running"
    (done,) = in_threads(1, ask)
    assert done.status_code == 201


@pytest.mark.django_db(transaction=True)
def test_a_bug_leaves_the_key_free(ann: User) -> None:
    client = APIClient(raise_request_exception=False)
    client.force_login(ann)
    assert client.post(SLOW, {}, **key("k")).status_code == 500
    assert IdempotencyRecord.objects.count() == 0
    assert client.post(SLOW, {"email": "s@x.example"}, **key("k")).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_holds_too_long_is_503(
    ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ats.api.idempotency.LOCK_SECONDS", 0.05)
    monkeypatch.setattr("ats.rules.SITE_ADMIN", {"rename_user"})
    ada = UserFactory(is_site_admin=True)

    def rename(_: int) -> HttpResponseBase:
        return signed_in(ada).patch(f"/api/v1/probes/{ann.public_id}", {"name": "B"})

    with transaction.atomic():
        User.objects.select_for_update().get(pk=ann.pk)
        (answer,) = in_threads(1, rename)
    assert (answer.status_code, answer["Retry-After"]) == (503, "1")


@pytest.mark.django_db
def test_the_schedule_forgets_answers(advance: Callable[[timedelta], None]) -> None:
    from ats.celery import app
    from ats.tasks import forget_expired_answers

    APIClient().post(COUNT, {"name": "A"}, **key("k"))
    advance(timedelta(hours=25))
    forget_expired_answers(told="by beat")
    assert IdempotencyRecord.objects.count() == 0
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert "ats.tasks.forget_expired_answers" in scheduled

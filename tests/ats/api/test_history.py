from typing import Any

import pytest
from django.db import transaction
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.events import histories
from ats.events.actors import Actor
from ats.events.log import record
from tests.factories.ats import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _people_have_a_history(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(histories, "HISTORIES", {})
    histories.history_of("user", lambda reader: User.objects.exclude(name="Hidden"))


def told(user: User, verb: str, by: User) -> None:
    with transaction.atomic():
        record(verb, user, by=Actor.of(by))


def test_what_happened_to_an_object_is_told_newest_first(api: APIClient, ann: User) -> None:
    ada = UserFactory()
    told(ann, "user.invited", ada)
    told(ann, "user.deactivated", ada)
    told(ada, "user.invited", ann)
    body = api.get(f"/api/v1/history/{ann.public_id}").json()
    assert [row["verb"] for row in body["results"]] == ["user.deactivated", "user.invited"]
    first = body["results"][0]
    assert first["user_id"] == str(ada.public_id)
    assert first["subjects"] == [{"kind": "user", "id": str(ann.public_id)}]
    assert set(first) == {
        "id", "verb", "at", "actor_kind", "user_id", "rule", "ids", "subjects",
    }  # fmt: skip


def test_a_history_has_pages(api: APIClient, ann: User) -> None:
    for _ in range(5):
        told(ann, "user.invited", ann)
    url, seen = f"/api/v1/history/{ann.public_id}?limit=2", []
    while url:
        body = api.get(url).json()
        seen += [row["id"] for row in body["results"]]
        url = body["next"]
    assert (len(seen), len(set(seen))) == (5, 5)


def test_what_is_invisible_has_the_same_404_as_what_never_was(
    api: APIClient, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = UserFactory(name="Hidden")
    told(hidden, "user.invited", ann)
    bodies: list[dict[str, Any]] = []
    for id_ in (str(hidden.public_id), "00000000-0000-7000-8000-000000000000", "x", str(hidden.pk)):
        answer = api.get(f"/api/v1/history/{id_}")
        assert answer.status_code == 404
        bodies.append(answer.json() | {"instance": ""})
    monkeypatch.setattr(histories, "HISTORIES", {})
    told(ann, "user.invited", ann)
    answer = api.get(f"/api/v1/history/{ann.public_id}")
    assert answer.status_code == 404
    assert all(body == answer.json() | {"instance": ""} for body in bodies)


def test_an_unknown_parameter_is_400(api: APIClient, ann: User) -> None:
    assert api.get(f"/api/v1/history/{ann.public_id}?verb=x").status_code == 400


def test_what_also_happened_to_something_invisible_is_not_told(api: APIClient, ann: User) -> None:
    hidden, gone = UserFactory(name="Hidden"), UserFactory()
    with transaction.atomic():
        for beside in (hidden, gone, UserFactory()):
            record("user.invited", ann, beside, by=Actor.of(ann))
    User.objects.filter(pk=gone.pk).delete()
    rows = api.get(f"/api/v1/history/{ann.public_id}").json()["results"]
    assert len(rows) == 2
    assert str(hidden.public_id) not in str(rows)


def test_guarded_ids_are_told_only_to_those_who_see_the_subject(
    api: APIClient, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(histories, "GUARDED", {})
    histories.guard_ids("user.deactivated", rows=lambda reader: User.objects.filter(name="Open"))
    with transaction.atomic():
        record("user.deactivated", ann, by=Actor.of(ann), tokens=3)
    path = f"/api/v1/history/{ann.public_id}"
    assert api.get(path).json()["results"][0]["ids"] == {}
    User.objects.filter(pk=ann.pk).update(name="Open")
    assert api.get(path).json()["results"][0]["ids"] == {"tokens": 3}

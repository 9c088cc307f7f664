from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from ats import rules
from ats.accounts.models import User
from ats.events.models import Event
from tests.ats.api.conftest import signed_in
from tests.factories.ats import UserFactory

pytestmark = [pytest.mark.urls("tests.ats.api.urls"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _granted(monkeypatch: pytest.MonkeyPatch) -> None:
    granted = rules.SITE_ADMIN | {"rename_user", "appoint_user"}
    monkeypatch.setattr("ats.rules.SITE_ADMIN", granted)


def url(user: User, verb: str = "") -> str:
    return f"/api/v1/probes/{user.public_id}{verb}"


def test_a_verb_is_one_line(admin_api: APIClient, ann: User) -> None:
    answer = admin_api.post(url(ann, "/rename"), {"name": "Anna"})
    assert answer.status_code == 200
    assert answer.json() == {"id": str(ann.public_id), "name": "Anna", "manager": None}
    assert answer["ETag"] == admin_api.get(url(ann))["ETag"]
    event = Event.objects.get()
    assert event.actor_kind == "user"


def test_scope_comes_first_then_the_permit_then_the_body(api: APIClient, ann: User) -> None:
    hidden = UserFactory(name="Hidden")
    invisible = api.post(url(hidden, "/rename"), {})
    never = api.post(f"/api/v1/probes/{uuid4()}/rename", {})
    assert invisible.status_code == never.status_code == 404
    assert invisible.json() | {"instance": ""} == never.json() | {"instance": ""}
    refused = api.post(url(ann, "/rename"), {})
    assert refused.status_code == 403
    assert refused.json()["detail"] == (
        "You may see this, but not rename user: your role here does not include it."
    )


def test_a_body_that_is_refused_changes_nothing(admin_api: APIClient, ann: User) -> None:
    for body in ({}, {"name": ""}, {"nam": "x"}, {"name": "x", "id": 3}, {"name": None}):
        answer = admin_api.post(url(ann, "/rename"), body)
        assert answer.status_code == 400
    ann.refresh_from_db()
    assert ann.name == "Ann"


def test_a_verb_without_input_refuses_fields(admin_api: APIClient, ann: User) -> None:
    path = f"/api/v1/users/{ann.public_id}/deactivate"
    assert admin_api.post(path, {"force": True}).status_code == 400
    assert admin_api.post(path).status_code == 200


def test_a_stale_change_is_412_and_does_nothing(admin_api: APIClient, ann: User) -> None:
    tag = admin_api.get(url(ann))["ETag"]
    assert admin_api.patch(url(ann), {"name": "B"}, HTTP_IF_MATCH=tag).status_code == 200
    for method, path in (("patch", url(ann)), ("post", url(ann, "/rename"))):
        answer = getattr(admin_api, method)(path, {"name": "C"}, HTTP_IF_MATCH=tag)
        assert answer.status_code == 412
        assert answer.json()["type"] == "urn:problem-type:evenhand:stale"
    ann.refresh_from_db()
    assert ann.name == "B"


@pytest.mark.parametrize(
    ("header", "status"),
    [("*", 200), ("{tag}", 200), ('"x", {tag}', 200), ('"x"', 412), ("W/{tag}", 412), ("x", 412)],
)
def test_if_match_names_what_this_reader_is_shown(
    admin_api: APIClient, ann: User, header: str, status: int
) -> None:
    tag = admin_api.get(url(ann))["ETag"]
    given = header.format(tag=tag)
    answer = admin_api.patch(url(ann), {"name": "B"}, HTTP_IF_MATCH=given)
    assert answer.status_code == status


def test_if_match_is_compared_under_the_lock_of_the_row(admin_api: APIClient, ann: User) -> None:
    tag = admin_api.get(url(ann))["ETag"]
    with CaptureQueriesContext(connection) as queries:
        admin_api.patch(url(ann), {"name": "B"}, HTTP_IF_MATCH=tag)
    said = [query["sql"] for query in queries]
    locked = next(n for n, sql in enumerate(said) if "FOR UPDATE" in sql)
    read = [n for n, sql in enumerate(said) if '"public_id" = ' in sql]
    assert read[0] < locked < read[1]


def test_an_etag_that_still_holds_is_304(api: APIClient, ann: User) -> None:
    tag = api.get(url(ann))["ETag"]
    answer = api.get(url(ann), HTTP_IF_NONE_MATCH=f'"x", {tag}')
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert api.get(url(ann), HTTP_IF_NONE_MATCH='"x"').status_code == 200


def test_a_reference_is_a_public_id_among_what_the_reader_sees(
    admin_api: APIClient, ann: User
) -> None:
    hidden, bo = UserFactory(name="Hidden"), UserFactory()
    for boss in (str(hidden.public_id), str(uuid4()), hidden.pk, "x", None, [], {}):
        answer = admin_api.post("/api/v1/probes", {"boss": boss})
        assert answer.status_code == 400, boss
        assert answer.json()["errors"][0]["pointer"] == "/boss"
    body = {"boss": str(ann.public_id), "reports": [str(bo.public_id), str(hidden.public_id), "x"]}
    answer = admin_api.post("/api/v1/probes", body)
    assert {(error["pointer"], error["code"]) for error in answer.json()["errors"]} == {
        ("/reports/1", "does_not_exist"),
        ("/reports/2", "malformed"),
    }


def test_what_is_created_says_where_it_is(admin_api: APIClient, ann: User) -> None:
    bo = UserFactory()
    body = {"boss": str(ann.public_id), "reports": [str(bo.public_id)]}
    answer = admin_api.post("/api/v1/probes", body)
    assert answer.status_code == 201
    assert answer["Location"] == url(ann)
    assert admin_api.get(url(bo)).json()["manager"] == str(ann.public_id)


def test_a_creation_on_a_subject_asks_whether_it_is_permitted_there(
    api: APIClient, ann: User
) -> None:
    assert api.post("/api/v1/probes", {"boss": str(ann.public_id)}).status_code == 403


def test_integer_keys_never_leave(api: APIClient, ann: User) -> None:
    UserFactory(manager=ann)
    rows = api.get("/api/v1/probes").json()["results"]
    assert {row["manager"] for row in rows} == {None, str(ann.public_id)}


def test_what_cannot_be_represented_does_not_happen(
    admin_api: APIClient, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("tests.ats.api.urls.ProbeOut.to_representation", broken)
    with pytest.raises(RuntimeError):
        admin_api.post(url(ann, "/rename"), {"name": "B"})
    ann.refresh_from_db()
    assert (ann.name, Event.objects.count()) == ("Ann", 0)


def test_a_signed_in_person_whose_rights_end_is_refused_at_once(ann: User) -> None:
    ada = UserFactory(is_site_admin=True)
    client = signed_in(ada)
    assert client.post(url(ann, "/rename"), {"name": "B"}).status_code == 200
    User.objects.filter(pk=ada.pk).update(is_site_admin=False)
    assert client.post(url(ann, "/rename"), {"name": "C"}).status_code == 403

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client as Browser
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.admin.base import list_url, url_of
from ats.errors import Invalid
from ats.events.actors import Actor
from requisitions.actions.organization import edit_department
from requisitions.models import Department, Office
from tests.factories.ats import UserFactory
from tests.factories.requisitions import DepartmentFactory, OfficeFactory

pytestmark = pytest.mark.django_db
Client = Callable[[User | None], APIClient]
DEPARTMENTS, OFFICES = "/api/v1/departments", "/api/v1/offices"


@pytest.fixture
def ada(db: Any) -> User:
    return UserFactory(name="Ada", is_site_admin=True)


def chain(length: int) -> list[Department]:
    found = [DepartmentFactory(name="0")]
    for number in range(1, length):
        found.append(DepartmentFactory(name=str(number), parent=found[-1]))
    return found


def test_a_site_admin_draws_the_tree(ada: User, as_: Client) -> None:
    api, head = as_(ada), UserFactory()
    top = api.post(DEPARTMENTS, {"name": " Research  and  development "})
    assert (top.status_code, top.data["name"]) == (201, "Research and development")
    below = {"name": "Databases", "parent": top.data["id"], "head": str(head.public_id)}
    made = api.post(DEPARTMENTS, below)
    assert made.status_code == 201, made.data
    assert (made.data["parent"], made.data["head"]) == (top.data["id"], str(head.public_id))
    url = made["Location"]
    moved = api.patch(url, {"parent": None, "head": None})
    assert (moved.status_code, moved.data["parent"], moved.data["head"]) == (200, None, None)
    rows = api.get(f"{DEPARTMENTS}?parent={top.data['id']}").data["results"]
    assert rows == []
    assert [row["name"] for row in api.get(f"{DEPARTMENTS}?q=data").data["results"]] == [
        "Databases"
    ]


def test_only_site_admins_change_the_company(rita: User, as_: Client) -> None:
    api, department, office = as_(rita), DepartmentFactory(), OfficeFactory()
    for url in (DEPARTMENTS, OFFICES):
        assert api.post(url, {"name": "A"}).status_code == 403
    for url in (f"{DEPARTMENTS}/{department.public_id}", f"{OFFICES}/{office.public_id}"):
        assert api.get(url).status_code == 200
        assert api.patch(url, {"name": "A"}).status_code == 403


@pytest.mark.parametrize("length", [1, 2, 4])
def test_a_department_is_never_part_of_itself(ada: User, as_: Client, length: int) -> None:
    tree = chain(length)
    url = f"{DEPARTMENTS}/{tree[0].public_id}"
    answer = as_(ada).patch(url, {"parent": str(tree[-1].public_id)})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/parent")
    with pytest.raises(IntegrityError, match="not part of itself"), transaction.atomic():
        Department.objects.filter(pk=tree[0].pk).update(parent=tree[-1])
    assert Department.objects.get(pk=tree[0].pk).parent is None


@pytest.mark.django_db(transaction=True)
def test_two_harmless_moves_never_make_a_circle_together() -> None:
    left, right = DepartmentFactory(), DepartmentFactory()

    def move(pair: tuple[Department, Department]) -> str:
        try:
            edit_department(pair[0], parent=pair[1], by=Actor.system("test"))
        except Invalid:
            return "refused"
        finally:
            connection.close()
        return "moved"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(move, [(left, right), (right, left)]))
    assert sorted(outcomes) == ["moved", "refused"]


def test_a_department_is_refused_in_words(ada: User, as_: Client) -> None:
    api = as_(ada)
    DepartmentFactory(name="Law")
    gone = UserFactory()
    User.objects.filter(pk=gone.pk).update(is_active=False)
    bodies: list[tuple[dict[str, Any], str]] = [
        ({"name": "Law"}, "/name"),
        ({"name": " "}, "/name"),
        ({"name": "A", "head": str(gone.public_id)}, "/head"),
        ({"name": "A", "parent": "x"}, "/parent"),
        ({"name": "A" * 201}, "/name"),
        ({"name": "A", "colour": "red"}, "/colour"),
    ]
    for body, pointer in bodies:
        answer = api.post(DEPARTMENTS, body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer), body
    assert api.post(DEPARTMENTS, {"name": "A\x00"}).status_code == 400
    assert Department.objects.count() == 1


def test_a_head_who_has_left_and_a_name_of_blanks_are_refused_by_the_verb() -> None:
    department, gone = DepartmentFactory(), UserFactory(is_active=False)
    for fields in ({"head": gone}, {"name": "  "}):
        with pytest.raises(Invalid):
            edit_department(department, **fields, by=Actor.system("test"))


def test_a_site_admin_says_where_we_are(ada: User, as_: Client) -> None:
    api = as_(ada)
    body = {"name": "Berlin", "city": "Berlin", "country": "DE", "timezone": "Europe/Berlin"}
    made = api.post(OFFICES, body)
    assert made.status_code == 201, made.data
    changed = api.patch(made["Location"], {"region": "BE"})
    assert changed.data == made.data | {"region": "BE"}
    wrong = [
        ({"name": "Berlin"}, "/name"),
        ({"name": "A", "timezone": "Berlin"}, "/timezone"),
        ({"name": "A", "timezone": "../etc/passwd"}, "/timezone"),
        ({"name": "A", "country": "D1"}, "/country"),
        ({"name": "A", "country": "Germany"}, "/country"),
    ]
    for given, pointer in wrong:
        answer = api.post(OFFICES, given)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer), given
    assert Office.objects.count() == 1


def test_an_office_has_a_name() -> None:
    from requisitions.actions.organization import add_office

    with pytest.raises(Invalid, match="has a name"):
        add_office(name=" ", by=Actor.system("test"))


def test_the_console_adds_and_edits(ada: User) -> None:
    browser = Browser()
    browser.force_login(ada)
    begin = list_url(Department) + "begin/add_department/"
    assert browser.get(begin).status_code == 200
    assert browser.post(begin, {"name": "Law"}).status_code == 302
    law = Department.objects.get(name="Law")
    edit = url_of(law, "do", verb="edit_department")
    refused = browser.post(edit, {"name": "Law", "parent": law.pk})
    assert "cannot be part of itself" in refused.content.decode()
    assert browser.post(edit, {"name": "Legal"}).status_code == 302
    begin = list_url(Office) + "begin/add_office/"
    assert "no time zone" in browser.post(begin, {"name": "A", "timezone": "B"}).content.decode()
    assert browser.post(begin, {"name": "A", "timezone": "UTC"}).status_code == 302
    office = Office.objects.get(name="A")
    edit = url_of(office, "do", verb="edit_office")
    assert 'value="UTC"' in browser.get(edit).content.decode()
    assert browser.post(edit, {"name": "B", "timezone": "UTC"}).status_code == 302
    assert set(Office.objects.values_list("name", flat=True)) == {"B"}

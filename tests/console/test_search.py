"""The list of people in the console: searched, narrowed, kept, and on record."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ats.admin.base import list_url, url_of
from ats.events.actors import Actor
from candidates.actions.tag import tag
from candidates.models import Candidate, SavedSearch, SearchRecord, Tag
from tests.candidates.test_search import somebody
from tests.factories.ats import UserFactory
from tests.factories.requisitions import Role, open_requisition

pytestmark = pytest.mark.django_db


@pytest.fixture
def role() -> Role:
    return open_requisition()


def enter(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, **asked: Any) -> str:
    return client.get(list_url(Candidate), asked).content.decode()


def test_people_are_searched_and_marked_where_it_stands(role: Role) -> None:
    somebody(role, "Ana Ruiz", "Knows <b>Kotlin</b> well")
    somebody(role, "Ben Okafor", "Knows PHP")
    somebody(open_requisition(), "Zoe Elsewhere", "Knows Kotlin")
    shown = page(enter(role.recruiter), q="kotlin")
    assert "Ana Ruiz" in shown
    assert "&lt;b&gt;<mark>Kotlin</mark>&lt;/b&gt; well" in shown
    assert "The profile or a resume says “kotlin”." in shown
    assert "Ben Okafor" not in shown
    assert "Zoe Elsewhere" not in shown
    record = SearchRecord.objects.get()
    assert (record.came_from, record.shown, record.asked) == ("console", 1, {"q": ["kotlin"]})


def test_what_narrows_is_shown_and_can_be_taken_away(role: Role) -> None:
    ana = somebody(role, "Ana Ruiz")
    somebody(role, "Ben Okafor")
    tag(ana, tag="Nurse", by=Actor.of(role.recruiter))
    client, marked = enter(role.recruiter), str(Tag.objects.get().public_id)
    shown = page(client, tag=marked, status="active", q="", name=" ")
    assert "Ben Okafor" not in shown
    assert 'href="?status=active"' in shown
    assert f'href="?tag={marked}"' in shown
    assert "Tagged Nurse" in shown
    assert not SearchRecord.objects.exists()
    broken = page(client, tag="no-id")
    assert "Name a tag by its id." in broken
    assert "Ana Ruiz" not in broken


def test_earlier_people_follow(role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("candidates.admin.search.PAGE", 2)
    people = [somebody(role, f"Person {n} Ruiz") for n in range(3)]
    client = enter(role.recruiter)
    first = page(client, q="ruiz")
    assert "Person 2 Ruiz" in first
    assert "Person 0 Ruiz" not in first
    before = str(people[1].pk)
    assert f"?q=ruiz&amp;before={before}" in first
    second = page(client, q="ruiz", before=before)
    assert "Person 0 Ruiz" in second
    assert "Person 1 Ruiz" not in second
    elsewhere = somebody(open_requisition(), "Zoe")
    for strange in ("x", "9" * 30, "-1", str(elsewhere.pk)):
        assert "Person 2 Ruiz" in page(client, q="ruiz", before=strange)


def test_a_search_is_kept_and_deleted(role: Role) -> None:
    client = enter(role.recruiter)
    assert "Keep this search" in page(client, q="ruiz")
    back = list_url(Candidate) + "?q=ruiz"
    said = {"name": "My people", "asked": "q=ruiz&status=active", "back": back}
    answer = client.post(list_url(Candidate) + "begin/save_search/", said)
    assert (answer.status_code, answer["Location"]) == (302, back)
    saved = SavedSearch.objects.get()
    assert saved.asked == {"q": ["ruiz"], "status": ["active"]}
    assert "?q=ruiz&amp;status=active" in page(client)
    assert client.get(url_of(saved)).status_code == 200
    deleted = client.post(url_of(saved, "do", verb="delete_saved_search"))
    assert (deleted.status_code, deleted["Location"]) == (302, list_url(Candidate))
    assert not SavedSearch.objects.exists()


def test_site_admins_see_who_searched(role: Role) -> None:
    page(enter(role.recruiter), q="ruiz")
    records = list_url(SearchRecord)
    admin = enter(UserFactory(is_site_admin=True))
    assert "q: ruiz" in admin.get(records).content.decode()
    assert "q: ruiz" not in enter(role.recruiter).get(records).content.decode()
    assert admin.get(url_of(SearchRecord.objects.get())).status_code == 200


def test_a_page_of_three_asks_as_often_as_one_of_one(
    role: Role, django_assert_num_queries: Any
) -> None:
    client = enter(role.recruiter)
    somebody(role, "Ana Ruiz", "Kotlin")
    page(client, q="kotlin")
    with CaptureQueriesContext(connection) as one:
        page(client, q="kotlin")
    for n in range(2):
        somebody(role, f"Ana Ruiz {n}", "Kotlin")
    with django_assert_num_queries(len(one)):
        page(client, q="kotlin")

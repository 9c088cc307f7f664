"""Searches that are kept by name, and what becomes of them."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from rest_framework.test import APIClient

from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.models import Event
from candidates.actions.pool import add_talent_pool
from candidates.actions.search import (
    delete_saved_search,
    edit_saved_search,
    keep_on_record,
    save_search,
)
from candidates.actions.tag import add_tag
from candidates.enums import SearchedFrom
from candidates.models import SavedSearch, SearchRecord
from candidates.personal_data import naming
from candidates.queries.search.people import read_search
from tests.candidates.conftest import signed_in
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply
from tests.factories.requisitions import Role, open_requisition

ROOT = "/api/v1/saved-searches"


def post(person: APIClient, **body: Any) -> Any:
    return person.post(ROOT, body, "json")


def test_a_search_is_kept_run_and_changed(role: Role, recruiter: APIClient, by: Actor) -> None:
    apply(role, "Ana Ruiz")
    tag = add_tag(name="Nurse", by=by)
    asked = {"q": ["ruiz"], "status": ["active"]}
    made = post(recruiter, name=" Ana's  people ", asked=asked).json()
    assert (made["name"], made["asked"], made["problems"]) == ("Ana's people", asked, [])
    assert made["understood"] == "The profile or a resume says “ruiz”. An application is active."
    found = recruiter.get(made["url"]).json()["results"]
    assert [row["name"] for row in found] == ["Ana Ruiz"]
    url = f"{ROOT}/{made['id']}"
    new = {"asked": {"tag": [str(tag.public_id)]}, "name": "Nurses", "is_shared": True}
    changed = recruiter.patch(url, new, "json").json()
    assert (changed["name"], changed["understood"]) == ("Nurses", "Tagged Nurse.")
    assert recruiter.get(changed["url"]).json()["results"] == []
    assert recruiter.delete(url).status_code == 204
    verbs = Event.objects.filter(verb__startswith="saved_search.").order_by("pk")
    assert [(event.verb, event.ids) for event in verbs] == [
        ("saved_search.added", {}),
        ("saved_search.edited", {"fields": ["asked", "is_shared", "name"]}),
        ("saved_search.deleted", {}),
    ]


def test_what_cannot_be_asked_cannot_be_kept(role: Role, by: Actor) -> None:
    save_search(name="One", asked={"q": ["x"]}, by=by)
    two = save_search(name="Two", asked={"q": ["x"]}, by=by)
    for attempt in (
        lambda: save_search(name="Mine", asked={}, by=by),
        lambda: save_search(name="Mine", asked={"colour": ["red"]}, by=by),
        lambda: save_search(name="Mine", asked={"q": ["x" * 10_001]}, by=by),
        lambda: save_search(name=" ", asked={"q": ["x"]}, by=by),
        lambda: save_search(name="One", asked={"q": ["x"]}, by=by),
        lambda: edit_saved_search(two, name="One", by=by),
        lambda: edit_saved_search(two, asked={"status": ["great"]}, by=by),
    ):
        with pytest.raises(Invalid):
            attempt()
    assert edit_saved_search(two, name="Two", by=by).name == "Two"
    with pytest.raises(DomainError, match="only a person"):
        save_search(name="Mine", asked={"q": ["x"]}, by=Actor.system("test"))


def test_a_shared_search_finds_only_whom_its_reader_may_see(role: Role, by: Actor) -> None:
    other = open_requisition()
    apply(role, "Ana Ruiz")
    apply(other, "Ben Ruiz")
    asked = {"q": ["ruiz"], "requisition": [str(role.requisition.public_id)]}
    narrow = save_search(name="Narrow", asked=asked, is_shared=True, by=by)
    wide = save_search(name="Wide", asked={"q": ["ruiz"]}, is_shared=True, by=by)
    save_search(name="Mine", asked={"q": ["ruiz"]}, by=by)
    reader = signed_in(other.recruiter)
    assert [row["name"] for row in reader.get(ROOT).json()["results"]] == ["Narrow", "Wide"]
    shown = reader.get(f"{ROOT}/{narrow.public_id}").json()
    (problem,) = shown["problems"]
    assert problem["parameter"] == "requisition"
    assert "may not see it any more" in problem["sentence"]
    assert reader.get(shown["url"]).status_code == 400
    wide_url = reader.get(f"{ROOT}/{wide.public_id}").json()["url"]
    assert [row["name"] for row in reader.get(wide_url).json()["results"]] == ["Ben Ruiz"]
    assert reader.patch(f"{ROOT}/{wide.public_id}", {"name": "X"}, "json").status_code == 403
    assert reader.delete(f"{ROOT}/{wide.public_id}").status_code == 403


def test_who_does_not_recruit_keeps_no_searches(role: Role) -> None:
    assert post(signed_in(UserFactory()), name="X", asked={"q": ["x"]}).status_code == 403


@pytest.mark.parametrize(
    "asked", [[], {"q": "x"}, {"q": [{}]}, {"q": ["x"] * 60}, {"q": ["\x00"]}, "x", None]
)
def test_a_search_that_is_none_is_refused(recruiter: APIClient, asked: Any) -> None:
    assert post(recruiter, name="X", asked=asked).status_code == 400
    assert not SavedSearch.objects.exists()


def test_a_pool_that_is_hidden_from_the_reader_is_a_problem(role: Role, by: Actor) -> None:
    pool = add_talent_pool(name="Later", by=by)
    asked = {"pool": [str(pool.public_id)]}
    assert read_search(UserFactory(), asked).problems
    assert not read_search(role.manager, asked).problems


def test_the_record_of_a_search_stays_and_only_its_text_can_go(role: Role) -> None:
    search = read_search(role.recruiter, {"q": ["Ana Ruiz"]})
    keep_on_record(search, shown=3, came_from=SearchedFrom.API)
    kept = SearchRecord.objects.all()
    for attempt in (
        lambda: kept.update(shown=0),
        lambda: kept.update(asked={"q": ["other"]}),
        lambda: kept.update(asked={}, shown=0),
        kept.delete,
    ):
        with pytest.raises(DatabaseError, match="stays on record"), transaction.atomic():
            attempt()
    kept.update(asked={})
    assert kept.get().shown == 3


def test_erasing_empties_what_was_typed_about_a_person(role: Role, by: Actor) -> None:
    person = apply(role, "Ana Ruiz", email="ana@mail.example", phone="+49 170").candidate
    for text in ("RUIZ nurse", "ana@mail.example", "+49 170", "Ben Okafor"):
        search = read_search(role.recruiter, {"q": [text]})
        keep_on_record(search, shown=0, came_from=SearchedFrom.CONSOLE)
    save_search(name="A", asked={"name": ["ruiz"]}, by=by)
    left = SearchRecord.objects.exclude(naming(person))
    assert [record.asked for record in left] == [{"q": ["Ben Okafor"]}]
    assert SavedSearch.objects.filter(naming(person)).count() == 1


def test_deleting_takes_it_from_everybody(role: Role, by: Actor) -> None:
    saved = save_search(name="A", asked={"q": ["x"]}, is_shared=True, by=by)
    delete_saved_search(saved, by=by)
    assert not SavedSearch.objects.exists()

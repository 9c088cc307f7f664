"""Possible duplicates: found as people arrive, shown to whoever sees both, dismissed for good."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from candidates.actions.duplicate import (
    dismiss_duplicate,
    look_for_duplicates,
    merge_duplicates,
)
from candidates.actions.merge import merge_candidates, undo_merge
from candidates.models import Candidate, MatchKey, Merge, PossibleDuplicate
from candidates.tasks import sweep_duplicates
from tests.candidates.conftest import settle, signed_in
from tests.factories.candidates import apply
from tests.factories.requisitions import Role, open_requisition

SYSTEM = Actor.system("test")
PHONE = "+44 20 7946 0958"


@pytest.fixture
def people(role: Role) -> tuple[Candidate, Candidate]:
    """One person who applied twice, and somebody else."""
    other = open_requisition(recruiter=role.recruiter)
    one = apply(role, "Robert Feynmark", phone=PHONE, email="robert@mail.example")
    two = apply(other, "Bob Feynmark", phone="020 7946 0958", email="bob@new.example")
    apply(other, "Ana Okonjo")
    settle()
    return one.candidate, two.candidate


def test_a_second_record_is_noticed_as_it_arrives(
    people: tuple[Candidate, Candidate], recruiter: APIClient
) -> None:
    one, two = people
    (pair,) = PossibleDuplicate.objects.all()
    assert {pair.first, pair.second} == {one, two}
    assert pair.reasons == ["phone_kin", "given_kin", "surname_same"]
    (told,) = recruiter.get(f"/api/v1/candidates/{two.public_id}/duplicates").json()["results"]
    assert (told["first"]["name"], told["second"]["name"]) == ("Robert Feynmark", "Bob Feynmark")
    assert told["sure"] in ("likely", "almost certain")
    assert told["reasons"] == [
        "same phone in another format",
        "short form or variant of the same given name",
        "same surname",
    ]
    listed = recruiter.get("/api/v1/duplicates?status=open").json()["results"]
    assert [each["id"] for each in listed] == [told["id"]]


def test_looking_again_changes_nothing(people: tuple[Candidate, Candidate]) -> None:
    before = list(PossibleDuplicate.objects.values())
    keys = set(MatchKey.objects.values_list("key", "candidate"))
    for person in people:
        assert look_for_duplicates(person, by=SYSTEM) == 1
    assert list(PossibleDuplicate.objects.values()) == before
    assert set(MatchKey.objects.values_list("key", "candidate")) == keys


def test_a_hint_tells_nothing_about_a_hidden_person(role: Role) -> None:
    secret = open_requisition(is_confidential=True)
    apply(secret, "Robert Feynmark", phone=PHONE)
    shown = apply(role, "Bob Feynmark", phone=PHONE).candidate
    settle()
    assert PossibleDuplicate.objects.count() == 1
    client = signed_in(role.recruiter)
    assert client.get(f"/api/v1/candidates/{shown.public_id}/duplicates").json()["results"] == []
    assert client.get("/api/v1/duplicates").json()["results"] == []
    pair = PossibleDuplicate.objects.get()
    assert client.get(f"/api/v1/duplicates/{pair.public_id}").status_code == 404
    assert client.post(f"/api/v1/duplicates/{pair.public_id}/dismiss").status_code == 404
    assert client.get(f"/api/v1/history/{pair.public_id}").status_code == 404


def test_dismissed_is_remembered(
    people: tuple[Candidate, Candidate], role: Role, recruiter: APIClient
) -> None:
    pair = PossibleDuplicate.objects.get()
    url = f"/api/v1/duplicates/{pair.public_id}/dismiss"
    assert signed_in(role.manager).post(url).status_code == 404
    assert recruiter.post(url).json()["status"] == "dismissed"
    again = recruiter.post(url)
    assert (again.status_code, again.json()["detail"]) == (
        409,
        "This was dismissed before. Nothing was changed.",
    )
    for person in people:
        look_for_duplicates(person, by=SYSTEM)
    assert [each.status for each in PossibleDuplicate.objects.all()] == ["dismissed"]
    url = f"/api/v1/candidates/{people[0].public_id}/duplicates"
    assert recruiter.get(url).json()["results"] == []


def test_what_is_no_longer_alike_is_gone(people: tuple[Candidate, Candidate]) -> None:
    two = people[1]
    two.phones.all().delete()
    Candidate.objects.filter(pk=two.pk).update(name="Ida Kern")
    assert look_for_duplicates(two, by=SYSTEM) == 0
    assert not PossibleDuplicate.objects.exists()


def test_a_merge_answers_the_hint_and_undoing_asks_again(
    people: tuple[Candidate, Candidate], role: Role, recruiter: APIClient
) -> None:
    one, two = people
    by = Actor.of(role.recruiter)
    merge_candidates(one, other=two, by=by)
    settle()
    assert recruiter.get("/api/v1/duplicates").json()["results"] == []
    assert not MatchKey.objects.filter(candidate=two).exists()
    undo_merge(Merge.objects.get(), by=by)
    settle()
    assert len(recruiter.get("/api/v1/duplicates").json()["results"]) == 1


def test_a_phone_of_many_makes_nobody_a_duplicate(role: Role) -> None:
    names = ["Ana Bell", "Paul Orr", "Ida Kern", "Tom Vale", "Eva Lund", "Max Rohr", "Lea Pohl"]
    for name in names:
        apply(role, name, phone=PHONE)
    settle()
    assert not PossibleDuplicate.objects.exists()


def test_the_sweep_looks_at_whoever_came_by_another_door(db: Any) -> None:
    for name in ("Bob Feynmark", "Robert Feynmark"):
        Candidate.objects.create(name=name).phones.create(number=PHONE)
    sweep_duplicates()
    assert PossibleDuplicate.objects.count() == 1
    assert not Candidate.objects.filter(matched_at=None).exists()


@pytest.mark.parametrize("name", ["x", "'", "王", "?" * 400, "Robert'); DROP TABLE", "אבג דהו"])
def test_any_name_can_be_looked_for(role: Role, name: str) -> None:
    look_for_duplicates(apply(role, name).candidate, by=SYSTEM)


def test_looking_takes_as_many_queries_among_many(
    role: Role, queries: Callable[[Callable[[], Any]], int]
) -> None:
    def asked() -> int:
        person = apply(role, "Bob Feynmark").candidate
        look_for_duplicates(person, by=SYSTEM)
        return queries(lambda: look_for_duplicates(person, by=SYSTEM))

    first = asked()
    for number in range(3):
        look_for_duplicates(apply(role, f"Ada {'xyz'[number]}ulu").candidate, by=SYSTEM)
    assert asked() <= first + 4


def test_whoever_stays_is_one_of_the_two(people: tuple[Candidate, Candidate], role: Role) -> None:
    pair, by = PossibleDuplicate.objects.get(), Actor.of(role.recruiter)
    with pytest.raises(Invalid, match="Choose one of the two"):
        merge_duplicates(pair, survivor=apply(role).candidate, by=by)


def test_dismissing_twice_is_refused(people: tuple[Candidate, Candidate], role: Role) -> None:
    pair, by = PossibleDuplicate.objects.get(), Actor.of(role.recruiter)
    dismiss_duplicate(pair, by=by)
    with pytest.raises(DomainError, match="dismissed before"):
        dismiss_duplicate(pair, by=by)

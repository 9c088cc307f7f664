"""Tags and pools: one word is one tag, and everybody who has it keeps it."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.models import Event
from candidates.actions.access import share_application
from candidates.actions.pool import (
    add_talent_pool,
    add_to_pool,
    edit_talent_pool,
    remove_from_pool,
    restore_talent_pool,
    retire_talent_pool,
)
from candidates.actions.tag import (
    add_tag,
    merge_tag,
    rename_tag,
    restore_tag,
    retire_tag,
    tag,
    untag,
)
from candidates.enums import Because
from candidates.models import Application, Candidate, Tag, TalentPool
from tests.candidates.conftest import signed_in
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply
from tests.factories.requisitions import RecruiterFactory, Role, open_requisition

API = "/api/v1"


@pytest.fixture
def person(role: Role) -> Candidate:
    return apply(role, name="Ana Ruiz").candidate


def tags_of(candidate: Candidate) -> list[str]:
    return [each.name for each in candidate.tags.all()]


def verbs() -> list[str]:
    """What was recorded about tags and pools, in order."""
    words = ("tag.", "candidate.", "talent_pool.")
    told = Event.objects.order_by("pk").values_list("verb", flat=True)
    return [verb for verb in told if verb.startswith(words) and verb != "candidate.added"]


def test_a_new_name_is_a_new_tag_and_a_second_time_changes_nothing(
    person: Candidate, by: Actor
) -> None:
    tag(person, tag="  Café   owner ", by=by)
    tag(person, tag="CAFE OWNER", by=by)
    assert tags_of(person) == ["Café owner"]
    assert verbs() == ["tag.added", "candidate.tagged"]
    event = Event.objects.get(verb="candidate.tagged")
    assert event.ids == {"tag": str(Tag.objects.get().public_id)}


def test_a_tag_is_taken_off_by_row_or_by_name(person: Candidate, by: Actor) -> None:
    tag(person, tag="One", by=by)
    tag(person, tag="Two", by=by)
    untag(person, tag="one", by=by)
    untag(person, tag=Tag.objects.get(name="Two"), by=by)
    untag(person, tag="Two", by=by)
    assert tags_of(person) == []
    assert verbs().count("candidate.untagged") == 2
    with pytest.raises(Invalid, match="no such tag"):
        untag(person, tag="Three", by=by)


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\x00b", "a\ud800", "\x7f"])
def test_a_name_that_cannot_be_printed_is_refused(person: Candidate, name: str, by: Actor) -> None:
    for attempt in (
        lambda: tag(person, tag=name, by=by),
        lambda: add_tag(name=name, by=by),
        lambda: add_talent_pool(name=name, by=by),
    ):
        with pytest.raises(Invalid):
            attempt()
    assert not Tag.objects.exists()


def test_a_name_is_one_tag_whatever_its_case_and_accents(by: Actor) -> None:
    first, other = add_tag(name="Ökonomie", by=by), add_tag(name="Law", by=by)
    for attempt in (
        lambda: add_tag(name="OKONOMIE", by=by),
        lambda: rename_tag(other, name="ökonomie", by=by),
    ):
        with pytest.raises(Invalid, match="called Ökonomie already"):
            attempt()
    with pytest.raises(IntegrityError, match="one_tag_per_name"), transaction.atomic():
        Tag.objects.create(name="okonomie", created_at=first.created_at)
    assert rename_tag(first, name="Okonomie", by=by).name == "Okonomie"


def test_the_retired_are_given_to_nobody_and_kept_by_all(person: Candidate, by: Actor) -> None:
    tag(person, tag="Old", by=by)
    old = retire_tag(retire_tag(Tag.objects.get(), by=by), by=by)
    assert tags_of(person) == ["Old"]
    with pytest.raises(Invalid, match="retired"):
        tag(person, tag="old", by=by)
    with pytest.raises(Invalid, match="which is retired"):
        add_tag(name="old", by=by)
    restore_tag(restore_tag(old, by=by), by=by)
    tag(person, tag="old", by=by)
    assert verbs() == ["tag.added", "candidate.tagged", "tag.retired", "tag.restored"]


def test_a_merged_tag_is_the_other_for_everybody(role: Role, by: Actor) -> None:
    ana, ben = apply(role).candidate, apply(role).candidate
    for person, words in ((ana, ["JS", "JavaScript"]), (ben, ["JS"])):
        for word in words:
            tag(person, tag=word, by=by)
    js, whole = Tag.objects.get(name="JS"), Tag.objects.get(name="JavaScript")
    merge_tag(js, into=whole, by=by)
    assert [tags_of(ana), tags_of(ben)] == [["JavaScript"], ["JavaScript"]]
    last = add_tag(name="ECMAScript", by=by)
    merge_tag(whole, into=last, by=by)
    cleo = apply(role).candidate
    tag(cleo, tag="js", by=by)
    assert [tags_of(each) for each in (ana, ben, cleo)] == [["ECMAScript"]] * 3
    for attempt in (
        lambda: merge_tag(last, into=last, by=by),
        lambda: merge_tag(last, into=js, by=by),
        lambda: merge_tag(js, into=last, by=by),
        lambda: restore_tag(Tag.objects.get(name="JS"), by=by),
    ):
        with pytest.raises(DomainError):
            attempt()


def test_people_come_into_a_pool_and_leave_it(person: Candidate, by: Actor) -> None:
    pool = add_talent_pool(name="Next year", purpose=" Later ", by=by)
    for _ in range(2):
        add_to_pool(person, pool=pool, by=by)
    assert [each.name for each in person.pools.all()] == ["Next year"]
    pool = edit_talent_pool(pool, name="Next  years", purpose="Soon", by=by)
    assert (pool.name, pool.purpose) == ("Next years", "Soon")
    pool = retire_talent_pool(retire_talent_pool(pool, by=by), by=by)
    with pytest.raises(Invalid, match="retired"):
        add_to_pool(person, pool=pool, by=by)
    for _ in range(2):
        remove_from_pool(person, pool=pool, by=by)
    restore_talent_pool(restore_talent_pool(pool, by=by), by=by)
    edit_talent_pool(pool, purpose="", by=by)
    assert verbs() == [
        "talent_pool.added",
        "candidate.added_to_pool",
        "talent_pool.edited",
        "talent_pool.retired",
        "candidate.removed_from_pool",
        "talent_pool.restored",
        "talent_pool.edited",
    ]
    with pytest.raises(Invalid, match="called Next years already"):
        add_talent_pool(name="NEXT YEARS", by=by)
    retire_talent_pool(pool, by=by)
    with pytest.raises(Invalid, match="which is retired"):
        add_talent_pool(name="NEXT YEARS", by=by)


def shared(application: Application, user: User, by: Actor) -> None:
    share_application(
        application, user=user, because=Because.SHARED, cause_id=application.public_id, by=by
    )


def test_who_may_mark_a_person(role: Role, by: Actor) -> None:
    application = apply(role)
    looker = UserFactory()
    shared(application, looker, by)
    coordinator = role.requisition.team.get(role="coordinator").user
    people = {
        "recruiter": role.recruiter,
        "manager": role.manager,
        "coordinator": coordinator,
        "looker": looker,
        "elsewhere": RecruiterFactory(),
        "admin": UserFactory(is_site_admin=True),
    }

    def those_who_may(verb: str, subject: Any) -> set[str]:
        return {who for who, user in people.items() if user.has_perm(f"candidates.{verb}", subject)}

    person = application.candidate
    seeing = {"recruiter", "manager", "coordinator", "looker", "admin"}
    assert those_who_may("tag", person) == those_who_may("untag", person) == seeing
    looking_after = {"recruiter", "coordinator", "admin"}
    for verb in ("add_to_pool", "remove_from_pool", "assign_owner", "edit_candidate"):
        assert those_who_may(verb, person) == looking_after
    for verb in ("rename_tag", "merge_tag", "retire_tag", "restore_tag"):
        assert those_who_may(verb, None) == {"admin"}
    for verb in ("add_tag", "add_talent_pool", "edit_talent_pool", "retire_talent_pool"):
        assert those_who_may(verb, None) == {"recruiter", "elsewhere", "admin"}


def test_pools_are_for_whoever_recruits(role: Role, by: Actor) -> None:
    application = apply(role)
    looker = UserFactory()
    shared(application, looker, by)
    pool = add_talent_pool(name="Successors", by=by)
    add_to_pool(application.candidate, pool=pool, by=by)
    url = f"{API}/candidates/{application.candidate.public_id}"
    seen = {user: signed_in(user).get(url).json()["pools"] for user in (role.manager, looker)}
    named = [{"id": str(pool.public_id), "name": "Successors"}]
    assert seen == {role.manager: named, looker: []}
    assert signed_in(looker).get(f"{API}/talent-pools").json()["results"] == []


def test_over_the_api(recruiter: APIClient, person: Candidate) -> None:
    url = f"{API}/candidates/{person.public_id}"
    answer = recruiter.post(f"{url}/tags", {"tag": "Nurse"}, "json")
    (named,) = answer.json()["tags"]
    assert named["name"] == "Nurse"
    again = recruiter.post(f"{url}/tags", {"tag": named["id"]}, "json")
    assert again.json()["tags"] == [named]
    off = recruiter.post(f"{url}/untag", {"tag": "NURSE"}, "json")
    assert off.json()["tags"] == []
    for wrong in ({"tag": 3}, {"tag": "x" * 300}, {"tag": str(person.public_id)}, {}):
        assert recruiter.post(f"{url}/tags", wrong, "json").status_code == 400
    pool = recruiter.post(f"{API}/talent-pools", {"name": "Later"}, "json").json()
    put = recruiter.post(f"{url}/add_to_pool", {"pool": pool["id"]}, "json")
    assert put.json()["pools"] == [{"id": pool["id"], "name": "Later"}]
    assert recruiter.post(f"{API}/tags/{named['id']}/retire").status_code == 403
    admin = signed_in(UserFactory(is_site_admin=True))
    assert admin.post(f"{API}/tags/{named['id']}/retire").json()["retired_at"]
    found = recruiter.get(f"{API}/tags?is_retired=true").json()["results"]
    assert [each["name"] for each in found] == ["Nurse"]


def test_a_stranger_to_the_person_marks_nobody(person: Candidate) -> None:
    elsewhere = signed_in(open_requisition().recruiter)
    url = f"{API}/candidates/{person.public_id}/tags"
    assert elsewhere.post(url, {"tag": "X"}, "json").status_code == 404
    assert not Tag.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_new_name_at_once_is_one_tag(role: Role, by: Actor) -> None:
    people = [apply(role).candidate for _ in range(6)]
    gate, refused = Barrier(len(people)), []

    def run(candidate: Candidate) -> None:
        gate.wait()
        try:
            tag(candidate, tag="Rush", by=by)
        except Exception as problem:
            refused.append(problem)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(each,)) for each in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == []
    assert Tag.objects.count() == 1
    assert Candidate.objects.filter(tags__name="Rush").count() == len(people)


def test_a_pool_is_one_whatever_its_case(by: Actor) -> None:
    pool = add_talent_pool(name="Later", by=by)
    with pytest.raises(IntegrityError, match="one_talent_pool_per_name"), transaction.atomic():
        TalentPool.objects.create(name="LATER", created_at=pool.created_at)

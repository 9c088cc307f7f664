"""Two records of one person become one, and two again."""

from typing import Any

import pytest
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from ats.errors import Blocked
from ats.events.actors import Actor
from ats.events.models import Event
from ats.outbox.models import Delivery
from ats.outbox.relay import relay_events
from candidates.actions.application import withdraw_application
from candidates.actions.files import FileIn
from candidates.actions.merge import merge_candidates, undo_merge
from candidates.actions.note import add_note
from candidates.actions.privacy import erase_candidate
from candidates.models import Application, Candidate, EmailAddress, Merge, Resume
from candidates.models.merging import MOVING, STAYING, FollowsMerges, relations_to
from interviews.models import Interview
from tests.candidates.conftest import signed_in
from tests.factories.candidates import apply
from tests.factories.interviews import heard
from tests.factories.requisitions import Role, open_requisition

TXT = FileIn("cv.txt", b"Ten years of this.")


def test_every_relation_to_a_candidate_has_a_rule() -> None:
    """A new table that points to people: say in your app's `queries.merging` what becomes of it."""
    ruled = {key for key, rule in MOVING.items() if not rule.by_id} | set(STAYING)
    assert set(relations_to(Candidate)) == ruled


def test_rows_that_arrive_late_follow_every_merge() -> None:
    tables: list[type[Model]] = [
        rule.model for rule in MOVING.values() if rule.column == "candidate" and not rule.by_id
    ]
    for table in tables:
        triggers = getattr(table._meta, "triggers", [])
        assert any(isinstance(each, FollowsMerges) for each in triggers), table


@pytest.fixture
def other_role(role: Role) -> Role:
    """Another requisition of the same recruiter."""
    return open_requisition(recruiter=role.recruiter, title="Nurse")


def two_people(role: Role, other_role: Role) -> tuple[Candidate, Candidate]:
    one = apply(role, "Ana Okonjo", email="ana@mail.example", phone="+44 20 7946 0958", resume=TXT)
    two = apply(other_role, "A. Okonjo", email="ana@new.example", phone="020 7946 0958", resume=TXT)
    return one.candidate, two.candidate


def rows(*people: Candidate) -> list[Any]:
    """Everything that hangs on these people, and what they say about themselves."""
    found: list[Any] = []
    for rule in MOVING.values():
        held = {p.public_id if rule.by_id else p.pk for p in people}
        listed = rule.model._base_manager.filter(**{f"{rule.column}__in": held}).order_by("pk")
        found.append((rule.key, list(listed.values())))
    itself = Candidate.objects.filter(pk__in=[p.pk for p in people]).order_by("pk")
    return [*found, list(itself.exclude(pk=None).values())]


def test_everything_of_the_other_becomes_the_survivors(role: Role, other_role: Role) -> None:
    survivor, other = two_people(role, other_role)
    by = Actor.of(role.recruiter)
    relay_events()
    told = Delivery.objects.filter(recipient_id=other.public_id).count()
    assert told == 1
    note = add_note(other.applications.get(), body="Strong.", by=by)
    merged = merge_candidates(survivor, other=other, by=by)
    assert merged == survivor
    assert set(survivor.applications.values_list("requisition", flat=True)) == {
        role.requisition.pk,
        other_role.requisition.pk,
    }
    assert {each.address: each.is_primary for each in survivor.emails.all()} == {
        "ana@mail.example": True,
        "ana@new.example": False,
    }
    assert survivor.phones.count() == 2
    assert Resume.objects.filter(candidate=survivor).count() == 2
    note.refresh_from_db()
    assert note.application.candidate == survivor
    assert Delivery.objects.filter(recipient_id=survivor.public_id).count() == 1 + told
    other.refresh_from_db()
    assert other.merged_into == survivor
    event = Event.objects.get(verb="candidate.merged")
    journal = Merge.objects.get()
    assert event.ids == {"other": str(other.public_id), "merge": str(journal.public_id)}
    assert journal.differed["name"] == ["Ana Okonjo", "A. Okonjo", "Ana Okonjo"]


def test_what_the_survivor_has_none_of_is_taken_over(role: Role, other_role: Role) -> None:
    survivor, other = two_people(role, other_role)
    Candidate.objects.filter(pk=survivor.pk).update(location="Berlin", links=["https://a.example"])
    Candidate.objects.filter(pk=other.pk).update(
        location="Paris",
        timezone="Europe/Paris",
        links=["https://a.example", "https://b.example"],
        do_not_contact=True,
        owner=role.recruiter,
    )
    by = Actor.of(role.recruiter)
    merge_candidates(survivor, other=other, by=by)
    survivor.refresh_from_db()
    assert (survivor.location, survivor.timezone, survivor.do_not_contact, survivor.owner) == (
        "Berlin",
        "Europe/Paris",
        True,
        role.recruiter,
    )
    assert survivor.links == ["https://a.example", "https://b.example"]
    Candidate.objects.filter(pk=survivor.pk).update(timezone="Europe/Berlin")
    undo_merge(Merge.objects.get(), by=by)
    survivor.refresh_from_db()
    # What somebody wrote since stays; the rest is as it was.
    assert (survivor.timezone, survivor.do_not_contact, survivor.owner) == (
        "Europe/Berlin",
        False,
        None,
    )
    assert survivor.links == ["https://a.example"]


def test_undoing_gives_back_every_row_as_it_was(role: Role, other_role: Role) -> None:
    survivor, other = two_people(role, other_role)
    heard(1, other_role, other.applications.get())
    survivor.emails.create(address="Both@mail.example")
    other.emails.create(address="both@mail.example")
    before = rows(survivor, other)
    by = Actor.of(role.recruiter)
    merge_candidates(survivor, other=other, by=by)
    assert rows(survivor, other) != before
    assert undo_merge(Merge.objects.get(), by=by).undone_at
    assert rows(survivor, other) == before


def test_what_came_later_stays_with_the_survivor(role: Role, other_role: Role) -> None:
    survivor, other = two_people(role, other_role)
    by = Actor.of(role.recruiter)
    moved = other.applications.get()
    merge_candidates(survivor, other=other, by=by)
    later = apply(open_requisition(recruiter=role.recruiter), email="ana@new.example")
    assert later.candidate == survivor
    note = add_note(moved, body="Written after the merge.", by=by)
    survivor.phones.create(number="112")
    merge = Merge.objects.get()
    told = signed_in(role.recruiter).get(f"/api/v1/merges/{merge.public_id}").json()
    assert told["came_later"] == {"applications": 1, "consents": 1, "phone numbers": 1}
    undo_merge(merge, by=by)
    assert set(survivor.applications.all()) == {
        later,
        Application.objects.get(requisition=role.requisition),
    }
    assert set(other.applications.all()) == {moved}
    note.refresh_from_db()
    assert note.application == moved
    assert set(survivor.phones.values_list("number", flat=True)) == {"+44 20 7946 0958", "112"}


def test_a_resume_goes_with_its_application(role: Role, other_role: Role) -> None:
    survivor, other = two_people(role, other_role)
    by = Actor.of(role.recruiter)
    moved = other.applications.get()
    merge_candidates(survivor, other=other, by=by)
    held = Resume.objects.filter(application=moved).values().get()
    again = {name: held[name] for name in held if name not in ("id", "public_id")}
    assert again["candidate_id"] == survivor.pk
    Resume.objects.create(**again)
    undo_merge(Merge.objects.get(), by=by)
    assert Resume.objects.filter(candidate=other, application=moved).count() == 2


def test_three_people_and_their_order(role: Role, other_role: Role) -> None:
    """Merges into one survivor are undone in any order; a survivor who was merged comes first."""
    one, two = two_people(role, other_role)
    three = apply(open_requisition(recruiter=role.recruiter), email="third@mail.example").candidate
    by = Actor.of(role.recruiter)
    merge_candidates(one, other=two, by=by)
    merge_candidates(three, other=one, by=by)
    two.refresh_from_db()
    assert two.merged_into == three
    first, second = Merge.objects.order_by("pk")
    with pytest.raises(Blocked) as refusal:
        undo_merge(first, by=by)
    assert refusal.value.blockers == [
        f"Ana Okonjo was merged into {three} later: undo that merge first.",
        "Nothing was changed.",
    ]
    undo_merge(second, by=by)
    two.refresh_from_db()
    assert (two.merged_into, one.applications.count()) == (one, 2)
    undo_merge(first, by=by)
    assert [p.applications.count() for p in (one, two, three)] == [1, 1, 1]
    with pytest.raises(Blocked, match="This merge was undone before"):
        undo_merge(first, by=by)


def test_two_merges_into_one_are_undone_in_any_order(role: Role, other_role: Role) -> None:
    one, two = two_people(role, other_role)
    three = apply(open_requisition(recruiter=role.recruiter), email="third@mail.example").candidate
    by = Actor.of(role.recruiter)
    before = rows(one, two, three)
    merge_candidates(one, other=two, by=by)
    merge_candidates(one, other=three, by=by)
    for merge in Merge.objects.order_by("pk"):
        undo_merge(merge, by=by)
    assert rows(one, two, three) == before


def test_what_cannot_be_merged_is_refused_in_words(role: Role, other_role: Role) -> None:
    one, two = two_people(role, other_role)
    rival = apply(role, email="rival@mail.example")
    by = Actor.of(role.recruiter)

    def refused(survivor: Candidate, other: Candidate) -> list[str]:
        with pytest.raises(Blocked) as refusal:
            merge_candidates(survivor, other=other, by=by)
        *reasons, kept = refusal.value.blockers
        assert kept == "Nothing was changed."
        return reasons

    assert refused(one, one) == ["This is the same person: choose two different ones."]
    number = role.requisition.number
    assert refused(one, rival.candidate) == [
        f"Both have an active application for {number}: withdraw or reject one of them first."
    ]
    withdraw_application(rival, by=by)
    merge_candidates(one, other=rival.candidate, by=by)
    assert refused(one, rival.candidate) == [
        f"{rival.candidate} was merged into Ana Okonjo already."
    ]
    assert refused(rival.candidate, one) == [
        f"{rival.candidate} was merged into Ana Okonjo already."
    ]
    merge_candidates(two, other=one, by=by)
    assert refused(one, two) == ["Ana Okonjo was merged into A. Okonjo already."]


def test_erasing_the_survivor_empties_the_journal_and_ends_it(role: Role, other_role: Role) -> None:
    one, two = two_people(role, other_role)
    by = Actor.of(role.recruiter)
    Candidate.objects.filter(pk=two.pk).update(location="Canary Wharf")
    for person in (one, two):
        person.emails.create(address="both@mail.example")
    merge_candidates(one, other=two, by=by)
    erase_candidate(one, because="asked", by=by)
    merge = Merge.objects.get()
    two.refresh_from_db()
    assert (merge.differed, two.name, two.location) == ({}, "Erased candidate", "")
    assert not EmailAddress.objects.filter(candidate__in=[one, two]).exists()
    with pytest.raises(Blocked, match="They were erased since"):
        undo_merge(merge, by=by)
    third = apply(role).candidate
    with pytest.raises(Blocked, match="One of them was erased"):
        merge_candidates(third, other=one, by=by)


def test_two_interviews_at_once_come_first(role: Role, other_role: Role) -> None:
    one, two = two_people(role, other_role)
    heard(1, role, one.applications.get())
    heard(1, other_role, two.applications.get())
    when = Interview.objects.filter(candidate=two).get().during.lower
    with pytest.raises(Blocked) as refusal:
        merge_candidates(one, other=two, by=Actor.of(role.recruiter))
    assert refusal.value.blockers == [
        f"Both have an interview at {when:%Y-%m-%d %H:%M} UTC: move or cancel one of them first.",
        "Nothing was changed.",
    ]


def test_applying_with_either_address_reaches_the_survivor(role: Role, other_role: Role) -> None:
    one, two = two_people(role, other_role)
    for person in (one, two):
        person.emails.create(address="both@mail.example")
    merge_candidates(one, other=two, by=Actor.of(role.recruiter))
    stayed = EmailAddress.objects.get(candidate=two)
    assert stayed.address == "both@mail.example"
    for address in ("ana@new.example", "both@mail.example"):
        new = apply(open_requisition(), email=address)
        assert Application.objects.get(pk=new.pk).candidate == one


def test_a_row_for_whoever_is_gone_follows(role: Role, other_role: Role) -> None:
    one, two = two_people(role, other_role)
    merge_candidates(one, other=two, by=Actor.of(role.recruiter))
    two.phones.create(number="112")
    assert one.phones.filter(number="112").exists()


# Through the API


def test_the_old_id_answers_with_the_survivor(role: Role, other_role: Role) -> None:
    one, two = two_people(role, other_role)
    client = signed_in(role.recruiter)
    url = f"/api/v1/candidates/{one.public_id}"
    preview = client.post(f"{url}/preview_merge", {"other": str(two.public_id)})
    assert preview.status_code == 200, preview.text
    said = preview.json()
    assert (said["blockers"], said["survivor"]["name"]) == ([], "Ana Okonjo")
    assert said["moves"] == {
        "applications": 1,
        "consents": 1,
        "resumes": 1,
        "e-mail addresses": 1,
        "phone numbers": 1,
    }
    assert said["differs"] == [
        {"field": "name", "survivor": "Ana Okonjo", "other": "A. Okonjo", "becomes": "Ana Okonjo"}
    ]
    assert Merge.objects.count() == 0
    merged = client.post(f"{url}/merge", {"other": str(two.public_id)})
    assert merged.status_code == 200, merged.text
    assert merged.json()["merged_from"] == [str(two.public_id)]
    old = client.get(f"/api/v1/candidates/{two.public_id}").json()
    assert old["id"] == str(one.public_id)
    assert old["notice"] == "This id was merged into Ana Okonjo, who is shown here."
    assert client.get(url).json()["notice"] == ""
    listed = client.get("/api/v1/candidates").json()["results"]
    assert [each["id"] for each in listed] == [str(one.public_id)]
    assert client.get(f"/api/v1/history/{two.public_id}").status_code == 200
    (journal,) = client.get("/api/v1/merges").json()["results"]
    undone = client.post(f"/api/v1/merges/{journal['id']}/undo")
    assert undone.status_code == 200, undone.text
    assert client.get(f"/api/v1/candidates/{two.public_id}").json()["notice"] == ""
    again = client.post(f"/api/v1/merges/{journal['id']}/undo")
    assert (again.status_code, again.json()["detail"][:32]) == (
        409,
        "This merge was undone before. No",
    )


def test_merging_needs_sight_of_every_application_of_both(role: Role, other_role: Role) -> None:
    one, two = two_people(role, other_role)
    secret = open_requisition(is_confidential=True)
    apply(secret, email="ana@new.example")
    url = f"/api/v1/candidates/{one.public_id}"
    for verb in ("merge", "preview_merge"):
        answer = signed_in(role.recruiter).post(f"{url}/{verb}", {"other": str(two.public_id)})
        assert answer.status_code == 403
        assert "application" not in answer.json()["detail"]
    manager = signed_in(role.manager).post(f"{url}/merge", {"other": str(two.public_id)})
    assert manager.status_code in (400, 403)
    assert Merge.objects.count() == 0


@pytest.mark.parametrize("other", ["", "x", None, 7, "\0", "00000000-0000-0000-0000-000000000000"])
def test_a_stranger_to_merge_with_is_refused(role: Role, recruiter: APIClient, other: Any) -> None:
    one = apply(role).candidate
    answer = recruiter.post(f"/api/v1/candidates/{one.public_id}/merge", {"other": other}, "json")
    assert answer.status_code == 400


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    texts=st.lists(st.sampled_from(["a", "b", "ä", "c"]), max_size=4),
    more=st.lists(st.sampled_from(["a", "b", "ä", "c"]), max_size=4),
    location=st.sampled_from(["", "Berlin"]),
)
def test_merging_and_undoing_changes_nothing(
    role: Role, texts: list[str], more: list[str], location: str
) -> None:
    one, two = (apply(open_requisition(recruiter=role.recruiter)).candidate for _ in range(2))
    for person, words in ((one, texts), (two, more)):
        for word in dict.fromkeys(words):
            person.phones.create(number=word)
            person.emails.create(address=f"{word}@mail.example")
    Candidate.objects.filter(pk=two.pk).update(location=location, links=["https://a.example"])
    before = rows(one, two)
    by = Actor.of(role.recruiter)
    merge_candidates(one, other=two, by=by)
    undo_merge(Merge.objects.order_by("-pk")[0], by=by)
    assert rows(one, two) == before

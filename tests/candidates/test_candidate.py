"""What we write down about a person, and who looks after them."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from ats.custom_fields.actions import add_custom_field
from ats.errors import Invalid
from ats.events.actors import Actor
from ats.events.models import Event
from candidates.actions.candidate import assign_owner, edit_candidate
from candidates.models import Candidate
from tests.candidates.conftest import signed_in
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply
from tests.factories.requisitions import RecruiterFactory, Role

API = "/api/v1"


@pytest.fixture
def person(role: Role) -> Candidate:
    return apply(role, name="Ana Ruiz").candidate


@pytest.fixture
def fields(role: Role, by: Actor) -> None:
    for name, kind, audience in (
        ("Notice period", "short_text", "team"),
        ("Expected pay", "money", "recruiters"),
    ):
        add_custom_field(applies_to="candidate", name=name, kind=kind, audience=audience, by=by)


def at(person: Candidate) -> str:
    return f"{API}/candidates/{person.public_id}"


def test_what_is_written_down_can_be_changed(person: Candidate, by: Actor) -> None:
    said = {"name": " Ana  Ruiz Gil ", "location": " Lyon ", "links": ["https://ana.example"]}
    edited = edit_candidate(person, **said, do_not_contact=True, by=by)
    edited.refresh_from_db()
    assert (edited.name, edited.location) == ("Ana Ruiz Gil", "Lyon")
    assert (edited.links, edited.do_not_contact) == (["https://ana.example"], True)
    event = Event.objects.get(verb="candidate.edited")
    assert event.ids == {"fields": ["do_not_contact", "links", "location", "name"]}
    assert person.applications.get().submitted["name"] == "Ana Ruiz"


@pytest.mark.parametrize(
    "said",
    [
        {"name": " "},
        {"name": "a\x00"},
        {"location": "x" * 301},
        {"location": "a\x07"},
        {"links": ["javascript:alert(1)"]},
        {"links": ["https://a.example/" + "x" * 500]},
    ],
)
def test_what_cannot_be_meant_is_refused(person: Candidate, said: Any, by: Actor) -> None:
    with pytest.raises(Invalid):
        edit_candidate(person, **said, by=by)
    assert not Event.objects.filter(verb="candidate.edited").exists()


def test_a_column_that_there_is_not_is_a_mistake_of_ours(person: Candidate, by: Actor) -> None:
    with pytest.raises(TypeError):
        edit_candidate(person, status="hired", by=by)


def test_custom_fields_for_recruiters_are_shown_to_recruiters(
    role: Role, person: Candidate, recruiter: APIClient, fields: None
) -> None:
    custom = {"notice_period": "a month", "expected_pay": {"amount": "9.00", "currency": "EUR"}}
    answer = recruiter.patch(at(person), {"custom": custom}, "json")
    assert (answer.status_code, answer.json().get("custom")) == (200, custom)
    manager = signed_in(role.manager).get(at(person)).json()
    assert manager["custom"] == {"notice_period": "a month"}
    refused = recruiter.patch(at(person), {"custom": {"shoe_size": 3}}, "json")
    assert refused.status_code == 400


def test_somebody_of_the_team_looks_after_a_person(
    role: Role, person: Candidate, recruiter: APIClient
) -> None:
    def assign(user: Any) -> Any:
        owner = user and str(user.public_id)
        return recruiter.post(f"{at(person)}/assign_owner", {"owner": owner}, "json")

    assert assign(role.recruiter).json()["owner"] == str(role.recruiter.public_id)
    assert assign(role.recruiter).status_code == 200
    assert assign(RecruiterFactory()).status_code == 400
    assert assign(None).json()["owner"] is None
    told = Event.objects.filter(verb="candidate.owner_assigned").order_by("pk")
    mine = str(role.recruiter.public_id)
    assert [event.ids for event in told] == [
        {"was": None, "becomes": mine},
        {"was": mine, "becomes": None},
    ]


def test_who_has_left_looks_after_nobody(role: Role, person: Candidate, by: Actor) -> None:
    role.manager.is_active = False
    role.manager.save()
    with pytest.raises(Invalid, match="does not see"):
        assign_owner(person, owner=role.manager, by=by)


def test_others_may_look_and_not_change(role: Role, person: Candidate) -> None:
    manager = signed_in(role.manager)
    assert manager.patch(at(person), {"name": "X"}, "json").status_code == 403
    assert manager.post(f"{at(person)}/assign_owner", {"owner": None}, "json").status_code == 403
    admin = signed_in(UserFactory(is_site_admin=True))
    assert admin.patch(at(person), {"name": "Ana R"}, "json").json()["name"] == "Ana R"

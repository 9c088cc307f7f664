"""Hires, handed to the people system."""

import csv
import io

import pytest
from rest_framework.test import APIClient

from ats.errors import DomainError
from ats.events.actors import Actor
from ats.events.models import Event
from candidates.actions.application import hire_application, undo_hire
from candidates.actions.hand_off import hand_off_hire
from candidates.models import Application
from tests.candidates.conftest import signed_in
from tests.factories.ats import UserFactory
from tests.factories.candidates import accepted, apply
from tests.factories.requisitions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def hire(role: Role, by: Actor) -> Application:
    application = apply(role, "=cmd()", phone="+1 425 555 0100")
    accepted(application, role)
    return hire_application(application, by=by)


def test_a_hire_is_handed_off_once(hire: Application, by: Actor) -> None:
    first = hand_off_hire(hire, by=by)
    assert hand_off_hire(hire, by=by).handed_off_at == first.handed_off_at
    assert Event.objects.filter(verb="application.handed_off").count() == 1


def test_only_a_hire_is_handed_off(role: Role, by: Actor) -> None:
    with pytest.raises(DomainError, match="only a hire"):
        hand_off_hire(apply(role), by=by)


def test_an_undone_hire_is_not_handed_off_any_more(hire: Application, by: Actor) -> None:
    hand_off_hire(hire, by=by)
    undone = undo_hire(hire, by=by)
    assert (undone.status, undone.handed_off_at) == ("active", None)


def test_the_file_has_what_the_people_system_needs_and_no_formula(
    role: Role, hire: Application, recruiter: APIClient
) -> None:
    answer = recruiter.get("/api/v1/hires/file?is_handed_off=false")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["name"], row["phone"]) == ("'=cmd()", "'+1 425 555 0100")
    assert (row["email"], row["requisition"]) == (
        hire.candidate.emails.get().address,
        role.requisition.number,
    )
    assert (row["pay_amount"], row["pay_currency"]) == ("100000.00", "USD")
    assert row["opening"] == str(role.opening.public_id)
    url = f"/api/v1/applications/{hire.public_id}"
    assert "hand_off" in recruiter.get(url).json()["possible"]
    assert recruiter.post(f"{url}/hand_off").status_code == 200
    assert recruiter.get("/api/v1/hires?is_handed_off=false").json()["results"] == []
    assert len(recruiter.get("/api/v1/hires?is_handed_off=true").json()["results"]) == 1


def test_hires_are_listed_for_those_who_may_see_the_pay(role: Role, hire: Application) -> None:
    for person, count in {
        role.manager: 1,
        role.recruiter: 1,
        UserFactory(is_site_admin=True): 1,
        UserFactory(): 0,
        role.requisition.team.get(role="coordinator").user: 0,
    }.items():
        assert len(signed_in(person).get("/api/v1/hires").json()["results"]) == count

"""The same person, considered for another requisition."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.events.models import Event
from candidates.actions.application import reactivate_application, withdraw_application
from candidates.actions.files import FileIn
from candidates.actions.transfer import convert_prospect, transfer_application
from candidates.models import Application, Attachment, Candidate, Resume
from candidates.queries.applications import blockers
from requisitions.actions.requisition import cancel_requisition
from tests.candidates.conftest import settle, signed_in
from tests.factories.candidates import apply, draft
from tests.factories.requisitions import Role, open_requisition
from tests.factories.requisitions import draft as draft_requisition

pytestmark = pytest.mark.django_db


@pytest.fixture
def target(role: Role) -> Role:
    return open_requisition(recruiter=role.recruiter)


def test_a_transfer_closes_here_and_begins_there(role: Role, target: Role, by: Actor) -> None:
    resume, letter = FileIn("cv.txt", b"Ten years."), FileIn("letter.txt", b"Dear all")
    old = apply(role, resume=resume, cover_letter=letter)
    settle()
    new = transfer_application(old, requisition=target.requisition, by=by)
    old.refresh_from_db()
    assert (old.status, new.status) == ("transferred", "active")
    assert (new.stage, new.candidate) == (target.stage("applied"), old.candidate)
    assert (new.submitted, new.applied_at, new.source) == (
        old.submitted,
        old.applied_at,
        old.source,
    )
    assert (new.posting, new.transferred_from) == (None, old)
    assert [visit.left_at is None for visit in (*old.visits.all(), *new.visits.all())] == [
        False,
        True,
    ]
    for kind in (Resume, Attachment):
        (mine, theirs) = kind.objects.order_by("pk")
        assert (mine.application, theirs.application) == (old, new)
        assert (mine.file.name, mine.sha256) == (theirs.file.name, theirs.sha256)
        assert mine.public_id != theirs.public_id
    assert Resume.objects.get(application=new).text == Resume.objects.get(application=old).text
    told = Event.objects.filter(verb__contains="transferred").order_by("pk")
    assert [(event.verb, event.ids) for event in told] == [
        ("application.transferred", {}),
        ("application.transferred_here", {}),
    ]


def test_a_transfer_may_name_its_stage(role: Role, target: Role, by: Actor) -> None:
    screen = target.stage("screen")
    new = transfer_application(apply(role), requisition=target.requisition, stage=screen, by=by)
    assert new.stage == screen
    with pytest.raises(Invalid, match="belongs to another"):
        transfer_application(
            apply(role), requisition=target.requisition, stage=role.stage("screen"), by=by
        )


def test_a_transfer_may_be_taken_back_by_reactivating(role: Role, target: Role, by: Actor) -> None:
    old = apply(role)
    withdraw_application(transfer_application(old, requisition=target.requisition, by=by), by=by)
    assert reactivate_application(old, by=by).status == "active"


def test_what_stands_in_the_way_is_said(role: Role, target: Role, by: Actor) -> None:
    old = apply(role)
    with pytest.raises(Invalid, match="in this requisition already"):
        transfer_application(old, requisition=role.requisition, by=by)
    there = apply(target, email=old.candidate.emails.get().address)
    with pytest.raises(Blocked, match="active application there already"):
        transfer_application(old, requisition=target.requisition, by=by)
    withdraw_application(there, by=by)
    bare = draft_requisition(role.recruiter)
    with pytest.raises(DomainError, match="has no pipeline"):
        transfer_application(old, requisition=bare, by=by)
    draft(old, role)
    with pytest.raises(Blocked, match="rescind it before you transfer"):
        transfer_application(old, requisition=target.requisition, by=by)
    cancel_requisition(target.requisition, reason="No budget.", by=by)
    with pytest.raises(Invalid, match="is cancelled: nobody is hired there"):
        transfer_application(old, requisition=target.requisition, by=by)
    assert Application.objects.get(pk=old.pk).status == "active"
    assert blockers(apply(role), "transfer") == []


def test_a_prospect_becomes_an_application(role: Role, by: Actor) -> None:
    person = Candidate.objects.create(name="Ana")
    made = convert_prospect(person, requisition=role.requisition, by=by)
    settle()
    assert (made.status, made.submitted, made.stage) == ("active", {}, role.stage("applied"))
    assert Event.objects.filter(verb="application.added").count() == 1
    with pytest.raises(Blocked, match="there already"):
        convert_prospect(person, requisition=role.requisition, by=by)


def test_transfer_and_conversion_over_http(role: Role, target: Role, recruiter: APIClient) -> None:
    application = apply(role)
    url = f"/api/v1/applications/{application.public_id}"
    body: dict[str, Any] = {"requisition": str(target.requisition.public_id)}
    elsewhere = {"requisition": str(open_requisition().requisition.public_id)}
    assert recruiter.post(f"{url}/transfer", elsewhere, format="json").status_code == 400
    manager = signed_in(role.manager)
    assert manager.post(f"{url}/transfer", body, format="json").status_code == 403
    assert "transfer" in recruiter.get(url).json()["possible"]
    made = recruiter.post(f"{url}/transfer", body, format="json")
    assert made.status_code == 201, made.json()
    assert made.json()["transferred_from"] == str(application.public_id)
    assert recruiter.get(url).json()["transferred_to"] == made.json()["id"]
    assert manager.get(url).json()["transferred_to"] is None
    third = {"requisition": str(open_requisition(recruiter=role.recruiter).requisition.public_id)}
    person = f"/api/v1/candidates/{application.candidate.public_id}/convert"
    assert recruiter.post(person, third, format="json").status_code == 201
    assert manager.post(person, third, format="json").status_code == 403

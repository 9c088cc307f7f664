"""Colleagues apply for internal roles under their own name; nobody else can tell that they may."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ats.accounts.models import User
from ats.errors import Blocked
from ats.events.actors import Actor
from ats.events.models import Event
from candidates.actions.apply import PostingClosed, apply_as_colleague, submit_application
from candidates.models import Application
from requisitions.actions.form import add_question
from requisitions.actions.posting import draft_posting, publish_posting, unpublish_posting
from requisitions.models import JobPosting
from tests.candidates.conftest import API, signed_in
from tests.factories.ats import UserFactory
from tests.factories.requisitions import Role


@pytest.fixture
def inside(role: Role, by: Actor) -> JobPosting:
    posting = draft_posting(role.requisition, title="Inside job", is_internal=True, by=by)
    return publish_posting(posting, by=by)


@pytest.fixture
def ann(db: Any) -> User:
    return UserFactory(name="Ann Lee", email="ann@northlight.example")


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def path_of(posting: JobPosting, page: str = "apply") -> str:
    return f"/jobs/{posting.public_id}/{page}"


def test_a_colleague_applies_on_the_page_under_the_account_s_name(
    role: Role, by: Actor, inside: JobPosting, ann: User
) -> None:
    question = add_question(role.requisition, kind="short_text", label="Why?", by=by)
    client = browser_of(ann)
    assert path_of(inside) in client.get(f"/jobs/{inside.public_id}").content.decode()
    page = client.get(path_of(inside)).content.decode()
    assert "You apply as Ann Lee, ann@northlight.example." in page
    assert 'name="email"' not in page
    said = {"consent": "on", "email": "other@mail.example", "name": "Somebody else"}
    said |= {f"question-{question.public_id}": "A change"}
    answer = client.post(path_of(inside), said)
    assert (answer.status_code, answer["Location"]) == (302, path_of(inside, "applied"))
    assert client.get(path_of(inside, "applied")).status_code == 200
    application = Application.objects.get()
    assert application.posting == inside
    assert application.candidate.name == "Ann Lee"
    assert application.candidate.emails.get().address == "ann@northlight.example"
    assert application.submitted["answers"][0]["value"] == "A change"
    assert Event.objects.get(verb="application.submitted").actor_id == ann.public_id


def test_a_colleague_applies_over_the_api(inside: JobPosting, ann: User) -> None:
    path = f"{API}/internal-postings/{inside.public_id}/applications"
    client = signed_in(ann)
    file = SimpleUploadedFile("ann.txt", b"Ten years.", "text/plain")
    first = client.post(path, {"consent": "true", "resume": file}, format="multipart")
    assert (first.status_code, first.json()["status"]) == (201, "received")
    again = client.post(path, {"consent": True})
    assert (again.status_code, again.content) == (201, first.content)
    assert Application.objects.get().resumes.get().original_name == "ann.txt"
    assert client.post(path, {"consent": False}).status_code == 400
    named = client.post(path, {"consent": True, "email": "other@mail.example"})
    assert [each["pointer"] for each in named.json()["errors"]] == ["/email"]


def test_an_external_role_has_no_door_for_colleagues(role: Role, ann: User) -> None:
    path = f"{API}/internal-postings/{role.posting.public_id}/applications"
    assert signed_in(ann).post(path, {"consent": True}).status_code == 404
    page = browser_of(ann).get(path_of(role.posting)).content.decode()
    assert 'name="email"' in page
    assert "You apply as" not in page


def test_strangers_find_no_internal_door(inside: JobPosting, ann: User) -> None:
    stranger = Client()
    for page in ("apply", "applied"):
        assert stranger.get(path_of(inside, page)).status_code == 404
    assert stranger.post(path_of(inside), {"consent": "on"}).status_code == 404
    public = f"{API}/board/postings/{inside.public_id}/applications"
    said = {"name": "Ann", "email": "ann@northlight.example", "consent": True}
    assert signed_in(ann).post(public, said).status_code == 404
    with pytest.raises(PostingClosed):
        submit_application(inside, **said, by=Actor.public())
    assert not Application.objects.exists()


def test_the_hiring_team_does_not_apply_to_itself(role: Role, inside: JobPosting) -> None:
    with pytest.raises(Blocked, match="hiring team"):
        apply_as_colleague(inside, consent=True, by=Actor.of(role.manager))
    answer = browser_of(role.manager).post(path_of(inside), {"consent": "on"})
    assert (answer.status_code, "hiring team of this role" in answer.content.decode()) == (
        409,
        True,
    )
    assert not Application.objects.exists()


def test_a_closed_internal_role_takes_nobody(inside: JobPosting, ann: User, by: Actor) -> None:
    unpublish_posting(inside, by=by)
    answer = browser_of(ann).get(path_of(inside))
    assert (answer.status_code, answer["Location"]) == (302, f"/jobs/{inside.public_id}")
    assert browser_of(ann).post(path_of(inside), {"consent": "on"}).status_code == 409
    assert not Application.objects.exists()

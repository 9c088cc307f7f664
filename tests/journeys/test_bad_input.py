"""Bad input along the journey: each gets a clear problem, and nothing is lost or changed."""

import os
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ats import clock, links
from ats.accounts.models import User
from ats.events.models import Event
from candidates.models import Application, Resume
from interviews.models import Loop
from requisitions.models import Requisition
from tests.factories import candidates as people
from tests.factories.ats import UserFactory
from tests.factories.interviews import asked_for, plan
from tests.factories.requisitions import RecruiterFactory, open_requisition

LISTING = "Data Engineer\nAcme · Bristol, UK\nResponsibilities\n- Build pipelines.\n"


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def do(client: Client, path: str, body: dict[str, Any] | None = None) -> Any:
    return client.post(path, body or {}, content_type="application/json")


def problem(answer: Any, status: int) -> dict[str, Any]:
    """The refusal as problem details, with words in it."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    said: dict[str, Any] = answer.json()
    assert said["detail"] or said["errors"]
    return said


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n\n",
        b"Dear diary, it rained.",
        os.urandom(4096),
        b"\x7fELF" + bytes(4096),
        b"line\n" * 1_000_000,
    ],
    ids=["empty", "blank", "not a listing", "noise", "binary", "5 MB"],
)
def test_what_is_no_listing_is_refused_and_drafts_nothing(content: bytes) -> None:
    client = as_(RecruiterFactory())
    file = SimpleUploadedFile("listing.txt", content, "text/plain")
    said = problem(client.post("/api/v1/requisitions/import", {"file": file}), 400)
    assert "Traceback" not in str(said)
    assert not Requisition.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        LISTING.encode("utf-16"),
        LISTING.encode("utf-8-sig"),
        LISTING.encode().replace(b"Build", "Bâtir".encode("cp1252")) + "– naïve".encode(),
    ],
    ids=["UTF-16", "UTF-8 with a mark", "mixed"],
)
def test_a_listing_in_any_encoding_is_read(content: bytes) -> None:
    client = as_(RecruiterFactory())
    file = SimpleUploadedFile("listing.txt", content, "text/plain")
    answer = client.post("/api/v1/requisitions/import", {"file": file})
    assert answer.status_code == 201, answer.content
    assert answer.json()["title"] == "Data Engineer"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["ana", "ana@", "ana@@example.org", "a b@example.org", "", "@"])
def test_an_address_that_is_none_is_named_and_nobody_is_added(address: str) -> None:
    role = open_requisition()
    body = {"name": "Ana", "email": address, "consent": True}
    path = f"/api/v1/board/postings/{role.posting.public_id}/applications"
    said = problem(do(Client(), path, body), 400)
    assert [error["pointer"] for error in said["errors"]] == ["/email"]
    assert not Application.objects.exists()


@pytest.mark.django_db
def test_a_resume_that_lies_about_its_type_costs_nobody_their_application() -> None:
    role = open_requisition()
    lie = SimpleUploadedFile("cv.pdf", b"MZ\x90\x00 this program cannot be run", "application/pdf")
    form = {"name": "Ana", "email": "ana@mail.example", "consent": "true", "resume": lie}
    path = f"/api/v1/board/postings/{role.posting.public_id}/applications"
    assert Client().post(path, form).status_code == 201
    resume = Resume.objects.get()
    assert (resume.application, resume.status) == (Application.objects.get(), "not_read")


@pytest.mark.django_db
def test_a_second_hire_into_one_seat_is_refused_with_a_sentence() -> None:
    role = open_requisition()
    first, second = people.apply(role), people.apply(role)
    people.accepted(first, role)
    client = as_(role.recruiter)
    assert do(client, f"/api/v1/applications/{first.public_id}/hire").status_code == 200
    problem(do(client, f"/api/v1/applications/{second.public_id}/hire"), 409)
    second.refresh_from_db()
    assert second.status == "active"


@pytest.mark.django_db
def test_a_stage_of_another_requisition_is_refused() -> None:
    role, other = open_requisition(), open_requisition()
    application = people.apply(role)
    client = as_(role.recruiter)
    body = {"stage": str(other.stage("screen").public_id)}
    path = f"/api/v1/applications/{application.public_id}/move"
    said = problem(do(client, path, body), 400)
    assert [error["pointer"] for error in said["errors"]] == ["/stage"]
    application.refresh_from_db()
    assert application.stage == role.stage("applied")


@pytest.mark.django_db
def test_a_loop_in_the_past_is_refused_and_books_nothing() -> None:
    role = open_requisition()
    person, application = UserFactory(), people.apply(role)
    asked = asked_for(plan(role, interviews=1), [person], days=-3)
    body = {
        "application": str(application.public_id),
        "interviews": [
            {
                **asked[0],
                "planned": str(asked[0]["planned"].public_id),
                "seats": [{"user": str(person.public_id)}],
            }
        ],
    }
    client = as_(role.recruiter)
    said = problem(do(client, "/api/v1/loops", body), 400)
    assert "has passed" in said["errors"][0]["detail"]
    assert said["errors"][0]["pointer"] == "/interviews/0/starts"
    assert not Loop.objects.exists()


@pytest.mark.django_db
def test_a_link_that_has_expired_says_so_and_a_broken_one_is_unknown() -> None:
    role = open_requisition()
    offer = people.sent(people.apply(role), role)
    old = links.sign("offer", offer.public_id, expires=clock.now() - timedelta(seconds=1))
    said = problem(do(Client(), f"/api/v1/offer-links/{old}/accept"), 410)
    assert "expired" in said["detail"]
    problem(do(Client(), f"/api/v1/offer-links/{old[:-3]}/accept"), 404)
    other = links.sign("another purpose", offer.public_id, expires=clock.now() + timedelta(1))
    problem(do(Client(), f"/api/v1/offer-links/{other}/accept"), 404)
    offer.refresh_from_db()
    assert offer.status == "sent"
    assert "expired" in Client().get(f"/offers/{old}").content.decode()

"""What a resume says, to whom it is shown, and who has it read again."""

from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.events.actors import Actor
from candidates.actions.files import FileIn
from candidates.models import Resume
from candidates.tasks import read_resumes
from requisitions.actions.library import add_competency, edit_competency
from requisitions.models import Competency
from tests.candidates.conftest import at, signed_in
from tests.factories.candidates import apply
from tests.factories.requisitions import Role

TEXT = "Jane Doe\njane@mail.example\nTel. +49 30 12345678\nTen years of basketry and teaching"


@pytest.fixture
def weaving(role: Role, by: Actor) -> Competency:
    row = add_competency(name="Basket weaving", aliases=["Basketry"], by=by)
    other = add_competency(name="Pottery", by=by)
    role.requisition.competencies.all().delete()
    for position, each in enumerate((other, row)):
        role.requisition.competencies.create(competency=each, position=position)
    return row


@pytest.fixture
def resume(role: Role, weaving: Competency) -> Resume:
    sent = apply(role, name="Somebody Else", resume=FileIn("a.txt", TEXT.encode()))
    read_resumes()
    return sent.resumes.get()


def test_the_evidence_is_shown_in_the_requisitions_order(
    recruiter: APIClient, resume: Resume, weaving: Competency, by: Actor
) -> None:
    said = recruiter.get(at(resume, "resumes")).json()
    assert [(each["competency"]["name"], len(each["mentions"])) for each in said["evidence"]] == [
        ("Pottery", 0),
        ("Basket weaving", 1),
    ]
    (mention,) = said["evidence"][1]["mentions"]
    assert (mention["words"], mention["before"]) == (
        "basketry",
        "Doe jane@mail.example Tel. +49 30 12345678 Ten years of",
    )
    assert said["text"][mention["start"] : mention["end"]] == "basketry"
    edit_competency(weaving, aliases=["Teaching"], by=by)
    again = recruiter.get(at(resume, "resumes")).json()
    assert [each["words"] for each in again["evidence"][1]["mentions"]] == ["teaching"]


def test_what_it_suggests_changes_nothing_that_was_said(
    recruiter: APIClient, resume: Resume
) -> None:
    said = recruiter.get(at(resume, "resumes")).json()
    assert said["suggested"] == {
        "name": "Jane Doe",
        "location": "",
        "emails": ["jane@mail.example"],
        "phones": [{"e164": "+493012345678", "written": "+49 30 12345678"}],
        "links": [],
    }
    assert (said["status"], said["why"], said["notes"]) == ("read", "", [])
    candidate = resume.candidate
    candidate.refresh_from_db()
    assert candidate.name == "Somebody Else"
    assert [each.number for each in candidate.phones.all()] == []


def test_only_recruiters_have_it_read_again(people: dict[str, User], resume: Resume) -> None:
    path = at(resume, "resumes", "/read_again")
    answers = {name: signed_in(person).post(path).status_code for name, person in people.items()}
    assert answers == {
        "recruiter": 200,
        "manager": 403,
        "coordinator": 403,
        "interviewer": 404,
        "admin": 409,
        "outsider": 404,
    }
    shown = {
        name: signed_in(user).get(at(resume, "resumes")).status_code
        for name, user in people.items()
    }
    assert {name for name, status in shown.items() if status == 200} == {
        "recruiter", "manager", "coordinator", "admin",
    }  # fmt: skip


def test_lists_ask_as_often_for_three_as_for_one(
    recruiter: APIClient, role: Role, resume: Resume, queries: Any
) -> None:
    one = queries(lambda: recruiter.get("/api/v1/resumes"))
    for number in range(2):
        apply(role, resume=FileIn(f"{number}.txt", b"x"))
    assert queries(lambda: recruiter.get("/api/v1/resumes")) == one


def test_the_console_shows_where_and_why(role: Role, resume: Resume) -> None:
    client = Client()
    client.force_login(role.recruiter)
    page = client.get(
        f"/console/candidates/application/{resume.application_id}/change/"
    ).content.decode()
    assert "<mark>basketry</mark>" in page
    page = client.get(f"/console/candidates/resume/{resume.pk}/change/").content.decode()
    assert "<mark>basketry</mark>" in page
    assert "Not mentioned by its name" in page
    assert "+49 30 12345678" in page
    broken = apply(role, resume=FileIn("a.pdf", b"%PDF-1.7")).resumes.get()
    read_resumes()
    page = client.get(
        f"/console/candidates/application/{broken.application_id}/change/"
    ).content.decode()
    assert "Could not be read: The file is damaged." in page
    page = client.get(f"/console/candidates/resume/{broken.pk}/change/").content.decode()
    assert "This resume could not be read." in page
    assert client.get("/console/candidates/resume/").status_code == 200

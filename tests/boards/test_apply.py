"""Applying through the job board API, by the examples of its documentation."""

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from ats.admin.base import url_of
from ats.events.actors import Actor
from ats.events.models import Event
from candidates.models import Application, Attachment, Candidate, Resume
from requisitions.actions.form import retire_question
from requisitions.models import Question
from requisitions.queries.job_board import education
from tests.boards.conftest import ROOT, Reader
from tests.boards.sending import SAMMY, SAVED, ask, name_of, send
from tests.candidates.resumes.pdfs import text_pdf as pdf
from tests.factories.requisitions import Role, open_requisition


@pytest.fixture
def role(db: Any) -> Role:
    return open_requisition()


def values_of(board: Reader, role: Role, question: Question) -> dict[str, int]:
    """What the board itself says may be sent."""
    asked = board.get(f"/jobs/{role.posting.board_number}?questions=true")["questions"]
    fields = {row["fields"][0]["name"].removesuffix("[]"): row["fields"][0] for row in asked}
    return {value["label"]: value["value"] for value in fields[name_of(question)]["values"]}


def bytes_of(row: Any) -> bytes:
    return Path(row.file.path).read_bytes()


def given() -> dict[str, Any]:
    return {each["label"]: each["value"] for each in Application.objects.get().submitted["answers"]}


def test_the_documented_json_arrives_whole(board: Reader, role: Role) -> None:
    short, yes, number = (ask(role, kind) for kind in ("short_text", "yes_no", "number"))
    one = ask(role, "single", options=["Red", "Blue"])
    many = ask(role, "multiple", options=["Oak", "Elm", "Ash"])
    reds, trees = values_of(board, role, one), values_of(board, role, many)
    school, degree, discipline = (
        next(iter(education()[kind])) for kind in ("schools", "degrees", "disciplines")
    )
    body = SAMMY | {
        "phone": "3337778888",
        "location": "110 5th Ave New York, NY, 10011",
        "latitude": "40.7376671",
        "longitude": "-73.9929196",
        "resume_text": "I have many years of experience as a basket weaver...",
        "cover_letter_text": "I have a very particular set of skills...",
        "gender": 2,
        "race": 4,
        "veteran_status": 3,
        "disability_status": 3,
        name_of(short): "Here is some short text",
        name_of(yes): 1,
        name_of(number): 12.5,
        name_of(one): reds["Blue"],
        name_of(many): [trees["Ash"], trees["Oak"]],
        "educations": [
            {
                "school_name_id": str(school),
                "degree_id": degree,
                "discipline_id": str(discipline),
                "start_date": {"month": "1", "year": "1989"},
                "end_date": {"month": "2", "year": "1990"},
            }
        ],
        "employments": [
            {
                "company_name": "Business Co.",
                "title": "Sales Manager",
                "start_date": {"month": "1", "year": "2016"},
                "end_date": {"month": "2", "year": "2018"},
                "current": "false",
            }
        ],
        "mapped_url_token": "token12345",
        "demographic_answers": [{"question_id": 87, "answer_options": [{"answer_option_id": 1}]}],
        "data_compliance": {"gdpr_consent_given": True, "gdpr_retention_consent_given": False},
    }
    answer = send(role, body)
    assert (answer.status_code, answer.json()) == (200, SAVED)
    application = Application.objects.get()
    assert application.candidate.name == "Sammy McSamson"
    assert application.candidate.emails.get().address == "sammy@example.com"
    assert application.candidate.phones.get().number == "3337778888"
    assert application.posting == role.posting
    assert given() == {
        "short_text": "Here is some short text",
        "yes_no": "yes",
        "number": 12.5,
        "single": "Blue",
        "multiple": ["Ash", "Oak"],
    }
    assert application.submitted["details"] == {
        "sent_through": "Job Board API",
        "location": "110 5th Ave New York, NY, 10011",
        "latitude": "40.7376671",
        "longitude": "-73.9929196",
        "mapped_url_token": "token12345",
        "educations": [
            {
                "school_name": education()["schools"][school],
                "degree": "High School",
                "discipline": "Accounting",
                "start_date": "1/1989",
                "end_date": "2/1990",
            }
        ],
        "employments": [
            {
                "company_name": "Business Co.",
                "title": "Sales Manager",
                "start_date": "1/2016",
                "end_date": "2/2018",
            }
        ],
    }
    kept = json.dumps(application.submitted)
    assert not any(word in kept for word in ("gender", "race", "veteran", "disab", "demographic"))
    resume, letter = Resume.objects.get(), Attachment.objects.get()
    assert (resume.original_name, resume.content_type) == ("resume.txt", "text/plain")
    assert (letter.purpose, letter.original_name) == ("cover_letter", "cover_letter.txt")
    assert bytes_of(letter) == b"I have a very particular set of skills..."
    assert Event.objects.get(verb="application.submitted").actor_kind == "public"


def test_the_documented_form_with_files_arrives_whole(role: Role) -> None:
    one, many = ask(role, "yes_no", is_required=True), ask(role, "multiple", options=["A", "B"])
    body = SAMMY | {
        "id": "55555",
        "resume": SimpleUploadedFile("ADA.pdf", pdf("Weaving"), "application/pdf"),
        "cover_letter": SimpleUploadedFile("blah.pdf", pdf("Dear all"), "application/pdf"),
        "educations[][school_name_id]": ["3101", "3102"],
        "educations[][start_date][month]": ["8", "9"],
        "educations[][start_date][year]": ["2012", "2016"],
        "employments[][company_name]": "Business Co",
        "employments[][title]": "Sales Manager",
        "employments[][start_date][year]": "2016",
        "employments[][current]": "true",
        "data_compliance[gdpr_processing_consent_given]": "true",
        "mapped_url_token": "token12345",
        name_of(one): "0",
        f"{name_of(many)}[]": ["A", "B"],
    }
    answer = send(role, body, kind="multipart")
    assert (answer.status_code, answer.json()) == (200, SAVED)
    assert given() == {"yes_no": "no", "multiple": ["A", "B"]}
    details = Application.objects.get().submitted["details"]
    assert [row["start_date"] for row in details["educations"]] == ["8/2012", "9/2016"]
    assert details["employments"][0]["company_name"] == "Business Co"
    assert Resume.objects.get().content_type == "application/pdf"
    assert Attachment.objects.get().original_name == "blah.pdf"


def test_a_form_without_files_and_base64_are_taken(role: Role) -> None:
    form = "first_name=Madonna&email=m%40example.com&resume_text=Sings"
    answer = send(role, form, kind="application/x-www-form-urlencoded")
    assert (answer.status_code, Candidate.objects.get().name) == (200, "Madonna")
    coded = base64.b64encode(pdf("Baskets")).decode()
    other = SAMMY | {"resume_content": coded, "resume_content_filename": "../ada.pdf"}
    assert send(role, other).status_code == 200
    assert Resume.objects.latest("pk").original_name == "ada.pdf"
    assert bytes_of(Resume.objects.latest("pk")) == pdf("Baskets")


def test_a_large_resume_arrives_in_base64(role: Role) -> None:
    coded = base64.b64encode(b"x" * 10 * 1024 * 1024).decode()
    body = SAMMY | {"resume_content": coded, "resume_content_filename": "a.txt"}
    assert send(role, body).status_code == 200
    larger = base64.b64encode(b"x" * (10 * 1024 * 1024 + 1)).decode()
    other = {"first_name": "A", "email": "a@example.com", "resume_content": larger}
    assert "10 MiB" in send(role, other).json()["error"]


def test_a_link_to_a_file_is_kept_and_nothing_is_fetched(role: Role) -> None:
    link = "http://127.0.0.1:9/resume.pdf"
    assert send(role, SAMMY | {"resume_url": link}).status_code == 200
    assert Application.objects.get().submitted["details"]["resume_url"] == link
    assert not Resume.objects.exists()


def test_required_questions_are_enforced(role: Role) -> None:
    question = ask(role, "short_text", is_required=True)
    for body in (SAMMY, SAMMY | {name_of(question): ""}):
        answer = send(role, body)
        assert answer.status_code == 400
        assert answer.json() == {
            "status": 400,
            "error": "Invalid attributes: answers. “short_text” still needs an answer.",
            "errors": [
                {
                    "pointer": "/answers",
                    "detail": "“short_text” still needs an answer.",
                    "code": "invalid",
                }
            ],
        }
    assert not Candidate.objects.exists()
    retire_question(question, by=Actor.of(role.recruiter))
    assert send(role, SAMMY | {name_of(question): "Answered before"}).status_code == 200
    assert given() == {"short_text": "Answered before"}


def test_an_option_is_itself_whatever_happens_to_the_list(board: Reader, role: Role) -> None:
    question = ask(role, "single", options=["Red", "Blue"])
    blue = values_of(board, role, question)["Blue"]
    Question.objects.filter(pk=question.pk).update(options=["Green", "Red", "Blue"])
    assert values_of(board, role, question)["Blue"] == blue
    Question.objects.filter(pk=question.pk).update(options=["Green", "Red"])
    answer = send(role, SAMMY | {name_of(question): blue})
    assert (answer.status_code, Candidate.objects.count()) == (400, 0)


def test_reading_needs_no_key_and_minds_no_wrong_one(role: Role) -> None:
    path = f"{ROOT}/jobs/{role.posting.board_number}"
    assert Client().get(path, headers={"Authorization": "Basic nonsense"}).status_code == 200


def test_other_pages_may_read_the_job_and_not_apply(role: Role) -> None:
    origin = {"Origin": "https://elsewhere.example"}
    assert "Access-Control-Allow-Origin" not in send(role, SAMMY, headers=origin)
    path = f"{ROOT}/jobs/{role.posting.board_number}"
    asked = Client().options(path, headers=origin)
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_applying_again_changes_and_tells_nothing(role: Role) -> None:
    first = send(role, SAMMY | {"resume_text": "One"})
    again = send(role, SAMMY | {"first_name": "Other", "resume_text": "Two"})
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert (Application.objects.count(), Resume.objects.count()) == (1, 1)
    assert Candidate.objects.get().name == "Sammy McSamson"


def test_the_trailing_slash_is_no_other_address(role: Role) -> None:
    assert send(role, SAMMY, id=f"{role.posting.board_number}/").json() == SAVED


def test_a_repeated_request_with_its_key_is_answered_alike(role: Role) -> None:
    headers = {"Idempotency-Key": "once"}
    first, again = (send(role, SAMMY, headers=headers) for _ in range(2))
    assert again.content == first.content
    assert again["Idempotency-Replayed"] == "true"
    assert send(role, SAMMY, headers={"Idempotency-Key": ""}).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_a_double_click_is_one_application() -> None:
    role = open_requisition()

    def click(_: int) -> tuple[int, bytes]:
        try:
            answer = send(role, SAMMY)
            return answer.status_code, answer.content
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(click, range(8)))
    assert answers == {(200, json.dumps(SAVED, separators=(",", ":")).encode())}
    assert (Application.objects.count(), Candidate.objects.count()) == (1, 1)


def test_the_team_reads_all_that_came(role: Role) -> None:
    body = SAMMY | {"cover_letter_text": "Dear all", "location": "Ghent"}
    body["employments"] = [{"company_name": "Acme", "title": "Weaver"}]
    send(role, body)
    application, client = Application.objects.get(), Client()
    client.force_login(role.recruiter)
    said = client.get(f"/api/v1/applications/{application.public_id}").json()
    (letter,) = said["attachments"]
    assert (letter["purpose"], letter["original_name"]) == ("cover_letter", "cover_letter.txt")
    held = client.get(letter["url"])
    assert b"".join(held.streaming_content) == b"Dear all"
    assert "attachment" in held["Content-Disposition"]
    page = client.get(url_of(application))
    for words in ("cover_letter.txt", "Weaver, Acme", "Ghent"):
        assert words in page.text
    client.force_login(open_requisition().recruiter)
    assert client.get(letter["url"]).status_code == 404

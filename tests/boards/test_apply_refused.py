"""What is no application to the job board is refused by name, and nothing is kept of it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ats.events.actors import Actor
from candidates.models import Candidate
from requisitions.actions.posting import unpublish_posting
from tests.boards.conftest import KEY
from tests.boards.sending import SAMMY, basic, send
from tests.factories.requisitions import Role, open_requisition


@pytest.fixture
def role(db: Any) -> Role:
    return open_requisition()


WRONG: list[tuple[str, Any]] = [
    ("first_name", {"first_name": " "}),
    ("first_name", {"first_name": "x" * 256}),
    ("first_name", {"first_name": "Buy at http://spam.example"}),
    ("last_name", {"last_name": "www.spam.example"}),
    ("last_name", {"last_name": ["a"]}),
    ("phone", {"phone": "https://spam.example"}),
    ("email", {"email": "nobody"}),
    ("email", {"email": None}),
    ("consent", {"data_compliance": {"gdpr_consent_given": False}}),
    ("resume_content", {"resume_content": "%%%"}),
    ("resume_content", {"resume_content": 5}),
    ("resume_text", {"resume_text": ["a"]}),
    ("question_1", {"question_1": "?"}),
    ("question_x[y", {"question_x[y": "?"}),
    ("educations", {"educations": "Yale"}),
    ("educations", {"educations": ["Yale"]}),
    ("educations", {"educations": [{}] * 51}),
    ("educations/0/degree_id", {"educations": [{"degree_id": "9" * 30}]}),
    ("educations/0/degree_id", {"educations": [{"degree_id": [1]}]}),
    ("educations/0/start_date", {"educations": [{"start_date": "1989"}]}),
    ("educations/0/start_date", {"educations": [{"start_date": {"year": 1, "month": 1}}]}),
    ("employments/0/title", {"employments": [{"company_name": "A"}]}),
    (
        "educations/0/end_date",
        {"educations": [{"start_date": {"year": 2000}, "end_date": {"year": 1999}}]},
    ),
]


@pytest.mark.parametrize(("field", "wrong"), WRONG)
def test_what_cannot_be_meant_is_refused_by_name(role: Role, field: str, wrong: Any) -> None:
    answer = send(role, SAMMY | wrong)
    assert answer.status_code == 400
    assert answer.json()["status"] == 400
    assert answer.json()["errors"][0]["pointer"].replace("~1", "/").strip("/") == field
    assert not Candidate.objects.exists()


NOTHING: list[str | bytes] = ["", "[]", "5", '"x"', "{", "[" * 5000, b"\xff\xfe", '{"a": NaN}']
NOTHING += ['{"first_name": "a\\u0000b"}', '{"a": "\\ud800"}', '{"a": 1, "a": 2}']


@pytest.mark.parametrize("body", NOTHING)
def test_what_is_no_application_is_refused(role: Role, body: Any) -> None:
    answer = send(role, body)
    assert answer.status_code == 400
    assert set(answer.json()) >= {"status", "error"}


@pytest.mark.parametrize(
    "form",
    [
        {"first_name[]": "A", "first_name": "B"},
        {"educations[][degree_id]": "1101", "educations": "x"},
        {"a[b]": "1", "a[]": "2"},
        {"first_name": "a\x00b"},
        {"a" + "[b]" * 9: "1"},
    ],
)
def test_fields_that_contradict_each_other_are_refused(role: Role, form: dict[str, str]) -> None:
    answer = send(role, form, kind="multipart")
    assert (answer.status_code, Candidate.objects.count()) == (400, 0)
    assert answer.json()["status"] == 400


def test_an_empty_or_too_large_body_is_refused(role: Role) -> None:
    empty = SAMMY | {"resume": SimpleUploadedFile("a.pdf", b"")}
    assert send(role, empty, kind="multipart").json()["status"] == 400
    form = "first_name=" + "x" * (2 * 1024 * 1024)
    for body, kind in (
        (form, "application/x-www-form-urlencoded"),
        ('{"a": "' + "x" * 16 * 1024 * 1024 + '"}', "application/json"),
    ):
        answer = send(role, body, kind=kind)
        assert (answer.status_code, answer.json()["status"]) == (413, 413)
    assert send(role, "<a/>", kind="text/xml").status_code == 415


def test_without_the_key_nothing_is_read(role: Role, settings: Any) -> None:
    wrong = ["", "Basic", "Basic %%%", "Bearer x", basic("wrong:"), basic(":"), basic(f"x:{KEY}")]
    for header in wrong:
        answer = send(role, "{", headers={"Authorization": header})
        assert answer.status_code == 401, header
        assert answer["WWW-Authenticate"] == 'Basic realm="Job board"'
        assert answer.json()["status"] == 401
    settings.BOARD_API_KEY = ""
    for header in (basic(":"), basic(f"{KEY}:")):
        answer = send(role, SAMMY, headers={"Authorization": header})
        assert (answer.status_code, "BOARD_API_KEY" in answer.json()["error"]) == (401, True)
    assert not Candidate.objects.exists()


def test_what_is_closed_or_unknown_is_not_found(role: Role) -> None:
    unpublish_posting(role.posting, by=Actor.of(role.recruiter))
    for id_ in (role.posting.board_number, 999, "x"):
        answer = send(role, SAMMY, id=id_)
        assert (answer.status_code, answer.json()["error"]) == (404, "Job not found")
    hold = open_requisition()
    type(hold.requisition).objects.filter(pk=hold.requisition.pk).update(status="on_hold")
    assert send(hold, SAMMY).json() == {"status": 404, "error": "Job not found"}

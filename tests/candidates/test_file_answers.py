"""A question that is answered by a file: by every door, kept like any other file of a candidate."""

import base64
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ats.admin.base import url_of
from ats.errors import Invalid
from ats.events.actors import Actor
from candidates.actions.files import FileIn
from candidates.models import Application, Attachment
from candidates.resumes.kinds import MAX_BYTES
from requisitions.actions.form import add_question
from requisitions.models import Question
from tests.boards.conftest import KEY, ROOT
from tests.boards.sending import SAMMY, send
from tests.candidates.conftest import API, signed_in
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply
from tests.factories.requisitions import Role

PDF = b"%PDF-1.7\nBridges"
ANA = {"name": "Ana", "email": "ana@mail.example", "consent": "true"}


@pytest.fixture
def question(role: Role, by: Actor) -> Question:
    said = {"kind": "file", "label": "Your portfolio", "is_required": True}
    return add_question(role.requisition, **said, by=by)


def upload(name: str = "../work.pdf", data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or PDF, "text/html")


def test_the_file_is_kept_with_its_question_and_its_name_is_the_answer(
    role: Role, question: Question
) -> None:
    given = {str(question.public_id): FileIn("../work.pdf", PDF)}
    application = apply(role, answers=given)
    (answer,) = application.submitted["answers"]
    held = Attachment.objects.get()
    assert (answer["label"], answer["value"]) == ("Your portfolio", "work.pdf")
    assert answer["sha256"] == held.sha256
    assert (held.purpose, held.question, held.application) == ("answer", question, application)
    assert held.content_type == "application/pdf"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, "still needs an answer"),
        ("work.pdf", "choose a file"),
        ({"name": "work.pdf"}, "choose a file"),
        (FileIn("a.pdf", b""), "is empty"),
        (FileIn("a.pdf", b"x" * (MAX_BYTES + 1)), "10 MiB"),
    ],
    ids=range(5),
)
def test_what_is_no_file_is_refused(role: Role, question: Question, given: Any, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        apply(role, answers={str(question.public_id): given})
    assert not Application.objects.exists()


def test_a_file_answers_no_other_question(role: Role, question: Question, by: Actor) -> None:
    other = add_question(role.requisition, kind="short_text", label="Why?", by=by)
    file = FileIn("a.pdf", b"x")
    with pytest.raises(Invalid, match="Why"):
        apply(role, answers={str(question.public_id): file, str(other.public_id): file})


def test_the_page_takes_it(role: Role, question: Question) -> None:
    client, path = Client(), f"/jobs/{role.posting.public_id}/apply"
    page = client.get(path).content.decode()
    assert f'type="file" name="question-{question.public_id}"' in page
    assert client.post(path, ANA).status_code == 400
    said = ANA | {f"question-{question.public_id}": upload()}
    assert client.post(path, said).status_code == 302
    assert Attachment.objects.get().original_name == "work.pdf"


def test_the_api_takes_it_in_a_part_of_its_own(role: Role, question: Question, by: Actor) -> None:
    other = add_question(role.requisition, kind="short_text", label="Why?", by=by)
    path = f"{API}/board/postings/{role.posting.public_id}/applications"
    part = f"file:{question.public_id}"
    said = ANA | {"answers": json.dumps({str(other.public_id): "Bridges"})}
    for wrong in ({}, {part: "text"}, {"file:nobody": upload()}):
        answer = Client().post(path, said | wrong)
        assert [each["pointer"] for each in answer.json()["errors"]] == ["/answers"], wrong
    assert Client().post(path, said | {part: upload()}).status_code == 201
    answers = Application.objects.get().submitted["answers"]
    assert [each["value"] for each in answers] == ["work.pdf", "Bridges"]


def test_the_job_board_api_takes_it_as_an_upload_and_in_base64(
    role: Role, question: Question, settings: Any
) -> None:
    settings.BOARD_API_KEY = KEY
    name = f"question_{question.board_number}"
    asked = Client().get(f"{ROOT}/jobs/{role.posting.board_number}?questions=true").json()
    (field,) = asked["questions"][-1]["fields"]
    assert (field["name"], field["type"]) == (name, "input_file")
    assert send(role, SAMMY).json()["error"].endswith("“Your portfolio” still needs an answer.")
    assert send(role, SAMMY | {name: upload()}, kind="multipart").status_code == 200
    coded = base64.b64encode(b"words").decode()
    other = SAMMY | {"email": "other@example.com"}
    other |= {f"{name}_content": coded, f"{name}_content_filename": "words.txt"}
    assert send(role, other).status_code == 200
    names = Attachment.objects.order_by("pk").values_list("original_name", flat=True)
    assert list(names) == ["work.pdf", "words.txt"]


def test_the_team_alone_reads_it(role: Role, question: Question) -> None:
    apply(role, answers={str(question.public_id): FileIn("a.html", b"<script>")})
    application, client = Application.objects.get(), signed_in(role.recruiter)
    said = client.get(f"{API}/applications/{application.public_id}").json()
    (held,) = said["attachments"]
    assert (held["purpose"], held["question"]) == ("answer", str(question.public_id))
    file = client.get(held["url"])
    assert b"".join(file.streaming_content) == b"<script>"
    assert file["Content-Disposition"].startswith("attachment")
    assert file["X-Content-Type-Options"] == "nosniff"
    assert "Your portfolio" in client.get(url_of(application)).content.decode()
    assert signed_in(UserFactory()).get(held["url"]).status_code == 404

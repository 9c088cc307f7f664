"""The public door."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from ats.events.actors import Actor
from ats.events.models import Event
from ats.outbox.models import Delivery
from candidates.actions.application import reject_application
from candidates.actions.files import inert
from candidates.models import Application, Candidate, EmailAddress, Resume, StageVisit
from requisitions.actions.posting import unpublish_posting
from requisitions.models import Question
from tests.candidates.conftest import settle
from tests.candidates.resumes.pdfs import text_pdf as pdf
from tests.candidates.resumes.test_limits import EXE, bomb
from tests.factories.candidates import apply, rejection_reason
from tests.factories.requisitions import Role, open_requisition

NAMES = [
    "Björk",
    "María José Carreño Quiñones",
    "毛泽东",
    "नरेन्द्र दामोदरदास मोदी",
    "محمد بن سلمان",
    "O’Brien <script>alert(1)</script>",
    "=HYPERLINK(1)",
    "X" * 400,
]


def door(role: Role) -> str:
    return f"/api/v1/board/postings/{role.posting.public_id}/applications"


def send(role: Role, **said: Any) -> Any:
    body = {"name": "Ana Ruiz", "email": "ana@mail.example", "consent": True, **said}
    kind = "multipart" if any(hasattr(value, "read") for value in body.values()) else "json"
    return APIClient().post(door(role), body, format=kind)


def told(answer: Any) -> tuple[int, bytes, dict[str, str]]:
    """All that a stranger is told, but for the number of the request itself."""
    headers = {name: value for name, value in answer.headers.items() if name != "X-Request-Id"}
    return answer.status_code, answer.content, headers


def test_an_application_arrives_whole(role: Role, files: Path) -> None:
    question = Question.objects.create(
        requisition=role.requisition, kind="yes_no", label="May you work here?", position=1
    )
    given = SimpleUploadedFile("../../etc/ana.pdf", pdf("GPU clusters"), "text/html")
    answers = f'{{"{question.public_id}": true}}'
    answer = send(role, phone="+1 206 555 0100", resume=given, answers=answers)
    assert (answer.status_code, answer.json()["status"]) == (201, "received")
    application = Application.objects.get()
    assert application.candidate.name == "Ana Ruiz"
    assert application.candidate.emails.get().address == "ana@mail.example"
    assert application.candidate.phones.get().number == "+1 206 555 0100"
    assert application.stage == role.stage("applied")
    assert application.source.kind == "careers_site"
    assert application.visits.get().stage == application.stage
    assert application.submitted == {
        "name": "Ana Ruiz",
        "email": "ana@mail.example",
        "phone": "+1 206 555 0100",
        "answers": [
            {"question": str(question.public_id), "label": "May you work here?", "value": True}
        ],
        "consent": {"given": True, "at": application.applied_at.isoformat()},
        "resume": {"name": "ana.pdf", "sha256": application.resumes.get().sha256},
    }
    (event,) = Event.objects.filter(verb="application.submitted")
    assert event.actor_kind == "public"
    assert [file.name for file in files.iterdir()] == [
        Path(application.resumes.get().file.name).name
    ]
    assert "ana" not in application.resumes.get().file.name
    settle()
    resume = Resume.objects.get()
    assert (resume.status, resume.text) == ("read", "GPU clusters")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\resumes\\ana.pdf", "ana.pdf"),
        ("ana\r\nSet-Cookie: a.pdf", "anaSet-Cookie: a.pdf"),
        ("\x00\u202e", "resume"),
        ("履歴書.pdf", "履歴書.pdf"),
        ("a" * 400 + ".pdf", "a" * 296 + ".pdf"),
    ],
)
def test_the_name_of_a_file_is_inert(given: str, kept: str) -> None:
    assert inert(given) == kept


def test_the_candidate_and_the_recruiters_are_written_to(role: Role) -> None:
    apply(role, name="Zoë", email="zoe@mail.example")
    settle()
    letters = Delivery.objects.filter(letter__startswith="candidates/")
    assert set(letters.values_list("letter", "to_address", "may_repeat")) == {
        ("candidates/received", "zoe@mail.example", True),
        ("candidates/new_application", role.recruiter.email, True),
    }


def test_applying_twice_changes_nothing_and_tells_nothing(role: Role) -> None:
    first = send(role)
    before = counts()
    for address in ("ana@mail.example", "ANA@Mail.Example"):
        again = send(role, name="Somebody Else", email=address, phone="+49 30 1")
        assert told(again) == told(first)
    assert counts() == before
    assert Candidate.objects.get().name == "Ana Ruiz"


def counts() -> list[int]:
    models = (Application, Candidate, EmailAddress, StageVisit, Event, Resume)
    return [model.objects.count() for model in models]


def test_a_stranger_cannot_tell_who_was_rejected(role: Role, by: Actor) -> None:
    first = send(role)
    reject_application(Application.objects.get(), reason=rejection_reason(), by=by)
    before = counts()
    assert told(send(role)) == told(first)
    assert counts() == before


def test_bad_input_is_answered_alike_whoever_it_is_about(role: Role) -> None:
    apply(role, email="ana@mail.example")
    for said in ({"consent": False}, {"answers": {"x": 1}}, {"name": ""}):
        known = send(role, email="ana@mail.example", **said)
        unknown = send(role, email="nobody@mail.example", **said)
        assert known.status_code == 400
        assert told(known) == told(unknown)


def test_months_later_it_is_a_new_application(role: Role, by: Actor, advance: Any) -> None:
    first = apply(role, email="ana@mail.example")
    reject_application(first, reason=rejection_reason(), by=by)
    advance(timedelta(days=91))
    second = apply(role, email="ana@mail.example")
    assert second.pk != first.pk
    assert second.candidate == first.candidate


def test_one_person_may_apply_for_two_roles(role: Role) -> None:
    other = open_requisition()
    first, second = (apply(each, email="ana@mail.example") for each in (role, other))
    assert first.candidate == second.candidate
    assert first.pk != second.pk


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_any_script_passes_unharmed(role: Role, name: str) -> None:
    assert send(role, name=name).status_code == 201
    assert Candidate.objects.get().name == name
    settle()
    letter = Delivery.objects.get(letter="candidates/received")
    assert f"Hello {name}," in letter.body


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"name": "X" * 401}, "/name"),
        ({"name": "   "}, "/name"),
        ({"name": "A\x1b[31m"}, "/name"),
        ({"email": "no address"}, "/email"),
        ({"email": "a@b"}, "/email"),
        ({"email": "a@x.example\nBcc: all@x.example"}, "/email"),
        ({"email": "x" * 250 + "@mail.example"}, "/email"),
        ({"phone": "1" * 41}, "/phone"),
        ({"consent": False}, "/consent"),
        ({"answers": {"nothing": "asked"}}, "/answers"),
        ({"answers": [1]}, "/answers"),
        ({"nmae": "x"}, "/nmae"),
        ({"resume": SimpleUploadedFile("empty.pdf", b"")}, "/resume"),
    ],
)
def test_bad_input_is_named(role: Role, said: dict[str, Any], pointer: str) -> None:
    for value in said.values():
        if hasattr(value, "seek"):
            value.seek(0)
    answer = send(role, **said)
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert Candidate.objects.count() == 0


def test_nul_is_refused_in_json_and_in_forms(role: Role) -> None:
    assert send(role, name="A\x00B").status_code == 400
    file = SimpleUploadedFile("a.txt", b"x")
    assert send(role, name="A\x00B", resume=file).status_code == 400
    assert Candidate.objects.count() == 0


def test_eleven_megabytes_are_refused_and_nothing_is_kept(role: Role, files: Path) -> None:
    big = SimpleUploadedFile("big.pdf", b"%PDF-" + bytes(11 * 1024 * 1024))
    answer = send(role, resume=big)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/resume"
    huge = SimpleUploadedFile("huge.pdf", bytes(13 * 1024 * 1024))
    assert send(role, resume=huge).status_code == 413
    assert (Candidate.objects.count(), files.exists()) == (0, False)


@pytest.mark.parametrize(
    ("name", "data"),
    [("resume.pdf", EXE), ("resume.docx", bomb()), ("resume.pdf", b"%PDF-1.7 but no more")],
    ids=["program", "bomb", "broken"],
)
def test_a_resume_that_lies_is_kept_and_marked(role: Role, name: str, data: bytes) -> None:
    assert send(role, resume=SimpleUploadedFile(name, data)).status_code == 201
    settle()
    resume = Resume.objects.get()
    assert (resume.status, resume.text, resume.original_name) == ("not_read", "", name)
    assert Path(resume.file.path).read_bytes() == data
    assert Application.objects.count() == 1


def test_a_file_without_text_says_so(role: Role) -> None:
    send(role, resume=SimpleUploadedFile("scan.pdf", pdf("")))
    settle()
    assert Resume.objects.get().status == "no_text"


def test_a_job_that_closed_meanwhile_says_so(role: Role, by: Actor) -> None:
    unpublish_posting(role.posting, by=by)
    answer = send(role)
    assert answer.status_code == 409
    assert answer.json()["detail"].startswith("This job no longer takes applications.")
    assert Candidate.objects.count() == 0


def test_a_job_that_never_was_is_not_found(role: Role) -> None:
    draft = open_requisition(publish=False).posting
    path = "/api/v1/board/postings/{}/applications"
    body = {"name": "A", "email": "a@mail.example", "consent": True}
    hidden = [
        APIClient().post(path.format(id_), body)
        for id_ in (draft.public_id, "0197a000-0000-7000-8000-000000000000", "x")
    ]
    assert {answer.status_code for answer in hidden} == {404}
    assert len({answer.json()["detail"] for answer in hidden}) == 1


def test_required_questions_are_asked(role: Role) -> None:
    question = Question.objects.create(
        requisition=role.requisition,
        kind="single",
        label="Which office?",
        options=["Redmond", "Berlin"],
        is_required=True,
        position=1,
    )
    for value in (None, "", "Paris", ["Berlin"]):
        answer = send(role, answers={str(question.public_id): value})
        assert answer.status_code == 400
        assert "Which office?" in answer.json()["errors"][0]["detail"]
    assert send(role, answers={str(question.public_id): "Berlin"}).status_code == 201


def test_a_key_sent_twice_happens_once(role: Role) -> None:
    client = APIClient()
    body = {"name": "Ana", "email": "ana@mail.example", "consent": True}
    first, second = (
        client.post(door(role), body, headers={"Idempotency-Key": "abc"}) for _ in range(2)
    )
    assert first.content == second.content
    assert second["Idempotency-Replayed"] == "true"


def test_a_person_who_wants_no_letters_gets_none(role: Role, by: Actor) -> None:
    application = apply(role)
    Candidate.objects.update(do_not_contact=True)
    settle()
    reject_application(application, reason=rejection_reason(), letter="now", by=by)
    assert not Delivery.objects.filter(recipient_id=application.candidate.public_id).exists()

"""Answers that the form marks are shown to a person, who decides; nobody is rejected by them."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from ats.admin.base import url_of
from ats.errors import Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates.actions.application import move_application
from requisitions.actions.form import add_question, edit_question
from requisitions.actions.template import clone_requisition
from requisitions.models import Question
from tests.candidates.conftest import API, settle, signed_in
from tests.factories.candidates import apply
from tests.factories.requisitions import Role


def asked(role: Role, by: Actor) -> dict[str, Question]:
    form = {
        "visa": {"kind": "yes_no", "label": "May you work here?", "knock_out": ["no"]},
        "city": {"kind": "single", "options": ["Rome", "Oslo"], "knock_out": ["Oslo"]},
        "tools": {"kind": "multiple", "options": ["A", "B", "C"], "knock_out": ["A", "C"]},
        "site": {"kind": "url"},
    }
    return {
        name: add_question(role.requisition, **{"label": name, **said}, by=by)
        for name, said in form.items()
    }


@pytest.mark.parametrize(
    ("answers", "because"),
    [
        ({}, ""),
        ({"visa": "yes", "city": "Rome", "tools": ["B"], "site": "https://a.example"}, ""),
        ({"visa": "no"}, "An answer to look at. “May you work here?”: no"),
        ({"visa": False}, "An answer to look at. “May you work here?”: no"),
        ({"visa": True, "city": "Oslo"}, "An answer to look at. “city”: Oslo"),
        (
            {"city": "Oslo", "tools": ["C", "B", "A"]},
            "An answer to look at. “city”: Oslo; “tools”: A, C",
        ),
    ],
)
def test_a_marked_answer_is_shown_to_a_person(
    role: Role, by: Actor, answers: dict[str, Any], because: str
) -> None:
    questions = asked(role, by)
    given = {str(questions[name].public_id): value for name, value in answers.items()}
    application = apply(role, answers=given)
    settle()
    application.refresh_from_db()
    assert (application.status, application.needs_attention) == ("active", because)


def test_whoever_was_moved_on_already_is_not_marked_again(role: Role, by: Actor) -> None:
    visa = asked(role, by)["visa"]
    application = apply(role, answers={str(visa.public_id): "no"})
    move_application(application, stage=role.stage("screen"), by=by)
    settle()
    record("application.submitted", application, application.candidate, by=by,
           posting=role.posting, source=application.source)  # fmt: skip
    settle()
    application.refresh_from_db()
    assert application.needs_attention == ""


def test_only_answers_that_can_be_chosen_are_marked(role: Role, by: Actor) -> None:
    wrong: list[dict[str, Any]] = [
        {"kind": "yes_no", "knock_out": ["maybe"]},
        {"kind": "short_text", "knock_out": ["no"]},
        {"kind": "single", "options": ["A", "B"], "knock_out": ["a"]},
    ]
    for said in wrong:
        with pytest.raises(Invalid) as refusal:
            add_question(role.requisition, label="Q", **said, by=by)
        assert refusal.value.field == "knock_out"
    question = asked(role, by)["city"]
    with pytest.raises(Invalid, match="“Oslo” is not one of the answers"):
        edit_question(question, options=["Rome", "Bern"], by=by)
    edit_question(question, options=["Rome", "Bern"], knock_out=["Bern"], by=by)
    with (
        pytest.raises(IntegrityError, match="only_chosen_answers_are_marked"),
        transaction.atomic(),
    ):
        Question.objects.filter(kind="url").update(knock_out=["x"])


def test_a_copy_of_the_role_marks_the_same_answers(role: Role, by: Actor) -> None:
    asked(role, by)
    copy = clone_requisition(role.requisition, by=by)
    assert [each.knock_out for each in copy.questions.asked()] == [["no"], ["Oslo"], ["A", "C"], []]


def test_the_team_reads_the_marks_and_applicants_do_not(role: Role, by: Actor) -> None:
    asked(role, by)
    form = f"{API}/requisitions/{role.requisition.public_id}/form"
    questions = signed_in(role.recruiter).get(form).json()["questions"]
    assert [each["knock_out"] for each in questions] == [["no"], ["Oslo"], ["A", "C"], []]
    page = signed_in(role.recruiter).get(url_of(role.requisition)).content.decode()
    assert "(to look at: A, C)" in page
    pages = (
        f"{API}/board/postings/{role.posting.public_id}",
        f"/jobs/{role.posting.public_id}/apply",
        f"/v1/boards/northlightresearch/jobs/{role.posting.board_number}?questions=true",
    )
    for path in pages:
        text = Client().get(path).content.decode()
        assert "May you work here?" in text
        assert "knock_out" not in text
        assert "to look at" not in text


def test_the_marks_are_set_by_api_and_in_the_console(role: Role) -> None:
    client = signed_in(role.recruiter)
    body = {"requisition": str(role.requisition.public_id), "kind": "yes_no", "label": "Here?"}
    made = client.post(f"{API}/questions", body | {"knock_out": ["no"]})
    assert (made.status_code, made.json()["knock_out"]) == (201, ["no"])
    wrong = client.post(f"{API}/questions", body | {"knock_out": ["never"]})
    assert wrong.json()["errors"][0]["pointer"] == "/knock_out"
    question = Question.objects.get()
    edit = url_of(question, "do", verb="edit_question")
    typed = {"label": "Here?", "options": "", "knock_out": "yes\r\n no \r\n"}
    assert client.post(edit, typed, format="multipart").status_code == 302
    question.refresh_from_db()
    assert question.knock_out == ["yes", "no"]

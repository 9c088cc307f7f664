"""The application form, as a browser without JavaScript uses it."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ats.events.actors import Actor
from candidates.models import Application, Candidate
from requisitions.actions.posting import unpublish_posting
from requisitions.models import Question
from tests.candidates.resumes.pdfs import text_pdf as pdf
from tests.factories.requisitions import Role, open_requisition


class Browser:
    def __init__(self, role: Role) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.path = f"/jobs/{role.posting.public_id}/apply"

    def send(self, **said: Any) -> Any:
        page = self.client.get(self.path).content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        form = {"name": "Ana", "email": "ana@mail.example", "consent": "on", **said}
        form = {name: value for name, value in form.items() if value is not None}
        return self.client.post(
            self.path, form | {"csrfmiddlewaretoken": token[1] if token else ""}
        )


@pytest.fixture
def browser(role: Role) -> Browser:
    return Browser(role)


def test_the_form_takes_an_application(role: Role, browser: Browser) -> None:
    questions = [
        Question.objects.create(
            requisition=role.requisition, kind=kind, label=kind, position=n, options=options
        )
        for n, (kind, options) in enumerate(
            [("yes_no", []), ("multiple", ["A", "B"]), ("single", ["A"]), ("long_text", []),
             ("number", []), ("date", []), ("url", []), ("short_text", [])]
        )
    ]  # fmt: skip
    values = ["yes", ["A", "B"], "A", "Some\nlines", "3", "2026-12-31", "https://x.example", "Hi"]
    given = {f"question-{q.public_id}": v for q, v in zip(questions, values, strict=True)}
    answer = browser.send(**given, resume=SimpleUploadedFile("a.pdf", pdf("GPU")))
    assert (answer.status_code, answer["Location"]) == (
        302,
        browser.path.replace("apply", "applied"),
    )
    assert b"has arrived" in browser.client.get(answer["Location"]).content
    application = Application.objects.get()
    said = [row["value"] for row in application.submitted["answers"]]
    assert said == values
    assert application.resumes.get().original_name == "a.pdf"


def test_what_was_typed_is_kept_beside_the_error(browser: Browser) -> None:
    answer = browser.send(name='Ana "the <b>"', email="no address", consent=None)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="Ana &quot;the &lt;b&gt;&quot;"' in text
    assert 'value="no address"' in text
    assert "This is no e-mail address" in text
    assert "if you agree to it" in text
    assert Candidate.objects.count() == 0


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": ""}, "Tell us your name."),
        ({"name": "x" * 401}, "at most 400"),
        ({"name": "A\x00"}, "Null characters"),
        ({"resume": SimpleUploadedFile("a.pdf", b"")}, "This file is empty."),
        (
            {"resume": SimpleUploadedFile("a.pdf", bytes(10 * 1024 * 1024 + 1))},
            "larger than 10 MiB",
        ),
    ],
)
def test_each_error_is_a_sentence(browser: Browser, said: dict[str, Any], sentence: str) -> None:
    answer = browser.send(**said)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert Candidate.objects.count() == 0


def test_far_too_much_is_refused_unread(browser: Browser) -> None:
    answer = browser.send(resume=SimpleUploadedFile("a.pdf", bytes(13 * 1024 * 1024)))
    assert answer.status_code == 413
    assert b"more than 12 MiB" in answer.content


def test_the_form_is_fenced_against_forgery(browser: Browser) -> None:
    form = {"name": "Ana", "email": "ana@mail.example", "consent": "on"}
    assert browser.client.post(browser.path, form).status_code == 403
    assert Candidate.objects.count() == 0


def test_applying_twice_looks_the_same(browser: Browser) -> None:
    first, second = browser.send(), browser.send(name="Somebody else")
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert Application.objects.count() == 1


def test_a_closed_job_takes_nobody(role: Role, browser: Browser, by: Actor) -> None:
    page = browser.client.get(browser.path).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    unpublish_posting(role.posting, by=by)
    form = {"name": "Ana", "email": "ana@mail.example", "consent": "on"}
    late = browser.client.post(browser.path, form | {"csrfmiddlewaretoken": token[1]})
    assert late.status_code == 409
    assert b"no longer takes applications" in late.content
    assert b'value="ana@mail.example"' in late.content
    closed = browser.client.get(browser.path, follow=True)
    assert closed.status_code == 410


def test_a_job_that_never_was_is_not_found(role: Role) -> None:
    hidden = open_requisition(publish=False).posting.public_id
    for id_ in (hidden, "0197a000-0000-7000-8000-000000000000"):
        for page in ("apply", "applied"):
            assert Client().get(f"/jobs/{id_}/{page}").status_code == 404

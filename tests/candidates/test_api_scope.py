"""Who sees what of an application, and who may act on it."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.events.actors import Actor
from candidates.actions.access import share_application
from candidates.actions.application import reject_application
from candidates.actions.files import FileIn
from candidates.actions.note import add_note
from candidates.enums import Because
from candidates.models import Application, Resume
from requisitions.models import Requisition
from tests.candidates.conftest import API, at, settle, signed_in
from tests.factories.candidates import apply, draft, rejection_reason, sent
from tests.factories.requisitions import Role, open_requisition

Count = Callable[[Callable[[], Any]], int]


def shared_with(application: Application, user: User, by: Actor) -> None:
    share_application(
        application,
        user=user,
        because=Because.INTERVIEW,
        cause_id=application.public_id,
        by=by,
    )


VERBS = {
    "move": {"recruiter", "manager", "admin"},
    "reject": {"recruiter", "manager", "admin"},
    "take_back_letter": {"recruiter", "manager", "admin"},
    "reactivate": {"recruiter", "manager", "admin"},
    "withdraw": {"recruiter", "coordinator", "admin"},
    "hire": {"recruiter", "admin"},
    "undo_hire": {"recruiter", "admin"},
    "notes": {"recruiter", "manager", "coordinator", "interviewer", "admin"},
}


@pytest.mark.parametrize("verb", VERBS)
def test_who_may_act(role: Role, by: Actor, people: dict[str, User], verb: str) -> None:
    """Not found for who may not see, forbidden for who may not act, else anything but these."""
    application = apply(role)
    shared_with(application, people["interviewer"], by)
    answers = {
        name: signed_in(user).post(at(application, "applications", f"/{verb}"), {}).status_code
        for name, user in people.items()
    }
    assert answers.pop("outsider") == 404
    assert {name for name, status in answers.items() if status != 403} == VERBS[verb]
    assert 404 not in answers.values()


def status_of(user: User, path: str) -> int:
    answer = signed_in(user).get(path)
    b"".join(getattr(answer, "streaming_content", []))
    return int(answer.status_code)


def test_who_sees_what(role: Role, by: Actor, people: dict[str, User]) -> None:
    application = apply(role, resume=FileIn("a.txt", b"hello"))
    shared_with(application, people["interviewer"], by)
    offer = draft(application, role)
    add_note(application, body="For the team.", by=by)
    add_note(application, body="For me.", visibility="private", by=by)
    resume = application.resumes.get()
    team = {"recruiter", "manager", "coordinator", "admin"}
    seen = {
        at(application, "applications"): {*team, "interviewer"},
        at(application, "history"): {*team, "interviewer"},
        at(application.candidate, "candidates"): {*team, "interviewer"},
        at(application.candidate, "history"): {*team, "interviewer"},
        at(resume, "resumes", "/file"): {*team, "interviewer"},
        at(offer, "offers"): team - {"coordinator"},
        at(offer, "history"): team - {"coordinator"},
    }
    for path, readers in seen.items():
        statuses = {name: status_of(user, path) for name, user in people.items()}
        assert {name for name, status in statuses.items() if status == 200} == readers, path
        assert set(statuses.values()) == {200, 404}, path
    letters = {
        name: signed_in(user).get(at(application, "applications", "/letters")).status_code
        for name, user in people.items()
    }
    assert letters == {**dict.fromkeys(team, 200), "interviewer": 403, "outsider": 404}
    notes = {
        name: [row["body"] for row in signed_in(user).get(f"{API}/notes").json()["results"]]
        for name, user in people.items()
    }
    assert notes == {
        **{name: ["For the team."] for name in team},
        "recruiter": ["For the team.", "For me."],
        "interviewer": [],
        "outsider": [],
    }


def test_what_is_invisible_looks_like_what_never_was(role: Role, people: dict[str, User]) -> None:
    client, application = signed_in(people["outsider"]), apply(role)
    offer = draft(application, role)
    never = "0197a000-0000-7000-8000-000000000000"
    for noun, row in (("applications", application), ("offers", offer)):
        hidden, unknown = client.get(at(row, noun)), client.get(f"{API}/{noun}/{never}")
        assert hidden.status_code == unknown.status_code == 404
        assert {**hidden.json(), "instance": ""} == {**unknown.json(), "instance": ""}


def test_who_only_interviews_reads_no_verdict(
    role: Role, by: Actor, people: dict[str, User]
) -> None:
    application = apply(role)
    shared_with(application, people["interviewer"], by)
    reject_application(application, reason=rejection_reason(), note="Too slow.", by=by)
    seen = signed_in(people["interviewer"]).get(at(application, "applications"))
    assert (seen.json()["rejection_reason"], seen.json()["rejection_note"]) == (None, "")
    assert "Too slow" not in seen.content.decode()


def test_a_confidential_requisition_stays_so(role: Role, people: dict[str, User]) -> None:
    application = apply(role)
    Requisition.objects.update(is_confidential=True)
    client = signed_in(people["admin"])
    assert client.get(at(application, "applications")).status_code == 404
    assert client.get(f"{API}/applications").json()["results"] == []


def test_a_candidate_shows_only_visible_applications(role: Role, recruiter: APIClient) -> None:
    mine = apply(role, email="ana@mail.example", phone="+49 30 1")
    apply(open_requisition(), email="ana@mail.example")
    seen = recruiter.get(at(mine.candidate, "candidates")).json()
    assert [row["id"] for row in seen["applications"]] == [str(mine.public_id)]
    assert [row["address"] for row in seen["emails"]] == ["ana@mail.example"]
    assert [row["number"] for row in seen["phones"]] == ["+49 30 1"]


def test_a_resume_leaves_as_a_harmless_attachment(role: Role, recruiter: APIClient) -> None:
    html = b"<script>alert(1)</script>"
    application = apply(role, resume=FileIn('a"b.html', html))
    answer = recruiter.get(at(application.resumes.get(), "resumes", "/file"))
    assert b"".join(answer.streaming_content) == html
    assert answer["Content-Disposition"] == 'attachment; filename="a\\"b.html"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "no-store"


def test_a_lost_file_is_not_found(role: Role, recruiter: APIClient) -> None:
    resume = apply(role, resume=FileIn("a.txt", b"x")).resumes.get()
    resume.file.storage.delete(resume.file.name)
    assert recruiter.get(at(resume, "resumes", "/file")).status_code == 404
    settle()
    assert Resume.objects.get().status == "not_read"


def test_letters_hide_the_candidates_own_link(role: Role, people: dict[str, User]) -> None:
    application = apply(role)
    sent(application, role)
    settle()
    path = at(application, "applications", "/letters")
    found = signed_in(people["recruiter"]).get(path).json()["results"]
    assert [row["letter"] for row in found] == ["candidates/offer", "candidates/received"]
    assert "/offers/(the candidate's own link)" in found[0]["body"]
    theirs = signed_in(people["coordinator"]).get(path).json()["results"]
    assert [row["letter"] for row in theirs] == ["candidates/received"]

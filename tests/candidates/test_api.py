"""The team's endpoints, and who sees what."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.events.actors import Actor
from candidates.actions.access import share_application
from candidates.actions.application import move_application, reject_application
from candidates.actions.files import FileIn
from candidates.actions.note import add_note
from candidates.enums import Because
from candidates.models import Application, Note, Offer, Resume
from requisitions.models import Requisition
from tests.candidates.conftest import settle, signed_in
from tests.candidates.test_resumes import pdf
from tests.factories.ats import UserFactory
from tests.factories.candidates import accepted, apply, draft, rejection_reason, sent
from tests.factories.requisitions import Role, open_requisition

API = "/api/v1"
Count = Callable[[Callable[[], Any]], int]


def at(row: Any, noun: str, verb: str = "") -> str:
    return f"{API}/{noun}/{row.public_id}{verb}"


@pytest.fixture
def people(role: Role) -> dict[str, User]:
    coordinator = role.requisition.team.get(role="coordinator").user
    return {
        "recruiter": role.recruiter,
        "manager": role.manager,
        "coordinator": coordinator,
        "interviewer": UserFactory(),
        "admin": UserFactory(is_site_admin=True),
        "outsider": UserFactory(),
    }


def shared_with(application: Application, user: User, by: Actor) -> None:
    share_application(
        application,
        user=user,
        because=Because.INTERVIEW,
        cause_id=application.public_id,
        by=by,
    )


def test_the_list_is_slim_and_narrowed(role: Role, recruiter: APIClient, by: Actor) -> None:
    ana, ben = apply(role, name="Ana"), apply(role, name="Ben")
    apply(open_requisition(), name="Not mine")
    move_application(ben, stage=role.stage("screen"), by=by)
    found = recruiter.get(f"{API}/applications?sort=name").json()["results"]
    assert [row["candidate"]["name"] for row in found] == ["Ana", "Ben"]
    assert set(found[0]) == {
        "id", "candidate", "requisition", "stage", "stage_name", "status", "applied_at",
        "needs_attention",
    }  # fmt: skip
    stage = role.stage("screen").public_id
    narrowed = {
        f"stage={stage}": ["Ben"],
        "status=active": ["Ana", "Ben"],
        "status=hired": [],
        "q=an": ["Ana"],
        f"posting={role.posting.public_id}": ["Ana", "Ben"],
        "needs_attention=true": [],
        f"candidate={ana.candidate.public_id}": ["Ana"],
    }
    for query, names in narrowed.items():
        rows = recruiter.get(f"{API}/applications?sort=name&{query}").json()["results"]
        assert [row["candidate"]["name"] for row in rows] == names
    assert recruiter.get(f"{API}/applications?stgae={stage}").status_code == 400


def test_an_application_says_what_is_possible(role: Role, recruiter: APIClient) -> None:
    application = apply(role, resume=FileIn("a.pdf", pdf("GPU")))
    seen = recruiter.get(at(application, "applications")).json()
    assert seen["possible"] == ["hire", "move", "reject", "withdraw"]
    assert seen["blockers"] == {
        "hire": ["There is no accepted offer: send one and wait for the answer."]
    }
    assert seen["stage"] == str(role.stage("applied").public_id)
    assert (seen["resume"]["status"], seen["resume"]["original_name"]) == ("waiting", "a.pdf")
    assert [visit["stage"]["name"] for visit in seen["visits"]] == ["Applied"]
    assert seen["submitted"]["email"] == application.candidate.emails.get().address


def test_a_walk_through_the_verbs(role: Role, recruiter: APIClient) -> None:
    application = apply(role)
    path = at(application, "applications")
    reason = str(rejection_reason().public_id)
    move = {
        "stage": str(role.stage("screen").public_id),
        "from_stage": str(role.stages["applied"].public_id),
    }
    assert recruiter.post(f"{path}/move", move).json()["stage_name"] == role.stage("screen").name
    late = recruiter.post(f"{path}/move", move)
    assert (late.status_code, late.json()["type"]) == (
        409,
        "urn:problem-type:evenhand:moved_meanwhile",
    )
    rejected = recruiter.post(f"{path}/reject", {"reason": reason, "note": "x"}).json()
    assert (rejected["status"], rejected["rejection_note"]) == ("rejected", "x")
    twice = recruiter.post(f"{path}/reject", {"reason": reason})
    assert twice.status_code == 409
    assert twice.json()["possible"] == ["reactivate"]
    letter = recruiter.get(f"{path}/letters").json()["results"]
    assert [(row["state"], row["letter"]) for row in letter] == [("queued", "candidates/rejection")]
    assert recruiter.post(f"{path}/take_back_letter").status_code == 200
    assert recruiter.post(f"{path}/take_back_letter").status_code == 409
    assert recruiter.post(f"{path}/reactivate").json()["status"] == "active"
    assert recruiter.post(f"{path}/withdraw", {}).json()["status"] == "withdrawn"
    assert recruiter.post(f"{path}/reactivate").status_code == 200
    hire = recruiter.post(f"{path}/hire")
    assert (hire.status_code, len(hire.json()["blockers"])) == (409, 1)
    accepted(application, role)
    assert recruiter.post(f"{path}/hire").json()["status"] == "hired"
    assert recruiter.post(f"{path}/undo_hire").json()["status"] == "active"


def test_a_stage_of_another_requisition_is_named(role: Role, recruiter: APIClient) -> None:
    mine = open_requisition(recruiter=role.recruiter)
    body = {"stage": str(mine.stage("screen").public_id)}
    answer = recruiter.post(at(apply(role), "applications", "/move"), body)
    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {
            "pointer": "/stage",
            "detail": "This stage belongs to another requisition.",
            "code": "invalid",
        }
    ]


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
    add_note(application, body="For me.", is_private=True, by=by)
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


def test_the_board_shows_where_everybody_stands(
    role: Role, recruiter: APIClient, by: Actor, people: dict[str, User]
) -> None:
    ana, ben, cem = apply(role, name="Ana"), apply(role, name="Ben"), apply(role, name="Cem")
    move_application(ben, stage=role.stage("screen"), by=by)
    reject_application(cem, reason=rejection_reason(), by=by)
    path = at(role.requisition, "requisitions", "/board")
    columns = recruiter.get(path).json()["columns"]
    names = {c["kind"]: [card["name"] for card in c["cards"]] for c in columns}
    assert {kind: cards for kind, cards in names.items() if cards} == {
        "applied": ["Ana"],
        "screen": ["Ben"],
    }
    assert [c["count"] for c in columns][:2] == [1, 1]
    assert columns[0]["cards"][0]["id"] == str(ana.public_id)
    assert signed_in(people["outsider"]).get(path).status_code == 404
    team = {name: signed_in(user).get(path).status_code for name, user in people.items()}
    assert {name for name, status in team.items() if status == 200} == {
        "recruiter",
        "manager",
        "coordinator",
        "admin",
    }


def test_a_full_column_shows_its_first_cards_and_its_count(
    role: Role, recruiter: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("candidates.queries.pipeline.CARDS", 2)
    for name in ("A", "B", "C"):
        apply(role, name=name)
    column = recruiter.get(at(role.requisition, "requisitions", "/board")).json()["columns"][0]
    assert (column["count"], [card["name"] for card in column["cards"]]) == (3, ["A", "B"])


@pytest.mark.parametrize(
    "path",
    ["applications", "candidates", "offers", "notes", "stage-rules", "requisitions/{}/board"],
)
def test_more_rows_take_no_more_queries(
    role: Role, recruiter: APIClient, by: Actor, queries: Count, path: str
) -> None:
    path = f"{API}/{path}".format(role.requisition.public_id)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            application = apply(role, resume=FileIn("a.txt", b"x"))
            draft(application, role)
            add_note(application, body="x", by=by)
        counts.append(queries(lambda: recruiter.get(path)))
    assert counts[0] == counts[1] <= 7


def test_one_application_takes_few_queries(
    role: Role, recruiter: APIClient, by: Actor, queries: Count
) -> None:
    application = apply(role, resume=FileIn("a.txt", b"x"))
    move_application(application, stage=role.stage("debrief"), by=by)
    one = queries(lambda: recruiter.get(at(application, "applications")))
    for stage in ("screen", "interview", "offer"):
        move_application(application, stage=role.stage(stage), by=by)
    assert queries(lambda: recruiter.get(at(application, "applications"))) == one <= 12


def terms(application: Application, role: Role, **changed: Any) -> dict[str, Any]:
    return {
        "application": str(application.public_id),
        "opening": str(role.opening.public_id),
        "pay_amount": "290000.00",
        "pay_currency": "USD",
        "pay_period": "year",
        "start_on": "2027-03-01",
        "expires_at": "2099-02-01T00:00:00Z",
        "letter": "We would be glad.",
        **changed,
    }


def test_an_offer_goes_its_way(role: Role, recruiter: APIClient) -> None:
    application = apply(role)
    made = recruiter.post(f"{API}/offers", terms(application, role))
    assert (made.status_code, made.json()["status"]) == (201, "draft")
    path = made["Location"]
    steps = {"steps": [{"people": [str(role.approver.public_id)], "needed": 1}]}
    assert recruiter.post(f"{path}/submit", steps).json()["status"] == "pending_approval"
    approver = signed_in(role.approver)
    assert approver.get(path).json()["pay_amount"] == "290000.00"
    assert approver.post(f"{path}/return", {"comment": "Too much."}).json()["status"] == "draft"
    recruiter.post(f"{path}/submit", steps)
    assert approver.post(f"{path}/approve", {}).json()["status"] == "approved"
    assert recruiter.post(f"{path}/send").json()["possible"] == ["rescind"]
    assert recruiter.post(f"{path}/rescind").json()["status"] == "rescinded"


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"pay_amount": "0"}, "/pay_amount"),
        ({"pay_amount": "x"}, "/pay_amount"),
        ({"pay_currency": "usd"}, "/pay_currency"),
        ({"pay_period": "eon"}, "/pay_period"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
        ({"opening": "x"}, "/opening"),
        ({"start_on": "soon"}, "/start_on"),
    ],
)
def test_terms_that_cannot_be_meant_are_named(
    role: Role, recruiter: APIClient, changed: dict[str, Any], pointer: str
) -> None:
    answer = recruiter.post(f"{API}/offers", terms(apply(role), role, **changed))
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert Offer.objects.count() == 0


def test_only_recruiters_draft_offers(role: Role, people: dict[str, User]) -> None:
    application = apply(role)
    statuses = {
        name: signed_in(user).post(f"{API}/offers", terms(application, role)).status_code
        for name, user in people.items()
    }
    assert statuses == {
        "recruiter": 201,
        "manager": 403,
        "coordinator": 403,
        "interviewer": 400,
        "admin": 409,
        "outsider": 400,
    }


def test_words_of_the_company_are_there_for_everyone(role: Role, people: dict[str, User]) -> None:
    rejection_reason(name="Skills")
    apply(role)
    client = signed_in(people["outsider"])
    reasons = client.get(f"{API}/rejection-reasons").json()["results"]
    assert {row["kind"] for row in reasons} >= {"we_rejected"}
    assert "Careers site" in {row["name"] for row in client.get(f"{API}/sources").json()["results"]}


def test_a_note_is_kept_as_it_was_written(role: Role, recruiter: APIClient) -> None:
    body = "<b>Strong</b>, but \u202egnol  "
    answer = recruiter.post(at(apply(role), "applications", "/notes"), {"body": body})
    assert answer.status_code == 201
    assert Note.objects.get().body == body.strip()


def test_a_stale_change_is_refused(role: Role, recruiter: APIClient, by: Actor) -> None:
    application = apply(role)
    path = at(application, "applications")
    seen = recruiter.get(path)["ETag"]
    move_application(application, stage=role.stage("screen"), by=by)
    answer = recruiter.post(f"{path}/withdraw", {}, headers={"If-Match": seen})
    assert answer.status_code == 412

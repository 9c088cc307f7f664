"""The team's endpoints."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.events.actors import Actor
from candidates.actions.application import move_application, reject_application
from candidates.actions.files import FileIn
from candidates.actions.note import add_note
from candidates.models import Note
from tests.candidates.conftest import API, at, signed_in
from tests.candidates.resumes.pdfs import text_pdf as pdf
from tests.factories.candidates import accepted, apply, draft, rejection_reason
from tests.factories.requisitions import Role, open_requisition

Count = Callable[[Callable[[], Any]], int]


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
    assert seen["possible"] == ["hire", "move", "reject", "transfer", "withdraw"]
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

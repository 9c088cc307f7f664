from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from ats.accounts.models import User
from requisitions.models import Requisition
from tests.factories.ats import UserFactory
from tests.factories.requisitions import (
    PAY,
    CompetencyFactory,
    DepartmentFactory,
    OfficeFactory,
    approved,
    draft,
    open_requisition,
)

pytestmark = pytest.mark.django_db

LISTING = Path("examples/listings/senior-principal-engineering-manager.txt").read_text()
ROOT = "/api/v1/requisitions"
Client = Callable[[User | None], APIClient]


def test_a_requisition_goes_from_draft_to_board_over_http(rita: User, as_: Client) -> None:
    maria, boss = UserFactory(name="Maria"), UserFactory(name="Boss")
    api = as_(rita)
    competency = CompetencyFactory()
    made = api.post(ROOT, {"title": "Data Engineer", "pay_ranges": [PAY], "locations": ["Berlin"]})
    assert made.status_code == 201, made.data
    url = made["Location"]
    assert made.data["number"] == f"REQ-{made.data['created_at'][:4]}-0001"
    assert made.data["possible"] == ["cancel", "submit"]
    assert made.data["openings"][0]["status"] == "draft"

    member = api.post(f"{url}/team", {"user": str(maria.public_id), "role": "hiring_manager"})
    assert (member.status_code, member.data["user"]["name"]) == (201, "Maria")
    assert len(api.post(f"{url}/attach_pipeline").data["stages"]) == 6
    choices = [
        {
            "competency": str(competency.public_id),
            "weight": "2",
            "weight_reason": "It is the job.",
        }
    ]
    chosen = api.post(f"{url}/choose_competencies", {"choices": choices})
    assert chosen.data["competencies"][0]["name"] == competency.name

    steps = [{"people": [str(boss.public_id)], "needed": 1}]
    assert api.post(f"{url}/submit", {"steps": steps}).data["status"] == "pending_approval"
    theirs = as_(boss)
    waiting = theirs.get("/api/v1/approvals").data["results"]
    assert [row["about"]["facts"][0]["value"] for row in waiting] == ["Data Engineer"]
    done = theirs.post(f"{url}/approve", {"comment": "Go."})
    assert done.status_code == 200, done.data
    assert done.data["status"] == "open"
    assert done.data["openings"][0]["status"] == "open"
    assert theirs.get("/api/v1/approvals").data["results"] == []

    posting = api.post("/api/v1/postings", {"requisition": made.data["id"]})
    assert posting.status_code == 201
    live = api.post(f"{posting['Location']}/publish")
    assert (live.status_code, live.data["status"]) == (200, "published")
    board = as_(None).get(f"/api/v1/board/postings/{live.data['id']}")
    assert board.data["schema_org"]["@type"] == "JobPosting"


def test_returning_says_why_and_a_wrong_answer_changes_nothing(rita: User, as_: Client) -> None:
    boss = UserFactory()
    api, theirs = as_(rita), as_(boss)
    url = f"{ROOT}/{draft(rita).public_id}"
    api.post(f"{url}/submit", {"steps": [{"people": [str(boss.public_id)]}]})
    assert theirs.post(f"{url}/return", {"comment": ""}).status_code == 400
    back = theirs.post(f"{url}/return", {"comment": "Which team?"})
    assert (back.status_code, back.data["status"]) == (200, "draft")
    votes = back.data["approval"]["steps"][0]["votes"]
    assert [vote["comment"] for vote in votes] == ["Which team?"]


def test_only_a_named_approver_decides(rita: User, as_: Client) -> None:
    boss = UserFactory()
    api = as_(rita)
    requisition = draft(rita)
    url = f"{ROOT}/{requisition.public_id}"
    assert api.post(f"{url}/approve").status_code == 409
    api.post(f"{url}/submit", {"steps": [{"people": [str(boss.public_id)]}]})
    assert api.post(f"{url}/approve").status_code == 403
    assert as_(UserFactory()).post(f"{url}/approve").status_code == 404
    assert as_(UserFactory(is_site_admin=True)).post(f"{url}/approve").status_code == 403
    requisition.refresh_from_db()
    assert requisition.status == "pending_approval"


def test_nobody_sees_a_requisition_but_its_people(as_: Client) -> None:
    role, other = open_requisition(), open_requisition(is_confidential=True)
    admin = UserFactory(is_site_admin=True)
    seen = {
        "recruiter": role.recruiter,
        "manager": role.manager,
        "approver": role.approver,
        "admin": admin,
    }
    for person in seen.values():
        rows = as_(person).get(ROOT).data["results"]
        assert [row["id"] for row in rows] == [str(role.requisition.public_id)]
    assert as_(UserFactory()).get(ROOT).data["results"] == []
    hidden = f"{ROOT}/{other.requisition.public_id}"
    nothing = f"{ROOT}/{other.posting.public_id}"
    answers = [as_(admin).get(url) for url in (hidden, nothing)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert as_(None).get(ROOT).status_code == 401


def test_an_approver_sees_and_changes_nothing(as_: Client) -> None:
    role = open_requisition()
    theirs = as_(role.approver)
    url = f"{ROOT}/{role.requisition.public_id}"
    assert theirs.get(url).status_code == 200
    assert theirs.patch(url, {"summary": "Mine"}).status_code == 403
    assert theirs.post(f"{url}/cancel", {"reason": "No"}).status_code == 403


def test_only_recruiters_and_site_admins_start_requisitions(rita: User, as_: Client) -> None:
    for path, body in ((ROOT, {"title": "A"}), (f"{ROOT}/import", {"text": LISTING})):
        assert as_(UserFactory()).post(path, body).status_code == 403
        assert as_(rita).post(path, body).status_code == 201
        assert as_(UserFactory(is_site_admin=True)).post(path, body).status_code == 201


@pytest.mark.parametrize("as_file", [False, True])
def test_a_listing_is_imported_as_text_or_file(rita: User, as_: Client, as_file: bool) -> None:
    if as_file:
        file = SimpleUploadedFile("role.txt", LISTING.encode())
        answer = as_(rita).post(f"{ROOT}/import", {"file": file}, format="multipart")
    else:
        answer = as_(rita).post(f"{ROOT}/import", {"text": LISTING})
    assert answer.status_code == 201, answer.data
    assert answer.data["title"] == "Senior Principal Engineering Manager"
    assert answer["Location"] == f"{ROOT}/{answer.data['id']}"
    assert answer.data["reading"]["unplaced"] == []
    assert len(answer.data["competencies"]) == 10
    assert as_(rita).get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("body", "kind", "status", "word"),
    [
        ({"text": "hello"}, "json", 400, "does not read as a job listing"),
        ({"text": ""}, "json", 400, "blank"),
        ({"txt": LISTING}, "json", 400, "'text'"),
        ({"text": "word " * 400_000}, "json", 400, "at most"),
        ({"text": "a" * 3_000_000}, "json", 413, "larger"),
        ({"file": b""}, "multipart", 400, "empty"),
        ({"file": b"%PDF-1.7 ..."}, "multipart", 400, "PDF"),
        ({"file": b"x" * 5_000_000}, "multipart", 400, "at most"),
    ],
)
def test_what_is_no_listing_is_refused_in_words(
    rita: User, as_: Client, body: Any, kind: str, status: int, word: str
) -> None:
    if "file" in body:
        body = {"file": SimpleUploadedFile("role.txt", body["file"])}
    answer = as_(rita).post(f"{ROOT}/import", body, format=kind)
    assert answer.status_code == status
    assert word in answer.content.decode()
    assert not Requisition.objects.exists()


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"title": "A", "pay_ranges": [PAY | {"maximum": "1"}]}, "/pay_ranges/0/maximum"),
        ({"title": "A", "pay_ranges": [PAY | {"currency": "dollar"}]}, "/pay_ranges/0/currency"),
        ({"title": "A", "offices": ["x"]}, "/offices/0"),
        (
            {"title": "A", "qualifications": [{"is_required": True, "text": "B", "tree": 1}]},
            "/qualifications/0/tree",
        ),
        ({"title": "A", "status": "open"}, "/status"),
        ({"title": ""}, "/title"),
    ],
)
def test_a_bad_field_is_named(rita: User, as_: Client, body: Any, pointer: str) -> None:
    answer = as_(rita).post(ROOT, body)
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.data["errors"]] == [pointer]


def test_editing_changes_what_is_given_and_a_stale_edit_nothing(rita: User, as_: Client) -> None:
    api = as_(rita)
    office, department = OfficeFactory(), DepartmentFactory()
    url = f"{ROOT}/{draft(rita).public_id}"
    tag = api.get(url)["ETag"]
    change = {
        "summary": "New",
        "department": str(department.public_id),
        "offices": [str(office.public_id)],
        "qualifications": [{"is_required": True, "text": "A licence"}],
    }
    edited = api.patch(url, change, headers={"If-Match": tag})
    assert edited.status_code == 200, edited.data
    assert (edited.data["summary"], edited.data["title"]) == ("New", "Data Engineer")
    assert edited.data["qualifications"][0]["tree"] == {"text": "A licence", "kind": "other"}
    assert len(edited.data["pay_ranges"]) == 1
    assert api.patch(url, change, headers={"If-Match": tag}).status_code == 412


def test_a_repeated_create_happens_once(rita: User, as_: Client) -> None:
    api = as_(rita)
    key = {"Idempotency-Key": "create-1-2-3"}
    first = api.post(ROOT, {"title": "Once"}, headers=key)
    again = api.post(ROOT, {"title": "Once"}, headers=key)
    assert first.content == again.content
    assert Requisition.objects.count() == 1


def test_every_verb_of_a_requisition_answers_over_http(rita: User, as_: Client) -> None:
    role = open_requisition(rita)
    api = as_(rita)
    url = f"{ROOT}/{role.requisition.public_id}"
    expected = [
        ("hold", {}, "on_hold"),
        ("resume", {}, "open"),
        ("cancel", {"reason": "Budget"}, "cancelled"),
        ("reopen", {}, "open"),
    ]
    for verb, body, status in expected:
        assert api.post(f"{url}/{verb}", body).data["status"] == status
    refused = api.post(f"{url}/resume")
    assert (refused.status_code, refused.data["possible"]) == (
        409,
        ["cancel", "hold"],
    )


def test_seats_stages_and_team_members_have_their_verbs(rita: User, as_: Client) -> None:
    requisition = draft(rita)
    api, id_ = as_(rita), str(requisition.public_id)
    seat = api.post("/api/v1/openings", {"requisition": id_, "is_backfill": True})
    assert (seat.status_code, seat.data["status"]) == (201, "draft")
    closed = api.post(f"{seat['Location']}/close", {"reason": "One is enough"})
    assert closed.data["status"] == "closed"
    api.post(f"{ROOT}/{id_}/attach_pipeline")
    stage = api.post("/api/v1/stages", {"requisition": id_, "name": "Phone", "kind": "screen"})
    assert stage.status_code == 201, stage.data
    rows = api.get(f"/api/v1/stages?requisition={id_}").data["results"]
    assert [row["name"] for row in rows][:3] == ["Applied", "Recruiter screen", "Phone"]
    assert api.post(f"{stage['Location']}/retire").data["retired_at"]
    rows = api.get(f"/api/v1/stages?requisition={id_}&is_retired=false").data["results"]
    assert len(rows) == 6
    ann = UserFactory()
    body = {"user": str(ann.public_id), "role": "interviewer"}
    member = api.post(f"{ROOT}/{id_}/team", body).data
    assert api.delete(f"/api/v1/team-members/{member['id']}").status_code == 204
    mine = api.get(f"/api/v1/team-members?requisition={id_}").data["results"]
    assert [row["user"]["name"] for row in mine] == ["Rita"]
    assert api.delete(f"/api/v1/team-members/{mine[0]['id']}").status_code == 409


def test_a_requisition_asks_as_often_with_more_of_everything(rita: User, as_: Client) -> None:
    def asked(url: str) -> int:
        api = as_(rita)
        with CaptureQueriesContext(connection) as queries:
            assert api.get(url).status_code == 200
        return len(queries)

    small = open_requisition(rita, competencies=1).requisition
    large = open_requisition(
        rita, competencies=3, openings=3, interviewers=UserFactory.create_batch(3)
    ).requisition
    assert asked(f"{ROOT}/{small.public_id}") == asked(f"{ROOT}/{large.public_id}")


def test_filters_keep_what_they_say_and_unknown_ones_are_refused(rita: User, as_: Client) -> None:
    requisition = approved(draft(rita, title="Data Engineer"))
    draft(rita, title="Nurse")
    api = as_(rita)
    for query in ("q=engineer", "status=open", f"q={requisition.number}"):
        rows = api.get(f"{ROOT}?{query}").data["results"]
        assert [row["id"] for row in rows] == [str(requisition.public_id)]
    assert api.get(f"{ROOT}?stat=open").status_code == 400


def test_history_is_read_by_those_who_see_the_requisition(as_: Client) -> None:
    role = open_requisition()
    for row in (role.requisition, role.posting):
        url = f"/api/v1/history/{row.public_id}"
        verbs = [event["verb"] for event in as_(role.recruiter).get(url).data["results"]]
        assert "posting.published" in verbs
        assert as_(UserFactory()).get(url).status_code == 404


@pytest.mark.parametrize("rows", [{"qualifications": [{}]}, {"pay_ranges": [{"minimum": 1}]}])
def test_a_row_inside_of_a_change_is_whole_or_refused(rows: dict[str, Any]) -> None:
    role = open_requisition()
    client = APIClient()
    client.force_login(role.recruiter)
    answer = client.patch(f"/api/v1/requisitions/{role.requisition.public_id}", rows, format="json")
    assert answer.status_code == 400, answer.content
    codes = {error["code"] for error in answer.json()["errors"]}
    assert codes == {"required"}

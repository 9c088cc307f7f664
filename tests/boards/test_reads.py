"""The job board API as its documentation says, by the shapes of its own examples."""

from html import unescape
from typing import Any
from urllib.robotparser import RobotFileParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ats.events.actors import Actor
from requisitions.actions.form import add_question, retire_question
from requisitions.actions.posting import (
    draft_posting,
    publish_posting,
    republish_posting,
    unpublish_posting,
)
from requisitions.actions.requisition import edit_requisition
from requisitions.api.boards.base import BoardApi
from tests.ats.api.routes import addresses
from tests.boards.conftest import ROOT, TOKEN, Reader
from tests.factories.requisitions import (
    PAY,
    DepartmentFactory,
    OfficeFactory,
    Role,
    draft,
    open_requisition,
)

SLIM = {
    "id",
    "internal_job_id",
    "title",
    "company_name",
    "location",
    "absolute_url",
    "language",
    "requisition_id",
    "first_published",
    "updated_at",
    "metadata",
}
MISSING = 999_999_999


@pytest.fixture
def role(db: Any) -> Role:
    research = DepartmentFactory(name="R & D")
    engineering = DepartmentFactory(name="Engineering", parent=research)
    return open_requisition(
        title="Vault <Designer>",
        department=engineering,
        offices=[OfficeFactory(name="West", city="San Francisco", region="CA")],
        workplace="on_site",
        summary="Build & ship.",
        pay_ranges=[PAY | {"scope": "Bay Area", "minimum": "90000.50", "note": "Plus stock"}],
    )


def number_of(role: Role) -> int:
    return int(role.posting.board_number)


def test_crawlers_may_read_the_board_and_the_careers_pages(board: Reader) -> None:
    rules = RobotFileParser()
    rules.parse(board.client.get("/robots.txt").text.splitlines())
    assert rules.can_fetch("reader", f"http://testserver{ROOT}/jobs")
    assert rules.can_fetch("reader", "http://testserver/")
    assert not rules.can_fetch("reader", "http://testserver/console/")


def test_the_board_has_the_company_s_name(board: Reader) -> None:
    assert board.get() == {"name": "Northlight Research", "content": ""}


def test_a_job_has_what_readers_need(board: Reader, role: Role) -> None:
    said = board.get("/jobs")
    assert said["meta"] == {"total": 1}
    assert said["jobs"] == [
        {
            "id": number_of(role),
            "internal_job_id": role.requisition.board_number,
            "title": "Vault <Designer>",
            "company_name": "Northlight Research",
            "location": {"name": "San Francisco, CA, US"},
            "absolute_url": f"http://testserver/jobs/{role.posting.public_id}",
            "language": "en",
            "requisition_id": role.requisition.number,
            "first_published": role.posting.published_at.isoformat(timespec="seconds"),
            "updated_at": role.posting.published_at.isoformat(timespec="seconds"),
            "metadata": None,
        }
    ]
    assert said["jobs"][0]["updated_at"].endswith("+00:00")


def test_content_is_escaped_once_more_and_brings_departments_and_offices(
    board: Reader, role: Role
) -> None:
    (job,) = board.get("/jobs?content=true")["jobs"]
    assert set(job) == SLIM | {"content", "departments", "offices"}
    assert job["content"].startswith("&lt;p&gt;Build &amp;amp; ship.&lt;/p&gt;")
    assert unescape(job["content"]).startswith("<p>Build &amp; ship.</p>")
    department = role.requisition.department
    assert department is not None
    assert department.parent is not None
    assert job["departments"] == [
        {
            "id": department.board_number,
            "name": "Engineering",
            "parent_id": department.parent.board_number,
            "child_ids": [],
        }
    ]
    office = role.requisition.offices.get()
    assert job["offices"] == [
        {
            "id": office.board_number,
            "name": "West",
            "parent_id": None,
            "child_ids": [],
            "location": "San Francisco, CA, US",
        }
    ]


def test_pay_is_shown_when_asked_for(board: Reader, role: Role) -> None:
    expected = [
        {
            "min_cents": 9_000_050,
            "max_cents": 12_000_000,
            "currency_type": "USD",
            "title": "Bay Area, per year",
            "blurb": "Plus stock",
        }
    ]
    (job,) = board.get("/jobs?pay_transparency=true")["jobs"]
    assert job["pay_input_ranges"] == expected
    one = f"/jobs/{number_of(role)}"
    assert board.get(f"{one}?pay_transparency=true")["pay_input_ranges"] == expected
    assert "pay_input_ranges" not in board.get(one)


def test_one_job_is_whole_and_has_its_form_when_asked_for(board: Reader, role: Role) -> None:
    by = Actor.of(role.recruiter)
    asked = {
        kind: add_question(role.requisition, kind=kind, label=kind, by=by, **more)
        for kind, more in {
            "long_text": {"is_required": True, "description": "In your words"},
            "yes_no": {},
            "single": {"options": ["Red", "Blue"]},
            "multiple": {"options": ["Red", "Blue"]},
            "number": {},
        }.items()
    }
    retire_question(asked.pop("number"), by=by)
    path = f"/jobs/{number_of(role)}"
    plain, whole = board.get(path), board.get(f"{path}?questions=true")
    assert set(plain) == SLIM | {"content", "departments", "offices", "data_compliance"}
    assert set(whole) - set(plain) == {
        "questions",
        "location_questions",
        "compliance",
        "demographic_questions",
    }
    standard, custom = whole["questions"][:6], whole["questions"][6:]
    assert [(each["label"], each["required"]) for each in standard] == [
        ("First Name", True),
        ("Last Name", False),
        ("Email", True),
        ("Phone", False),
        ("Resume/CV", False),
        ("Cover Letter", False),
    ]
    assert [field["type"] for field in standard[4]["fields"]] == ["input_file", "textarea"]
    fields = [each["fields"][0] for each in custom]
    numbers = [question.board_number for question in asked.values()]
    assert [field["name"] for field in fields] == [
        *(f"question_{number}" for number in numbers[:3]),
        f"question_{numbers[3]}[]",
    ]
    assert [field["type"] for field in fields] == [
        "textarea",
        "multi_value_single_select",
        "multi_value_single_select",
        "multi_value_multi_select",
    ]
    assert fields[1]["values"] == [{"value": 0, "label": "No"}, {"value": 1, "label": "Yes"}]
    assert [value["label"] for value in fields[2]["values"]] == ["Red", "Blue"]
    assert custom[0]["description"] == "In your words"
    assert custom[0]["required"]


def test_numbers_are_no_keys_and_outlive_republishing(board: Reader, role: Role) -> None:
    (before,) = board.get("/jobs")["jobs"]
    assert before["id"] > 4_000_000
    assert before["id"] not in {role.posting.pk, role.requisition.pk}
    by = Actor.of(role.recruiter)
    publish_posting(unpublish_posting(role.posting, by=by), by=by)
    (after,) = board.get("/jobs")["jobs"]
    assert (after["id"], after["internal_job_id"]) == (before["id"], before["internal_job_id"])
    assert after["first_published"] == before["first_published"]


def test_what_is_published_stands_until_it_is_published_again(board: Reader, role: Role) -> None:
    by = Actor.of(role.recruiter)
    edit_requisition(role.requisition, summary="Later", department=None, by=by)
    (job,) = board.get("/jobs?content=true")["jobs"]
    assert "ship" in job["content"]
    assert [each["name"] for each in job["departments"]] == ["Engineering"]
    republish_posting(role.posting, by=by)
    (later,) = board.get("/jobs?content=true")["jobs"]
    assert ("Later" in later["content"], later["departments"]) == (True, [])
    second = role.posting.versions.get(number=2).published_at
    assert later["updated_at"] == second.isoformat(timespec="seconds")
    assert (later["id"], later["first_published"]) == (job["id"], job["first_published"])


def test_only_published_external_postings_are_there(board: Reader, role: Role) -> None:
    by = Actor.of(role.recruiter)
    internal = draft_posting(role.requisition, is_internal=True, by=by)
    publish_posting(internal, by=by)
    drafted = draft_posting(role.requisition, by=by)
    draft(title="Secret")
    assert [job["id"] for job in board.get("/jobs")["jobs"]] == [number_of(role)]
    for hidden in (internal, drafted):
        board.get(f"/jobs/{hidden.board_number}", 404)
    unpublish_posting(role.posting, by=by)
    assert board.get("/jobs") == {"jobs": [], "meta": {"total": 0}}
    assert board.get(f"/jobs/{number_of(role)}", 404) == {"status": 404, "error": "Job not found"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"workplace": "remote", "locations": ["Germany", "Austria"]}, "Remote - Germany; Austria"),
        ({"workplace": "remote", "locations": ["Remote, US"]}, "Remote, US"),
        ({"workplace": "remote"}, "Remote"),
        ({"workplace": "hybrid", "locations": ["Berlin"]}, "Berlin"),
        ({}, ""),
    ],
)
def test_a_location_says_where_or_remote(
    board: Reader, fields: dict[str, Any], expected: str
) -> None:
    open_requisition(**fields)
    assert board.get("/jobs")["jobs"][0]["location"] == {"name": expected}


def test_departments_come_as_a_list_with_their_kin(board: Reader, role: Role) -> None:
    DepartmentFactory(name="Account Management")
    nowhere = open_requisition()
    rows = board.get("/departments")["departments"]
    assert [row["name"] for row in rows] == [
        "Account Management",
        "Engineering",
        "R & D",
        "No Department",
    ]
    by_name = {row["name"]: row for row in rows}
    assert by_name["R & D"]["child_ids"] == [by_name["Engineering"]["id"]]
    assert by_name["Engineering"]["parent_id"] == by_name["R & D"]["id"]
    assert [job["id"] for job in by_name["Engineering"]["jobs"]] == [number_of(role)]
    assert set(by_name["Engineering"]["jobs"][0]) == SLIM
    assert by_name["No Department"]["id"] == 0
    assert [job["id"] for job in by_name["No Department"]["jobs"]] == [number_of(nowhere)]
    for row in rows:
        assert board.get(f"/departments/{row['id']}") == row


def test_departments_come_as_trees(board: Reader, role: Role) -> None:
    rows = board.get("/departments?render_as=tree")["departments"]
    assert [row["name"] for row in rows] == ["R & D", "No Department"]
    assert set(rows[0]) == {"id", "name", "jobs", "children"}
    (engineering,) = rows[0]["children"]
    assert [job["id"] for job in engineering["jobs"]] == [number_of(role)]
    assert board.get(f"/departments/{engineering['id']}?render_as=tree") == engineering


def test_offices_hold_departments_that_hold_jobs(board: Reader, role: Role) -> None:
    nowhere = open_requisition()
    west, none = board.get("/offices")["offices"]
    assert (west["name"], west["location"]) == ("West", "San Francisco, CA, US")
    assert [row["name"] for row in west["departments"]] == ["Engineering"]
    assert [job["id"] for job in west["departments"][0]["jobs"]] == [number_of(role)]
    assert (none["id"], none["name"]) == (0, "No Office")
    assert [row["id"] for row in none["departments"]] == [0]
    assert [job["id"] for job in none["departments"][0]["jobs"]] == [number_of(nowhere)]
    (tree, _) = board.get("/offices?render_as=tree")["offices"]
    assert tree["children"] == []
    assert tree["departments"][0]["children"] == []
    assert board.get(f"/offices/{west['id']}") == west
    assert board.get("/offices/0") == none


def test_there_are_no_prospect_posts(board: Reader) -> None:
    assert board.get("/sections") == {"sections": []}
    assert board.get("/prospect_posts") == {"prospect_posts": [], "meta": {"total": 0}}


def test_education_is_paged_and_searched(board: Reader) -> None:
    first = board.get("/education/schools")
    assert first["meta"]["per_page"] == 100 == len(first["items"])
    second = board.get("/education/schools?page=2")
    assert len(first["items"]) + len(second["items"]) == first["meta"]["total_count"]
    assert board.get("/education/schools?page=99")["items"] == []
    found = board.get("/education/degrees?term=BACHELOR")
    assert [item["text"] for item in found["items"]] == ["Bachelor's Degree"]
    assert board.get("/education/disciplines?page=x")["items"][0]["text"] == "Accounting"


@pytest.mark.parametrize(
    ("path", "error"),
    [
        (f"/jobs/{MISSING}", "Job not found"),
        ("/jobs/1e3", "Job not found"),
        (f"/jobs/{'9' * 40}", "Job not found"),
        ("/jobs/%00", "Job not found"),
        ("/jobs/٣", "Job not found"),
        (f"/departments/{MISSING}", "Department not found"),
        ("/offices/-1", "Office not found"),
        ("/sections/1", "Section not found"),
        ("/prospect_posts/1", "Prospect post not found"),
        ("/education/hobbies", "Page not found"),
        ("/somewhere/else", "Page not found"),
    ],
)
def test_what_is_not_there_is_said_in_json(board: Reader, path: str, error: str) -> None:
    assert board.get(path, 404) == {"status": 404, "error": error}
    if path.partition("/")[2] != "somewhere/else":
        assert board.get(f"{path}/", 404) == {"status": 404, "error": error}


def test_another_board_is_unknown_whatever_is_asked(db: Any) -> None:
    for path in ("", "/", "/jobs", "/jobs/1", "/nothing/at/all", "/ünknown"):
        answer = Client().get(f"/v1/boards/other{path}")
        assert answer.json() == {"status": 404, "error": "Job board not found"}
        assert answer.status_code == 404


def test_the_board_s_name_can_be_chosen(board: Reader, settings: Any) -> None:
    settings.BOARD_TOKEN = "acme"
    assert Client().get("/v1/boards/Acme").status_code == 200
    board.get("", 404)
    settings.BOARD_TOKEN, settings.COMPANY_NAME = "", "株式会社"
    assert Client().get("/v1/boards/careers").json()["name"] == "株式会社"


def board_addresses(id_: int) -> list[str]:
    """Every address of the board, from the resolver, with a row that is there."""
    found = [address for address, view in addresses() if issubclass(cls_of(view), BoardApi)]
    filled = [
        address.replace("{token}", TOKEN)
        .replace("jobs/{id}", f"jobs/{id_}")
        .replace("{id}", "0")
        .replace("{kind}", "degrees")
        for address in found
    ]
    return [address for address in filled if "{rest}" not in address]


def cls_of(view: Any) -> type:
    return getattr(view, "cls", None) or object


def test_every_address_answers_with_and_without_a_slash(role: Role) -> None:
    found = set(board_addresses(number_of(role)))
    assert len(found) == 24
    client = Client()
    for address in found:
        is_prospects = "sections/0" in address or "prospect_posts/0" in address
        assert client.get(address).status_code == (404 if is_prospects else 200), address
        pair = address.removesuffix("/") if address.endswith("/") else f"{address}/"
        assert client.get(pair).content == client.get(address).content


def test_every_address_may_be_read_by_any_page_and_sets_no_cookie(role: Role) -> None:
    client = Client()
    for address in [*board_addresses(number_of(role)), "/v1/boards/other", f"{ROOT}/x/y"]:
        answer = client.get(address, headers={"Origin": "https://elsewhere.example"})
        assert answer["Access-Control-Allow-Origin"] == "*", address
        assert not answer.cookies
        asked = client.options(address, headers={"Access-Control-Request-Method": "GET"})
        if answer.status_code == 200:
            assert (asked.status_code, asked["Access-Control-Allow-Headers"]) == (204, "*")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_what_cannot_be_done_is_said_in_json(board: Reader, role: Role, method: str) -> None:
    answer = board.ask("/jobs", method)
    assert answer.status_code == 405
    assert set(answer.json()) == {"status", "error"}


def test_what_is_known_already_is_not_sent_again(board: Reader, role: Role) -> None:
    for path in ("/jobs?content=true", f"/jobs/{number_of(role)}", "/departments", "/offices", ""):
        fresh = board.ask(path)
        etag = fresh["ETag"]
        strong = etag.removeprefix("W/")
        for said in (etag, strong, "*", f'"other", {etag}', f'W/"a", {strong}, "b"'):
            answer = board.ask(path, **{"If-None-Match": said})
            assert (answer.status_code, answer.content) == (304, b""), said
            assert answer["ETag"] == etag
            assert answer["Access-Control-Allow-Origin"] == "*"
        for other in ('"other"', "nonsense", ""):
            assert board.ask(path, **{"If-None-Match": other}).content == fresh.content
    before = board.ask("/jobs")["ETag"]
    open_requisition()
    assert board.ask("/jobs", **{"If-None-Match": before}).status_code == 200


def test_a_missing_job_is_missing_whatever_is_known(board: Reader) -> None:
    assert board.ask(f"/jobs/{MISSING}", **{"If-None-Match": "*"}).status_code == 404


def test_head_answers_like_get_without_a_body(board: Reader, role: Role) -> None:
    for path in ("/jobs", f"/jobs/{number_of(role)}", "/departments"):
        head, get = board.ask(path, "head"), board.ask(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head["ETag"] == get["ETag"]
        assert board.ask(path, "head", **{"If-None-Match": get["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/jobs", 1),
        ("/jobs?content=true&pay_transparency=true", 3),
        ("/jobs/{id}?questions=true", 4),
        ("/departments", 2),
        ("/departments?render_as=tree", 2),
        ("/offices", 3),
        ("/education/schools", 0),
    ],
)
def test_more_jobs_ask_no_more_of_the_database(
    board: Reader, role: Role, path: str, most: int
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            board.get(path.replace("{id}", str(number_of(role))))
        return len(queries)

    assert asked() == most
    for _ in range(2):
        open_requisition(department=DepartmentFactory(), offices=[OfficeFactory()])
        question = {"kind": "url", "label": "Site", "by": Actor.of(role.recruiter)}
        add_question(role.requisition, **question)
    assert asked() == most

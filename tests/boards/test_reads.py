"""The jobs of the board as its documentation says, by the shapes of its own examples."""

from html import unescape
from typing import Any
from urllib.robotparser import RobotFileParser

import pytest

from ats.events.actors import Actor
from requisitions.actions.form import add_question, retire_question
from requisitions.actions.posting import (
    draft_posting,
    publish_posting,
    republish_posting,
    unpublish_posting,
)
from requisitions.actions.requisition import edit_requisition
from tests.boards.conftest import ROOT, SLIM, Reader, number_of
from tests.factories.requisitions import (
    Role,
    draft,
    open_requisition,
)


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

"""Departments, offices and the lists beside the jobs, as the board's documentation shows them."""

from tests.boards.conftest import SLIM, Reader, number_of
from tests.factories.requisitions import (
    DepartmentFactory,
    Role,
    open_requisition,
)


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

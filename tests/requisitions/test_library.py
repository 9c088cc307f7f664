from typing import Any

import pytest

from ats.accounts.models import User
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.models import Event
from requisitions.actions.competency import choose_competencies, find_competency, freeze_rubric
from requisitions.actions.library import (
    add_competency,
    edit_competency,
    merge_competency,
    restore_competency,
    retire_competency,
)
from requisitions.actions.requisition import cancel_requisition
from requisitions.imports import import_listing
from requisitions.models import Competency
from requisitions.queries.library import differences
from tests.factories.ats import UserFactory
from tests.factories.requisitions import (
    CompetencyFactory,
    RecruiterFactory,
    draft,
    open_requisition,
)
from tests.requisitions.conftest import Client

pytestmark = pytest.mark.django_db

BY = Actor.system("test")
ANCHORS = {"1": "Little", "3": "Enough", "5": "Much"}
ROOT = "/api/v1/competencies"


def added(name: str = "Care", **fields: Any) -> Competency:
    return add_competency(name=name, definition="What it is", anchors=ANCHORS, by=BY, **fields)


def test_an_edit_keeps_the_earlier_text_and_counts_versions() -> None:
    entry = added(aliases=["Nursing", " nursing ", "", "CARE"])
    assert (entry.version, entry.aliases) == (1, ["Nursing"])
    edited = edit_competency(entry, definition="Something else", by=BY)
    assert (edited.version, edited.definition) == (2, "Something else")
    (before,) = edited.earlier.all()
    assert (before.version, before.content) == (
        1,
        {
            "name": "Care",
            "definition": "What it is",
            "category": "",
            "aliases": ["Nursing"],
            "anchors": ANCHORS,
        },
    )
    assert Event.objects.get(verb="competency.edited").ids == {"version": 2}


def test_an_edit_that_changes_nothing_is_no_version() -> None:
    entry = added()
    assert edit_competency(entry, definition=" What it is ", by=BY).version == 1
    assert not Event.objects.filter(verb="competency.edited").exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "triage"}, "name"),
        ({"name": "ED care"}, "name"),
        ({"aliases": ["Fine", "Triage"]}, "aliases"),
        ({"anchors": {"1": "Little", "5": "Much"}}, "anchors/3"),
        ({"anchors": ANCHORS | {"5": " "}}, "anchors/5"),
    ],
)
def test_what_the_library_cannot_mean_is_refused_and_changes_nothing(fields, field) -> None:
    added("Triage", aliases=["ED care"])
    entry = added()
    with pytest.raises(Invalid) as refusal:
        edit_competency(entry, by=BY, **fields)
    assert refusal.value.field == field
    entry.refresh_from_db()
    assert (entry.version, entry.name) == (1, "Care")


def test_a_column_that_does_not_exist_is_a_bug() -> None:
    with pytest.raises(TypeError, match="colour"):
        added(colour="red")


def test_its_own_name_and_aliases_do_not_stand_in_the_way_of_an_edit() -> None:
    entry = added(aliases=["Nursing"])
    edited = edit_competency(entry, name="care", aliases=["Nursing", "Caring"], by=BY)
    assert (edited.name, edited.aliases) == ("care", ["Nursing", "Caring"])


def test_a_retired_entry_is_not_chosen_anew_but_stays_where_it_is_asked_for() -> None:
    role = open_requisition(competencies=1)
    held, by = role.competencies[0], Actor.of(role.recruiter)
    retired = retire_competency(held, by=BY)
    assert retire_competency(retired, by=BY).retired_at == retired.retired_at
    assert Event.objects.filter(verb="competency.retired").count() == 1
    choose_competencies(role.requisition, choices=[{"competency": retired}], by=by)
    with pytest.raises(Invalid, match="retired from the library") as refusal:
        choose_competencies(draft(), choices=[{"competency": retired}], by=by)
    assert refusal.value.field == "choices/0/competency"
    back = restore_competency(retired, by=BY)
    assert restore_competency(back, by=BY).retired_at is None
    choose_competencies(draft(), choices=[{"competency": back}], by=by)


def test_a_merge_moves_name_and_aliases_and_retires_the_other() -> None:
    old, new = added("Nursing care", aliases=["Bedside care"]), added("Care")
    merged = merge_competency(old, into=new, by=BY)
    new.refresh_from_db()
    assert (merged.merged_into, merged.retired_at is None) == (new, False)
    assert set(new.aliases) == {"Nursing care", "Bedside care"}
    assert find_competency("nursing CARE") == find_competency("bedside care") == new
    with pytest.raises(DomainError, match="use that one"):
        restore_competency(merged, by=BY)
    with pytest.raises(DomainError, match="each only once"):
        merge_competency(merged, into=added("Third"), by=BY)
    with pytest.raises(DomainError, match="entry in use"):
        merge_competency(new, into=merged, by=BY)
    with pytest.raises(Invalid, match="itself"):
        merge_competency(new, into=new, by=BY)
    hint = f"retired from the library. Ask for {new}."
    with pytest.raises(Invalid, match=hint):
        choose_competencies(draft(), choices=[{"competency": merged}], by=BY)


def test_a_listing_that_names_a_retired_competency_is_read_and_says_so() -> None:
    retire_competency(added("Kubernetes"), by=BY)
    text = "Engineer\nResponsibilities\n- Build.\nKey skills\n- Kubernetes\n- Tact\n"
    requisition = import_listing(text, by=Actor.of(RecruiterFactory()))
    assert [row.competency.name for row in requisition.competencies.all()] == ["Tact"]
    assert "Kubernetes is retired" in " ".join(requisition.reading["warnings"])


@pytest.mark.parametrize(
    ("choice", "field"),
    [
        ({"weight": 0}, "choices/1/weight"),
        ({"weight": 100}, "choices/1/weight"),
        ({"weight": 2}, "choices/1/weight_reason"),
        ({"weight": 2, "weight_reason": "  "}, "choices/1/weight_reason"),
    ],
)
def test_a_choice_that_cannot_be_meant_names_its_line(choice, field) -> None:
    one, two = CompetencyFactory.create_batch(2)
    requisition = draft()
    with pytest.raises(Invalid) as refusal:
        choose_competencies(
            requisition, choices=[{"competency": one}, {"competency": two, **choice}], by=BY
        )
    assert refusal.value.field == field
    assert not requisition.competencies.exists()


def test_a_closed_requisition_asks_for_nothing_new() -> None:
    requisition = cancel_requisition(draft(), reason="No", by=BY)
    with pytest.raises(DomainError, match="reopen"):
        choose_competencies(requisition, choices=[], by=BY)


def test_a_rubric_names_the_version_that_it_froze() -> None:
    role = open_requisition(competencies=1)
    first = freeze_rubric(role.requisition, by=BY)
    edit_competency(role.competencies[0], definition="New words", by=BY)
    second = freeze_rubric(role.requisition, by=BY)
    assert [row.content[0]["version"] for row in (first, second)] == [1, 2]
    first.refresh_from_db()
    assert first.content[0]["definition"] == "What it means here."


def entry(name: str, **change: Any) -> dict[str, Any]:
    return {"competency": name, "name": name, "weight": "1.00", "must_have": True, **change}


def test_the_difference_of_two_rubrics_says_who_came_who_went_and_what_changed() -> None:
    before = [entry("Care"), entry("Tact"), entry("Speed"), entry("Calm")]
    after = [
        entry("Calm"),
        entry("Tact", must_have=False),
        entry("Care", weight="2.00"),
        entry("X"),
    ]
    assert [change.sentence for change in differences(before, after)] == [
        "X is asked for now.",
        "Speed is not asked for any more.",
        "Tact: the must-have or nice-to-have changed.",
        "Care: the weight changed.",
        "Calm moved from place 3 to place 1.",
        "Care moved from place 1 to place 3.",
    ]
    assert list(differences(before, before)) == []


# Over HTTP

BODY = {"name": "Care", "definition": "What it is", "anchors": ANCHORS}


@pytest.fixture
def admin(db: Any) -> User:
    return UserFactory(is_site_admin=True)


def test_a_site_admin_keeps_the_library(admin: User, as_: Client) -> None:
    api = as_(admin)
    made = api.post(ROOT, BODY | {"aliases": ["Nursing"]}, format="json")
    assert (made.status_code, made.data["version"]) == (201, 1)
    url = f"{ROOT}/{made.data['id']}"
    tag = api.get(url)["ETag"]
    edited = api.patch(url, {"anchors": ANCHORS | {"2": "Some"}}, format="json", HTTP_IF_MATCH=tag)
    assert edited.data["anchors"] == ANCHORS | {"2": "Some"}
    assert [each["anchors"] for each in edited.data["earlier"]] == [ANCHORS]
    stale = api.patch(url, {"definition": "X"}, format="json", HTTP_IF_MATCH=tag)
    assert stale.status_code == 412
    assert api.post(f"{url}/retire").data["retired_at"]
    assert api.post(f"{url}/restore").data["retired_at"] is None
    other = api.post(ROOT, BODY | {"name": "Caring"}, format="json").data
    merged = api.post(f"{ROOT}/{other['id']}/merge", {"into": made.data["id"]}, format="json")
    assert merged.data["merged_into"] == made.data["id"]
    found = api.get(f"{ROOT}?q=NURS").data["results"]
    assert [row["name"] for row in found] == ["Care"]
    live = api.get(f"{ROOT}?is_retired=false").data["results"]
    assert [row["name"] for row in live] == ["Care"]


def test_everybody_reads_the_library_and_only_site_admins_write_it(rita: User, as_: Client) -> None:
    row = CompetencyFactory()
    api = as_(rita)
    assert api.get(f"{ROOT}/{row.public_id}").status_code == 200
    assert api.post(ROOT, BODY, format="json").status_code == 403
    url = f"{ROOT}/{row.public_id}"
    assert api.patch(url, {"name": "Mine"}, format="json").status_code == 403
    assert {api.post(f"{url}/{v}").status_code for v in ("retire", "restore", "merge")} == {403}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (BODY | {"anchors": {"1": "a", "3": "b"}}, "/anchors/5"),
        (BODY | {"anchors": ANCHORS | {"6": "Beyond"}}, "/anchors/6"),
        (BODY | {"anchors": "none"}, "/anchors"),
        (BODY | {"aliases": ["x" * 201]}, "/aliases/0"),
        ({"name": "Care"}, "/definition"),
        (BODY | {"name": "Known"}, "/name"),
    ],
)
def test_a_bad_entry_is_refused_with_its_field(
    admin: User, as_: Client, body: dict[str, Any], pointer: str
) -> None:
    CompetencyFactory(name="Known")
    answer = as_(admin).post(ROOT, body, format="json")
    assert answer.status_code == 400
    assert pointer in {error["pointer"] for error in answer.json()["errors"]}
    assert Competency.objects.count() == 1


def test_rubrics_are_read_and_compared_by_those_who_see_the_requisition(as_: Client) -> None:
    role = open_requisition(competencies=2)
    one, two = role.competencies
    freeze_rubric(role.requisition, by=BY)
    choose_competencies(role.requisition, choices=[{"competency": two}], by=BY)
    second = freeze_rubric(role.requisition, by=BY)
    api = as_(role.recruiter)
    rows = api.get(f"/api/v1/rubrics?requisition={role.requisition.public_id}").data["results"]
    assert [row["number"] for row in rows] == [2, 1]
    url = f"/api/v1/rubrics/{second.public_id}"
    assert [row["name"] for row in api.get(url).data["content"]] == [two.name]
    said = api.get(f"{url}/differences").data
    assert (said["before"], said["after"]) == (1, 2)
    assert [change["sentence"] for change in said["changes"]] == [
        f"{one.name} is not asked for any more."
    ]
    assert api.get(f"{url}/differences?since=2").data["changes"] == []
    assert api.get(f"{url}/differences?since=9").status_code == 404
    assert api.get(f"{url}/differences?since=x").status_code == 400
    assert api.get(f"{url}/differences?colour=red").status_code == 400
    assert as_(UserFactory()).get(f"{url}/differences").status_code == 404

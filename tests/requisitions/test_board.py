from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.events.actors import Actor
from requisitions.actions.posting import draft_posting, publish_posting, unpublish_posting
from requisitions.actions.requisition import edit_requisition
from requisitions.imports import import_listing
from requisitions.queries.board import on_the_board, schema_org
from tests.factories.requisitions import (
    PAY,
    CompetencyFactory,
    DepartmentFactory,
    OfficeFactory,
    open_requisition,
)

pytestmark = pytest.mark.django_db
BOARD = "/api/v1/board/postings"
Client = Callable[[User | None], APIClient]


def test_the_public_sees_what_is_published_and_not_internal(as_: Client) -> None:
    role = open_requisition()
    by = Actor.of(role.recruiter)
    draft_posting(role.requisition, by=by)
    publish_posting(draft_posting(role.requisition, is_internal=True, by=by), by=by)
    rows = as_(None).get(BOARD).data["results"]
    assert [row["id"] for row in rows] == [str(role.posting.public_id)]
    assert set(rows[0]) == {
        "id",
        "url",
        "title",
        "company",
        "department",
        "locations",
        "workplace",
        "employment_type",
        "pay_ranges",
        "language",
        "published_at",
        "updated_at",
        "expires_at",
    }


def test_the_public_reads_what_was_published_not_what_was_edited_since(as_: Client) -> None:
    role = open_requisition(summary="As published")
    by = Actor.of(role.recruiter)
    edit_requisition(role.requisition, summary="Edited", by=by)
    url = f"{BOARD}/{role.posting.public_id}"
    assert as_(None).get(url).data["summary"] == "As published"
    publish_posting(unpublish_posting(role.posting, by=by), by=by)
    assert as_(None).get(url).data["summary"] == "Edited"
    said = role.posting.versions.values_list("number", "content__summary")
    assert list(said) == [(1, "As published"), (2, "Edited")]


def test_a_closed_posting_answers_410_with_similar_roles(as_: Client) -> None:
    shared = CompetencyFactory.create_batch(2)
    closed, like = (open_requisition(title="Cook", competencies=shared) for _ in range(2))
    unpublish_posting(closed.posting, by=Actor.of(closed.recruiter))
    answer = as_(None).get(f"{BOARD}/{closed.posting.public_id}")
    assert answer.status_code == 410
    assert answer["Content-Type"] == "application/problem+json"
    assert [role["id"] for role in answer.data["similar"]] == [str(like.posting.public_id)]
    assert answer.data["similar"][0]["reasons"] == [
        f"Asks for the same 2 competencies: {shared[0].name} and {shared[1].name}",
        "A similar title: cook",
    ]


@pytest.mark.parametrize("id_", ["x", "0198c5d2-0000-7000-8000-000000000000"])
def test_what_was_never_public_is_not_found(as_: Client, id_: str) -> None:
    assert as_(None).get(f"{BOARD}/{id_}").status_code == 404


def test_internal_postings_are_not_found_by_the_public(as_: Client) -> None:
    role = open_requisition()
    by = Actor.of(role.recruiter)
    hidden = publish_posting(draft_posting(role.requisition, is_internal=True, by=by), by=by)
    assert as_(None).get(f"{BOARD}/{hidden.public_id}").status_code == 404


def test_the_board_pages_and_filters(as_: Client) -> None:
    for title in ("A", "B", "C"):
        open_requisition(title=title, workplace="remote" if title == "B" else "on_site")
    api = as_(None)
    first = api.get(f"{BOARD}?limit=2").data
    assert [row["title"] for row in first["results"]] == ["C", "B"]
    assert [row["title"] for row in api.get(first["next"]).data["results"]] == ["A"]
    assert [row["title"] for row in api.get(f"{BOARD}?workplace=remote").data["results"]] == ["B"]
    assert [r["title"] for r in api.get(f"{BOARD}?sort=title").data["results"]] == ["A", "B", "C"]
    assert api.get(f"{BOARD}?planet=x").status_code == 400


def linked(**fields: Any) -> dict[str, Any]:
    open_requisition(**fields)
    posting = on_the_board().get()
    content = posting.versions.get().content
    posting.card = content  # type: ignore[attr-defined]
    return schema_org(posting)


def test_linked_data_follows_the_documented_rules() -> None:
    office = OfficeFactory(name="Redmond")
    said = linked(
        title="Data <Engineer>",
        department=DepartmentFactory(),
        offices=[office],
        workplace="on_site",
        employment_type="contract",
        summary="One & two",
        responsibilities=["Do <it>"],
        pay_ranges=[PAY | {"scope": "Elsewhere", "minimum": "1"}, PAY],
    )
    assert said["@context"] == "https://schema.org/"
    assert said["title"] == "Data <Engineer>"
    assert said["description"] == (
        "<p>One &amp; two</p><p>What you will do</p><ul><li>Do &lt;it&gt;</li></ul>"
    )
    assert said["employmentType"] == "CONTRACTOR"
    assert said["hiringOrganization"]["name"] == "Northlight Research"
    assert said["jobLocation"] == [
        {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Redmond",
                "addressRegion": "WA",
                "addressCountry": "US",
            },
        }
    ]
    assert said["baseSalary"] == {
        "@type": "MonetaryAmount",
        "currency": "USD",
        "value": {
            "@type": "QuantitativeValue",
            "minValue": 90000.0,
            "maxValue": 120000.0,
            "unitText": "YEAR",
        },
    }
    assert "validThrough" not in said
    assert len(said["datePosted"]) == 10


def test_a_remote_role_names_where_people_may_live() -> None:
    said = linked(workplace="remote", locations=["Germany"])
    assert said["jobLocationType"] == "TELECOMMUTE"
    assert said["applicantLocationRequirements"] == [{"@type": "Country", "name": "Germany"}]
    assert "jobLocation" not in said


def test_a_role_without_any_text_still_has_a_description() -> None:
    assert linked(title="Cook")["description"] == "<p>Cook</p>"


def test_an_imported_place_has_its_parts() -> None:
    text = "Cook\nExample Ltd · Redmond, WA\nResponsibilities\n- Cook for many people every day.\n"
    role = open_requisition()
    requisition = import_listing(text, by=Actor.of(role.recruiter))
    assert requisition.locations == ["Redmond, WA"]
    places = requisition.reading["locations"]
    assert (places[0]["city"], places[0]["region"]) == ("Redmond", "WA")

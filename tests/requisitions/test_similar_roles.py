"""Which open roles are found, and who is shown them."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.events.actors import Actor
from requisitions.actions.posting import draft_posting, publish_posting, unpublish_posting
from requisitions.actions.requisition import hold_requisition
from requisitions.queries.board import once_public, similar_open_roles
from tests.factories.ats import UserFactory
from tests.factories.requisitions import (
    CompetencyFactory,
    DepartmentFactory,
    OfficeFactory,
    Role,
    draft,
    open_requisition,
)

pytestmark = pytest.mark.django_db
Client = Callable[[User | None], APIClient]


def shown(api: APIClient, role: Role) -> list[tuple[str, list[str]]]:
    answer = api.get(f"/api/v1/requisitions/{role.requisition.public_id}/similar")
    assert answer.status_code == 200, answer.data
    return [(row["title"], list(row["reasons"])) for row in answer.data]


def public(role: Role) -> list[tuple[str, list[str]]]:
    posting = once_public().get(pk=role.posting.pk)
    return [(each.title, list(each.reasons)) for each in similar_open_roles(posting)]


def test_the_rarer_the_shared_competency_the_higher_it_comes(rita: User, as_: Client) -> None:
    rare, common, *others = CompetencyFactory.create_batch(6)
    one = open_requisition(rita, title="Analyst", competencies=[rare, common])
    for n in range(3):
        open_requisition(rita, title=f"Cook {n}", competencies=[common, others[0]])
    open_requisition(rita, title="Nurse", competencies=[rare])
    open_requisition(rita, title="Gardener", competencies=others)
    said = f"Asks for the same competency: {rare.name}"
    assert shown(as_(rita), one)[0] == ("Nurse", [said])
    assert [title for title, _ in shown(as_(rita), one)] == ["Nurse", "Cook 0", "Cook 1", "Cook 2"]
    assert sorted(public(one)) == sorted(shown(as_(rita), one))


def test_title_department_and_office_are_said_as_reasons(rita: User, as_: Client) -> None:
    department, office = DepartmentFactory(name="Research"), OfficeFactory(name="Oslo")
    roles = [
        open_requisition(rita, title=title, department=department, competencies=[])
        for title in ("Senior C++ Engineer (m/f/d)", "Staff C++ Engineer", "Nurse")
    ]
    for role in roles:
        role.requisition.offices.add(office)
    assert shown(as_(rita), roles[0]) == [
        (
            "Staff C++ Engineer",
            [
                "A similar title: c++ and engineer",
                "The same department: Research",
                "The same place: Oslo",
            ],
        )
    ]


def test_a_title_without_a_word_that_says_what_finds_nothing_by_title(
    rita: User, as_: Client
) -> None:
    for title in ("Senior Lead", "'); --"):
        one = open_requisition(rita, title=title, competencies=[])
        open_requisition(rita, title=title, competencies=[])
        assert shown(as_(rita), one) == []


@pytest.mark.parametrize("title", ["R & D | !chef:* <-> (", "C# \\ .NET", "日本語 営業"])
def test_any_title_can_be_compared(rita: User, as_: Client, title: str) -> None:
    one = open_requisition(rita, title=title, competencies=[])
    open_requisition(rita, title=title, competencies=[])
    assert [found for found, _ in shown(as_(rita), one)] == [title]


def test_the_team_is_shown_open_ones_that_each_may_see(rita: User, as_: Client) -> None:
    chosen = CompetencyFactory.create_batch(2)
    one = open_requisition(rita, title="One", competencies=chosen)
    open_requisition(rita, title="Mine, and secret", competencies=chosen, is_confidential=True)
    open_requisition(title="Secret", competencies=chosen, is_confidential=True)
    open_requisition(title="Theirs", competencies=chosen)
    held = open_requisition(rita, title="Held", competencies=chosen)
    hold_requisition(held.requisition, by=Actor.of(rita))
    draft(rita, title="One")
    found = {title for title, _ in shown(as_(rita), one)}
    assert found == {"Mine, and secret"}
    admin = as_(UserFactory(is_site_admin=True))
    assert {title for title, _ in shown(admin, one)} == {"Theirs"}
    nobody = as_(UserFactory()).get(f"/api/v1/requisitions/{one.requisition.public_id}/similar")
    assert nobody.status_code == 404


def test_the_public_is_shown_what_is_published_outside_and_each_role_once(rita: User) -> None:
    chosen, by = CompetencyFactory.create_batch(2), Actor.of(rita)
    one = open_requisition(rita, title="One", competencies=chosen)
    both = open_requisition(rita, title="Both", competencies=chosen)
    for language in ("de", "en"):
        again = draft_posting(both.requisition, title=language, language=language, by=by)
        publish_posting(again, by=by)
    inside = open_requisition(rita, title="Inside", competencies=chosen, publish=False)
    publish_posting(draft_posting(inside.requisition, is_internal=True, by=by), by=by)
    down = open_requisition(rita, title="Down", competencies=chosen)
    unpublish_posting(down.posting, by=by)
    unpublish_posting(one.posting, by=by)
    assert len(public(one)) == 1
    assert public(one)[0][0] in {"Both", "en"}
    german = draft_posting(one.requisition, language="de", by=by)
    german = unpublish_posting(publish_posting(german, by=by), by=by)
    found = similar_open_roles(once_public().get(pk=german.pk))
    assert [each.title for each in found] == ["de"]


def test_it_asks_as_often_for_three_as_for_one(rita: User, as_: Client) -> None:
    chosen = CompetencyFactory.create_batch(2)
    one = open_requisition(rita, title="One", competencies=chosen)

    def asked() -> int:
        api = as_(rita)
        with CaptureQueriesContext(connection) as queries:
            assert shown(api, one)
        return len(queries)

    open_requisition(rita, title="Two", competencies=chosen)
    first = asked()
    for _ in range(2):
        open_requisition(rita, title="Three", competencies=chosen)
    assert asked() == first

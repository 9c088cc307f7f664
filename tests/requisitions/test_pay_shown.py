"""What a role pays is shown to those whom the rules show it to, whatever door they come by."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.admin.base import url_of
from ats.events.actors import Actor
from requisitions.actions.team import join_hiring_team
from requisitions.imports import import_listing
from tests.factories.ats import UserFactory
from tests.factories.requisitions import PAY, Role, open_requisition

pytestmark = pytest.mark.django_db
Client = Callable[[User | None], APIClient]
ROOT = "/api/v1"
HIDDEN = ("advertised_pay", "pay_ranges", "pay_warnings", "reading")
SHOWN_TO = {"recruiter", "manager", "approver", "admin"}
SECRET = "131313"


@pytest.fixture
def role() -> Role:
    """Its ranges disagree with what is advertised, so that a warning tells the figures too."""
    advertised = {"amount": 131313, "currency": "USD", "period": "year"}
    pay = PAY | {"minimum": SECRET, "maximum": SECRET, "period": "hour"}
    return open_requisition(advertised_pay=advertised, pay_ranges=[pay], publish=False)


@pytest.fixture
def people(role: Role) -> dict[str, User]:
    team = {name: UserFactory() for name in ("coordinator", "sourcer", "interviewer")}
    for name, person in team.items():
        join_hiring_team(role.requisition, user=person, role=name, by=Actor.of(role.recruiter))
    return team | {
        "recruiter": role.recruiter,
        "manager": role.manager,
        "approver": role.approver,
        "admin": UserFactory(is_site_admin=True),
    }


def test_the_requisition_says_nothing_of_pay_to_others(
    role: Role, people: dict[str, User], as_: Client
) -> None:
    path = f"{ROOT}/requisitions/{role.requisition.public_id}"
    for name, person in people.items():
        answer = as_(person).get(path)
        hidden = {field for field in HIDDEN if answer.json()[field] is None}
        assert hidden == (set() if name in SHOWN_TO else set(HIDDEN)), name
        assert (SECRET in answer.content.decode()) == (name in SHOWN_TO), name


def test_the_laws_and_the_preview_say_nothing_either(
    role: Role, people: dict[str, User], as_: Client
) -> None:
    laws = f"{ROOT}/requisitions/{role.requisition.public_id}/pay_transparency"
    preview = f"{ROOT}/postings/{role.posting.public_id}/preview"
    page = f"/jobs/{role.posting.public_id}/preview"
    for name, person in people.items():
        is_shown = name in SHOWN_TO
        assert as_(person).get(laws).status_code == (200 if is_shown else 404), name
        said = as_(person).get(preview).json()
        assert (said["content"]["pay_ranges"] is not None) == is_shown, name
        assert (said["blockers"] is not None, said["warnings"] is not None) == (is_shown, is_shown)
        text = as_(person).get(page).content.decode()
        assert ("131,313" in text) == is_shown, name
        assert ("see what it pays as well" in text) != is_shown, name


def test_the_console_says_nothing_either(role: Role, people: dict[str, User], as_: Client) -> None:
    for name, person in people.items():
        for row in (role.requisition, role.posting):
            page = as_(person).get(url_of(row))
            assert page.status_code == 200
            text = page.content.decode()
            told = SECRET in text or "131,313" in text
            assert not told or name in SHOWN_TO, (name, row)
        text = as_(person).get(url_of(role.requisition)).content.decode()
        assert ("of this role see what it pays" in text) == (name not in SHOWN_TO), name


def test_the_listing_it_was_read_from_is_shown_with_the_pay(rita: User, as_: Client) -> None:
    text = "# Nurse\n\nWe pay $40 an hour.\n\n## Responsibilities\n\n- Care for people\n"
    requisition = import_listing(text, by=Actor.of(rita))
    sourcer = UserFactory()
    join_hiring_team(requisition, user=sourcer, role="sourcer", by=Actor.of(rita))
    shown: dict[Any, bool] = {
        person: "Show the original text" in as_(person).get(url_of(requisition)).content.decode()
        for person in (rita, sourcer)
    }
    assert shown == {rita: True, sourcer: False}

"""Whoever looks: lists and pages show what `visible_to` allows, and nothing else."""

from typing import Any

import pytest
from django.test import Client

from ats.admin.base import list_url, url_of
from requisitions.admin.company import CompanyAdmin
from requisitions.admin.parts import PartAdmin
from requisitions.models import Requisition
from tests.console.world import World, screens, signed_in

WHO = (
    "recruiter",
    "manager",
    "coordinator",
    "interviewer who gave",
    "interviewer who owes",
    "approver",
    "site admin",
    "outsider",
    "recruiter of the secret",
)


def may_see(model: Any, screen: Any, user: Any) -> set[int]:
    """By the domain's own rule, apart from the console."""
    rows = model._default_manager.all()
    if hasattr(rows, "visible_to"):
        rows = rows.visible_to(user)
    elif isinstance(screen, PartAdmin):
        rows = rows.filter(requisition__in=Requisition.objects.visible_to(user))
    elif not isinstance(screen, CompanyAdmin) and not user.is_site_admin:
        rows = rows.none()
    return set(rows.values_list("pk", flat=True))


def listed(client: Client, model: Any) -> set[int]:
    response = client.get(list_url(model))
    if response.status_code == 403:
        return set()
    assert response.status_code == 200, (model, response.status_code)
    shown = response.context_data
    # People are searched, not listed.
    return {row.pk for row in (shown["cl"].queryset if "cl" in shown else people(shown))}


def people(shown: dict[str, Any]) -> list[Any]:
    assert not shown["older"], "one page shows them all"
    return [each[0] if isinstance(each, tuple) else each for each in shown["people"]]


@pytest.mark.parametrize("who", WHO)
def test_lists_show_what_may_be_seen_and_nothing_else(world: World, who: str) -> None:
    user = world.people[who]
    client = signed_in(user)
    shown = {
        model: listed(client, model)
        for model, screen in screens().items()
        if not isinstance(screen, PartAdmin)
    }
    assert shown == {model: may_see(model, screens()[model], user) for model in shown}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("page", ["change", "history"])
def test_pages_answer_for_what_may_be_seen_and_404_for_the_rest(
    world: World, who: str, page: str
) -> None:
    user = world.people[who]
    client = signed_in(user)
    for model, screen in screens().items():
        visible = may_see(model, screen, user)
        for row in model._default_manager.all():
            status = client.get(url_of(row, page)).status_code
            expected = {200, 302} if row.pk in visible else {403, 404}
            assert status in expected, (who, row, status)


def test_a_confidential_requisition_is_confidential_for_site_admins(world: World) -> None:
    client = signed_in(world.people["site admin"])
    assert client.get(url_of(world.secret.requisition)).status_code == 404
    page = client.get(list_url(Requisition)).content.decode()
    assert world.role.requisition.number in page
    assert world.secret.requisition.number not in page


def test_strangers_are_sent_to_sign_in(world: World) -> None:
    for model in screens():
        assert Client().get(list_url(model)).status_code == 302


def test_a_private_note_is_shown_to_its_author_alone(world: World) -> None:
    page = url_of(world.talk.application)
    shown = {
        who
        for who, user in world.people.items()
        if "For its author alone" in signed_in(user).get(page).content.decode()
    }
    assert shown == {"recruiter"}


def test_boards_are_for_the_inner_circle(world: World) -> None:
    board = f"/console/candidates/application/board/{world.role.requisition.pk}/"
    allowed = {
        who for who, user in world.people.items() if signed_in(user).get(board).status_code == 200
    }
    assert allowed == {"recruiter", "manager", "coordinator", "site admin"}


def test_the_console_speaks_its_readers_time(world: World) -> None:
    user = world.people["recruiter"]
    user.timezone = "Asia/Tokyo"
    user.save(update_fields=["timezone"])
    page = signed_in(user).get(url_of(world.talk.interview)).content.decode()
    assert "JST" in page
    assert "Times are in Asia/Tokyo." in page

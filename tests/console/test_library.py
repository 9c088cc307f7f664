from typing import Any

import pytest
from django.test import Client

from ats.admin.base import list_url, url_of
from requisitions.actions.library import edit_competency
from requisitions.models import Competency
from tests.console.world import World, signed_in
from tests.factories.ats import UserFactory
from tests.factories.requisitions import CompetencyFactory

ANCHORS = {"anchor_1": "Little", "anchor_3": "Enough", "anchor_5": "Much"}


@pytest.fixture
def admin(db: Any) -> Client:
    return signed_in(UserFactory(is_site_admin=True))


def begin(client: Client, **typed: str) -> Any:
    url = list_url(Competency) + "begin/add_competency/"
    return client.post(url, {"name": "Care", "definition": "Kind", **ANCHORS, **typed})


def test_a_site_admin_adds_edits_retires_and_merges_entries(admin: Client) -> None:
    assert begin(admin, aliases="Nursing\n\n Bedside ").status_code == 302
    entry = Competency.objects.get()
    assert (entry.aliases, set(entry.anchors)) == (["Nursing", "Bedside"], {"1", "3", "5"})
    edit = url_of(entry, "do", verb="edit_competency")
    assert 'value="Care"' in admin.get(edit).content.decode()
    admin.post(edit, {"name": "Care", "definition": "Kinder", **ANCHORS, "anchor_2": "Some"})
    assert "Version 1" in admin.get(url_of(entry)).content.decode()
    other = CompetencyFactory()
    admin.post(url_of(other, "do", verb="merge_competency"), {"into": entry.pk})
    assert "It became a part of" in admin.get(url_of(other)).content.decode()
    admin.post(url_of(entry, "do", verb="retire_competency"))
    admin.post(url_of(entry, "do", verb="restore_competency"))
    entry.refresh_from_db()
    assert (entry.version, entry.retired_at) == (3, None)


def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(admin: Client) -> None:
    CompetencyFactory(name="Care")
    refused = begin(admin)
    assert set(refused.context["form"].errors) == {"name"}
    assert "Kind" in refused.content.decode()


def test_others_read_the_library_without_its_buttons(world: World) -> None:
    client = signed_in(world.role.recruiter)
    entry = world.role.competencies[0]
    edit_competency(entry, definition="Newer", by=world.talk.by)
    page = client.get(url_of(entry)).content.decode()
    assert "Newer" in page
    assert "edit_competency" not in page
    assert "begin" not in client.get(list_url(Competency)).content.decode()
    assert begin(client).status_code == 403


def line(place: int, entry: Competency | None, **typed: Any) -> dict[str, Any]:
    said = {"place": place, "competency": entry.pk if entry else "", "weight": "1", **typed}
    return {f"{name}_{place}": value for name, value in said.items()}


def test_a_recruiter_chooses_competencies_their_order_and_their_weight(world: World) -> None:
    client, requisition = signed_in(world.role.recruiter), world.role.requisition
    one, two = world.role.competencies[:2]
    new = CompetencyFactory()
    url = url_of(requisition, "do", verb="choose_competencies")
    assert one.name in client.get(url).content.decode()
    typed = (
        line(1, one, is_must_have="on")
        | {"place_1": 9}
        | line(2, None)
        | line(3, new, weight="2", weight_reason="It is most of the day")
        | line(4, two, weight="")
    )
    assert client.post(url, typed).status_code == 302
    rows = requisition.competencies.values_list("competency", "is_must_have", "weight")
    assert list(rows) == [(new.pk, False, 2), (two.pk, False, 1), (one.pk, True, 1)]


def test_a_refused_choice_is_said_in_its_own_line(world: World) -> None:
    client, requisition = signed_in(world.role.recruiter), world.role.requisition
    one, two = world.role.competencies[:2]
    before = list(requisition.competencies.values_list("competency", flat=True))
    url = url_of(requisition, "do", verb="choose_competencies")
    refused = client.post(url, line(1, None) | line(2, one) | line(3, two, weight="3"))
    assert set(refused.context["form"].errors) == {"weight_reason_3"}
    assert "write down why" in refused.content.decode()
    assert list(requisition.competencies.values_list("competency", flat=True)) == before

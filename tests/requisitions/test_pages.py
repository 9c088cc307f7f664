import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from ats import clock as kernel_clock
from ats.events.actors import Actor
from requisitions.actions.posting import publish_posting, unpublish_posting
from requisitions.actions.requisition import cancel_requisition
from requisitions.models import JobPosting
from tests.factories.requisitions import CompetencyFactory, Role, open_requisition

pytestmark = pytest.mark.django_db

NASTY = '</script><script>alert("1")</script> & <b>bold</b>'


def page_of(posting: JobPosting) -> str:
    return f"/jobs/{posting.public_id}"


def take_down(role: Role) -> None:
    unpublish_posting(role.posting, by=Actor.of(role.recruiter))


def test_the_careers_page_lists_what_is_published(client: Client) -> None:
    open_requisition(title="Data Engineer", locations=["Berlin"])
    open_requisition(title="Nurse", publish=False)
    closed = open_requisition(title="Cook")
    take_down(closed)
    text = client.get("/").content.decode()
    assert re.findall(r"<h3[^>]*><a [^>]*>([^<]+)</a>", text) == ["Data Engineer"]
    assert "Berlin" in text
    assert "$90,000 – $120,000 a year" in text
    assert "<script" not in text


def test_the_careers_page_searches_titles(client: Client) -> None:
    open_requisition(title="Data Engineer")
    assert "Data Engineer" in client.get("/", {"q": "engineer"}).content.decode()
    nothing = client.get("/", {"q": '"><b>\x00'}).content.decode()
    assert "Data Engineer" not in nothing
    assert "<b>" not in nothing


def test_older_roles_are_a_page_further(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("requisitions.pages.views.PAGE", 2)
    for title in ("One", "Two", "Three"):
        open_requisition(title=title)
    first = client.get("/").content.decode()
    assert re.findall(r"<h3[^>]*><a [^>]*>([^<]+)</a>", first) == ["Three", "Two"]
    link = re.findall(r'href="(\?after=[^"]+)"', first)[0]
    second = client.get(f"/{link}").content.decode()
    assert re.findall(r"<h3[^>]*><a [^>]*>([^<]+)</a>", second) == ["One"]
    assert client.get("/?after=nonsense").status_code == 200


def test_a_role_has_its_page_with_linked_data_and_a_way_to_apply(client: Client) -> None:
    role = open_requisition(title="Data Engineer", highlights=["Short days"])
    answer = client.get(page_of(role.posting))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'href="{page_of(role.posting)}/apply"' in text
    assert "Short days" in text
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert json.loads(found[0])["title"] == "Data Engineer"


def test_text_from_people_stays_text(client: Client) -> None:
    role = open_requisition(
        title=NASTY,
        summary=NASTY,
        highlights=[NASTY],
        faq=[{"question": NASTY, "answer": NASTY}],
        topics=["<i>x</i>"],
    )
    text = client.get(page_of(role.posting)).content.decode()
    assert text.count("<script") == 1
    assert "<b>bold" not in text
    assert "<i>" not in text
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert json.loads(found[0])["title"] == NASTY
    assert client.get("/").content.decode().count("<script") == 0


def test_a_closed_role_is_gone_and_names_similar_ones(client: Client) -> None:
    shared = CompetencyFactory.create_batch(2)
    closed = open_requisition(title="GPU Engineer", competencies=shared)
    like = open_requisition(title="GPU Manager", competencies=shared)
    open_requisition(title="Cook", competencies=1)
    cancel_requisition(closed.requisition, reason="Budget", by=Actor.of(closed.recruiter))
    answer = client.get(page_of(closed.posting))
    text = answer.content.decode()
    assert answer.status_code == 410
    assert re.findall(r'<h3><a href="([^"]+)">', text) == [page_of(like.posting)]
    assert f"{shared[0].name} and {shared[1].name}" in text
    assert "application/ld+json" not in text
    assert "/apply" not in text


def test_an_expired_role_is_gone_before_anybody_takes_it_down(
    client: Client, advance: Callable[[timedelta], None]
) -> None:
    role = open_requisition(publish=False)
    soon = kernel_clock.now() + timedelta(hours=1)
    publish_posting(role.posting, expires_at=soon, by=Actor.of(role.recruiter))
    assert client.get(page_of(role.posting)).status_code == 200
    advance(timedelta(hours=2))
    assert client.get(page_of(role.posting)).status_code == 410
    assert role.requisition.title not in client.get("/").content.decode()


def test_what_was_never_public_does_not_exist(client: Client) -> None:
    role = open_requisition(publish=False)
    assert client.get(page_of(role.posting)).status_code == 404
    assert client.get("/jobs/not-an-id").status_code == 404
    assert client.post("/").status_code == 405

"""What machines read of the careers pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ats import clock
from ats.events.actors import Actor
from requisitions.actions.posting import (
    draft_posting,
    edit_posting,
    publish_posting,
    republish_posting,
    unpublish_posting,
)
from tests.factories.requisitions import (
    PAY,
    DepartmentFactory,
    OfficeFactory,
    Role,
    open_requisition,
)

pytestmark = pytest.mark.django_db
FEEDS = ["/sitemap.xml", "/jobs.rss", "/jobs.xml"]
NASTY = "]]></title><script>alert(1)</script> & <b>bold</b> \x01\x0b\ufffe é 日本"
CLEAN = "]]></title><script>alert(1)</script> & <b>bold</b>  é 日本"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def parsed(client: Client, address: str) -> ElementTree.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.getvalue())  # noqa: S314 - our own


def titles(client: Client, address: str) -> list[str]:
    return [str(each.text) for each in parsed(client, address).iter("title")]


def hidden(role: Role) -> None:
    """A draft, an internal and a closed posting beside the open one."""
    by = Actor.of(role.recruiter)
    draft_posting(role.requisition, title="Draft", by=by)
    publish_posting(draft_posting(role.requisition, title="Inside", is_internal=True, by=by), by=by)
    closed = publish_posting(draft_posting(role.requisition, title="Closed", by=by), by=by)
    unpublish_posting(closed, by=by)


def test_the_site_map_has_open_external_roles_alone_and_when_they_changed(client: Client) -> None:
    role = open_requisition()
    hidden(role)
    root = parsed(client, "/sitemap.xml")
    found = [each.text for each in root.iter(f"{MAP}loc")]
    site = "http://testserver"
    assert found == [f"{site}/", f"{site}/jobs/{role.posting.public_id}"]
    kept = role.posting.versions.get().published_at
    assert [each.text for each in root.iter(f"{MAP}lastmod")][1] == kept.isoformat(
        timespec="seconds"
    )


def test_the_feeds_have_open_external_roles_alone(client: Client) -> None:
    role = open_requisition(title="Open")
    hidden(role)
    assert titles(client, "/jobs.rss") == ["Open roles at Northlight Research", "Open"]
    assert titles(client, "/jobs.xml") == ["Open"]


def test_a_role_that_ran_out_leaves_the_feeds_at_its_hour(
    client: Client, advance: Callable[[timedelta], None]
) -> None:
    role = open_requisition(publish=False)
    soon = clock.now() + timedelta(hours=1)
    publish_posting(role.posting, expires_at=soon, by=Actor.of(role.recruiter))
    advance(timedelta(hours=2))
    assert titles(client, "/jobs.xml") == []


@pytest.mark.parametrize("address", FEEDS)
def test_any_text_leaves_a_feed_well_formed(client: Client, address: str, settings: Any) -> None:
    settings.COMPANY_NAME = NASTY
    department = DepartmentFactory(name=NASTY)
    open_requisition(title=NASTY, summary=NASTY, department=department, locations=[NASTY])
    root = parsed(client, address)
    if address != "/sitemap.xml":
        assert CLEAN in [each.text for each in root.iter("title")]
        assert "script" not in {each.tag for each in root.iter()}


def test_a_job_site_is_told_each_place_apart(client: Client) -> None:
    soon = clock.now() + timedelta(days=9)
    role = open_requisition(
        publish=False,
        offices=[OfficeFactory(name="A"), OfficeFactory(name="B", city="Berlin", country="DE")],
        workplace="hybrid",
        employment_type="full_time",
        department=DepartmentFactory(name="Data"),
        summary="Build",
        pay_ranges=[PAY],
    )
    posting = publish_posting(role.posting, expires_at=soon, by=Actor.of(role.recruiter))
    jobs = list(parsed(client, "/jobs.xml").iter("job"))
    said = [{each.tag: each.text for each in job} for job in jobs]
    reference = str(posting.public_id)
    assert [row["referencenumber"] for row in said] == [reference, f"{reference}-1"]
    assert [(row["city"], row["country"]) for row in said] == [("Redmond", "US"), ("Berlin", "DE")]
    assert said[0] == {
        "title": "Data Engineer",
        "date": posting.published_at.isoformat(timespec="seconds"),
        "referencenumber": reference,
        "requisitionid": reference,
        "url": f"http://testserver/jobs/{reference}",
        "company": "Northlight Research",
        "sourcename": "Northlight Research",
        "description": "<p>Build</p>",
        "salary": "$90,000 – $120,000 a year",
        "jobtype": "Full-time",
        "category": "Data",
        "remotetype": "Hybrid remote",
        "language": "en",
        "expirationdate": soon.isoformat(),
        "city": "Redmond",
        "state": "WA",
        "country": "US",
    }


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_read_again_only_when_the_board_is_another(client: Client, address: str) -> None:
    role = open_requisition()
    by = Actor.of(role.recruiter)

    def again(tag: str) -> int:
        return client.get(address, headers={"if-none-match": tag}).status_code

    first = client.get(address)
    assert first["Cache-Control"] == "public, max-age=300"
    assert first["Last-Modified"]
    assert again(first["ETag"]) == 304
    republish_posting(edit_posting(role.posting, title="Another", by=by), by=by)
    second = client.get(address)
    assert second.status_code == 200
    assert again(first["ETag"]) == 200
    unpublish_posting(role.posting, by=by)
    assert again(second["ETag"]) == 200
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", [*FEEDS, "/"])
def test_a_feed_asks_as_often_for_three_roles_as_for_one(client: Client, address: str) -> None:
    counts = set()
    for more in (1, 2):
        for _ in range(more):
            open_requisition(offices=[OfficeFactory()], department=DepartmentFactory())
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).getvalue()
        counts.add(len(asked))
    assert len(counts) == 1
    assert counts.pop() <= 3


def test_the_job_feed_is_written_while_it_is_read(client: Client) -> None:
    for _ in range(3):
        open_requisition(offices=[OfficeFactory()])
    pieces = iter(client.get("/jobs.xml").streaming_content)
    assert next(pieces).endswith(b"<source>\n")
    assert sum(piece.count(b"<job>") for piece in pieces) == 3


def test_crawlers_are_told_of_the_site_map(client: Client) -> None:
    said = client.get("/robots.txt").content.decode().splitlines()
    assert "Allow: /" in said
    assert "Sitemap: http://testserver/sitemap.xml" in said

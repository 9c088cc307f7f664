"""The posting's own screen: words, hours, versions and a preview for its team."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ats import clock
from ats.admin.base import url_of
from requisitions.models import JobPosting
from tests.console.test_buttons import press, sentences
from tests.console.world import signed_in
from tests.factories.ats import UserFactory
from tests.factories.requisitions import Role, open_requisition

pytestmark = pytest.mark.django_db


def typed(hours: int) -> str:
    return timezone.localtime(clock.now() + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


def opened(**fields: Any) -> tuple[Role, Client, JobPosting]:
    role = open_requisition(**fields)
    return role, signed_in(role.recruiter), role.posting


def test_its_words_are_edited_one_a_line_and_published_as_a_new_version() -> None:
    role, client, posting = opened(summary="Theirs", benefits=["Pension"])
    form = client.get(url_of(posting, "do", verb="edit_posting")).content.decode()
    assert 'placeholder="Pension"' in form
    assert "is_internal" not in form
    said = {"title": "Ours", "language": "de", "required": " One \r\n\r\nTwo", "summary": ""}
    assert press(client, posting, "edit_posting", **said)["Location"] == url_of(role.requisition)
    posting.refresh_from_db()
    assert posting.words == {"required": ["One", "Two"]}
    page = client.get(url_of(posting)).content.decode()
    assert "Edited since version 1 was published: language, qualifications, title." in page
    assert "Publish the changes" in page
    assert press(client, posting, "republish_posting").status_code == 302
    page = client.get(url_of(posting)).content.decode()
    assert ("Version 1" in page, "Version 2" in page) == (True, True)
    assert "Publish the changes" not in page


def test_it_is_scheduled_and_that_is_taken_back() -> None:
    _, client, posting = opened(publish=False)
    refused = press(client, posting, "schedule_posting", publish_at=typed(-2))
    assert sentences(refused) == ["A posting goes out in the future."]
    soon = {"publish_at": typed(2), "expires_at": typed(5)}
    assert press(client, posting, "schedule_posting", **soon).status_code == 302
    assert "Goes out by itself" in client.get(url_of(posting)).content.decode()
    assert press(client, posting, "unschedule_posting").status_code == 302
    page = client.get(url_of(posting)).content.decode()
    assert "Goes out" not in page
    assert "Unschedule" not in page


def test_a_language_that_does_not_exist_is_said_beside_its_field() -> None:
    _, client, posting = opened()
    answer = press(client, posting, "edit_posting", title="Ours", language="klingon")
    assert list(answer.context["form"].errors) == ["language"]


def test_a_confidential_requisition_asks_why_before_it_is_posted() -> None:
    _, client, posting = opened(publish=False, is_confidential=True)
    form = client.get(url_of(posting, "do", verb="publish_posting")).content.decode()
    assert "Why others may read of this confidential requisition" in form
    refused = press(client, posting, "publish_posting")
    assert list(refused.context["form"].errors) == ["confidential_reason"]
    done = press(client, posting, "publish_posting", confidential_reason="Agreed.")
    assert done.status_code == 302
    _, theirs, other = opened(publish=False)
    form = theirs.get(url_of(other, "do", verb="publish_posting")).content.decode()
    assert "confidential" not in form


def test_the_requisition_shows_its_postings_and_their_hours() -> None:
    role, client, posting = opened()
    assert press(client, role.requisition, "hold_requisition").status_code == 302
    page = client.get(url_of(role.requisition)).content.decode()
    assert "Comes back when the requisition is resumed" in page
    assert url_of(posting) in page


def test_the_preview_shows_what_would_be_published_to_the_team_alone() -> None:
    role, client, posting = opened(summary="As it was")
    press(client, posting, "edit_posting", title="New <b>", language="en", summary="As it will be")
    path = f"/jobs/{posting.public_id}/preview"
    preview = client.get(path)
    text = preview.content.decode()
    assert preview["Cache-Control"] == "private, no-store"
    assert "As it will be" in text
    assert "New &lt;b&gt;" in text
    assert "application/ld+json" not in text
    before = client.get(path, {"version": "1"}).content.decode()
    assert "As it was" in before
    assert "Version 1, as it was published." in before
    for wrong in ("2", "0", "x", "-1", "9" * 30, "²"):
        assert client.get(path, {"version": wrong}).status_code == 404
    for person in (Client(), signed_in(UserFactory())):
        assert person.get(path).status_code == 404
    assert signed_in(role.manager).get(path).status_code == 200


def test_its_page_says_what_stands_in_the_way() -> None:
    _, client, posting = opened(publish=False, pay_ranges=[])
    page = client.get(url_of(posting)).content.decode()
    assert "Before it can be published" in page
    assert "No pay range is given" in page
    assert "No place is given" in page
    assert signed_in(UserFactory()).get(url_of(posting)).status_code == 404

from datetime import timedelta

import pytest

from ats import clock
from ats.errors import Blocked, Invalid
from ats.events.actors import Actor
from requisitions.actions.posting import draft_posting, publish_posting, unpublish_posting
from requisitions.models import PayRange
from tests.factories.requisitions import (
    PAY,
    draft,
    open_requisition,
)

pytestmark = pytest.mark.django_db


def test_publishing_says_everything_that_is_missing() -> None:
    requisition = draft(pay_ranges=[])
    by = Actor.of(requisition.created_by)
    posting = draft_posting(requisition, by=by)
    with pytest.raises(Blocked) as refusal:
        publish_posting(posting, by=by)
    assert refusal.value.blockers == [
        "The requisition is draft: only an open one can be published.",
        "No opening is open: there would be no seat to hire into.",
        "There is no pipeline: attach one, so that applications have a stage to arrive in.",
        "No pay range is given: add a minimum and a maximum with currency and period.",
    ]


def test_pay_transparency_names_what_a_range_lacks() -> None:
    role = open_requisition(publish=False)
    by = Actor.of(role.recruiter)
    PayRange.objects.update(currency="", period="", scope="U.S.")
    with pytest.raises(Blocked) as refusal:
        publish_posting(role.posting, by=by)
    assert refusal.value.blockers == [
        "The pay range 90,000 to 120,000 for U.S. has no currency and no period."
    ]


def test_a_posting_expires_in_the_future() -> None:
    role = open_requisition(publish=False)
    with pytest.raises(Invalid, match="future"):
        publish_posting(
            role.posting, expires_at=clock.now() - timedelta(1), by=Actor.of(role.recruiter)
        )


def test_a_published_version_is_kept_as_it_was() -> None:
    role = open_requisition(summary="First", topics=["Data"], pay_ranges=[PAY])
    content = role.posting.versions.get().content
    assert content["summary"] == "First"
    assert content["company"] == "Northlight Research"
    assert content["pay_ranges"][0]["minimum"] == "90000.00"
    assert len(content["competencies"]) == 3
    unpublish_posting(role.posting, by=Actor.of(role.recruiter))
    assert role.posting.versions.count() == 1

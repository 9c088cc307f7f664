"""The screens of those who answer for people's data."""

from typing import Any

import pytest

from ats.admin.base import list_url, url_of
from ats.events.actors import Actor
from candidates.actions.erasure_request import ask_erasure
from candidates.actions.privacy import place_legal_hold
from candidates.models import LegalHold, PrivacyRequest, RetentionRule
from tests.console.world import signed_in
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply
from tests.factories.requisitions import open_requisition

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


@pytest.fixture
def admin() -> Any:
    return signed_in(UserFactory(is_site_admin=True))


def test_an_admin_sees_who_waits_and_why_nothing_happens(admin: Any) -> None:
    candidate = apply(open_requisition(), "Ada Lovelace").candidate
    request = ask_erasure(candidate, by=BY)
    held = place_legal_hold(candidate, reason="A dispute", by=BY)
    assert "Ada Lovelace" in admin.get(list_url(PrivacyRequest)).content.decode()
    assert "they asked" in admin.get(url_of(request)).content.decode()
    assert "A dispute" in admin.get(list_url(LegalHold)).content.decode()
    assert "A dispute" in admin.get(url_of(held)).content.decode()
    assert "People to be erased" in admin.get("/console/").content.decode()


def test_the_rules_are_a_table_with_their_sources(admin: Any) -> None:
    assert "California" in admin.get(list_url(RetentionRule)).content.decode()
    page = admin.get(url_of(RetentionRule.objects.get(key="us-ca"))).content.decode()
    assert "12946" in page
    assert "not yet: open it once" in page


def test_others_are_turned_away() -> None:
    role = open_requisition()
    client = signed_in(role.recruiter)
    for model in (PrivacyRequest, LegalHold):
        assert client.get(list_url(model)).status_code in (403, 404)


def test_a_candidates_page_offers_what_one_may_do(admin: Any) -> None:
    role = open_requisition()
    candidate = apply(role).candidate
    page = admin.get(url_of(candidate)).content.decode()
    assert "Place a legal hold" in page
    theirs = signed_in(role.recruiter).get(url_of(candidate)).content.decode()
    assert "Ask for their erasure" in theirs
    assert "Place a legal hold" not in theirs

"""Answering an offer without an account: by API and by page."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from ats import clock
from ats.events.actors import Actor
from ats.links import sign
from candidates.actions.offer import rescind_offer
from candidates.emails import link_to
from candidates.models import Offer
from tests.factories.candidates import apply, sent
from tests.factories.requisitions import Role


@pytest.fixture
def offer(role: Role) -> Offer:
    return sent(apply(role, name="Ana <b>Ruiz</b>"), role, letter="Welcome & hello.")


def token_of(offer: Offer) -> str:
    return link_to(offer).rpartition("/")[2]


def api(offer: Offer, verb: str = "") -> str:
    return f"/api/v1/offer-links/{token_of(offer)}{verb}"


def test_the_link_shows_the_offer_and_takes_an_answer(offer: Offer) -> None:
    stranger = APIClient()
    seen = stranger.get(api(offer)).json()
    assert (seen["status"], seen["title"]) == ("sent", "Data Engineer")
    assert (seen["terms"]["pay_amount"], seen["terms"]["letter"]) == (
        "100000.00",
        "Welcome & hello.",
    )
    assert stranger.post(api(offer, "/accept")).json()["status"] == "accepted"
    again = stranger.post(api(offer, "/decline"))
    assert again.status_code == 409
    assert stranger.get(api(offer)).json()["status"] == "accepted"


def test_a_declined_offer_shows_no_terms_any_more(offer: Offer) -> None:
    assert APIClient().post(api(offer, "/decline")).json() | {"name": ""} == {
        "status": "declined",
        "company": "Northlight Research",
        "title": "Data Engineer",
        "name": "",
        "terms": None,
    }


def test_links_that_are_no_good_say_so(offer: Offer, advance: Any) -> None:
    good = token_of(offer)
    later = clock.now() + timedelta(days=1)
    bad = [good[:-1], good + "x", "x", sign("other", offer.public_id, expires=later), "%00"]
    for token in bad:
        for client, path in ((APIClient(), "/api/v1/offer-links"), (Client(), "/offers")):
            assert client.get(f"{path}/{token}").status_code == 404
    assert "copy all of it" in APIClient().get(f"/api/v1/offer-links/{good[:-1]}").json()["detail"]
    advance(timedelta(days=8))
    late = APIClient().post(api(offer, "/accept"))
    assert (late.status_code, late.json()["type"].rpartition(":")[2]) == (409, "offer_expired")
    page = Client().get(f"/offers/{good}").content.decode()
    assert "This offer has expired" in page
    assert "Accept this offer" not in page
    advance(timedelta(days=370))
    for verb in ("/accept", "/decline"):
        assert APIClient().post(api(offer, verb)).status_code == 410
    answer = APIClient().get(api(offer))
    assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (410, "link_expired")
    page = Client().get(f"/offers/{good}")
    assert page.status_code == 410
    assert b"This link has expired" in page.content
    offer.refresh_from_db()
    assert offer.status == "sent"


def test_a_rescinded_offer_cannot_be_accepted(offer: Offer, by: Actor) -> None:
    rescind_offer(offer, by=by)
    assert APIClient().post(api(offer, "/accept")).status_code == 409
    assert APIClient().get(api(offer)).json()["terms"] is None


def test_the_page_asks_once_more_and_takes_the_answer(offer: Offer) -> None:
    browser = Client(enforce_csrf_checks=True)
    path = f"/offers/{token_of(offer)}"
    page = browser.get(path)
    assert page.status_code == 200
    text = page.content.decode()
    assert "$100,000 a year" in text
    assert "Ana &lt;b&gt;Ruiz&lt;/b&gt;" in text
    assert "<form" not in text
    assert page["Cache-Control"].startswith("max-age=0")
    asked = browser.get(f"{path}?answer=accept").content.decode()
    assert "You are about to accept" in asked
    assert browser.post(path, {"answer": "accept"}).status_code == 403
    offer.refresh_from_db()
    assert offer.status == "sent"
    csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', asked)
    assert csrf
    said = {"answer": "accept", "csrfmiddlewaretoken": csrf[1]}
    assert browser.post(path, said).status_code == 302
    assert "You accepted this offer" in browser.get(path).content.decode()
    late = browser.post(path, {**said, "answer": "decline"})
    assert late.status_code == 409
    assert b"Your answer came too late." in late.content
    assert browser.post(path, {**said, "answer": "maybe"}).status_code == 400

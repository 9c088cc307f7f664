"""One walk through the console in a real browser, with JavaScript and without."""

from dataclasses import dataclass
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from ats.accounts.models import User
from ats.outbox.models import Delivery
from candidates.models import Application
from interviews.models import Scorecard
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply, rejection_reason
from tests.factories.interviews import heard
from tests.factories.requisitions import open_requisition
from tests.live import Live

pytestmark = pytest.mark.browser


@dataclass
class Walk:
    recruiter: User
    interviewer: User
    application: Application
    card: Scorecard


@pytest.fixture
def walk(live: Live, browser: object) -> Walk:
    """People of one walk's own: the live database outlives the test."""
    with live.database():
        role = open_requisition(title=f"Cartographer {uuid4().hex[:6]}")
        interviewer = UserFactory(name="Jonas Keller")
        talk = heard([interviewer], role, apply(role, name="Ana Lindgren"))
        application = apply(role, name="Ben Okafor")
        rejection_reason(name="Somebody fits better")
        return Walk(role.recruiter, interviewer, application, talk.card(interviewer))


def sign_in(window: BrowserContext, live: Live, user: User) -> Page:
    page = window.new_page()
    page.goto(f"{live.url}/console/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name=f"Hello {user.name}")).to_be_visible()
    return page


def test_a_recruiter_moves_and_rejects(
    live: Live, walk: Walk, window: BrowserContext, troubles: list[str]
) -> None:
    page = sign_in(window, live, walk.recruiter)
    waiting = page.locator("section", has_text="New applications")
    expect(waiting.locator(".ev-count")).to_have_text("2")
    waiting.get_by_role("link", name="Ben Okafor").click()

    page.get_by_role("link", name="Move", exact=True).click()
    page.get_by_label("To", exact=True).select_option("Recruiter screen")
    page.get_by_role("button", name="Move").click()
    expect(page.get_by_text("Moved.")).to_be_visible()
    expect(page.locator(".ev-sub").first).to_contain_text("Recruiter screen")

    page.get_by_label("Note", exact=True).fill("A kind no, please.")
    page.get_by_role("button", name="Add the note").click()
    expect(page.get_by_text("A kind no, please.")).to_be_visible()

    page.get_by_role("link", name="Reject", exact=True).click()
    page.get_by_label("Reason").select_option("Somebody fits better")
    expect(page.get_by_label("On the next working morning")).to_be_checked()
    page.get_by_role("button", name="Reject").click()
    expect(page.get_by_text("The application is rejected.")).to_be_visible()
    expect(page.locator(".ev-head .ev-badge")).to_have_text("Rejected")
    page.get_by_text("Read it as sent").first.click()
    expect(page.locator(".ev-letter pre").first).to_be_visible()

    with live.database():
        letter = Delivery.objects.get(
            about_id=walk.application.public_id, letter="candidates/rejection"
        )
        assert letter.state == "queued"
        assert Application.objects.get(pk=walk.application.pk).status == "rejected"
    assert troubles == []


def test_an_interviewer_fills_in_a_scorecard(
    live: Live, walk: Walk, window: BrowserContext, troubles: list[str]
) -> None:
    page = sign_in(window, live, walk.interviewer)
    page.get_by_role("link", name="Scorecards", exact=True).click()
    page.get_by_role("link", name="Ana Lindgren").click()
    for scale in page.locator("fieldset.ev-rate").all()[:-1]:
        scale.get_by_label("4", exact=True).check()
    page.get_by_label("Strong yes").check()
    page.get_by_label("Notes to the team").fill("Draws a map from memory.")
    page.get_by_role("button", name="Submit the scorecard").click()
    expect(page.get_by_text("Your scorecard is in.")).to_be_visible()
    expect(page.get_by_text("Draws a map from memory.")).to_be_visible()

    with live.database():
        card = Scorecard.objects.get(pk=walk.card.pk)
        assert (card.status, card.recommendation) == ("submitted", "strong_yes")
        assert {each.value for each in card.ratings.all()} == {4}
    assert troubles == []


def test_the_board_moves_people_without_a_mouse(
    live: Live, walk: Walk, window: BrowserContext, troubles: list[str]
) -> None:
    page = sign_in(window, live, walk.recruiter)
    page.get_by_role("link", name="Board", exact=True).click()
    page.get_by_role("link", name="Cartographer").click()
    choice = page.get_by_label("Move Ben Okafor to")
    choice.select_option("Interview loop")
    choice.press("Tab")
    page.keyboard.press("Enter")
    column = page.get_by_role("region", name="Interview loop")
    expect(column.get_by_role("link", name="Ben Okafor")).to_be_visible()
    assert troubles == []

"""No page of the console says, or lets somebody work out, what a blind reader may not know."""

from collections.abc import Iterator

import pytest
from django.test import Client

from ats.accounts.models import User
from ats.admin.base import list_url, url_of
from interviews.actions.debrief import open_debrief
from interviews.actions.loop import book_loop
from interviews.actions.scorecard import amend_scorecard
from interviews.models import Debrief, Scorecard
from requisitions.actions.team import join_hiring_team
from requisitions.enums import TeamRole
from tests.console.world import CANARY, World, screens, signed_in
from tests.factories.ats import UserFactory
from tests.factories.interviews import asked_for, plan, ratings, submit

# A page repeats what was searched for, which must not pass for a leak: search knows no case.
SOUGHT = CANARY.lower()
TOLD = ("strong no", "strong_no", "Strong no", CANARY)


def every_page(client: Client) -> Iterator[tuple[str, str]]:
    """Lists, pages, histories and the pages of all buttons, of every row there is."""
    for model, screen in screens().items():
        for url in (list_url(model), list_url(model, f"q={SOUGHT}")):
            yield url, client.get(url).content.decode()
        verbs = [each.name for each in screen.all_buttons()]
        for row in model._default_manager.all():
            pages = [url_of(row), url_of(row, "history")]
            for url in [*pages, *(url_of(row, "do", verb=verb) for verb in verbs)]:
                yield url, client.get(url).content.decode()
    yield "/console/", client.get("/console/").content.decode()


def told(page: str) -> bool:
    """The form of one's own scorecard offers the words of a recommendation."""
    is_own_form = 'name="recommendation"' in page
    return CANARY in page or (not is_own_form and any(word in page for word in TOLD))


def owing_admin(world: World) -> User:
    """A site admin and recruiter who also sits in a panel: nobody is exempt."""
    user = UserFactory(is_site_admin=True)
    by, role = world.talk.by, world.role
    join_hiring_team(role.requisition, user=user, role=TeamRole.RECRUITER, by=by)
    drafted = plan(role, 1)
    book_loop(world.talk.application, interviews=asked_for(drafted, [user], days=9), by=by)
    return user


@pytest.mark.parametrize("who", ["interviewer who owes", "a site admin who owes", "outsider"])
def test_nothing_tells_a_blind_reader(world: World, who: str) -> None:
    user = owing_admin(world) if who == "a site admin who owes" else world.people[who]
    open_debrief(world.talk.loop, override_reason="In a hurry", by=world.talk.by)
    leaks = [url for url, page in every_page(signed_in(user)) if told(page)]
    assert leaks == []


def test_amendments_tell_nothing_either(world: World) -> None:
    gave, owes = world.talk.interviewers
    card = world.talk.card(gave)
    amend_scorecard(
        card,
        recommendation="strong_no",
        ratings=ratings(card, 1, CANARY),
        by=world.talk.by,
    )
    page = signed_in(owes).get(url_of(card)).content.decode()
    assert not told(page)
    assert "opens when yours is in" in page


def test_it_opens_once_ones_own_is_in(world: World) -> None:
    gave, owes = world.talk.interviewers
    page = url_of(world.talk.card(gave))
    assert not told(signed_in(owes).get(page).content.decode())
    submit(world.talk.card(owes))
    said = signed_in(owes).get(page).content.decode()
    assert f"{CANARY} to the team" in said
    assert f"{CANARY} as evidence" in said


def test_private_notes_are_their_writers_alone(world: World) -> None:
    gave, owes = world.talk.interviewers
    submit(world.talk.card(owes))
    page = url_of(world.talk.card(gave))
    readers = {
        who
        for who, user in world.people.items()
        if f"{CANARY} in private" in signed_in(user).get(page).content.decode()
    }
    assert readers == {"interviewer who gave"}


@pytest.mark.parametrize(
    "query",
    [
        "recommendation=strong_no",
        "recommendation__exact=strong_no",
        "ratings__value=2",
        "notes__contains=KANARIEN",
        "versions__content__icontains=KANARIEN",
        "excused_because__gt=a",
    ],
)
def test_a_look_up_on_what_it_says_is_refused(world: World, query: str) -> None:
    client = signed_in(world.people["interviewer who owes"])
    assert client.get(list_url(Scorecard, query)).status_code == 400


def test_neither_search_nor_order_reaches_what_a_scorecard_says(world: World) -> None:
    client = signed_in(world.people["interviewer who owes"])
    found = client.get(list_url(Scorecard, f"q={SOUGHT}")).context_data["cl"]
    assert list(found.queryset) == []
    for column in range(1, 9):
        assert client.get(list_url(Scorecard, f"o={column}")).status_code == 200


def test_the_debrief_is_closed_to_whoever_owes(world: World) -> None:
    debrief = open_debrief(world.talk.loop, override_reason="In a hurry", by=world.talk.by)
    blind = owing_admin(world)
    assert signed_in(blind).get(url_of(debrief)).status_code == 404
    assert signed_in(world.role.manager).get(url_of(debrief)).status_code == 200
    assert Debrief.objects.get().status == "open"

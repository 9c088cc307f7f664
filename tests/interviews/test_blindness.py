"""Whoever owes a scorecard cannot read or infer what anybody else said, anywhere."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.urls import URLResolver, get_resolver

from ats.accounts.models import User
from ats.events.actors import Actor
from ats.events.models import Event
from ats.outbox.models import Delivery
from interviews.actions.debrief import decide_debrief, open_debrief
from interviews.actions.scorecard import excuse_scorecard
from interviews.models import Debrief, DecisionRecord, Rating, Scorecard, ScorecardVersion
from requisitions.actions.team import join_hiring_team
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply
from tests.factories.interviews import Heard, heard, ratings, submit
from tests.factories.requisitions import open_requisition

pytestmark = pytest.mark.django_db

CANARY = re.compile(
    rb"CANARY|strong_yes|strong yes|Strong yes|\"value\": ?[15]|\"score\"", re.IGNORECASE
)


@dataclass
class Room:
    """Alice has submitted; everybody in `owing` has an interview of their own and has not."""

    day: Heard
    alice: User
    owing: dict[str, User]
    debrief: Debrief
    record: DecisionRecord

    @property
    def card(self) -> Scorecard:
        return self.day.card(self.alice)


@pytest.fixture
def room(relay: Any) -> Room:
    alice = UserFactory(name="Alice")
    owing = {
        "interviewer": UserFactory(name="Ivo"),
        "manager": UserFactory(name="Mara"),
        "recruiter": UserFactory(name="Rita"),
        "coordinator": UserFactory(name="Cora"),
        "site admin": UserFactory(name="Ada", is_site_admin=True),
    }
    role = open_requisition(manager=owing["manager"])
    by = Actor.of(role.recruiter)
    for duty in ("recruiter", "coordinator"):
        join_hiring_team(role.requisition, user=owing[duty], role=duty, by=by)
    day = heard([alice, *owing.values()], role=role, application=apply(role, "Zoe"))
    card = day.card(alice)
    submit(
        card,
        ratings=ratings(card, 5, "CANARY-evidence"),
        recommendation="strong_yes",
        notes="CANARY-notes",
        private_notes="CANARY-private",
        no_decision_reason="CANARY-undecided",
    )
    debrief = open_debrief(day.loop, override_reason="CANARY-override", by=by)
    record = decide_debrief(
        debrief, decision="offer", reason="CANARY-reason", participants=[alice], by=by
    )
    relay()
    return Room(day, alice, owing, debrief, record)


def get_routes(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[str]:
    """Every address under the API that answers GET, as a template with `{}` for ids."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + template(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from get_routes(pattern.url_patterns, path)
        elif path.startswith("api/v1/") and answers_get(pattern.callback):
            yield f"/{path}"


def template(pattern: str) -> str:
    plain = re.sub(r"<[^>]+>", "{}", re.sub(r"\(\?P<\w+>[^)]*\)", "{}", pattern))
    return plain.removeprefix("^").removesuffix("$").removesuffix("\\Z").replace("\\", "")


def answers_get(callback: Any) -> bool:
    actions = getattr(callback, "actions", None)
    return "get" in actions if actions else hasattr(callback.view_class, "get")


def known_ids(room: Room) -> list[str]:
    """Of every kind of row one or more: all that is Alice's, the reader's own, and one user."""
    day = room.day
    owed = day.card(room.owing["interviewer"])
    rows = [
        *(day.role.requisition, day.role.posting, day.role.opening, day.role.competencies[0]),
        *(day.application, day.application.candidate, day.application.stage),
        *(day.plan, day.loop, day.loop.rubric, day.plan.interviews.first()),
        *(room.card, room.card.interview, room.card.seat, owed, owed.interview),
        *(room.debrief, room.record, room.alice, Event.objects.last()),
        *(Delivery.objects.filter(about_id=room.debrief.public_id)[:1]),
    ]
    return [str(row.public_id) for row in rows]


QUERIES = ("?count=true", "?status=submitted", "?status=submitted&count=true", "?mine=false")


# The description of the API holds the words of the enums, and no rows.
SAME_FOR_ALL = {"/api/v1/openapi.json", "/api/v1/docs/"}


def addresses(ids: list[str]) -> Iterator[str]:
    """Every route with every id, and every list as it is filtered and counted."""
    for route in sorted(set(get_routes()) - SAME_FOR_ALL):
        if "{}" in route:
            yield from (route.replace("{}", one) for one in ids)
        else:
            yield from (route, *(route + query for query in QUERIES))


def crawl(api: Any, paths: Iterable[str]) -> dict[str, tuple[int, bytes, str]]:
    """What this person is shown: status, bytes and ETag by address; 404 is nothing."""
    seen = {}
    for path in paths:
        answer = api.get(path)
        if answer.status_code != 404:
            content = b"".join(answer) if answer.streaming else answer.content
            seen[path] = (answer.status_code, content, answer.headers.get("ETag", ""))
    return seen


def where_it_shows(seen: dict[str, tuple[int, bytes, str]]) -> set[str]:
    return {path for path, (_, body, _) in seen.items() if CANARY.search(body)}


def test_whoever_owes_sees_no_canary_and_no_difference(room, as_):
    """Every address that shows anything to anybody, as each of those who owe, before and after
    what Alice said is turned into its opposite."""
    shown = crawl(as_(room.day.role.recruiter), addresses(known_ids(room)))
    by_noun = {path.split("/")[3].partition("?")[0] for path in where_it_shows(shown)}
    assert by_noun == {"scorecards", "debriefs", "decisions"}, "the control finds what is hidden"
    paths = sorted(path for path, (status, _, _) in shown.items() if status != 400)
    assert len(paths) > 60

    blind = {who: as_(person) for who, person in room.owing.items()}
    praised = {who: crawl(api, paths) for who, api in blind.items()}
    assert {who: where_it_shows(seen) for who, seen in praised.items()} == {
        who: set() for who in blind
    }
    turn_around(room)
    damned = {who: crawl(api, paths) for who, api in blind.items()}
    differences = {
        who: {path for path in paths if praised[who].get(path) != damned[who].get(path)}
        for who in blind
    }
    assert differences == {who: set() for who in blind}
    assert all(f"/api/v1/scorecards/{room.card.public_id}" in seen for seen in praised.values())


def turn_around(room: Room) -> None:
    """As if Alice had given ones for fives, and everybody had decided the opposite."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Rating.objects.update(value=1, evidence="CANARY-other")
        Scorecard.objects.filter(pk=room.card.pk).update(
            recommendation="strong_no", notes="CANARY-other", version=3, private_notes=""
        )
        ScorecardVersion.objects.update(content={"ratings": [], "recommendation": "strong_no"})
        Debrief.objects.update(combined={"score": 1.0}, override_reason="other")
        DecisionRecord.objects.update(decision="reject", reason="other", content={}, hash="0")
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_no_letter_says_what_a_scorecard_says(room):
    for letter in Delivery.objects.all():
        text = f"{letter.subject} {letter.body} {letter.calendar}".encode()
        assert not re.search(rb"CANARY|strong.yes", text, re.IGNORECASE), letter.letter


def test_no_event_says_what_a_scorecard_says(room):
    for event in Event.objects.all():
        assert not re.search(r"CANARY|strong|offer|reject", str(event.ids)), event.verb


@pytest.mark.parametrize("who", ["manager", "recruiter", "coordinator"])
def test_the_inner_circle_sees_all_of_it_once_their_own_is_in(room, as_, who):
    person = room.owing[who]
    path = f"/api/v1/scorecards/{room.card.public_id}"
    assert as_(person).get(path).json()["recommendation"] is None
    submit(room.day.card(person))
    after = as_(person).get(path).json()
    assert after["recommendation"] == "strong_yes"
    assert {rating["evidence"] for rating in after["ratings"]} == {"CANARY-evidence"}
    assert after["private_notes"] is None
    assert as_(person).get(f"/api/v1/debriefs/{room.debrief.public_id}").status_code == 200


def test_whoever_owes_decides_and_opens_nothing(room, as_):
    for who in ("manager", "recruiter", "site admin"):
        api = as_(room.owing[who])
        body = {"decision": "reject", "reason": "x", "participants": []}
        path = f"/api/v1/debriefs/{room.debrief.public_id}/decide"
        assert api.post(path, body).status_code == 404
    api = as_(room.owing["recruiter"])
    opened = api.post(
        f"/api/v1/loops/{room.day.loop.public_id}/open_debrief", {"override_reason": "x"}
    )
    assert opened.status_code == 409
    assert not CANARY.search(opened.content)


# Role by state: what each may read of Alice's submitted scorecard.

NOTHING, ROW, ALL = "nothing", "row", "all"


@pytest.fixture
def alices():
    """Two interviews, Alice's and Ivo's; Alice has submitted hers."""
    alice, ivo = UserFactory(name="Alice"), UserFactory(name="Ivo")
    day = heard([alice, ivo])
    submit(day.card(alice), private_notes="CANARY-private")
    return day, alice, ivo


def sees(as_, person, card):
    answer = as_(person).get(f"/api/v1/scorecards/{card.public_id}")
    if answer.status_code == 404:
        return NOTHING
    body = answer.json()
    if body["is_readable"]:
        assert body["ratings"]
        assert body["recommendation"] == "yes"
        return ALL
    assert {
        name: body[name]
        for name in ("recommendation", "ratings", "notes", "versions", "version", "private_notes")
    } == dict.fromkeys(
        ("recommendation", "ratings", "notes", "versions", "version", "private_notes")
    )
    assert (body["status"], body["interviewer_name"]) == ("submitted", "Alice")
    return ROW


@pytest.mark.parametrize(
    ("state", "expected"), [("owes", ROW), ("submitted", ALL), ("excused", ROW)]
)
def test_another_interviewer(alices, as_, state, expected):
    day, alice, ivo = alices
    if state == "submitted":
        submit(day.card(ivo))
    if state == "excused":
        excuse_scorecard(day.card(ivo), reason="Ill.", by=day.by)
    assert sees(as_, ivo, day.card(alice)) == expected


@pytest.mark.parametrize("role", ["recruiter", "hiring_manager", "coordinator"])
@pytest.mark.parametrize(
    ("state", "expected"), [("owes", ROW), ("submitted", ALL), ("excused", ALL), ("none", ALL)]
)
def test_the_inner_circle(alices, as_, role, state, expected):
    day, alice, ivo = alices
    person = ivo if state != "none" else UserFactory()
    join_hiring_team(day.role.requisition, user=person, role=role, by=day.by)
    if state == "submitted":
        submit(day.card(ivo))
    if state == "excused":
        excuse_scorecard(day.card(ivo), reason="Ill.", by=day.by)
    assert sees(as_, person, day.card(alice)) == expected


def test_the_others(alices, as_):
    day, alice, _ = alices
    card = day.card(alice)
    teammate = UserFactory()
    join_hiring_team(day.role.requisition, user=teammate, role="interviewer", by=day.by)
    assert sees(as_, alice, card) == ALL
    assert sees(as_, teammate, card) == NOTHING
    assert sees(as_, UserFactory(), card) == NOTHING
    assert sees(as_, UserFactory(is_site_admin=True), card) == ALL


def test_private_notes_are_their_writers_alone(alices, as_):
    day, alice, ivo = alices
    submit(day.card(ivo))
    path = f"/api/v1/scorecards/{day.card(alice).public_id}"
    assert as_(alice).get(path).json()["private_notes"] == "CANARY-private"
    readers = [ivo, day.role.recruiter, day.role.manager, UserFactory(is_site_admin=True)]
    assert {as_(person).get(path).json()["private_notes"] for person in readers} == {None}


def test_an_open_scorecard_shows_nothing_but_that_it_is_owed(alices, as_):
    day, _, ivo = alices
    body = as_(day.role.recruiter).get(f"/api/v1/scorecards/{day.card(ivo).public_id}").json()
    assert (body["status"], body["is_readable"], body["ratings"]) == ("open", False, None)


def test_blindness_is_for_the_application_and_nothing_else(alices, as_):
    """Ivo owes for Alice's candidate; what he gave for another one, and its others, he reads."""
    day, alice, ivo = alices
    other = heard([ivo, alice], role=day.role, days=9)
    submit(other.card(ivo))
    submit(other.card(alice))
    assert sees(as_, ivo, other.card(alice)) == ALL
    assert sees(as_, ivo, day.card(alice)) == ROW


def test_the_tag_of_a_hidden_scorecard_does_not_change_with_it(alices, as_):
    day, alice, ivo = alices
    path = f"/api/v1/scorecards/{day.card(alice).public_id}"
    before = as_(ivo).get(path).headers["ETag"]
    Rating.objects.update(value=2)
    assert as_(ivo).get(path).headers["ETag"] == before
    recruiter = as_(day.role.recruiter)
    shown = recruiter.get(path).headers["ETag"]
    Rating.objects.update(value=3)
    assert recruiter.get(path).headers["ETag"] != shown

"""A confidential requisition leaves no trace for whoever is not on its team: every address of the
API and every page of the console is walked by every kind of outsider."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib import admin
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.admin.base import list_url, url_of
from ats.custom_fields.models import CustomField
from ats.events.actors import Actor
from ats.outbox.models import Delivery
from ats.outbox.relay import relay_events
from requisitions.actions.competency import choose_competencies
from requisitions.actions.requisition import edit_requisition
from tests.ats.api.conftest import signed_in
from tests.ats.api.routes import API, Route, addresses, api_routes, ask
from tests.ats.api.world import World
from tests.factories.ats import UserFactory
from tests.factories.interviews import heard
from tests.factories.requisitions import open_requisition

pytestmark = pytest.mark.django_db

MARK = "ZIMTSCHNECKE"
READS = [route for route in api_routes() if route.method == "GET"]
# Lists of what belongs to requisitions: for an outsider they stay as they were. The others hold
# what belongs to the company as well, which the scene adds too.
TOLD_OF_NOTHING = {
    "applications",
    "approvals",
    "candidates",
    "debriefs",
    "interviews",
    "loops",
    "notes",
    "offers",
    "openings",
    "plans",
    "postings",
    "questions",
    "requisition-templates",
    "requisitions",
    "rubrics",
    "scorecards",
    "stage-rules",
    "stages",
    "team-members",
}
# What was published says to whoever holds its address that it is closed, and no more.
ONCE_PUBLISHED = {"board/postings/{id}", "internal-postings/{id}"}


@dataclass
class Scene:
    secret: World
    people: dict[str, User]
    # What each of them could list before there was anything to hide.
    before: dict[str, dict[str, Any]]


@pytest.fixture
def scene(settings: Any, tmp_path: Path) -> Scene:
    settings.MEDIA_ROOT = str(tmp_path)
    role = open_requisition(title="Nurse")
    day = heard(2, role)
    relay_events()
    people = {
        "site admin": UserFactory(is_site_admin=True),
        "recruiter elsewhere": role.recruiter,
        "interviewer elsewhere": day.interviewers[0],
        "nobody special": UserFactory(),
    }
    before = {who: lists_of(signed_in(person)) for who, person in people.items()}
    secret = World(MARK)
    hide(secret)
    return Scene(secret, people, before)


def hide(secret: World) -> None:
    """Everything that can be written about it bears the mark, history included."""
    role = secret.role
    by = Actor.of(role.recruiter)
    said = {CustomField.objects.get().key: MARK}
    edit_requisition(role.requisition, custom=said, highlights=[MARK], by=by)
    weighed = {"competency": role.competencies[0], "weight": "2", "weight_reason": MARK}
    choose_competencies(role.requisition, choices=[weighed], by=by)
    for requisition in (role.requisition, secret.waiting):
        edit_requisition(requisition, is_confidential=True, by=by)
    relay_events()


def lists_of(person: APIClient) -> dict[str, Any]:
    """Each list without an id in its address: the status, its rows and their number."""
    found = {}
    for route in READS:
        if "{" not in route.template:
            answer = ask(person, route, query="?count=true&limit=200")
            body = json_of(answer)
            if answer.status_code == 403:
                found[route.template] = (403, [], 0)
            elif "results" in body:
                rows = [row.get("id") for row in body["results"]]
                found[route.template] = (200, rows, body["count"])
    return found


def json_of(answer: Any) -> Any:
    return answer.json() if "json" in answer["Content-Type"] else {}


def ids_of(secret: World) -> set[str]:
    """The public ids of every row that belongs to the secret."""
    requisitions = [secret.role.requisition.pk, secret.waiting.pk]
    found = set()
    for model in apps.get_models():
        rows = belonging(model, requisitions, secret.application.pk)
        if rows is not None and hasattr(model, "public_id"):
            found |= {str(each) for each in rows.values_list("public_id", flat=True)}
    letters = Delivery.objects.filter(about_id__in=found).values_list("public_id", flat=True)
    return found | {str(each) for each in letters}


def belonging(model: Any, requisitions: list[int], application: int) -> Any:
    if model._meta.label == "requisitions.Requisition":
        return model.objects.filter(pk__in=requisitions)
    if model._meta.label == "candidates.Application":
        return model.objects.filter(pk=application)
    if model._meta.label == "candidates.Candidate":
        return model.objects.filter(applications=application)
    names = {field.name for field in model._meta.fields}
    if "requisition" in names:
        return model._base_manager.filter(requisition__in=requisitions)
    if "application" in names:
        return model._base_manager.filter(application=application)
    return None


# A page repeats what was searched for, and so does the record of it, to site admins.
ECHO = re.compile(rf'q(=|%3D){MARK}|value="{MARK}"|“{MARK}”|"q":\["{MARK}"\]')


def text_of(answer: Any) -> str:
    """Files are told apart by their bytes, whatever they are."""
    return "" if answer.streaming else ECHO.sub("", answer.content.decode(errors="replace"))


def trace(text: str, ids: set[str]) -> list[str]:
    return [each for each in (MARK, *ids) if each.lower() in text.lower()]


def test_lists_and_their_counts_are_as_if_it_were_not_there(scene: Scene) -> None:
    hidden, told = ids_of(scene.secret), []
    for who, user in scene.people.items():
        lists = lists_of(signed_in(user))
        told += [(who, name) for name, (_, rows, _) in lists.items() if hidden & set(rows)]
        told += [(who, name) for name, (_, rows, count) in lists.items() if count != len(rows)]
        told += [(who, name) for name in TOLD_OF_NOTHING if lists[name] != scene.before[who][name]]
    assert told == []


def test_no_address_of_the_api_tells_of_it(scene: Scene) -> None:
    ids, told = ids_of(scene.secret), []
    for who, user in scene.people.items():
        person = signed_in(user)
        for route, row, query in asked(person, scene.secret):
            answer = ask(person, route, row, query=query)
            text = text_of(answer).replace(row or "-", "")
            told += [(who, str(route), row, each) for each in trace(text, ids - {row})]
    assert told == []


def asked(person: APIClient, secret: World) -> Iterator[tuple[Route, str, str]]:
    for route in READS:
        for row in rows_of(route, person, secret):
            yield route, row, ""
        if "{" not in route.template:
            yield route, "", f"?q={MARK}"


def rows_of(route: Route, person: APIClient, secret: World) -> Iterator[str]:
    """What this person is shown, and every row of the secret."""
    if "{" not in route.template:
        yield ""
    elif route.noun not in secret.unlisted:
        seen = secret.ids(route.noun, person)
        yield from seen
        yield from set(secret.ids(route.noun, secret.recruiter)) - set(seen)
    elif not route.noun.endswith("-links"):  # whoever holds such a link is the candidate
        yield secret.unlisted[route.noun]


def test_every_row_of_it_is_answered_like_one_that_never_existed(scene: Scene) -> None:
    hidden = ids_of(scene.secret)
    assert len(hidden) > 20
    told = [
        (who, str(route), row)
        for who, user in scene.people.items()
        for person in [signed_in(user)]
        for route in READS
        if "{id}" in route.template
        for row in hidden & set(rows_of(route, scene.secret.recruiter, scene.secret))
        if not is_unknown(person, route, row)
    ]
    assert told == []


def is_unknown(person: APIClient, route: Route, row: str) -> bool:
    answer, never = ask(person, route, row), str(uuid4())
    if answer.status_code == 410 and route.template in ONCE_PUBLISHED:
        return not trace(text_of(answer).replace(row, ""), set())
    nothing = ask(person, route, never)
    texts = {text_of(answer).replace(row, ""), text_of(nothing).replace(never, "")}
    return answer.status_code == nothing.status_code and len(texts) == 1


def test_no_page_of_the_console_tells_of_it(scene: Scene) -> None:
    ids, told = ids_of(scene.secret), []
    for who, user in scene.people.items():
        person = signed_in(user)
        answers = {url: person.get(url) for url in console(scene.secret)}
        assert sum(each.status_code == 200 for each in answers.values()) > 10
        for url, answer in answers.items():
            told += [(who, url, each) for each in trace(text_of(answer), ids)]
    # The record of searches repeats to site admins what this walk itself has searched for.
    assert [each for each in told if "/searchrecord/" not in each[1]] == []


def console(secret: World) -> Iterator[str]:
    """Every page: those without a row, those of every row, searches, and boards."""
    for address, _ in addresses():
        if address.startswith("/console/") and "{" not in address and "logout" not in address:
            yield address
    for model in admin.site._registry:
        yield list_url(model, f"q={MARK}")
        for row in model._default_manager.all():
            yield url_of(row)
            yield url_of(row, "history")
    for requisition in (secret.role.requisition, secret.waiting):
        yield f"/console/candidates/application/board/{requisition.pk}/"


def test_its_own_people_find_it_everywhere(scene: Scene) -> None:
    """The walk sees what is there: otherwise it would prove nothing."""
    person, ids = scene.secret.recruiter, ids_of(scene.secret)
    assert trace(person.get(f"{API}requisitions").text, ids)
    assert trace(person.get(list_url(type(scene.secret.role.requisition))).text, ids)
    found = {
        route.template
        for route in READS
        for row in rows_of(route, person, scene.secret)
        if MARK in text_of(ask(person, route, row))
    }
    assert found > {
        "requisitions",
        "requisitions/{id}",
        "requisitions/{id}/changes",
        "requisitions/{id}/board",
        "requisition-templates/{id}",
        "applications",
        "candidates",
        "notes",
        "postings",
        "questions",
        "scorecards/{id}",
        "debriefs/{id}",
        "stage-rules",
    }

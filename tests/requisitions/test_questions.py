"""The application form: its verbs, by API and console, and what may not be asked."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.admin.base import url_of
from ats.errors import Blocked, Invalid
from ats.events.actors import Actor
from ats.events.models import Event
from requisitions.actions.form import (
    MOST,
    add_question,
    edit_question,
    move_question,
    retire_question,
)
from requisitions.actions.requisition import cancel_requisition
from requisitions.models import Question, Requisition
from tests.factories.ats import UserFactory
from tests.factories.requisitions import draft, open_requisition

pytestmark = pytest.mark.django_db
Client = Callable[[User | None], APIClient]
API = "/api/v1/questions"


@pytest.fixture
def requisition(rita: User) -> Requisition:
    return draft(rita)


@pytest.fixture
def by(rita: User) -> Actor:
    return Actor.of(rita)


def labels(requisition: Requisition) -> list[str]:
    return [question.label for question in requisition.questions.asked()]


def test_questions_are_added_at_the_end_and_moved(requisition: Requisition, by: Actor) -> None:
    first, _, third = (
        add_question(requisition, kind="short_text", label=name, by=by) for name in "ABC"
    )
    assert labels(requisition) == ["A", "B", "C"]
    move_question(third, by=by)
    assert labels(requisition) == ["C", "A", "B"]
    move_question(third, after=first, by=by)
    assert labels(requisition) == ["A", "C", "B"]
    for wrong in (third, add_question(draft(), kind="url", label="Other", by=by)):
        with pytest.raises(Invalid):
            move_question(third, after=wrong, by=by)
    assert labels(requisition) == ["A", "C", "B"]


def test_a_retired_question_is_asked_no_more_and_stays(requisition: Requisition, by: Actor) -> None:
    question = add_question(requisition, kind="yes_no", label="May you work here?", by=by)
    assert retire_question(question, by=by).retired_at
    again = retire_question(question, by=by)
    assert (labels(requisition), Question.objects.get()) == ([], again)
    for verb in (edit_question, move_question):
        with pytest.raises(Blocked):
            verb(question, by=by)
    assert verbs_of(question) == ["question.added", "question.retired"]


def verbs_of(question: Question) -> list[str]:
    events = Event.objects.filter(subjects__object_id=question.public_id).order_by("pk")
    return list(events.values_list("verb", flat=True))


def test_an_edit_that_changes_nothing_leaves_no_event(requisition: Requisition, by: Actor) -> None:
    question = add_question(requisition, kind="url", label="Your site", by=by)
    edit_question(question, label="Your site", by=by)
    edit_question(question, label="Your web site", is_required=True, by=by)
    assert verbs_of(question) == ["question.added", "question.edited"]
    assert Event.objects.latest("pk").ids["fields"] == ["is_required", "label"]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("label", {"label": " "}),
        ("options", {"options": ["Yes", "No"]}),
        ("options", {"kind": "single"}),
        ("options", {"kind": "single", "options": ["One"]}),
        ("options", {"kind": "multiple", "options": ["Red", " red"]}),
        ("label", {"label": "What is your current salary?"}),
        ("description", {"description": "For example your last drawn CTC."}),
        ("options/1", {"kind": "single", "options": ["None", "Salaire actuel"]}),
    ],
)
def test_what_cannot_be_asked_is_refused(
    requisition: Requisition, by: Actor, field: str, wrong: dict[str, Any]
) -> None:
    good = {"kind": "short_text", "label": "Why us?"}
    question = add_question(requisition, **good, by=by)
    with pytest.raises(Invalid) as refusal:
        add_question(requisition, **(good | wrong), by=by)
    assert refusal.value.field == field
    if "kind" not in wrong:
        with pytest.raises(Invalid):
            edit_question(question, **wrong, by=by)
    question.refresh_from_db()
    assert (labels(requisition), question.options) == (["Why us?"], [])


def test_the_database_keeps_choices_and_options_together(requisition: Requisition) -> None:
    for kind, options in (("single", []), ("url", ["A", "B"]), ("oracle", [])):
        with pytest.raises(IntegrityError), transaction.atomic():
            Question.objects.create(
                requisition=requisition, kind=kind, label="X", options=options, position=1
            )


def test_a_form_has_an_end_and_a_closed_requisition_keeps_its_form(
    requisition: Requisition, by: Actor
) -> None:
    Question.objects.bulk_create(
        Question(requisition=requisition, kind="url", label="X", position=n) for n in range(MOST)
    )
    with pytest.raises(Invalid, match="at most 100"):
        add_question(requisition, kind="url", label="One more", by=by)
    cancel_requisition(requisition, reason="Budget", by=by)
    with pytest.raises(Blocked, match="closed"):
        retire_question(requisition.questions.all()[0], by=by)


def test_the_api_has_the_verbs(rita: User, as_: Client, requisition: Requisition) -> None:
    api, id_ = as_(rita), str(requisition.public_id)
    body = {"requisition": id_, "kind": "single", "label": "Which?", "options": ["A", "B"]}
    made = api.post(API, body)
    assert (made.status_code, made.data["position"], made.data["options"]) == (201, 1, ["A", "B"])
    other = api.post(API, {"requisition": id_, "kind": "date", "label": "From when?"})
    edited = api.patch(made["Location"], {"options": ["A", "B", "C"], "is_required": True})
    assert (edited.data["options"], edited.data["is_required"]) == (["A", "B", "C"], True)
    assert api.patch(made["Location"], {"kind": "date"}).status_code == 400
    assert api.post(f"{made['Location']}/move", {"after": other.data["id"]}).status_code == 200
    form = api.get(f"/api/v1/requisitions/{id_}/form").data
    assert [row["label"] for row in form["questions"]] == ["From when?", "Which?"]
    assert [row["name"] for row in form["standard"]][:2] == ["name", "email"]
    assert api.post(f"{other['Location']}/retire").data["retired_at"]
    rows = api.get(f"{API}?requisition={id_}&is_retired=false").data["results"]
    assert [row["label"] for row in rows] == ["Which?"]
    assert api.delete(made["Location"]).status_code == 405


def test_asking_for_pay_history_is_refused_with_the_reason(
    rita: User, as_: Client, requisition: Requisition
) -> None:
    body = {"requisition": str(requisition.public_id), "kind": "number", "label": "Gehalt aktuell"}
    answer = as_(rita).post(API, body)
    assert (answer.status_code, answer.data["errors"][0]["pointer"]) == (400, "/label")
    assert "“gehalt aktuell” asks what somebody earns" in answer.data["errors"][0]["detail"]
    body["label"] = "Gehaltsvorstellung"
    assert as_(rita).post(API, body).status_code == 201


@pytest.mark.parametrize(
    "wrong",
    [
        {"options": "A"},
        {"options": [["A"], "B"]},
        {"label": "x" * 501},
        {"label": "a\x00b"},
        {"kind": "oracle"},
        {"options": ["x"] * 101, "kind": "single"},
    ],
)
def test_bad_input_is_refused(
    rita: User, as_: Client, requisition: Requisition, wrong: dict[str, Any]
) -> None:
    body = {"requisition": str(requisition.public_id), "kind": "url", "label": "Site"} | wrong
    assert as_(rita).post(API, body).status_code == 400
    assert not Question.objects.exists()


def test_only_the_team_sees_and_only_its_recruiter_changes(as_: Client) -> None:
    role = open_requisition(is_confidential=True)
    by = Actor.of(role.recruiter)
    question = add_question(role.requisition, kind="url", label="Site", by=by)
    url = f"{API}/{question.public_id}"
    assert as_(role.manager).get(url).status_code == 200
    assert as_(role.manager).post(f"{url}/retire").status_code == 403
    for stranger in (UserFactory(), UserFactory(is_site_admin=True)):
        assert as_(stranger).get(url).status_code == 404
        assert as_(stranger).get(API).data["results"] == []
        form = f"/api/v1/requisitions/{role.requisition.public_id}/form"
        assert as_(stranger).get(form).status_code == 404


def test_the_list_asks_as_often_for_three_questions_as_for_one(rita: User, as_: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert as_(rita).get(API).status_code == 200
        return len(queries)

    def add() -> None:
        add_question(draft(rita), kind="url", label="Site", by=Actor.of(rita))

    add()
    one = asked()
    add()
    add()
    assert asked() == one


def test_the_console_makes_the_form(rita: User, as_: Client, requisition: Requisition) -> None:
    client = as_(rita)
    client.default_format = "multipart"
    typed = {"kind": "single", "label": "Which city?", "options": "Redmond\r\n\r\nBerlin\r\n"}
    assert client.post(url_of(requisition, "do", verb="add_question"), typed).status_code == 302
    question = Question.objects.get()
    assert question.options == ["Redmond", "Berlin"]
    page = client.get(url_of(requisition)).content.decode()
    assert "Which city?" in page
    assert "Redmond · Berlin" in page
    shown = client.get(url_of(question, "do", verb="edit_question")).content.decode()
    assert "Redmond\nBerlin" in shown
    typed = {"label": "What do you earn now?", "options": "Redmond\nBerlin"}
    refused = client.post(url_of(question, "do", verb="edit_question"), typed)
    assert "earns or earned" in refused.content.decode()
    add_question(requisition, kind="url", label="Site", by=Actor.of(rita))
    last = requisition.questions.get(label="Site")
    assert client.post(url_of(last, "do", verb="move_question"), {"after": ""}).status_code == 302
    assert client.post(url_of(question, "do", verb="retire_question")).status_code == 302
    assert labels(requisition) == ["Site"]

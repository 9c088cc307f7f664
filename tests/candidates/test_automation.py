"""Stage rules: once per event, never for ever."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from rest_framework.test import APIClient

from ats.errors import DomainError
from ats.events.actors import Actor
from ats.events.log import declare, record
from ats.events.models import Event
from ats.outbox.models import Delivery
from ats.reminders.bell import ring_due
from ats.reminders.models import Reminder
from candidates.actions.application import move_application, withdraw_application
from candidates.actions.stage_rule import add_stage_rule
from candidates.automation import engine
from candidates.automation.registry import STEPS, step
from candidates.models import Application, StageRule, StageRuleRun
from tests.candidates.conftest import settle
from tests.factories.candidates import accepted, apply
from tests.factories.requisitions import Role, open_requisition

Rule = Callable[..., StageRule]


@pytest.fixture
def rule(role: Role, by: Actor) -> Rule:
    def add(kind: str, event: str, name: str, **params: Any) -> StageRule:
        return add_stage_rule(role.stage(kind), event=event, step=name, params=params, by=by)

    return add


def to(role: Role, kind: str) -> str:
    return str(role.stage(kind).public_id)


def stage_of(application: Application) -> str:
    return Application.objects.get(pk=application.pk).stage.kind


def outcomes() -> list[tuple[str, str]]:
    return list(StageRuleRun.objects.order_by("pk").values_list("outcome", "detail"))


def test_an_event_in_a_stage_moves_the_application(role: Role, rule: Rule) -> None:
    rule("applied", "offer.accepted", "move", stage=to(role, "offer"))
    rule("screen", "offer.accepted", "move", stage=to(role, "hired"))
    application = apply(role)
    accepted(application, role)
    settle()
    assert stage_of(application) == "offer"
    assert outcomes() == [("done", "Moved to Offer.")]
    moved = Event.objects.get(verb="application.moved")
    assert (moved.actor_kind, moved.ids["depth"]) == ("system", 1)
    assert Event.objects.get(verb="stage_rule.ran").ids["outcome"] == "done"


def test_the_room_above_can_trigger_a_rule(role: Role, rule: Rule, by: Actor) -> None:
    declare({"debrief.opened": ("overridden",)})
    rule("interview", "debrief.opened", "move", stage=to(role, "debrief"))
    application = move_application(apply(role), stage=role.stage("interview"), by=by)
    engine.run_stage_rules(record("debrief.opened", role.requisition, application, by=by))
    assert stage_of(application) == "debrief"


def test_entering_a_stage_fires_its_rules_once(role: Role, rule: Rule, by: Actor) -> None:
    rule("screen", "application.moved", "flag", text="Call them.")
    application = apply(role)
    move_application(application, stage=role.stage("screen"), by=by)
    settle()
    application.refresh_from_db()
    assert application.needs_attention == "Call them."
    event = Event.objects.get(verb="application.moved")
    engine.run_stage_rules(event)
    assert outcomes() == [("done", "Asked a person to look.")]
    with pytest.raises(IntegrityError, match="a_rule_runs_once_per_event"), transaction.atomic():
        StageRuleRun.objects.create(
            rule=StageRule.objects.get(), event=event, outcome="done", at=event.at
        )


def test_rules_that_chase_each_other_stop(role: Role, rule: Rule, by: Actor) -> None:
    rule("screen", "application.moved", "move", stage=to(role, "interview"))
    rule("interview", "application.moved", "move", stage=to(role, "screen"))
    application = move_application(apply(role), stage=role.stage("screen"), by=by)
    settle()
    assert [outcome for outcome, _ in outcomes()] == ["done"] * 5 + ["skipped"]
    assert outcomes()[-1][1] == "A chain of rules ends after 5 of them."
    assert application.visits.count() == 7


def test_what_changed_meanwhile_is_skipped_in_words(role: Role, rule: Rule, by: Actor) -> None:
    rule("applied", "application.submitted", "flag", text="x")
    rule("screen", "application.moved", "flag", text="x")
    gone = apply(role)
    withdraw_application(gone, by=by)
    passed = move_application(apply(role), stage=role.stage("screen"), by=by)
    move_application(passed, stage=role.stage("offer"), by=by)
    settle()
    assert outcomes() == [
        ("skipped", "The application is withdrawn."),
        ("skipped", "The application is in another stage by now."),
    ]


def test_a_refusal_is_recorded_and_undoes_its_step(role: Role, rule: Rule) -> None:
    other = open_requisition()
    rule("applied", "application.submitted", "move", stage=to(other, "screen"))

    @step("stumble")
    def stumble(application: Application, occasion: Any) -> str:
        Application.objects.filter(pk=application.pk).update(needs_attention="half done")
        raise DomainError("Not today.")

    try:
        rule("applied", "application.submitted", "stumble")
        application = apply(role)
        settle()
    finally:
        del STEPS["stumble"]
    assert outcomes() == [
        ("skipped", "The stage to move to is not one of this requisition."),
        ("skipped", "Not today."),
    ]
    application.refresh_from_db()
    assert application.needs_attention == ""


def test_a_paused_rule_rests(role: Role, rule: Rule) -> None:
    rule("applied", "application.submitted", "flag", text="x")
    StageRule.objects.update(is_paused=True)
    apply(role)
    settle()
    assert outcomes() == []


def test_a_rule_reminds_the_recruiter_while_it_still_matters(
    role: Role, rule: Rule, by: Actor, advance: Any
) -> None:
    rule("applied", "application.submitted", "remind", days=3, text="Three days already.")
    stays, leaves = apply(role, name="Stays"), apply(role, name="Leaves")
    settle()
    assert Reminder.objects.count() == 2
    move_application(leaves, stage=role.stage("screen"), by=by)
    ring_due()
    assert not Delivery.objects.filter(letter="candidates/rule_reminder").exists()
    advance(timedelta(days=3, minutes=1))
    ring_due()
    letter = Delivery.objects.get(letter="candidates/rule_reminder")
    assert (letter.to_address, letter.about_id) == (role.recruiter.email, stays.public_id)
    assert "Three days already." in letter.body
    assert Reminder.objects.count() == 0


def test_recruiters_write_rules(role: Role, recruiter: APIClient) -> None:
    body = {
        "stage": to(role, "interview"),
        "event": "debrief.opened",
        "step": "move",
        "params": {"stage": to(role, "debrief")},
    }
    made = recruiter.post("/api/v1/stage-rules", body)
    assert made.status_code == 201
    listed = recruiter.get("/api/v1/stage-rules").json()["results"]
    assert [row["id"] for row in listed] == [made.json()["id"]]
    manager = APIClient()
    manager.force_login(role.manager)
    assert manager.post("/api/v1/stage-rules", body).status_code == 403


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"event": "weather.changed"}, "/event"),
        ({"step": "dance"}, "/step"),
        ({"params": {}}, "/params"),
        ({"params": {"stage": "x", "more": 1}}, "/params"),
        ({"stage": "x"}, "/stage"),
    ],
)
def test_a_rule_that_cannot_work_is_refused(
    role: Role, recruiter: APIClient, changed: dict[str, Any], pointer: str
) -> None:
    body = {
        "stage": to(role, "screen"),
        "event": "offer.accepted",
        "step": "move",
        "params": {"stage": to(role, "offer")},
    }
    answer = recruiter.post("/api/v1/stage-rules", body | changed)
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert StageRule.objects.count() == 0

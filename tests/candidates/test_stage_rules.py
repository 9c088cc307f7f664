"""Rules that wait, ask for an answer, overstay, tell and reject; and what they would have done."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from rest_framework.test import APIClient

from ats.accounts.models import User
from ats.events.actors import Actor
from ats.events.models import Event
from ats.outbox.models import Delivery
from ats.reminders.bell import ring_due
from ats.reminders.models import Reminder
from candidates.actions.application import move_application, withdraw_application
from candidates.actions.overstay import note_overstay, note_overstays, overdue
from candidates.actions.planned_rejection import carry_out_planned_rejection
from candidates.actions.stage_rule import add_stage_rule, pause_stage_rule, retire_stage_rule
from candidates.models import Application, PlannedRejection, RejectionReason, StageRule
from requisitions.actions.form import add_question
from requisitions.actions.pipeline import edit_stage, retire_stage
from requisitions.models import Question
from tests.candidates.conftest import settle, signed_in
from tests.factories.candidates import accepted, apply
from tests.factories.requisitions import Role

Rule = Callable[..., StageRule]
WRITTEN = "Ines Moreau decided on 2026-03-02: the licence is required by law."
SYSTEM = Actor.system("test")


@pytest.fixture
def rule(role: Role, by: Actor) -> Rule:
    def add(kind: str, event: str, name: str, **more: Any) -> StageRule:
        return add_stage_rule(role.stage(kind), event=event, step=name, **more, by=by)

    return add


@pytest.fixture
def licence(role: Role, by: Actor) -> Question:
    return add_question(role.requisition, kind="yes_no", label="Do you hold a licence?", by=by)


@pytest.fixture
def why(db: None) -> RejectionReason:
    return RejectionReason.objects.filter(kind="we_rejected").order_by("pk")[0]


@pytest.fixture
def rejecting(rule: Rule, licence: Question, why: RejectionReason) -> StageRule:
    return rule(
        "applied",
        "application.submitted",
        "reject",
        params={"reason": str(why.public_id)},
        condition={"question": str(licence.public_id), "any_of": [False]},
        justification=WRITTEN,
    )


def answering(role: Role, question: Question, value: Any, **more: Any) -> Application:
    return apply(role, answers={str(question.public_id): value}, **more)


def outcomes(rule: StageRule) -> list[tuple[str, str]]:
    return list(rule.runs.order_by("pk").values_list("outcome", "detail"))


def fresh(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def test_a_rule_fires_for_the_answer_that_it_waits_for(
    role: Role, rule: Rule, licence: Question
) -> None:
    condition = {"question": str(licence.public_id), "any_of": [False]}
    flags = rule(
        "applied",
        "application.submitted",
        "flag",
        params={"text": "No licence."},
        condition=condition,
    )
    without = answering(role, licence, False, name="Without")
    answering(role, licence, True, name="With")
    apply(role, name="Silent")
    answering(role, licence, "no", name="By form")
    answering(role, licence, "yes", name="By form, with")
    settle()
    assert outcomes(flags) == [("done", "Asked a person to look.")] * 2
    assert fresh(without).needs_attention == "No licence."


@pytest.mark.parametrize(
    ("test", "value", "fires"),
    [("below", 3, True), ("below", 5, False), ("above", 9, True), ("above", 5, False)],
)
def test_a_number_can_be_below_or_above(
    role: Role, rule: Rule, by: Actor, test: str, value: int, fires: bool
) -> None:
    years = add_question(role.requisition, kind="number", label="Years?", by=by)
    condition = {"question": str(years.public_id), test: 5}
    said = {"params": {"text": "Look."}, "condition": condition}
    flags = rule("applied", "application.submitted", "flag", **said)
    answering(role, years, value)
    apply(role, name="Silent")
    settle()
    assert bool(outcomes(flags)) is fires


def test_any_of_several_chosen_answers_is_enough(role: Role, rule: Rule, by: Actor) -> None:
    options = ["Java", "Python", "Go"]
    known = add_question(role.requisition, kind="multiple", label="Which?", options=options, by=by)
    condition = {"question": str(known.public_id), "any_of": ["Go", "Java"]}
    said = {"params": {"text": "Look."}, "condition": condition}
    flags = rule("applied", "application.submitted", "flag", **said)
    answering(role, known, ["Python", "Go"], name="Both")
    answering(role, known, ["Python"], name="One")
    settle()
    assert len(outcomes(flags)) == 1


def test_leaving_a_stage_fires_its_rules(role: Role, rule: Rule, by: Actor) -> None:
    leaves = rule("screen", "application.left_stage", "flag", params={"text": "Left."})
    application = move_application(apply(role), stage=role.stage("screen"), by=by)
    settle()
    assert outcomes(leaves) == []
    move_application(application, stage=role.stage("offer"), by=by)
    settle()
    assert outcomes(leaves) == [("done", "Asked a person to look.")]
    back = move_application(fresh(application), stage=role.stage("screen"), by=by)
    move_application(back, stage=role.stage("offer"), by=by)
    move_application(back, stage=role.stage("screen"), by=by)
    settle()
    assert outcomes(leaves)[1:] == [("skipped", "The application is back in the stage by now.")]


def test_overstaying_is_noted_once_per_visit(
    role: Role, rule: Rule, by: Actor, advance: Any
) -> None:
    edit_stage(role.stage("screen"), target_days=5, by=by)
    stays = rule("screen", "application.overstayed", "flag", params={"text": "Too long."})
    slow = move_application(apply(role), stage=role.stage("screen"), by=by)
    quick = move_application(apply(role, name="Quick"), stage=role.stage("screen"), by=by)
    advance(timedelta(days=4))
    move_application(quick, stage=role.stage("interview"), by=by)
    assert note_overstays(by=SYSTEM) == 0
    advance(timedelta(days=1, minutes=1))
    visit = overdue()[0]
    assert note_overstays(by=SYSTEM) == 1
    assert not note_overstay(visit, by=SYSTEM)
    settle()
    assert outcomes(stays) == [("done", "Asked a person to look.")]
    event = Event.objects.get(verb="application.overstayed")
    assert event.subject("application") == slow.public_id
    assert event.ids["stage"] == str(role.stage("screen").public_id)


def test_a_new_target_counts_for_those_who_are_there(role: Role, by: Actor, advance: Any) -> None:
    edit_stage(role.stage("applied"), target_days=None, by=by)
    apply(role)
    advance(timedelta(days=10))
    assert note_overstays(by=SYSTEM) == 0
    edit_stage(role.stage("applied"), target_days=7, by=by)
    settle()
    assert len(overdue()) == 1
    edit_stage(role.stage("applied"), target_days=None, by=by)
    settle()
    assert overdue() == []


def test_a_rule_tells_everybody_with_a_role(role: Role, rule: Rule) -> None:
    tells = rule(
        "applied",
        "application.submitted",
        "tell",
        params={"role": "hiring_manager", "text": "A new one."},
    )
    again = rule("applied", "application.submitted", "tell", params={"role": "hiring_manager"})
    nobody = rule("applied", "application.submitted", "tell", params={"role": "sourcer"})
    wrong = rule("applied", "application.submitted", "tell", params={"role": "king"})
    apply(role)
    settle()
    told = Delivery.objects.filter(letter="candidates/rule_notice").order_by("pk")
    assert [letter.to_address for letter in told] == [role.manager.email] * 2
    assert "A new one." in told[0].body
    assert "It is in the stage" in told[1].body
    assert outcomes(tells) == outcomes(again) == [("done", f"Told {role.manager.name}.")]
    assert outcomes(nobody) == [("done", "Nobody has this role.")]
    assert outcomes(wrong)[0][0] == "skipped"


def test_a_rule_tags_the_person(role: Role, rule: Rule) -> None:
    tags = rule("applied", "application.submitted", "tag", params={"tag": "Early bird"})
    wrong = rule("applied", "application.submitted", "tag", params={"tag": " "})
    application = apply(role)
    settle()
    held = application.candidate.tagged.values_list("tag__name", flat=True)
    assert list(held) == ["Early bird"]
    assert outcomes(tags) == [("done", "Tagged “Early bird”.")]
    assert [outcome for outcome, _ in outcomes(wrong)] == ["skipped"]


def test_a_rule_rejects_a_day_later(
    role: Role, rejecting: StageRule, licence: Question, advance: Any
) -> None:
    application = answering(role, licence, False)
    settle()
    planned = PlannedRejection.objects.get()
    assert outcomes(rejecting) == [("done", "Will reject in 24 hours, unless somebody stops it.")]
    assert fresh(application).status == "active"
    assert "A rule will reject this application on" in fresh(application).needs_attention
    advance(timedelta(hours=23))
    ring_due()
    assert fresh(application).status == "active"
    advance(timedelta(hours=1, minutes=1))
    ring_due()
    planned.refresh_from_db()
    assert (fresh(application).status, planned.status) == ("rejected", "carried_out")
    event = Event.objects.get(verb="application.rejected")
    assert event.rule == f"stage_rule:{rejecting.public_id}"
    assert carry_out_planned_rejection(planned, by=SYSTEM).ended_at == planned.ended_at


def test_somebody_stops_it(
    role: Role, rejecting: StageRule, licence: Question, recruiter: APIClient, advance: Any
) -> None:
    application = answering(role, licence, False)
    settle()
    waiting = recruiter.get("/api/v1/planned-rejections?status=planned").json()["results"]
    assert [row["application"] for row in waiting] == [str(application.public_id)]
    assert waiting[0]["possible"] == ["stop"]
    stopped = recruiter.post(f"/api/v1/planned-rejections/{waiting[0]['id']}/stop")
    assert stopped.json()["status"] == "stopped"
    assert stopped.json()["stopped_by"] == str(role.recruiter.public_id)
    advance(timedelta(days=2))
    ring_due()
    assert fresh(application).status == "active"
    assert fresh(application).needs_attention == ""
    again = recruiter.post(f"/api/v1/planned-rejections/{waiting[0]['id']}/stop")
    assert again.status_code == 409


def test_moving_closing_and_switching_off_let_it_lapse(
    role: Role, rejecting: StageRule, licence: Question, by: Actor, advance: Any
) -> None:
    moved, gone, kept = (answering(role, licence, False, name=name) for name in "ABC")
    settle()
    move_application(moved, stage=role.stage("screen"), by=by)
    withdraw_application(gone, by=by)
    settle()
    rows = PlannedRejection.objects.order_by("pk").values_list("status", "detail")
    assert list(rows) == [
        ("lapsed", "The application was moved to Recruiter screen."),
        ("lapsed", "The application is withdrawn."),
        ("planned", ""),
    ]
    assert Reminder.objects.filter(kind="planned rejection").count() == 1
    pause_stage_rule(rejecting, by=by)
    advance(timedelta(days=2))
    ring_due()
    assert fresh(kept).status == "active"
    assert rows.all()[2] == ("lapsed", "The rule was switched off.")


def test_what_cannot_be_rejected_lapses_with_the_reason(
    role: Role, rejecting: StageRule, licence: Question, advance: Any
) -> None:
    application = answering(role, licence, False)
    settle()
    accepted(application, role)
    advance(timedelta(days=1, minutes=1))
    ring_due()
    planned = PlannedRejection.objects.get()
    assert planned.status == "lapsed"
    assert "There is an offer (accepted)" in planned.detail
    assert fresh(application).status == "active"


def test_one_plan_per_application(
    role: Role, rejecting: StageRule, licence: Question, rule: Rule, why: RejectionReason
) -> None:
    rule(
        "applied",
        "application.submitted",
        "reject",
        params={"reason": str(why.public_id), "letter": "never"},
        justification=WRITTEN,
    )
    answering(role, licence, False)
    settle()
    planned = PlannedRejection.objects.get()
    twin = PlannedRejection(
        application=planned.application,
        rule=rejecting,
        reason=planned.reason,
        letter="never",
        due_at=planned.due_at,
    )
    with pytest.raises(IntegrityError, match="one_planned_rejection"), transaction.atomic():
        twin.save()


@pytest.mark.parametrize("params", [{"reason": "x"}, {"letter": "soon"}])
def test_a_rule_that_names_nothing_is_skipped(
    role: Role, rule: Rule, why: RejectionReason, params: dict[str, str]
) -> None:
    said = {"reason": str(why.public_id), **params}
    broken = rule("applied", "application.submitted", "reject", params=said, justification=WRITTEN)
    apply(role)
    settle()
    assert [outcome for outcome, _ in outcomes(broken)] == ["skipped"]
    assert PlannedRejection.objects.count() == 0


def test_rejecting_is_switched_on_in_writing(
    role: Role, recruiter: APIClient, why: RejectionReason
) -> None:
    body = {
        "stage": str(role.stage("applied").public_id),
        "event": "application.submitted",
        "step": "reject",
        "params": {"reason": str(why.public_id)},
    }
    for justification in ({}, {"justification": "because"}):
        answer = recruiter.post("/api/v1/stage-rules", body | justification)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["pointer"] == "/justification"
    assert (
        recruiter.post("/api/v1/stage-rules", {**body, "justification": WRITTEN}).status_code == 201
    )
    with pytest.raises(IntegrityError, match="in_writing"), transaction.atomic():
        StageRule.objects.update(justification="")


def test_a_rule_is_paused_resumed_and_retired(role: Role, rule: Rule, recruiter: APIClient) -> None:
    made = rule("applied", "application.submitted", "flag", params={"text": "x"})
    at = f"/api/v1/stage-rules/{made.public_id}"
    assert recruiter.post(f"{at}/pause").json()["is_paused"] is True
    recruiter.post(f"{at}/pause")
    apply(role)
    settle()
    assert outcomes(made) == []
    assert recruiter.post(f"{at}/resume").json()["is_paused"] is False
    application = apply(role, name="Second")
    settle()
    runs = recruiter.get(f"{at}/runs").json()["results"]
    assert [(run["outcome"], run["application"]) for run in runs] == [
        ("done", str(application.public_id))
    ]
    assert recruiter.post(f"{at}/retire").json()["retired_at"]
    recruiter.post(f"{at}/retire")
    assert recruiter.post(f"{at}/resume").status_code == 409
    apply(role, name="Third")
    settle()
    assert len(outcomes(made)) == 1
    verbs = Event.objects.filter(verb__startswith="stage_rule.").exclude(verb__endswith=".ran")
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        "stage_rule.added",
        "stage_rule.paused",
        "stage_rule.resumed",
        "stage_rule.retired",
    ]
    assert retire_stage_rule(made, by=SYSTEM).retired_at


def test_a_retired_stage_gets_no_rule(role: Role, recruiter: APIClient, by: Actor) -> None:
    screen = retire_stage(role.stage("screen"), by=by)
    body = {"stage": str(screen.public_id), "event": "offer.sent", "step": "flag"}
    answer = recruiter.post("/api/v1/stage-rules", body | {"params": {"text": "x"}})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/stage")


def test_a_rehearsal_counts_what_would_have_fired(
    role: Role, recruiter: APIClient, licence: Question, by: Actor, advance: Any
) -> None:
    answering(role, licence, False, name="Long ago")
    advance(timedelta(days=40))
    first = move_application(
        answering(role, licence, False, name="First"), stage=role.stage("screen"), by=by
    )
    second = answering(role, licence, True, name="Second")
    body = {"stage": str(role.stage("applied").public_id), "event": "application.submitted"}
    before = Event.objects.count()

    def rehearsed(**more: Any) -> tuple[int, list[str]]:
        answer = recruiter.post("/api/v1/stage-rules/rehearse", body | more).json()
        return answer["fired"], answer["latest"]

    assert rehearsed() == (2, [str(second.public_id), str(first.public_id)])
    condition = {"question": str(licence.public_id), "any_of": [False]}
    assert rehearsed(condition=condition) == (1, [str(first.public_id)])
    assert rehearsed(event="application.left_stage") == (1, [str(first.public_id)])
    assert rehearsed(event="application.moved") == (0, [])
    screen = str(role.stage("screen").public_id)
    assert rehearsed(event="application.moved", stage=screen)[0] == 1
    assert Event.objects.count() == before


def test_a_rehearsal_of_overstaying_asks_the_visits(
    role: Role, recruiter: APIClient, by: Actor, advance: Any
) -> None:
    body = {"stage": str(role.stage("applied").public_id), "event": "application.overstayed"}
    edit_stage(role.stage("applied"), target_days=None, by=by)
    apply(role)
    assert recruiter.post("/api/v1/stage-rules/rehearse", body).json()["fired"] == 0
    edit_stage(role.stage("applied"), target_days=3, by=by)
    advance(timedelta(days=4))
    said = recruiter.post("/api/v1/stage-rules/rehearse", body).json()
    assert said["sentence"] == "Would have fired once in the last 30 days."


@pytest.mark.parametrize(
    "condition",
    [
        {"question": "x", "any_of": [True]},
        {"any_of": [True]},
        {"question": "LICENCE"},
        {"question": "LICENCE", "any_of": [True], "below": 3},
        {"question": "LICENCE", "sounds_like": "x"},
        {"question": "LICENCE", "any_of": []},
        {"question": "LICENCE", "any_of": "yes"},
        {"question": "LICENCE", "any_of": [1]},
        {"question": "LICENCE", "any_of": ["maybe"]},
        {"question": "LICENCE", "any_of": [{}]},
        {"question": "LICENCE", "below": 3},
        {"question": ["LICENCE"], "any_of": [True]},
    ],
)
def test_a_condition_that_cannot_be_met_is_refused(
    role: Role, recruiter: APIClient, licence: Question, condition: dict[str, Any]
) -> None:
    if condition.get("question") == "LICENCE":
        condition = {**condition, "question": str(licence.public_id)}
    body = {
        "stage": str(role.stage("applied").public_id),
        "event": "application.submitted",
        "step": "flag",
        "params": {"text": "x"},
        "condition": condition,
    }
    answer = recruiter.post("/api/v1/stage-rules", body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/condition")


def test_only_those_who_work_on_it_see_plans(
    role: Role, rejecting: StageRule, licence: Question, people: dict[str, User]
) -> None:
    answering(role, licence, False)
    settle()
    planned = PlannedRejection.objects.get()
    at = f"/api/v1/planned-rejections/{planned.public_id}"
    stranger, manager = signed_in(people["outsider"]), signed_in(role.manager)
    assert stranger.get(at).status_code == 404
    assert stranger.get("/api/v1/planned-rejections").json()["results"] == []
    assert manager.post(f"{at}/stop").status_code == 200

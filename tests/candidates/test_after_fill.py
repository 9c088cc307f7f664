"""What becomes of the others when the last seat is taken."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from rest_framework.test import APIClient

from ats.errors import Invalid
from ats.events.actors import Actor
from ats.jobs.actions import resume_job, stop_job, undo_job
from ats.jobs.models import Job
from candidates.actions.after_fill import begin_after_fill, choose_after_fill
from candidates.actions.application import hire_application, undo_hire, withdraw_application
from candidates.actions.pool import add_talent_pool, add_to_pool, retire_talent_pool
from candidates.models import Application, FillPlan
from tests.ats.jobs.conftest import until_idle
from tests.candidates.conftest import settle, signed_in
from tests.factories.candidates import accepted, apply, rejection_reason
from tests.factories.requisitions import Role

pytestmark = pytest.mark.django_db


def fill(role: Role, by: Actor) -> Application:
    application = apply(role)
    accepted(application, role)
    hired = hire_application(application, by=by)
    settle()
    return hired


def statuses(crowd: list[Application]) -> list[str]:
    return [Application.objects.get(pk=each.pk).status for each in crowd]


def test_the_others_are_rejected_after_their_days(role: Role, by: Actor, advance: Any) -> None:
    crowd = [apply(role), apply(role), apply(role)]
    plan = choose_after_fill(
        role.requisition, choice="reject", reason=rejection_reason(), after_days=3, by=by
    )
    assert "is rejected 3 days later" in str(plan)
    fill(role, by)
    withdraw_application(crowd[2], by=by)
    until_idle()
    assert statuses(crowd) == ["active", "active", "withdrawn"]
    assert not Application.objects.exclude(needs_attention="").exists()
    advance(timedelta(days=3, minutes=1))
    until_idle()
    assert statuses(crowd) == ["rejected", "rejected", "withdrawn"]
    job = Job.objects.get()
    assert (job.state, job.counts()["refused"]) == ("finished", 1)
    undo_job(job, by=by)
    until_idle()
    assert statuses(crowd) == ["active", "active", "withdrawn"]


def test_until_then_the_team_may_stop_it(role: Role, by: Actor, advance: Any) -> None:
    crowd = [apply(role)]
    reason = rejection_reason()
    choose_after_fill(role.requisition, choice="reject", reason=reason, letter="never", by=by)
    fill(role, by)
    manager = signed_in(role.manager)
    (job,) = manager.get("/api/v1/jobs").json()["results"]
    assert manager.post(f"/api/v1/jobs/{job['id']}/stop").json()["state"] == "stopped"
    coordinator = signed_in(role.requisition.team.get(role="coordinator").user)
    assert coordinator.get("/api/v1/jobs").json()["results"] == []
    advance(timedelta(days=30))
    until_idle()
    assert statuses(crowd) == ["active"]


def test_opening_it_again_stops_it_too(role: Role, by: Actor, advance: Any) -> None:
    crowd = [apply(role)]
    choose_after_fill(role.requisition, choice="reject", reason=rejection_reason(), by=by)
    hired = fill(role, by)
    undo_hire(hired, by=by)
    settle()
    job = Job.objects.get()
    assert job.state == "stopped"
    resume_job(job, by=by)
    advance(timedelta(days=30))
    until_idle()
    assert statuses(crowd) == ["active"]
    assert "is open again" in job.items.get().detail


def test_filled_again_it_begins_again(role: Role, by: Actor) -> None:
    apply(role)
    choose_after_fill(role.requisition, choice="reject", reason=rejection_reason(), by=by)
    hired = fill(role, by)
    undo_hire(hired, by=by)
    settle()
    hire_application(hired, by=by)
    settle()
    assert sorted(Job.objects.values_list("state", flat=True)) == ["queued", "stopped"]
    plan = FillPlan.objects.get()
    assert begin_after_fill(plan, by=by).job == plan.job
    stop_job(plan.job, by=by)
    assert Job.objects.count() == 2


def test_they_may_stay_as_they_are(role: Role, by: Actor) -> None:
    crowd = [apply(role)]
    plan = choose_after_fill(role.requisition, choice="keep", by=by)
    assert str(plan).startswith("Everybody who is still active then stays so")
    fill(role, by)
    assert (statuses(crowd), Job.objects.count()) == (["active"], 0)


def test_nobody_left_is_no_job(role: Role, by: Actor) -> None:
    choose_after_fill(role.requisition, choice="reject", reason=rejection_reason(), by=by)
    fill(role, by)
    assert Job.objects.count() == 0


def test_they_may_join_a_pool(role: Role, by: Actor) -> None:
    crowd = [apply(role), apply(role)]
    pool = add_talent_pool(name="Next year", by=by)
    add_to_pool(crowd[1].candidate, pool=pool, by=by)
    chosen = {"choice": "pool", "reason": rejection_reason(), "pool": pool, "letter": "never"}
    plan = choose_after_fill(role.requisition, **chosen, after_days=0, by=by)
    assert "joins the pool Next year and is rejected at once" in str(plan)
    fill(role, by)
    until_idle()
    assert statuses(crowd) == ["rejected", "rejected"]
    assert [each.candidate.pooled.count() for each in crowd] == [1, 1]
    undo_job(Job.objects.get(), by=by)
    until_idle()
    assert statuses(crowd) == ["active", "active"]
    assert [each.candidate.pooled.count() for each in crowd] == [0, 1]


def test_a_choice_that_cannot_be_meant_is_refused(role: Role, by: Actor) -> None:
    reason = rejection_reason()
    pool = retire_talent_pool(add_talent_pool(name="Old", by=by), by=by)
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("choice", {"choice": "forget"}),
        ("reason", {"choice": "reject"}),
        ("reason", {"choice": "reject", "reason": rejection_reason("they_withdrew")}),
        ("letter", {"choice": "reject", "reason": reason, "letter": "soon"}),
        ("after_days", {"choice": "reject", "reason": reason, "after_days": 91}),
        ("pool", {"choice": "pool", "reason": reason}),
        ("pool", {"choice": "pool", "reason": reason, "pool": pool}),
    ]
    for field, chosen in wrong:
        with pytest.raises(Invalid) as refusal:
            choose_after_fill(role.requisition, **chosen, by=by)
        assert refusal.value.field == field
    assert not FillPlan.objects.exists()


def test_the_database_wants_a_reason_and_a_pool(role: Role, by: Actor) -> None:
    choose_after_fill(role.requisition, choice="keep", by=by)
    for choice in ("reject", "pool"):
        with pytest.raises(IntegrityError), transaction.atomic():
            FillPlan.objects.update(choice=choice)


def test_the_choice_over_http(role: Role, recruiter: APIClient, by: Actor) -> None:
    url = f"/api/v1/requisitions/{role.requisition.public_id}/after-fill"
    assert recruiter.get(url).status_code == 404
    body = {"choice": "reject", "reason": str(rejection_reason().public_id), "after_days": 1}
    answer = recruiter.post(url, body, format="json")
    assert (answer.status_code, "a day later" in answer.json()["sentence"]) == (200, True)
    assert recruiter.get(url).json() == answer.json()
    coordinator = signed_in(role.requisition.team.get(role="coordinator").user)
    assert coordinator.post(url, body, format="json").status_code == 403
    assert recruiter.post(url, {"choice": "pool"}, format="json").status_code == 400

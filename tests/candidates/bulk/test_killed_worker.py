"""A bulk job across `kill -9` of its worker: real workers, real signals, every item once."""

from collections import Counter
from typing import Any

import pytest

from ats import clock
from ats.events.actors import Actor
from ats.events.models import Event
from ats.jobs.actions import start_job
from ats.jobs.models import Job
from candidates.bulk.planning import bulk_move
from candidates.models import Application, Candidate, StageVisit
from tests.factories.requisitions import Role, open_requisition
from tests.live import Live


def crowd(role: Role, count: int) -> list[Any]:
    """So many applications, as applying leaves them."""
    at, stage = clock.now(), role.stage("applied")
    people = Candidate.objects.bulk_create(Candidate(name=f"Person {n}") for n in range(count))
    made = Application.objects.bulk_create(
        Application(
            candidate=person,
            requisition=role.requisition,
            stage=stage,
            submitted={},
            applied_at=at,
        )
        for person in people
    )
    StageVisit.objects.bulk_create(
        StageVisit(application=application, stage=stage, entered_at=at) for application in made
    )
    return [application.public_id for application in made]


def done(job: Job) -> int:
    return Job.objects.get(pk=job.pk).counts()["done"]


def is_over(job: Job) -> bool:
    return Job.objects.get(pk=job.pk).finished_at is not None


@pytest.mark.parametrize(
    "count", [400, pytest.param(10_000, marks=pytest.mark.long)], ids=["some", "ten thousand"]
)
def test_every_item_is_done_once_across_two_killed_workers(live: Live, count: int) -> None:
    patience = 120 + count / 8
    with live.database():
        role = open_requisition()
        by, screen = Actor.of(role.recruiter), role.stage("screen")
        job = start_job(bulk_move(applications=crowd(role, count), stage=screen, by=by), by=by)
    for share in (0.25, 0.6):
        live.wait_for(lambda: done(job) >= count * share, patience, f"{share} of the items")  # noqa: B023
        live.restart_worker()
        with live.database():
            assert not is_over(job)
    live.wait_for(lambda: is_over(job), patience, "the job to be finished")
    with live.database():
        check_once(role, job, count)


def check_once(role: Role, job: Job, count: int) -> None:
    moved = Event.objects.filter(verb="application.moved")
    moved = moved.filter(ids__to_stage=str(role.stage("screen").public_id))
    assert Counter(Counter(moved.values_list("stream", flat=True)).values()) == {1: count}
    ours = Application.objects.filter(requisition=role.requisition)
    assert set(ours.values_list("stage__kind")) == {("screen",)}
    visits = StageVisit.objects.filter(application__in=ours)
    assert (visits.count(), visits.filter(left_at=None).count()) == (2 * count, count)
    outcomes = Counter(job.items.values_list("outcome", flat=True))
    assert outcomes == {"done": count}
    told = Event.objects.filter(stream=f"job:{job.public_id}").order_by("seq")
    assert [event.verb for event in told] == ["job.drafted", "job.started", "job.finished"]

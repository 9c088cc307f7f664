"""Jobs are worked item by item, each once, in turns, whatever dies."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from ats import clock
from ats.errors import Blocked, DomainError, TransitionNotAllowed
from ats.events.actors import Actor
from ats.events.models import Event
from ats.jobs import tasks, worker
from ats.jobs.actions import (
    Item,
    draft_job,
    forget_drafts,
    possible,
    resume_job,
    start_job,
    stop_job,
    undo_job,
)
from ats.jobs.models import Job
from ats.outbox.models import Heartbeat
from tests.ats.jobs.conftest import Make, Note, outcomes, until_idle

pytestmark = pytest.mark.django_db


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_a_draft_is_only_looked_at(note: Note, by: Actor) -> None:
    items = [Item(), Item(foreseen="It is shut."), Item(foreseen="It is old."), Item()]
    items += [Item(foreseen="It is shut.")]
    job = draft_job("note", items=items, by=by)
    until_idle()
    assert job.preview == {
        "will": 2,
        "reasons": [
            {"sentence": "It is shut.", "count": 2},
            {"sentence": "It is old.", "count": 1},
        ],
    }
    assert (note.seen, possible(job)) == ([], ["start"])


def test_an_old_preview_is_not_started(note: Note, by: Actor, advance: Any) -> None:
    job = draft_job("note", items=[Item()], by=by)
    advance(timedelta(hours=2))
    with pytest.raises(DomainError, match="more than an hour old"):
        start_job(job, by=by)
    tasks.forget_drafts()
    assert list(Job.objects.all()) == []


def test_a_fresh_preview_is_kept(note: Note, by: Actor) -> None:
    draft_job("note", items=[Item()], by=by)
    assert forget_drafts() == 0


def test_everything_is_done_once_and_told(make: Make, note: Note, by: Actor) -> None:
    job = make(5)
    tasks.work_on_jobs()
    assert worker.work_due() == 0
    assert note.seen == [0, 1, 2, 3, 4]
    assert Heartbeat.objects.count() == 5
    job = fresh(job)
    assert (job.state, job.lease, job.counts()["done"]) == ("finished", None, 5)
    assert {item.detail for item in job.items.all()} == {"noted"}
    told = Event.objects.filter(stream=f"job:{job.public_id}").order_by("seq")
    assert [event.verb for event in told] == ["job.drafted", "job.started", "job.finished"]
    assert {event.user_id for event in told} == {job.owner.public_id}


def test_a_refusal_is_kept_in_words_and_changes_nothing(make: Make, note: Note) -> None:
    note.ill[1] = DomainError("It is shut.")
    job = make(3)
    until_idle()
    assert outcomes(job) == ["done", "refused", "done"]
    assert job.items.get(position=1).detail == "It is shut."
    assert Heartbeat.objects.count() == 2


def test_what_fails_is_tried_three_times_and_may_be_resumed(
    make: Make, note: Note, by: Actor
) -> None:
    note.ill[1] = RuntimeError("a bug")
    job = make(3)
    until_idle()
    assert note.seen == [0, 1, 1, 1, 2]
    assert outcomes(job) == ["done", "failed", "done"]
    assert "on our side" in job.items.get(position=1).detail
    assert possible(fresh(job)) == ["resume", "undo"]
    note.ill.clear()
    resume_job(job, by=by)
    until_idle()
    assert outcomes(job) == ["done", "done", "done"]
    assert fresh(job).state == "finished"


def test_a_finished_job_without_failures_has_nothing_to_resume(make: Make, by: Actor) -> None:
    job = make(1)
    until_idle()
    with pytest.raises(Blocked, match="Everything was tried"):
        resume_job(job, by=by)


def test_a_job_without_items_is_finished(make: Make) -> None:
    job = make(0)
    until_idle()
    assert fresh(job).state == "finished"


def test_it_stops_between_items_and_goes_on_there(make: Make, note: Note, by: Actor) -> None:
    job = make(3)
    held = worker.claim()
    assert worker.work_next(held)
    stop_job(job, by=by)
    assert not worker.work_next(held)
    assert outcomes(job) == ["done", "waiting", "waiting"]
    assert possible(fresh(job)) == ["resume", "undo"]
    resume_job(job, by=by)
    Job.objects.update(lease_until=None)
    until_idle()
    assert note.seen == [0, 1, 2]


def test_nothing_is_begun_before_its_time(make: Make, note: Note, by: Actor, advance: Any) -> None:
    job = make(1, due_at=clock.now() + timedelta(days=3))
    until_idle()
    assert (note.seen, fresh(job).state, possible(fresh(job))) == ([], "queued", ["stop"])
    advance(timedelta(days=3, minutes=1))
    until_idle()
    assert fresh(job).state == "finished"


def test_jobs_take_turns(make: Make, note: Note, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long one of them is, the other one's turn comes."""
    long, short = make(6), make(2)
    monkeypatch.setattr(worker, "TURN", 0.0)
    monkeypatch.setattr(worker, "work_on", lambda job: turns.append(job.pk) or one(job))
    turns: list[int] = []
    until_idle()
    assert turns[:4] == [long.pk, short.pk, long.pk, short.pk]
    assert {fresh(long).state, fresh(short).state} == {"finished"}


def one(job: Job) -> int:
    worker.work_next(job)
    worker.mine(job).update(lease=None, lease_until=None, served_at=Now())
    return 1


def test_a_leased_job_is_left_alone_until_its_worker_is_dead(make: Make, note: Note) -> None:
    job = make(2)
    dead = worker.claim()
    assert worker.work_next(dead)
    assert worker.claim() is None
    Job.objects.update(lease_until=Now() - timedelta(seconds=1))
    heir = worker.claim()
    assert (heir.pk, heir.deaths) == (job.pk, 1)
    assert not worker.work_next(dead)
    assert worker.work_next(heir)
    assert note.seen == [0, 1]


def test_an_item_that_kills_its_workers_is_left_aside(make: Make, note: Note) -> None:
    job = make(2)
    for _ in range(worker.DEATHS):
        worker.claim()
        Job.objects.update(lease_until=Now() - timedelta(seconds=1))
    until_idle()
    assert outcomes(job) == ["failed", "done"]
    assert fresh(job).deaths == 0


def test_dying_when_nothing_is_left_harms_nothing(make: Make, note: Note) -> None:
    job = make(0)
    for _ in range(worker.DEATHS):
        worker.claim()
        Job.objects.update(lease_until=Now() - timedelta(seconds=1))
    until_idle()
    assert fresh(job).state == "finished"


def test_the_lease_is_renewed_while_it_works(
    make: Make, note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(3)
    monkeypatch.setattr(worker, "RENEW_AFTER", 0.0)
    until_idle()
    assert note.seen == [0, 1, 2]


def test_undoing_goes_backwards_and_keeps_what_cannot(make: Make, note: Note, by: Actor) -> None:
    note.ill[0] = DomainError("It is shut.")
    job = make(4)
    until_idle()
    Heartbeat.objects.filter(name=str(job.items.get(position=2).subject_id)).delete()
    note.seen.clear()
    undo_job(job, by=by)
    until_idle()
    assert note.seen == [3, 2, 1]
    assert outcomes(job) == ["refused", "undone", "kept", "undone"]
    assert job.items.get(position=2).detail == "Somebody took it away meanwhile."
    assert (fresh(job).state, possible(fresh(job))) == ("undone", [])
    assert Heartbeat.objects.count() == 0


def test_undoing_may_stop_and_go_on(make: Make, note: Note, by: Actor) -> None:
    job = make(2)
    until_idle()
    undo_job(job, by=by)
    stop_job(job, by=by)
    assert possible(fresh(job)) == ["resume"]
    with pytest.raises(Blocked, match="resume it"):
        undo_job(job, by=by)
    resume_job(job, by=by)
    until_idle()
    assert outcomes(job) == ["undone", "undone"]


def test_what_fails_while_undoing_is_kept(
    make: Make, note: Note, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = make(1)
    until_idle()
    job.items.update(result={})
    undo_job(job, by=by)
    until_idle()
    assert outcomes(job) == ["kept"]


def test_some_things_cannot_be_undone(make: Make, by: Actor) -> None:
    job = make(1, kind="once")
    until_idle()
    assert possible(fresh(job)) == []
    with pytest.raises(Blocked, match="cannot be undone"):
        undo_job(job, by=by)


def test_a_running_job_is_not_undone_before_it_stops(make: Make, by: Actor) -> None:
    with pytest.raises(TransitionNotAllowed):
        undo_job(make(1), by=by)


def test_the_database_refuses_a_subject_twice(note: Note, by: Actor) -> None:
    same = Item(by.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        draft_job("note", items=[same, same], by=by)

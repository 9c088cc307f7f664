"""Several people at once, in real threads on real connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from ats import clock
from ats.errors import DomainError
from ats.events.actors import Actor
from ats.events.models import Event
from ats.jobs.actions import start_job
from ats.jobs.worker import work_due
from ats.outbox.models import Delivery
from candidates.actions.application import hire_application, move_application, reject_application
from candidates.actions.files import FileIn
from candidates.actions.offer import (
    accept_offer,
    decline_offer,
    expire_offer,
    rescind_offer,
    send_offer,
)
from candidates.actions.offer_version import extend_offer
from candidates.actions.transfer import transfer_application
from candidates.bulk.planning import bulk_move, bulk_reject
from candidates.models import Application, Candidate, EmailAddress, Offer, StageVisit
from candidates.tasks import expire_offers
from requisitions.actions.pipeline import retire_stage
from requisitions.models import Opening, Stage
from tests.candidates.test_apply import door, told
from tests.factories.candidates import accepted, apply, draft, rejection_reason, sent
from tests.factories.requisitions import Role, open_requisition

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def role(transactional_db: Any) -> Role:
    return open_requisition()


def together(*calls: Callable[[], Any]) -> list[Any]:
    """All calls begin at the same moment; what each returned, or the refusal it met."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            start.wait(10)
            return call()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def won(results: list[Any]) -> list[Any]:
    return [result for result in results if not isinstance(result, DomainError)]


def test_many_clicks_are_one_application(role: Role) -> None:
    def click() -> Any:
        body = {"name": "Ana", "email": "ana@mail.example", "phone": "1", "consent": True}
        return told(APIClient().post(door(role), body))

    answers = together(*[click] * 24)
    assert {answer[0] for answer in answers} == {201}
    assert len({answer[1] for answer in answers}) == 1
    counts = [m.objects.count() for m in (Application, Candidate, EmailAddress, StageVisit)]
    assert counts == [1, 1, 1, 1]
    assert Event.objects.filter(verb="application.submitted").count() == 1


def test_thirty_two_at_once_with_resumes_are_one(role: Role, files: Any) -> None:
    resume = FileIn("a.txt", b"hello")
    calls = [
        lambda case=case: apply(role, email=f"{case}@mail.example", resume=resume)
        for case in ["ana", "ANA", "Ana", "aNa"] * 8
    ]
    assert len({application.pk for application in together(*calls)}) == 1
    assert len(list(files.iterdir())) == 1


def test_two_addresses_of_one_person_make_one_application(role: Role) -> None:
    other = open_requisition()
    person = apply(other, email="one@mail.example").candidate
    person.emails.create(address="two@mail.example")
    calls = [
        lambda email=email: apply(role, email=email)
        for email in ["one@mail.example", "two@mail.example"] * 4
    ]
    assert len({application.pk for application in together(*calls)}) == 1


def test_many_people_are_many_applications(role: Role) -> None:
    assert len(won(together(*[lambda: apply(role)] * 16))) == 16
    assert Application.objects.count() == 16


def test_two_hires_cannot_share_one_opening(role: Role) -> None:
    by = Actor.of(role.recruiter)
    people = [apply(role), apply(role)]
    for application in people:
        accepted(application, role)
    results = together(*[lambda a=a: hire_application(a, by=by) for a in people])
    (hired,) = won(results)
    assert sorted(Application.objects.values_list("status", flat=True)) == ["active", "hired"]
    assert Opening.objects.get().filled_by == hired.public_id
    assert Event.objects.filter(verb="application.hired").count() == 1


def test_one_hire_clicked_twice_is_one_hire(role: Role) -> None:
    application = apply(role)
    accepted(application, role)
    by = Actor.of(role.recruiter)
    assert len(won(together(*[lambda: hire_application(application, by=by)] * 4))) == 1


def test_applying_while_the_seat_is_filled_never_deadlocks(role: Role) -> None:
    application = apply(role)
    accepted(application, role)
    by = Actor.of(role.recruiter)
    calls = [lambda: apply(role)] * 8 + [lambda: hire_application(application, by=by)]
    results = together(*calls)
    assert results[-1].status == "hired"
    assert {getattr(result, "code", "in") for result in results[:-1]} <= {"posting_closed", "in"}


@pytest.mark.parametrize("attempt", range(4))
def test_one_answer_to_an_offer_wins(role: Role, attempt: int) -> None:
    offer = sent(apply(role), role)
    link = Actor.link(offer.public_id)
    calls = [
        lambda: accept_offer(offer, by=link),
        lambda: decline_offer(offer, by=link),
        lambda: expire_offer(offer, by=Actor.system("test")),
        lambda: accept_offer(offer, by=link),
    ]
    (winner,) = won(together(*calls))
    assert Offer.objects.get().status == winner.status
    answers = ["offer.accepted", "offer.declined", "offer.expired"]
    assert Event.objects.filter(verb__in=answers).count() == 1


@pytest.mark.parametrize("attempt", range(12))
def test_rescinding_and_accepting_agree(role: Role, attempt: int) -> None:
    """Exactly one wins: whoever rescinds has not read that it was accepted."""
    offer = sent(apply(role), role)
    by, link = Actor.of(role.recruiter), Actor.link(offer.public_id)
    results = together(
        lambda: accept_offer(offer, by=link),
        lambda: rescind_offer(offer, by=by),
        lambda: expire_offer(offer, by=Actor.system("test")),
        lambda: decline_offer(offer, by=link),
    )
    assert len(won(results)) == 1
    told = list(
        Event.objects.filter(verb__startswith="offer.")
        .exclude(verb__in=["offer.drafted", "offer.submitted", "offer.approved", "offer.sent"])
        .order_by("seq")
        .values_list("verb", flat=True)
    )
    assert told == [f"offer.{Offer.objects.get().status}"]


@pytest.mark.parametrize("attempt", range(6))
def test_more_time_and_the_end_of_time_agree(role: Role, attempt: int) -> None:
    """Either it is still out with the later end, or it has expired with the earlier one."""
    offer = sent(apply(role), role)
    Offer.objects.filter(pk=offer.pk).update(expires_at=clock.now() - timedelta(seconds=1))
    later = clock.now() + timedelta(days=3)
    (extended, _) = together(
        lambda: extend_offer(offer, expires_at=later, by=Actor.of(role.recruiter)),
        expire_offers,
    )
    found = Offer.objects.get()
    told = Event.objects.filter(verb__in=["offer.extended", "offer.expired"])
    is_won = not isinstance(extended, DomainError)
    assert (found.status, found.expires_at == later) == (
        ("sent", True) if is_won else ("expired", False)
    )
    assert told.count() == 1


def test_of_two_moves_from_one_stage_one_happens(role: Role) -> None:
    application = apply(role)
    by, here = Actor.of(role.recruiter), role.stage("applied")
    results = together(
        *[
            lambda stage=stage: move_application(application, stage=stage, from_stage=here, by=by)
            for stage in (role.stage("screen"), role.stage("interview"), role.stage("offer"))
        ]
    )
    (moved,) = won(results)
    assert {r.code for r in results if isinstance(r, DomainError)} == {"moved_meanwhile"}
    assert application.visits.count() == 2
    assert application.visits.get(left_at=None).stage == moved.stage


def test_an_offer_and_a_rejection_never_meet(role: Role) -> None:
    application = apply(role)
    by = Actor.of(role.recruiter)
    results = together(
        lambda: draft(application, role),
        lambda: reject_application(application, reason=rejection_reason(), by=by),
    )
    assert len(won(results)) == 1


def test_a_sent_offer_is_sent_once(role: Role) -> None:
    offer = sent(apply(role), role)
    by = Actor.of(role.recruiter)
    assert won(together(*[lambda: send_offer(offer, by=by)] * 4)) == []


def test_nobody_stands_in_a_stage_that_was_retired_while_they_moved(role: Role) -> None:
    by, screen, debrief = Actor.of(role.recruiter), role.stage("screen"), role.stage("debrief")
    people = [apply(role) for _ in range(15)]
    moves = [
        partial(move_application, each, stage=Stage.objects.get(pk=screen.pk), by=by)
        for each in people
    ]
    retire = partial(retire_stage, screen, move_to=debrief, by=by)
    results = together(*moves, retire)
    while isinstance(results[-1], DomainError):
        # Somebody came in between: nothing was done, and the recruiter asks again.
        results.append(together(retire)[0])
    assert results[-1].retired_at is not None
    assert not Application.objects.filter(stage=screen, status="active").exists()
    where = set(Application.objects.values_list("stage__kind", flat=True))
    assert where <= {"applied", "debrief"}
    assert StageVisit.objects.filter(left_at=None).count() == len(people)


def test_rejecting_and_moving_agree(role: Role) -> None:
    """Whichever is second finds the first: a rejected one is never moved."""
    application = apply(role)
    by, screen = Actor.of(role.recruiter), role.stage("screen")
    results = together(
        lambda: move_application(application, stage=screen, by=by),
        lambda: reject_application(application, reason=rejection_reason(), by=by),
        lambda: move_application(application, stage=role.stage("offer"), by=by),
    )
    assert results[1].status == "rejected"
    assert application.visits.filter(left_at=None).count() == 0
    told = list(application_events(application))
    assert told[-1] == "application.rejected"
    assert told.count("application.rejected") == 1


def application_events(application: Application) -> Any:
    stream = f"application:{application.public_id}"
    return Event.objects.filter(stream=stream).order_by("seq").values_list("verb", flat=True)


@pytest.mark.parametrize("attempt", range(3))
def test_of_a_transfer_and_a_rejection_one_happens(role: Role, attempt: int) -> None:
    target = open_requisition(recruiter=role.recruiter)
    application = apply(role)
    by = Actor.of(role.recruiter)
    results = together(
        lambda: transfer_application(application, requisition=target.requisition, by=by),
        lambda: reject_application(application, reason=rejection_reason(), by=by),
        lambda: transfer_application(application, requisition=target.requisition, by=by),
    )
    assert len(won(results)) == 1
    application.refresh_from_db()
    there = Application.objects.filter(requisition=target.requisition).count()
    assert (application.status, there) in (("rejected", 0), ("transferred", 1))


def test_transferring_and_applying_there_at_once_is_one_active_application(role: Role) -> None:
    target = open_requisition(recruiter=role.recruiter)
    application = apply(role, email="ana@mail.example")
    by = Actor.of(role.recruiter)
    together(
        lambda: transfer_application(application, requisition=target.requisition, by=by),
        lambda: apply(target, email="ana@mail.example"),
        lambda: apply(target, email="ana@mail.example"),
    )
    there = Application.objects.filter(requisition=target.requisition)
    assert [each.status for each in there] == ["active"]


@pytest.mark.parametrize("attempt", range(3))
def test_a_bulk_job_and_rejections_by_hand_agree(role: Role, attempt: int) -> None:
    """Each is rejected once, by the one or the other, and gets one letter."""
    people = [apply(role) for _ in range(6)]
    by, reason = Actor.of(role.recruiter), rejection_reason()
    job = bulk_reject(applications=[each.public_id for each in people], reason=reason, by=by)
    start_job(job, by=by)
    by_hand = [partial(reject_application, each, reason=reason, by=by) for each in people]
    results = together(work_due, *by_hand)
    assert set(Application.objects.values_list("status", flat=True)) == {"rejected"}
    assert Event.objects.filter(verb="application.rejected").count() == len(people)
    assert Delivery.objects.filter(letter="candidates/rejection").count() == len(people)
    counts = job.counts()
    assert counts["done"] + counts["refused"] == len(people)
    assert counts["done"] + len(won(results[1:])) == len(people)


def test_a_job_that_two_workers_hold_is_done_once(role: Role) -> None:
    people = [apply(role) for _ in range(6)]
    by = Actor.of(role.recruiter)
    chosen = [each.public_id for each in people]
    job = bulk_move(applications=chosen, stage=role.stage("screen"), by=by)
    start_job(job, by=by)
    together(work_due, work_due, work_due)
    assert Event.objects.filter(verb="application.moved").count() == len(people)
    assert job.counts()["done"] == len(people)

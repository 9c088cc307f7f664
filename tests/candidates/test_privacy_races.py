"""An erasure and something else at the same moment, in real threads."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from ats import clock
from ats.events.actors import Actor
from ats.outbox.deliver import claim, deliver_due, send
from ats.outbox.models import Delivery
from ats.outbox.relay import relay_events
from ats.privacy.models import Erasure
from candidates.actions.erasure_request import ask_erasure, cancel_erasure, carry_out_due
from candidates.actions.merge import merge_candidates
from candidates.actions.privacy import erase_candidate, hold
from candidates.models import Application, Candidate, EmailAddress, PrivacyRequest
from tests.candidates.test_races import together, won
from tests.factories.candidates import apply, rejection_reason
from tests.factories.requisitions import Role, open_requisition

pytestmark = pytest.mark.django_db(transaction=True)
BY = Actor.system("test")


@pytest.fixture
def role(transactional_db: Any, settings: Any, tmp_path: Path) -> Role:
    settings.MEDIA_ROOT = str(tmp_path)
    settings.ERASURE_LEDGER = str(tmp_path / "erasures.jsonl")
    return open_requisition()


@pytest.mark.parametrize("_", range(3))
def test_erase_and_apply_leave_nothing_on_the_erased(role: Role, _: int) -> None:
    first = apply(role, email="ada@mail.example")
    other = open_requisition()
    together(
        lambda: erase_candidate(first.candidate, because="asked", by=BY),
        lambda: apply(other, "Ada", email="ada@mail.example"),
    )
    erased = Candidate.objects.exclude(erased_at=None)
    assert erased.count() == 1
    assert not EmailAddress.objects.filter(candidate__in=erased).exists()
    kept = Application.objects.filter(candidate__in=erased).exclude(submitted={})
    assert not kept.exists()


def test_erasing_twice_at_once_is_one_erasure(role: Role) -> None:
    person = apply(role).candidate
    results = together(*[lambda: erase_candidate(person, because="asked", by=BY)] * 4)
    assert len(won(results)) == 4
    assert Erasure.objects.count() == 1


@pytest.mark.parametrize("_", range(3))
def test_erase_and_merge_do_not_wait_for_each_other_for_ever(role: Role, _: int) -> None:
    one = apply(role, "Ada Lovelace").candidate
    two = apply(open_requisition(role.recruiter), "Ada Lovelace").candidate
    together(
        lambda: erase_candidate(one, because="asked", by=BY),
        lambda: merge_candidates(one, other=two, by=Actor.of(role.recruiter)),
    )
    one.refresh_from_db()
    assert one.erased_at is not None
    merged = Candidate.objects.filter(merged_into=one)
    assert set(merged.values_list("name", flat=True)) <= {"Erased candidate"}


def test_a_rejection_leaves_at_most_once_beside_an_erasure(role: Role, mailoutbox: Any) -> None:
    from candidates.actions.application import reject_application

    application = apply(role)
    relay_events()
    deliver_due()
    mailoutbox.clear()
    reject_application(application, reason=rejection_reason(), letter="now", by=BY)
    together(
        lambda: erase_candidate(application.candidate, because="asked", by=BY),
        deliver_due,
        deliver_due,
    )
    letter = Delivery.objects.get(letter="candidates/rejection")
    sent = [mail for mail in mailoutbox if "application" in mail.subject.lower()]
    assert letter.state in {"sent", "cancelled", "unknown"}
    assert len(sent) == (1 if letter.state == "sent" else 0)
    assert (letter.to_address, letter.body) == ("", "")


def test_a_letter_between_claim_and_sending_does_not_leave_empty(
    role: Role, mailoutbox: Any
) -> None:
    application = apply(role)
    relay_events()
    Delivery.objects.exclude(letter="candidates/received").delete()
    claimed = claim()
    assert claimed is not None
    erase_candidate(application.candidate, because="asked", by=BY)
    send(claimed)
    assert mailoutbox == []
    assert Delivery.objects.get(pk=claimed.pk).state == "unknown"


def test_an_answer_given_meanwhile_stands(role: Role) -> None:
    request = ask_erasure(apply(role).candidate, by=BY)
    PrivacyRequest.objects.update(carry_out_at=clock.now())

    def carry_out() -> int:
        try:
            return carry_out_due(by=BY)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            hold(request.candidate)
            other = pool.submit(carry_out)
            while not somebody_waits():
                pass
            cancel_erasure(request, by=BY)
        assert other.result(20) == 0
    request.refresh_from_db()
    assert request.status == "cancelled"


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT 1 FROM pg_stat_activity"
            " WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return cursor.fetchone() is not None

"""Erasure and what stands against it: holds, hires, offers, laws; requests and who answers them."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ats import clock
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.outbox.deliver import deliver_due
from ats.outbox.letters import retry_delivery
from ats.outbox.models import Delivery
from ats.outbox.relay import relay_events
from ats.privacy import ledger
from ats.privacy.erase import SWEEP, sweep_again
from ats.privacy.files import delete_doomed, doom_orphans
from ats.privacy.models import DoomedFile, Erasure
from ats.reminders.models import Reminder
from candidates.actions.application import (
    hire_application,
    reactivate_application,
    reject_application,
    withdraw_application,
)
from candidates.actions.consent import keep_me
from candidates.actions.erasure_request import (
    ask_erasure,
    cancel_erasure,
    carry_out_due,
    carry_out_erasure,
    propose_due,
    refuse_erasure,
)
from candidates.actions.files import FileIn
from candidates.actions.privacy import (
    erase_again,
    erase_candidate,
    lift_restriction,
    place_legal_hold,
    place_legal_hold_on_requisition,
    release_legal_hold,
    restrict_candidate,
)
from candidates.actions.retention import edit_retention_rule, switch_off_retention_rule
from candidates.models import Application, Candidate, LegalHold, PrivacyRequest, RetentionRule
from candidates.models.candidate import NOBODY
from requisitions.models import Office
from tests.factories.ats import UserFactory
from tests.factories.candidates import accepted, apply, rejection_reason, sent
from tests.factories.requisitions import OfficeFactory, Role, open_requisition

BY = Actor.system("test")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    settings.ERASURE_LEDGER = str(tmp_path / "erasures.jsonl")


@pytest.fixture
def role(db: Any) -> Role:
    return open_requisition()


@pytest.fixture
def application(role: Role) -> Application:
    return apply(role, email="ada@mail.example", resume=FileIn("ada.txt", b"Ada"))


def in_place(role: Role, **place: str) -> Role:
    office: Office = OfficeFactory(**place)
    role.requisition.offices.set([office])
    return role


def reject(application: Application) -> Application:
    return reject_application(application, reason=rejection_reason(), letter="never", by=BY)


def letters() -> list[tuple[str, str]]:
    relay_events()
    found = Delivery.objects.filter(letter__startswith="candidates/era").order_by("pk")
    return list(found.values_list("letter", "state"))


def test_an_erased_candidate_has_no_name_and_no_address(application: Application) -> None:
    erase_candidate(application.candidate, because="asked", by=BY)
    candidate = Candidate.objects.get()
    assert candidate.name == NOBODY
    assert candidate.erased_at is not None
    assert not candidate.emails.exists()
    assert Application.objects.get().status == "withdrawn"


def test_erasing_twice_is_erasing_once(application: Application) -> None:
    first = erase_candidate(application.candidate, because="asked", by=BY)
    second = erase_candidate(application.candidate, because="retention", by=BY)
    assert (second, second.because) == (first, "asked")
    assert Erasure.objects.count() == 1
    assert second.repeated_at is not None


def test_why_is_one_of_three_words(application: Application) -> None:
    with pytest.raises(Invalid):
        erase_candidate(application.candidate, because="boredom", by=BY)


def test_whoever_was_hired_is_not_erased(application: Application, role: Role) -> None:
    accepted(application, role)
    hire_application(application, by=Actor.of(role.recruiter))
    with pytest.raises(Blocked) as refusal:
        erase_candidate(application.candidate, because="asked", by=BY)
    assert [said[:19] for said in refusal.value.blockers] == [
        "They were hired for",
        "Nothing was erased.",
    ]


def test_an_offer_that_stands_refuses(application: Application, role: Role) -> None:
    sent(application, role)
    with pytest.raises(Blocked, match="There is an offer"):
        erase_candidate(application.candidate, because="asked", by=BY)


def test_a_hold_on_the_person_refuses_until_it_is_released(application: Application) -> None:
    held = place_legal_hold(application.candidate, reason=" A dispute ", by=BY)
    with pytest.raises(Blocked, match="legal hold on this person"):
        erase_candidate(application.candidate, because="asked", by=BY)
    release_legal_hold(held, reason="Settled", by=BY)
    erase_candidate(application.candidate, because="asked", by=BY)
    assert set(LegalHold.objects.values_list("reason", "release_reason")) == {
        ("Erased.", "Erased.")
    }


def test_a_hold_on_the_requisition_refuses(application: Application, role: Role) -> None:
    place_legal_hold_on_requisition(role.requisition, reason="An audit", by=BY)
    with pytest.raises(Blocked, match=f"legal hold on {role.requisition.number}"):
        erase_candidate(application.candidate, because="asked", by=BY)


def test_a_hold_needs_a_reason_and_is_placed_and_released_once(application: Application) -> None:
    with pytest.raises(Invalid):
        place_legal_hold(application.candidate, reason=" ", by=BY)
    held = place_legal_hold(application.candidate, reason="A dispute", by=BY)
    with pytest.raises(DomainError, match="in force already"):
        place_legal_hold(application.candidate, reason="Another", by=BY)
    with pytest.raises(Invalid):
        release_legal_hold(held, reason="", by=BY)
    release_legal_hold(held, reason="Settled", by=BY)
    with pytest.raises(DomainError, match="released before"):
        release_legal_hold(held, reason="Again", by=BY)


def test_nobody_holds_or_takes_up_whoever_is_erased(application: Application) -> None:
    erase_candidate(application.candidate, because="asked", by=BY)
    with pytest.raises(DomainError, match="was erased"):
        place_legal_hold(application.candidate, reason="Late", by=BY)
    with pytest.raises(Blocked, match="was erased"):
        reactivate_application(application, by=BY)
    with pytest.raises(DomainError, match="erased before"):
        ask_erasure(application.candidate, by=BY)


def test_a_law_that_keeps_them_refuses_and_names_the_day(role: Role) -> None:
    application = reject(apply(in_place(role, country="US", region="CA", city="Fresno")))
    with pytest.raises(Blocked, match="California, the Fair Employment"):
        erase_candidate(application.candidate, because="asked", by=BY)


def test_whoever_is_erased_applies_again_as_somebody_new(
    application: Application, role: Role
) -> None:
    erase_candidate(application.candidate, because="asked", by=BY)
    again = apply(role, email="ada@mail.example")
    assert again.candidate != application.candidate


def test_a_request_is_carried_out_and_they_are_told_once(application: Application) -> None:
    request = ask_erasure(application.candidate, by=BY)
    assert ask_erasure(application.candidate, by=BY) == request
    admin = UserFactory(is_site_admin=True)
    done = carry_out_erasure(request, by=Actor.of(admin))
    assert (done.status, done.answered_by) == ("done", admin)
    farewell = Delivery.objects.get(letter="candidates/erased")
    assert farewell.to_address == "ada@mail.example"
    deliver_due()
    farewell.refresh_from_db()
    assert (farewell.state, farewell.to_address, farewell.body) == ("sent", "", "")
    with pytest.raises(DomainError, match="Cannot carry out"):
        carry_out_erasure(request, by=BY)


def test_a_person_without_an_address_is_erased_without_a_letter(application: Application) -> None:
    application.candidate.emails.all().delete()
    carry_out_erasure(ask_erasure(application.candidate, by=BY), by=BY)
    assert letters() == []


def test_a_request_is_for_one_of_three_reasons(application: Application) -> None:
    with pytest.raises(Invalid):
        ask_erasure(application.candidate, because="boredom", by=BY)


def test_where_a_law_keeps_them_they_are_restricted_until_it_lets_go(
    role: Role, advance: Any
) -> None:
    application = reject(apply(in_place(role, country="US", region="WA", city="Redmond")))
    request = carry_out_erasure(ask_erasure(application.candidate, by=BY), by=BY)
    assert request.status == "restricted"
    assert "29 CFR" not in request.reason
    assert request.reason.startswith("United States, the EEOC's recordkeeping rule asks to keep")
    assert letters() == [("candidates/erasure_restricted", "queued")]
    assert not Candidate.objects.visible_to(role.recruiter).exists()
    assert not Application.objects.visible_to(role.recruiter).exists()
    assert Candidate.objects.visible_to(UserFactory(is_site_admin=True)).exists()

    assert carry_out_due(by=BY) == 0
    carry_out_erasure(request, by=BY)
    assert letters() == [("candidates/erasure_restricted", "queued")]

    advance(timedelta(days=367))
    assert carry_out_due(by=BY) == 1
    assert Candidate.objects.get().erased_at is not None


def test_a_restriction_is_lifted(application: Application, role: Role) -> None:
    restrict_candidate(application.candidate, by=BY)
    restrict_candidate(application.candidate, by=BY)
    assert not Candidate.objects.visible_to(role.recruiter).exists()
    lift_restriction(application.candidate, by=BY)
    lift_restriction(application.candidate, by=BY)
    assert Candidate.objects.visible_to(role.recruiter).get().do_not_contact


def test_a_refusal_says_why(application: Application) -> None:
    request = ask_erasure(application.candidate, by=BY)
    with pytest.raises(Invalid):
        refuse_erasure(request, reason=" ", by=BY)
    refuse_erasure(request, reason="A court asked for it.", by=BY)
    assert letters() == [("candidates/erasure_refused", "queued")]
    assert "A court asked for it." in Delivery.objects.get(letter="candidates/erasure_refused").body


def test_a_proposal_is_refused_without_a_letter(application: Application) -> None:
    request = ask_erasure(application.candidate, because="retention", by=BY)
    refuse_erasure(request, reason="Not yet.", by=BY)
    assert letters() == []


def test_a_request_is_cancelled(application: Application) -> None:
    assert cancel_erasure(ask_erasure(application.candidate, by=BY), by=BY).status == "cancelled"
    assert ask_erasure(application.candidate, by=BY).status == "open"


def test_whose_time_is_up_is_proposed_once(role: Role, advance: Any) -> None:
    application = reject(apply(in_place(role, country="DE", region="", city="Berlin")))
    assert propose_due(by=BY) == 0
    advance(timedelta(days=190))
    assert (propose_due(by=BY), propose_due(by=BY)) == (1, 0)
    request = PrivacyRequest.objects.get()
    assert (request.candidate, request.because) == (application.candidate, "retention")
    assert request.carry_out_at is None
    advance(timedelta(days=60))
    assert carry_out_due(by=BY) == 0


def erases_by_itself(key: str) -> None:
    edit_retention_rule(RetentionRule.objects.get(key=key), does="erase", by=BY)


def test_policy_erases_by_itself_after_the_waiting_time(role: Role, advance: Any) -> None:
    erases_by_itself("de")
    reject(apply(in_place(role, country="DE", region="", city="Berlin")))
    advance(timedelta(days=190))
    propose_due(by=BY)
    assert carry_out_due(by=BY) == 0
    advance(timedelta(days=14, minutes=1))
    assert carry_out_due(by=BY) == 1
    assert Candidate.objects.get().name == NOBODY


def test_who_came_back_meanwhile_waits_for_a_person(role: Role, advance: Any) -> None:
    erases_by_itself("de")
    application = reject(apply(in_place(role, country="DE", region="", city="Berlin")))
    advance(timedelta(days=190))
    propose_due(by=BY)
    keep_me(application.candidate, by=BY)
    advance(timedelta(days=15))
    assert (carry_out_due(by=BY), carry_out_due(by=BY)) == (0, 0)
    request = PrivacyRequest.objects.get()
    assert (request.status, request.carry_out_at) == ("open", None)
    with pytest.raises(Blocked, match="Their time is not up any more"):
        carry_out_erasure(request, by=BY)


def test_an_answer_in_the_same_moment_is_no_trouble(role: Role, advance: Any) -> None:
    request = ask_erasure(apply(role).candidate, by=BY)
    PrivacyRequest.objects.update(carry_out_at=clock.now())
    waiting = PrivacyRequest.objects.waiting()
    cancel_erasure(request, by=BY)
    PrivacyRequest.objects.filter(pk=request.pk).update(carry_out_at=clock.now())
    assert list(waiting) == []
    assert carry_out_due(by=BY) == 0


def test_who_is_in_a_process_hired_or_held_is_not_due(role: Role, advance: Any) -> None:
    apply(role)
    held = withdraw_application(apply(role), by=BY)
    place_legal_hold(held.candidate, reason="A dispute", by=BY)
    due = withdraw_application(apply(role), by=BY)
    advance(timedelta(days=3 * 366))
    assert propose_due(by=BY) == 1
    assert PrivacyRequest.objects.get().candidate == due.candidate


def test_without_any_rule_nobody_is_due(role: Role, advance: Any) -> None:
    withdraw_application(apply(role), by=BY)
    usual = RetentionRule.objects.get(key="usual")
    switch_off_retention_rule(usual, reason="We decide by hand.", by=BY)
    advance(timedelta(days=9 * 366))
    assert propose_due(by=BY) == 0


def test_what_is_written_late_is_swept(application: Application) -> None:
    receipt = erase_candidate(application.candidate, because="asked", by=BY)
    application.candidate.emails.create(address="late@mail.example")
    reminder = Reminder.objects.get(kind=SWEEP)
    assert sweep_again(reminder) is not None
    assert not application.candidate.emails.exists()
    reminder.rung = 1
    assert sweep_again(reminder) is None
    receipt.refresh_from_db()
    assert receipt.repeated_at is not None


def test_the_ledger_replays_erasures_after_a_restore(application: Application) -> None:
    relay_events()
    erase_candidate(application.candidate, because="asked", by=BY)
    assert ledger.write_missing() == 1
    assert ledger.write_missing() == 0
    # A restored backup knows them again.
    candidate = application.candidate
    Candidate.objects.update(erased_at=None, name="Ada")
    candidate.emails.create(address="ada@mail.example")
    assert ledger.replay(ledger.path()) == (1, 0)
    candidate.refresh_from_db()
    assert (candidate.name, candidate.emails.count()) == (NOBODY, 0)


def test_a_ledger_with_a_broken_line_says_which(tmp_path: Path) -> None:
    held = tmp_path / "broken.jsonl"
    held.write_text('\n{"kind": "candidate"}\n')
    with pytest.raises(ValueError, match="Line 2 of"):
        ledger.replay(held)


def test_people_of_another_database_are_counted_and_left_alone(tmp_path: Path) -> None:
    held = tmp_path / "other.jsonl"
    line = (
        '{"kind": "candidate", "person": "01890000-0000-7000-8000-000000000000",'
        ' "because": "asked", "at": "2026-01-01T00:00:00+00:00"}\n'
    )
    held.write_text(line)
    assert ledger.replay(held) == (0, 1)


def test_an_erased_letter_is_not_sent_again(application: Application) -> None:
    relay_events()
    erase_candidate(application.candidate, because="asked", by=BY)
    letter = Delivery.objects.exclude(erased_at=None).filter(state="cancelled").first()
    assert letter is not None
    with pytest.raises(DomainError):
        retry_delivery(letter, by=BY)


def test_a_letter_on_its_way_may_have_gone_out(application: Application) -> None:
    relay_events()
    theirs = Delivery.objects.filter(about_id=application.public_id)
    theirs.update(state="sending", claimed_at=clock.now())
    erase_candidate(application.candidate, because="asked", by=BY)
    assert set(theirs.values_list("state", "body")) == {("unknown", "")}
    unknown = theirs.first()
    assert unknown is not None
    with pytest.raises(DomainError, match="erased with the person"):
        retry_delivery(unknown, by=BY)


def test_a_file_that_cannot_be_deleted_is_tried_again(
    application: Application, settings: Any, advance: Any
) -> None:
    erase_candidate(application.candidate, because="asked", by=BY)
    doomed = DoomedFile.objects.get()
    folder = Path(settings.MEDIA_ROOT) / doomed.name
    held = folder.read_bytes()
    folder.unlink()
    (folder / "in the way").mkdir(parents=True)
    assert delete_doomed() == 0
    doomed.refresh_from_db()
    assert doomed.attempts == 1
    (folder / "in the way").rmdir()
    folder.rmdir()
    folder.write_bytes(held)
    advance(timedelta(minutes=1))
    assert delete_doomed() == 1
    assert not folder.exists()


def test_files_that_no_row_names_go_after_a_day(application: Application, advance: Any) -> None:
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    default_storage.save("resumes/lost", ContentFile(b"Ada"))
    assert doom_orphans() == 0
    advance(timedelta(days=2))
    assert doom_orphans() == 1
    delete_doomed()
    assert not default_storage.exists("resumes/lost")
    assert default_storage.exists(application.resumes.get().file.name)


def test_erase_again_asks_nobody(application: Application, role: Role) -> None:
    place_legal_hold(application.candidate, reason="A dispute", by=BY)
    erase_again(application.candidate, because="asked", by=BY)
    assert Candidate.objects.get().name == NOBODY

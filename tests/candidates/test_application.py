"""The verbs of an application, straight."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from ats.approvals.engine import StepSpec
from ats.errors import Blocked, DomainError, Invalid, TransitionNotAllowed
from ats.events.actors import Actor
from ats.events.models import Event
from ats.outbox.deliver import deliver_due
from ats.outbox.letters import retry_delivery
from ats.outbox.models import Delivery
from candidates.actions.access import share_application, unshare_application
from candidates.actions.application import (
    hire_application,
    move_application,
    reactivate_application,
    reject_application,
    take_back_rejection_letter,
    undo_hire,
    withdraw_application,
)
from candidates.actions.note import add_note
from candidates.actions.offer import approve_offer, send_offer, submit_offer
from candidates.actions.transfer import transfer_application
from candidates.enums import APPLICATION, ApplicationStatus, Because
from candidates.models import Application, Candidate, Offer
from requisitions.actions.opening import move_opening
from requisitions.actions.pipeline import edit_stage, retire_stage
from requisitions.actions.requisition import cancel_requisition
from requisitions.models import Opening
from tests.candidates.conftest import settle
from tests.factories.ats import UserFactory
from tests.factories.candidates import accepted, apply, draft, rejection_reason, sent
from tests.factories.requisitions import OfficeFactory, Role, approved, open_requisition
from tests.factories.requisitions import draft as draft_elsewhere

VERBS = {
    "reject": lambda a, by: reject_application(a, reason=rejection_reason(), by=by),
    "withdraw": lambda a, by: withdraw_application(a, by=by),
    "hire": lambda a, by: hire_application(a, by=by),
    "reactivate": lambda a, by: reactivate_application(a, by=by),
    "undo_hire": lambda a, by: undo_hire(a, by=by),
    "transfer": lambda a, by: sent_on(a, by),  # noqa: PLW0108 - below
}


def sent_on(application: Application, by: Actor) -> Application:
    home = open_requisition().requisition
    transfer_application(application, requisition=home, by=by)
    return Application.objects.get(pk=application.pk)


def in_status(status: str, role: Role, by: Actor) -> Application:
    application = apply(role)
    match status:
        case "rejected":
            return VERBS["reject"](application, by)
        case "withdrawn":
            return VERBS["withdraw"](application, by)
        case "transferred":
            return VERBS["transfer"](application, by)
        case "hired":
            accepted(application, role)
            return VERBS["hire"](application, by)
    return application


@pytest.mark.parametrize(("status", "verb"), [*product(ApplicationStatus.values, VERBS)])
def test_every_status_and_verb_is_decided(role: Role, by: Actor, status: str, verb: str) -> None:
    application = in_status(status, role, by)
    if (status, verb) == ("active", "hire"):
        accepted(application, role)
    wanted = APPLICATION.table.get((ApplicationStatus(status), verb))
    if wanted is None:
        with pytest.raises(TransitionNotAllowed):
            VERBS[verb](application, by)
        assert Application.objects.get(pk=application.pk).status == status
    else:
        assert VERBS[verb](application, by).status == wanted


@pytest.mark.parametrize(("before", "after"), [*product(ApplicationStatus.values, repeat=2)])
def test_the_database_decides_the_same(role: Role, by: Actor, before: str, after: str) -> None:
    application = in_status(before, role, by)
    rows = Application.objects.filter(pk=application.pk)
    change = {
        "status": after,
        "rejection_reason": rejection_reason(),
        "closed_at": datetime.now(UTC),
    }
    if before == after or (before, after) in APPLICATION.edges():
        assert rows.update(**change) == 1
    else:
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)


def test_a_move_ends_one_visit_and_begins_another(role: Role, by: Actor) -> None:
    application = move_application(apply(role), stage=role.stage("screen"), by=by)
    first, second = application.visits.all()
    assert (first.stage, second.stage) == (role.stage("applied"), role.stage("screen"))
    assert first.left_at == second.entered_at
    assert (second.left_at, second.moved_by) == (None, role.recruiter)
    event = Event.objects.get(verb="application.moved")
    assert event.ids == {
        "from_stage": str(first.stage.public_id),
        "to_stage": str(second.stage.public_id),
        "depth": 0,
    }


def test_a_move_from_where_it_is_not_does_nothing(role: Role, by: Actor) -> None:
    application = move_application(apply(role), stage=role.stage("screen"), by=by)
    with pytest.raises(DomainError, match="was moved to") as refusal:
        move_application(
            application, stage=role.stage("offer"), from_stage=role.stage("applied"), by=by
        )
    assert refusal.value.code == "moved_meanwhile"
    application.refresh_from_db()
    assert (application.stage, application.visits.count()) == (role.stage("screen"), 2)


def test_a_move_needs_a_stage_of_its_own_that_is_in_use(role: Role, by: Actor) -> None:
    application = apply(role)
    with pytest.raises(Invalid, match="another requisition"):
        move_application(application, stage=open_requisition().stage("screen"), by=by)
    stage = role.stage("debrief")
    retire_stage(stage, by=by)
    stage.refresh_from_db()
    with pytest.raises(Invalid, match="retired"):
        move_application(application, stage=stage, by=by)
    assert application.visits.count() == 1


def test_a_stage_is_retired_when_nobody_is_in_it_any_more(role: Role, by: Actor) -> None:
    screen, debrief = role.stage("screen"), role.stage("debrief")
    people = [move_application(apply(role), stage=screen, by=by) for _ in range(2)]
    gone = move_application(apply(role), stage=screen, by=by)
    VERBS["withdraw"](gone, by)
    with pytest.raises(Blocked, match="2 active applications are in Recruiter screen"):
        retire_stage(screen, by=by)
    move_application(people[0], stage=debrief, by=by)
    with pytest.raises(Blocked, match="1 active application is in"):
        retire_stage(screen, by=by)
    retire_stage(screen, move_to=debrief, by=by)
    for each in people:
        each.refresh_from_db()
        assert (each.stage, each.visits.filter(left_at=None).get().stage) == (debrief, debrief)
    gone.refresh_from_db()
    assert gone.stage == screen


def test_whoever_comes_back_to_a_retired_stage_waits_before_it(role: Role, by: Actor) -> None:
    application = move_application(apply(role), stage=role.stage("screen"), by=by)
    VERBS["withdraw"](application, by)
    retire_stage(role.stage("screen"), by=by)
    application = reactivate_application(application, by=by)
    assert application.stage == role.stage("applied")
    assert application.visits.get(left_at=None).stage == role.stage("applied")


def test_a_stage_is_remembered_by_the_name_under_which_it_was_left(role: Role, by: Actor) -> None:
    screen = role.stage("screen")
    application = move_application(apply(role), stage=screen, by=by)
    move_application(application, stage=role.stage("debrief"), by=by)
    edit_stage(role.stage("applied"), name="Inbox", by=by)
    edit_stage(screen, name="Phone", by=by)
    edit_stage(screen, name="Call", by=by)
    edit_stage(role.stage("debrief"), name="Decision", by=by)
    again = move_application(application, stage=screen, by=by)
    visits = again.visits.as_named_then().values_list("stage_name", flat=True)
    assert list(visits) == ["Applied", "Recruiter screen", "Decision", "Call"]


def test_moving_to_where_it_is_records_nothing(role: Role, by: Actor) -> None:
    move_application(apply(role), stage=role.stage("applied"), by=by)
    assert not Event.objects.filter(verb="application.moved").exists()


def test_only_an_active_application_moves(role: Role, by: Actor) -> None:
    application = in_status("rejected", role, by)
    with pytest.raises(DomainError, match="Cannot move while rejected"):
        move_application(application, stage=role.stage("screen"), by=by)


def letters(application: Application) -> list[Delivery]:
    return list(
        Delivery.objects.filter(
            recipient_id=application.candidate.public_id, letter="candidates/rejection"
        ).order_by("pk")
    )


def test_a_rejection_writes_its_letter_for_the_next_working_morning(
    role: Role, by: Actor, set_clock: Any
) -> None:
    role.requisition.offices.set([OfficeFactory(timezone="America/Los_Angeles")])
    set_clock(datetime(2027, 1, 15, 20, tzinfo=UTC))
    application = reject_application(
        apply(role), reason=rejection_reason(), note="No cluster work.", by=by
    )
    (letter,) = letters(application)
    assert letter.due_at == datetime(2027, 1, 18, 17, tzinfo=UTC)
    assert (letter.state, letter.may_repeat) == ("queued", False)
    assert "No cluster work" not in letter.body
    assert (application.status, application.rejection_note) == ("rejected", "No cluster work.")
    assert application.visits.filter(left_at=None).count() == 0
    event = Event.objects.get(verb="application.rejected")
    assert event.ids == {
        "reason": str(rejection_reason().public_id),
        "letter_due": letter.due_at.isoformat(),
    }


def test_a_letter_goes_now_or_never(role: Role, by: Actor) -> None:
    now = reject_application(apply(role), reason=rejection_reason(), letter="now", by=by)
    (letter,) = letters(now)
    assert letter.due_at == now.closed_at
    never = reject_application(apply(role), reason=rejection_reason(), letter="never", by=by)
    assert letters(never) == []


def test_a_rejection_letter_can_be_taken_back_until_it_leaves(role: Role, by: Actor) -> None:
    application = reject_application(apply(role), reason=rejection_reason(), by=by)
    take_back_rejection_letter(application, by=by)
    assert [letter.state for letter in letters(application)] == ["cancelled"]
    with pytest.raises(DomainError, match="No rejection letter waits"):
        take_back_rejection_letter(application, by=by)
    assert Application.objects.get(pk=application.pk).status == "rejected"


def test_a_letter_that_left_stays_where_it_is(role: Role, by: Actor) -> None:
    application = reject_application(apply(role), reason=rejection_reason(), letter="now", by=by)
    deliver_due()
    with pytest.raises(DomainError, match="The letter is sent: it cannot be taken back"):
        take_back_rejection_letter(application, by=by)
    assert [letter.state for letter in letters(application)] == ["sent"]


def test_reactivating_takes_a_waiting_letter_back(role: Role, by: Actor) -> None:
    application = reject_application(apply(role), reason=rejection_reason(), by=by)
    application = reactivate_application(application, by=by)
    assert [letter.state for letter in letters(application)] == ["cancelled"]
    assert (application.rejection_reason, application.closed_at) == (None, None)
    assert application.visits.get(left_at=None).stage == application.stage
    application = reject_application(application, reason=rejection_reason(), by=by)
    assert [letter.state for letter in letters(application)] == ["cancelled", "queued"]


def test_reasons_are_for_what_they_say(role: Role, by: Actor) -> None:
    theirs = rejection_reason("they_withdrew")
    with pytest.raises(Invalid, match="they withdrew"):
        reject_application(apply(role), reason=theirs, by=by)
    with pytest.raises(Invalid, match="we rejected"):
        withdraw_application(apply(role), reason=rejection_reason(), by=by)
    assert withdraw_application(apply(role), reason=theirs, by=by).rejection_reason == theirs


def test_nobody_with_a_live_offer_is_rejected(role: Role, by: Actor) -> None:
    application = apply(role)
    sent(application, role)
    with pytest.raises(Blocked, match=r"There is an offer \(sent\)"):
        reject_application(application, reason=rejection_reason(), by=by)


def test_withdrawing_takes_the_offer_along(role: Role, by: Actor) -> None:
    application = apply(role)
    offer = sent(application, role)
    withdraw_application(application, by=by)
    assert Offer.objects.get(pk=offer.pk).status == "rescinded"


def test_hiring_needs_an_accepted_offer(role: Role, by: Actor) -> None:
    application = apply(role)
    for make in (lambda: None, lambda: draft(application, role)):
        make()
        with pytest.raises(Blocked, match="no accepted offer"):
            hire_application(application, by=by)


def test_a_hire_fills_the_seat_and_asks_about_the_others(role: Role, by: Actor) -> None:
    other, application = apply(role), apply(role)
    offer = accepted(application, role)
    hire_application(application, by=by)
    seat = Opening.objects.get(pk=role.opening.pk)
    assert (seat.status, seat.filled_by) == ("filled", application.public_id)
    settle()
    other.refresh_from_db()
    said = "The requisition was filled. Decide about this application."
    assert (other.status, other.needs_attention) == ("active", said)
    letter = Delivery.objects.get(letter="candidates/please_decide")
    assert letter.to_address == role.recruiter.email
    assert other.candidate.name in letter.body
    event = Event.objects.get(verb="application.hired")
    assert event.ids == {"offer": str(offer.public_id), "opening": str(seat.public_id)}


def test_a_seat_is_taken_once(by: Actor, role: Role) -> None:
    first, second = apply(role), apply(role)
    for application in (first, second):
        accepted(application, role)
    hire_application(first, by=by)
    with pytest.raises(Blocked, match="The seat of this offer is filled"):
        hire_application(second, by=by)
    assert Application.objects.get(pk=second.pk).status == "active"


def test_a_seat_that_was_moved_away_is_hired_into_by_nobody_here(by: Actor) -> None:
    role, target = open_requisition(openings=2), draft_elsewhere()
    application, unsent = apply(role), apply(role)
    accepted(application, role)
    offer = submit_offer(draft(unsent, role), steps=[StepSpec([role.approver])], by=by)
    offer = approve_offer(offer, by=Actor.of(role.approver))
    move_opening(role.opening, requisition=target, by=by)
    with pytest.raises(Blocked, match="moved to another requisition"):
        hire_application(application, by=by)
    approved(target)
    with pytest.raises(Blocked, match="moved to another requisition"):
        hire_application(application, by=by)
    with pytest.raises(Blocked, match="not open any more"):
        send_offer(offer, by=by)
    assert Opening.objects.get(pk=role.opening.pk).filled_by is None


def test_an_undone_hire_gives_the_seat_back(role: Role, by: Actor) -> None:
    application = in_status("hired", role, by)
    application = undo_hire(application, by=by)
    seat = Opening.objects.get(pk=role.opening.pk)
    assert (application.status, seat.status, seat.filled_by) == ("active", "open", None)
    assert hire_application(application, by=by).status == "hired"


def test_a_cancelled_requisition_asks_about_everybody(role: Role, by: Actor) -> None:
    application = apply(role)
    cancel_requisition(role.requisition, reason="The budget is gone.", by=by)
    settle()
    application.refresh_from_db()
    assert application.needs_attention.startswith("The requisition was cancelled.")
    reject_application(application, reason=rejection_reason(), by=by)
    application.refresh_from_db()
    assert application.needs_attention == ""


def test_there_is_one_active_application(role: Role, by: Actor, advance: Any) -> None:
    old = reject_application(apply(role, email="a@mail.example"), reason=rejection_reason(), by=by)
    advance(timedelta(days=100))
    apply(role, email="a@mail.example")
    with pytest.raises(Blocked, match="another active application"):
        reactivate_application(old, by=by)
    with pytest.raises(IntegrityError, match="one_active_application"), transaction.atomic():
        Application.objects.filter(pk=old.pk).update(status="active")


def test_access_is_given_and_taken_by_cause(role: Role, by: Actor) -> None:
    application, user = apply(role), UserFactory()
    seats = [application.public_id, role.requisition.public_id]
    for seat in [*seats, seats[0]]:
        share_application(application, user=user, because=Because.INTERVIEW, cause_id=seat, by=by)
    assert Event.objects.filter(verb="application.shared").count() == 2
    assert set(Application.objects.visible_to(user)) == {application}
    assert set(Candidate.objects.visible_to(user)) == {application.candidate}
    for seat, remains in zip(seats, ({application}, set()), strict=True):
        unshare_application(application, user=user, because=Because.INTERVIEW, cause_id=seat, by=by)
        assert set(Application.objects.visible_to(user)) == remains


def test_a_note_needs_words_and_an_author(role: Role, by: Actor) -> None:
    application = apply(role)
    assert add_note(application, body="Call on Monday.", by=by).author == role.recruiter
    with pytest.raises(Invalid):
        add_note(application, body="  ", by=by)
    with pytest.raises(DomainError):
        add_note(application, body="x", by=Actor.system("test"))


@pytest.mark.parametrize("state", ["sending", "unknown", "failed"])
def test_a_letter_that_may_have_left_is_never_sent_to_somebody_active_again(
    role: Role, by: Actor, state: str
) -> None:
    application = reject_application(apply(role), reason=rejection_reason(), letter="now", by=by)
    steps = {"sending": ["sending"], "unknown": ["sending", "unknown"], "failed": ["sending"]}
    for each in [*steps[state], state]:
        Delivery.objects.filter(letter="candidates/rejection").update(state=each)
    reactivate_application(application, by=by)
    letter = Delivery.objects.get(letter="candidates/rejection")
    assert letter.state == "cancelled"
    with pytest.raises(TransitionNotAllowed):
        retry_delivery(letter, by=by)

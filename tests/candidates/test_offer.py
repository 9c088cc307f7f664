"""The verbs of an offer, straight."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from ats import clock
from ats.approvals.engine import StepSpec
from ats.errors import Blocked, DomainError, Invalid, TransitionNotAllowed
from ats.events.actors import Actor
from ats.events.models import Event
from ats.outbox.models import Delivery
from ats.outbox.relay import relay_events
from ats.people.actions import deactivate_user
from candidates.actions.application import hire_application, reject_application
from candidates.actions.offer import (
    accept_offer,
    approve_offer,
    clear,
    decline_offer,
    edit_offer,
    expire_offer,
    redraft,
    replace_offer_approver,
    rescind_offer,
    restart_approval,
    return_offer,
    send_offer,
    submit_offer,
)
from candidates.actions.offer_version import extend_offer
from candidates.enums import OFFER, OfferStatus
from candidates.models import Candidate, Offer
from candidates.tasks import expire_offers
from requisitions.actions.requisition import edit_requisition
from tests.candidates.conftest import settle, signed_in
from tests.factories.ats import UserFactory
from tests.factories.candidates import accepted, apply, draft, rejection_reason, sent
from tests.factories.requisitions import Role, open_requisition


def verbs(role: Role) -> dict[str, Any]:
    by, approver = Actor.of(role.recruiter), Actor.of(role.approver)
    return {
        "submit": lambda o: submit_offer(o, steps=[StepSpec([role.approver])], by=by),
        "clear": lambda o: clear(o, by),
        "redraft": lambda o: redraft(o, ["pay"], by),
        "extend": lambda o: extend_offer(o, expires_at=o.expires_at + timedelta(days=1), by=by),
        "approve": lambda o: approve_offer(o, by=approver),
        "return": lambda o: return_offer(o, comment="Less.", by=approver),
        "restart": lambda o: restart_approval(o, ["pay"], by),
        "send": lambda o: send_offer(o, by=by),
        "accept": lambda o: accept_offer(o, by=Actor.link(o.public_id)),
        "decline": lambda o: decline_offer(o, by=Actor.link(o.public_id)),
        "rescind": lambda o: rescind_offer(o, by=by),
        "expire": lambda o: expire_offer(o, by=Actor.system("test")),
    }


PATHS = {
    "draft": [],
    "pending_approval": ["submit"],
    "approved": ["submit", "approve"],
    "sent": ["submit", "approve", "send"],
    "accepted": ["submit", "approve", "send", "accept"],
    "declined": ["submit", "approve", "send", "decline"],
    "rescinded": ["rescind"],
    "expired": ["submit", "approve", "send", "expire"],
}


def in_status(status: str, role: Role) -> Offer:
    offer = draft(apply(role), role)
    for verb in PATHS[status]:
        offer = verbs(role)[verb](offer)
    assert offer.status == status
    return offer


@pytest.mark.parametrize(("status", "verb"), [*product(OfferStatus.values, OFFER.verbs)])
def test_every_status_and_verb_is_decided(role: Role, status: str, verb: str) -> None:
    offer = in_status(status, role)
    wanted = OFFER.table.get((OfferStatus(status), verb))
    if wanted is None:
        with pytest.raises(TransitionNotAllowed):
            verbs(role)[verb](offer)
        assert Offer.objects.get(pk=offer.pk).status == status
    else:
        assert verbs(role)[verb](offer).status == wanted


@pytest.mark.parametrize("before", OfferStatus.values)
def test_the_database_decides_the_same(role: Role, before: str) -> None:
    offer = in_status(before, role)
    allowed = set()
    for after in OfferStatus.values:
        try:
            # One that is sent gets its time; what went out keeps its own.
            sent_at = offer.sent_at or (None if after == before else clock.now())
            with transaction.atomic():
                Offer.objects.filter(pk=offer.pk).update(status=after, sent_at=sent_at)
                allowed.add((before, after))
                raise Undone
        except (DatabaseError, Undone):
            pass
    assert allowed == {(before, before)} | {e for e in OFFER.edges() if e[0] == before}


class Undone(Exception):
    pass


def test_an_offer_is_for_the_active_and_there_is_one(role: Role, by: Actor) -> None:
    application = apply(role)
    draft(application, role)
    with pytest.raises(Blocked, match="There is an offer already"):
        draft(application, role)
    gone = reject_application(apply(role), reason=rejection_reason(), by=by)
    with pytest.raises(Blocked, match="only an active one"):
        draft(gone, role)
    with pytest.raises(IntegrityError, match="one_live_offer"), transaction.atomic():
        Offer.objects.bulk_create([Offer(**terms_of(application.offers.get()))])


def terms_of(offer: Offer) -> dict[str, Any]:
    names = ("application", "opening", "pay_amount", "pay_currency", "pay_period", "start_on")
    return {name: getattr(offer, name) for name in (*names, "expires_at")}


@pytest.mark.parametrize(
    "terms",
    [{"pay_amount": "0"}, {"pay_amount": "-1"}, {"pay_amount": "NaN"}, {"expires_at": "past"}],
)
def test_terms_that_cannot_be_meant_are_refused(role: Role, terms: dict[str, Any]) -> None:
    if "expires_at" in terms:
        terms = {"expires_at": clock.now() - timedelta(seconds=1)}
    with pytest.raises(Invalid):
        draft(apply(role), role, **terms)


def test_a_seat_of_another_requisition_is_refused(role: Role) -> None:
    with pytest.raises(Invalid, match="another requisition"):
        draft(apply(role), role, opening=open_requisition().opening)


def test_approvers_are_asked_in_turn_and_once(role: Role, by: Actor) -> None:
    first, second = UserFactory(), UserFactory()
    offer = submit_offer(
        draft(apply(role), role), steps=[StepSpec([first]), StepSpec([second])], by=by
    )
    settle()
    assert asked() == {first.email}
    assert set(Offer.objects.visible_to(second)) == {offer}
    offer = approve_offer(offer, by=Actor.of(first))
    assert offer.status == "pending_approval"
    settle()
    assert asked() == {first.email, second.email}
    assert approve_offer(offer, by=Actor.of(second)).status == "approved"
    with pytest.raises(TransitionNotAllowed):
        approve_offer(offer, by=Actor.of(second))


def asked() -> set[str]:
    found = Delivery.objects.filter(letter="approvals/asked")
    return set(found.values_list("to_address", flat=True))


def test_nobody_approves_who_is_not_named(role: Role, by: Actor) -> None:
    offer = in_status("pending_approval", role)
    for person in (role.manager, role.recruiter):
        with pytest.raises(DomainError):
            approve_offer(offer, by=Actor.of(person))


def test_a_returned_offer_can_be_asked_for_again(role: Role) -> None:
    offer = verbs(role)["return"](in_status("pending_approval", role))
    offer = verbs(role)["submit"](offer)
    assert verbs(role)["approve"](offer).status == "approved"


def test_a_rescinded_offer_asks_nobody_any_more(role: Role, by: Actor) -> None:
    offer = rescind_offer(in_status("pending_approval", role), by=by)
    assert Offer.objects.get(pk=offer.pk).approval.state == "withdrawn"


def test_an_offer_letter_is_sent_once_with_its_own_link(role: Role) -> None:
    application = apply(role)
    offer = sent(application, role)
    settle()
    letter = Delivery.objects.get(letter="candidates/offer")
    assert (letter.to_address, letter.may_repeat) == (
        application.candidate.emails.get().address,
        False,
    )
    assert "http://testserver/offers/" in letter.body
    assert letter.about_id == offer.public_id


def test_an_offer_taken_back_at_once_is_not_written(role: Role, by: Actor) -> None:
    rescind_offer(sent(apply(role), role), by=by)
    settle()
    assert not Delivery.objects.filter(letter="candidates/offer").exists()


def test_an_offer_letter_that_waits_is_taken_back_with_the_offer(role: Role, by: Actor) -> None:
    offer = sent(apply(role), role)
    settle()
    rescind_offer(offer, by=by)
    assert Delivery.objects.get(letter="candidates/offer").state == "cancelled"


def test_nothing_is_sent_to_who_must_not_be_contacted(role: Role, by: Actor) -> None:
    offer = in_status("approved", role)
    Candidate.objects.update(do_not_contact=True)
    with pytest.raises(Blocked, match="not to be contacted"):
        send_offer(Offer.objects.get(pk=offer.pk), by=by)


def test_accepting_hires_nobody_and_tells_the_team(role: Role) -> None:
    application = apply(role)
    accepted(application, role)
    application.refresh_from_db()
    assert application.status == "active"
    settle()
    found = Delivery.objects.filter(letter="candidates/offer_answered")
    assert set(found.values_list("to_address", flat=True)) == {
        role.recruiter.email,
        role.manager.email,
    }
    event = Event.objects.get(verb="offer.accepted")
    sha = Offer.objects.get().letter_sha256
    assert (event.actor_kind, event.ids) == ("link", {"letter": sha})


def test_an_offer_ends_with_its_time(role: Role, advance: Any) -> None:
    late, early = (
        sent(apply(role), role),
        sent(apply(role), role, expires_at=clock.now() + timedelta(days=1)),
    )
    advance(timedelta(days=2))
    with pytest.raises(DomainError, match="has expired"):
        accept_offer(early, by=Actor.link(early.public_id))
    expire_offers()
    assert {o.pk: o.status for o in Offer.objects.all()} == {late.pk: "sent", early.pk: "expired"}


def test_an_offer_of_somebody_hired_is_not_rescinded(role: Role, by: Actor) -> None:
    application = apply(role)
    offer = accepted(application, role)
    hire_application(application, by=by)
    with pytest.raises(Blocked, match="undo the hire first"):
        rescind_offer(offer, by=by)


@pytest.mark.parametrize("end", ["rescind", "expire"])
def test_the_letter_of_an_offer_that_ended_does_not_leave_any_more(role: Role, end: str) -> None:
    offer = sent(apply(role), role)
    relay_events()
    letter = Delivery.objects.get(letter="candidates/offer")
    assert letter.state == "queued"
    verbs(role)[end](offer)
    letter.refresh_from_db()
    assert letter.state == "cancelled"


def test_an_offer_that_ended_before_its_letter_was_written_gets_none(role: Role) -> None:
    offer = sent(apply(role), role)
    verbs(role)["rescind"](offer)
    settle()
    assert not Delivery.objects.filter(letter="candidates/offer").exists()


# A change of what is approved


@pytest.mark.parametrize("before", ["draft", "pending_approval", "approved"])
@pytest.mark.parametrize(
    ("change", "asks_again"),
    [
        ({"pay_amount": Decimal(125000)}, True),
        ({"start_on": date(2031, 1, 1)}, True),
        ({"letter": "Welcome!"}, False),
        ({}, False),
    ],
)
def test_a_change_of_pay_or_the_first_day_asks_again(
    role: Role, by: Actor, before: str, change: dict[str, Any], asks_again: bool
) -> None:
    offer = in_status(before, role)
    first = offer.approval
    edited = edit_offer(offer, **change, by=by)
    is_asked = asks_again and before != "draft"
    assert edited.status == ("pending_approval" if is_asked else before)
    assert (edited.approval == first) is not is_asked
    assert {name: getattr(edited, name) for name in change} == change
    if is_asked:
        assert list(edited.approval.rounds()) == [first, edited.approval]
        assert approve_offer(edited, by=Actor.of(role.approver)).status == "approved"


def test_terms_that_went_out_stand(role: Role, by: Actor) -> None:
    with pytest.raises(DomainError, match="its terms stand"):
        edit_offer(in_status("sent", role), letter="More", by=by)
    with pytest.raises(Invalid):
        edit_offer(in_status("draft", role), pay_amount=Decimal(0), by=by)
    with pytest.raises(TypeError, match="status"):
        edit_offer(in_status("draft", role), status="sent", by=by)


def test_an_approver_of_an_offer_is_replaced(role: Role, by: Actor) -> None:
    other = UserFactory()
    said = {"was": role.approver, "becomes": other, "reason": "Ill"}
    with pytest.raises(DomainError, match="Nobody is asked"):
        replace_offer_approver(in_status("draft", role), **said, by=by)
    offer = in_status("pending_approval", role)
    replace_offer_approver(offer, **said, by=by)
    assert list(Offer.objects.visible_to(role.approver)) == []
    assert approve_offer(offer, by=Actor.of(other)).status == "approved"


def test_an_approved_offer_waits_for_its_requisition(role: Role, by: Actor) -> None:
    offer = in_status("approved", role)
    edit_requisition(role.requisition, title="Newer", by=by)
    with pytest.raises(Blocked, match="approval comes first"):
        send_offer(Offer.objects.get(pk=offer.pk), by=by)


def test_what_an_approver_of_an_offer_reads(role: Role, by: Actor) -> None:
    offer = edit_offer(in_status("pending_approval", role), letter="Dear you", by=by)
    api = signed_in(role.approver)
    (row,) = api.get("/api/v1/approvals").data["results"]
    facts = {each["name"]: each["value"] for each in row["about"]["facts"]}
    assert (row["about"]["kind"], facts["Letter"]) == ("offer", "Dear you")
    assert offer.pay_currency in facts["Pay"]
    done = api.post(f"/api/v1/approvals/{row['id']}/approve")
    assert (done.status_code, Offer.objects.get().status) == (200, "approved")
    rounds = api.get(f"/api/v1/offers/{offer.public_id}/approvals").data["results"]
    assert [each["state"] for each in rounds] == ["approved"]


def test_a_step_of_an_offer_that_is_stuck_is_told_to_its_recruiter(role: Role, by: Actor) -> None:
    in_status("pending_approval", role)
    deactivate_user(role.approver, by=Actor.of(UserFactory(is_site_admin=True)))
    settle()
    told = Delivery.objects.filter(letter="approvals/stuck")
    assert set(told.values_list("to_address", flat=True)) == {role.recruiter.email}

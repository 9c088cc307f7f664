"""Who is asked, reminded and told; and the link in the letter that answers without signing in."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from ats import clock, links
from ats.accounts.models import User
from ats.approvals import matters
from ats.approvals.delegations import delegate_approvals, revoke_delegation
from ats.approvals.emails import purpose
from ats.approvals.engine import StepSpec, ask
from ats.approvals.models import Approval, Step, Vote
from ats.events.actors import Actor
from ats.events.log import REACTIONS, REACTIONS_TO
from ats.events.models import Event, Owed
from ats.outbox.models import Delivery
from ats.outbox.relay import relay_events
from ats.people.actions import deactivate_user
from ats.reminders.bell import ring_due
from ats.reminders.models import Reminder
from requisitions.actions.approval import replace_requisition_approver
from requisitions.actions.requisition import (
    approve_requisition,
    edit_requisition,
    return_requisition,
    submit_requisition,
)
from requisitions.models import Requisition
from tests.factories.ats import UserFactory
from tests.factories.requisitions import RecruiterFactory, draft

pytestmark = pytest.mark.django_db
# A Monday, three in the afternoon.
MONDAY = datetime(2027, 3, 1, 15, tzinfo=UTC)


def letters() -> list[tuple[str, str]]:
    """(letter, to whom) since the last look, after all reactions ran."""
    relay_events()
    assert not Owed.objects.exists()
    rows = Delivery.objects.filter(letter__startswith="approvals/").order_by("letter", "to_name")
    found = [(row.letter.partition("/")[2], row.to_name) for row in rows]
    Delivery.objects.update(letter="seen")
    return found


def morning() -> list[tuple[str, str]]:
    ring_due()
    return letters()


class Waits:
    """A requisition that waits for `ann`, and with `needed` 2 also for `ben`."""

    def __init__(self, *more: StepSpec, needed: int = 1) -> None:
        self.ann, self.ben = UserFactory(name="Ann"), UserFactory(name="Ben")
        self.asker = RecruiterFactory(name="Asker")
        self.by = Actor.of(self.asker)
        self.row = draft(self.asker, title="Data & <Engineer>")
        steps = [StepSpec([self.ann, self.ben][:needed], needed), *more]
        self.row = submit_requisition(self.row, steps=steps, by=self.by)

    @property
    def approval(self) -> Approval:
        found = Requisition.objects.get(pk=self.row.pk).approval
        assert found
        return found

    def away(self, person: User, delegate: User, days: int = 30) -> Any:
        at = clock.now()
        span = {"starts_at": at, "ends_at": at + timedelta(days=days)}
        return delegate_approvals(person, delegate=delegate, **span, by=Actor.of(person))


def test_each_person_is_asked_in_turn_and_once() -> None:
    cem = UserFactory(name="Cem")
    waits = Waits(StepSpec([cem]), needed=2)
    assert letters() == [("asked", "Ann"), ("asked", "Ben")]
    approve_requisition(waits.row, by=Actor.of(waits.ann))
    assert letters() == []
    approve_requisition(waits.row, by=Actor.of(waits.ben))
    assert letters() == [("asked", "Cem")]
    approve_requisition(waits.row, by=Actor.of(cem))
    assert letters() == [("approved", "Asker")]


def test_a_return_tells_the_asker_why_and_a_second_round_asks_again() -> None:
    waits = Waits()
    return_requisition(waits.row, comment="Which team & <why>?", by=Actor.of(waits.ann))
    relay_events()
    assert "Which team & <why>?" in Delivery.objects.get(letter="approvals/returned").body
    assert letters() == [("returned", "Asker")]
    submit_requisition(waits.row, by=waits.by)
    assert letters() == [("asked", "Ann")]


def test_a_change_asks_again_and_says_what_changed() -> None:
    waits = Waits()
    letters()
    edit_requisition(waits.row, title="New", by=waits.by)
    relay_events()
    assert "Changed since: title." in Delivery.objects.get(letter="approvals/asked").body
    assert letters() == [("asked", "Ann")]


def test_reminders_come_on_working_mornings_up_to_five_and_then_the_asker_hears(
    set_clock: Callable[[datetime], None],
) -> None:
    set_clock(MONDAY)
    waits = Waits()
    letters()
    heard = []
    for days in range(1, 12):
        set_clock((MONDAY + timedelta(days=days)).replace(hour=9, minute=1))
        if found := morning():
            heard.append((days, found))
    reminded = [("reminded", "Ann")]
    assert heard == [(day, reminded) for day in (2, 3, 4, 7, 8)] + [
        (9, [("unanswered", "Asker")]),
    ]
    assert not Reminder.objects.filter(kind="approval.waiting").exists()
    assert approve_requisition(waits.row, by=Actor.of(waits.ann)).status == "open"


def test_the_morning_is_the_approvers_own(set_clock: Callable[[datetime], None]) -> None:
    set_clock(MONDAY)
    waits = Waits()
    User.objects.filter(pk=waits.ann.pk).update(timezone="America/Los_Angeles")
    edit_requisition(waits.row, title="Again", by=waits.by)
    due = Reminder.objects.get(kind="approval.waiting").due_at
    assert due == datetime(2027, 3, 2, 17, tzinfo=UTC)


@pytest.mark.parametrize("end", ["approve", "return", "replace"])
def test_whoever_is_not_awaited_is_not_reminded(
    end: str, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(MONDAY)
    waits = Waits()
    letters()
    by = Actor.of(waits.ann)
    if end == "approve":
        approve_requisition(waits.row, by=by)
    elif end == "return":
        return_requisition(waits.row, comment="No", by=by)
    else:
        who = {"was": waits.ann, "becomes": waits.ben}
        replace_requisition_approver(waits.row, **who, reason="Ill", by=waits.by)
        assert letters() == [("asked", "Ben"), ("replaced", "Ann")]
    letters()
    set_clock(MONDAY + timedelta(days=2))
    assert morning() == ([("reminded", "Ben")] if end == "replace" else [])


def test_a_ring_for_a_seat_that_is_gone_is_the_last(
    set_clock: Callable[[datetime], None],
) -> None:
    set_clock(MONDAY)
    waits = Waits()
    letters()
    waits.approval.steps.get().seats.all().delete()
    set_clock(MONDAY + timedelta(days=2))
    assert (morning(), Reminder.objects.count()) == ([], 0)


def test_a_delegate_is_told_asked_and_reminded(set_clock: Callable[[datetime], None]) -> None:
    set_clock(MONDAY)
    waits = Waits()
    letters()
    delegation = waits.away(waits.ann, UserFactory(name="Dan"))
    assert morning() == [("asked", "Dan"), ("stands_in", "Dan")]
    set_clock(MONDAY + timedelta(days=2))
    assert morning() == [("reminded", "Dan")]
    revoke_delegation(delegation, by=Actor.of(waits.ann))
    assert letters() == []
    set_clock(MONDAY + timedelta(days=3))
    assert morning() == [("reminded", "Ann")]


def test_a_revoked_absence_tells_nobody() -> None:
    waits = Waits()
    letters()
    revoke_delegation(waits.away(waits.ann, UserFactory()), by=Actor.of(waits.ann))
    assert morning() == []


def test_a_step_that_nobody_can_answer_does_not_wait_for_ever(
    set_clock: Callable[[datetime], None],
) -> None:
    set_clock(MONDAY)
    waits, admin = Waits(needed=2), UserFactory(is_site_admin=True)
    letters()
    deactivate_user(waits.ann, by=Actor.of(admin))
    assert letters() == [("stuck", "Asker")]
    who = {"was": waits.ann, "becomes": UserFactory(name="Cem")}
    replace_requisition_approver(waits.row, **who, reason="She left", by=waits.by)
    assert letters() == [("asked", "Cem")]
    assert approve_requisition(waits.row, by=Actor.of(waits.ben)).status == "pending_approval"
    letters()
    waits.away(who["becomes"], waits.asker)
    assert morning() == [("stands_in", "Asker"), ("stuck", "Asker")]
    set_clock(MONDAY + timedelta(days=2))
    assert morning() == []


def test_the_delegate_who_leaves_leaves_the_step_stuck() -> None:
    waits, dan = Waits(), UserFactory(name="Dan")
    waits.away(waits.ann, dan)
    morning()
    deactivate_user(dan, by=Actor.of(UserFactory(is_site_admin=True)))
    assert letters() == [("stuck", "Asker")]


def test_what_is_about_nothing_is_told_to_nobody(set_clock: Callable[[datetime], None]) -> None:
    set_clock(MONDAY)
    ann, asker = UserFactory(), UserFactory()
    said_yes, said_no, waits = (ask([StepSpec([ann])], by=Actor.of(asker)) for _ in range(3))
    set_clock(MONDAY + timedelta(days=2))
    assert morning() == []
    matters.approve(said_yes, by=Actor.of(ann))
    matters.send_back(said_no, comment="No", by=Actor.of(ann))
    deactivate_user(ann, by=Actor.of(asker))
    assert morning() == []
    assert Event.objects.filter(verb="approval.stuck").count() == 1
    assert morning() == []
    assert waits.state == "pending"


def test_what_is_not_stuck_any_more_is_told_to_nobody() -> None:
    waits = Waits()
    letters()
    deactivate_user(waits.ann, by=Actor.of(UserFactory(is_site_admin=True)))
    relay_events()
    who = {"was": waits.ann, "becomes": waits.ben}
    replace_requisition_approver(waits.row, **who, reason="Left", by=waits.by)
    letters()
    stuck = Event.objects.get(verb="approval.stuck")
    REACTIONS["ats.approvals.reactions.tell_that_too_few_can_answer"](stuck)
    assert letters() == []


def test_every_reaction_may_run_twice_and_late(set_clock: Callable[[datetime], None]) -> None:
    set_clock(MONDAY)
    waits = Waits(needed=2)
    delegation = waits.away(waits.ann, UserFactory(name="Dan"))
    morning()
    deactivate_user(waits.ben, by=Actor.of(UserFactory(is_site_admin=True)))
    who = {"was": waits.ben, "becomes": UserFactory(name="Cem")}
    replace_requisition_approver(waits.row, **who, reason="Left", by=waits.by)
    return_requisition(waits.row, comment="No", by=Actor.of(waits.ann))
    revoke_delegation(delegation, by=Actor.of(waits.ann))
    submit_requisition(waits.row, steps=[StepSpec([waits.ann])], by=waits.by)
    approve_requisition(waits.row, by=Actor.of(waits.ann))
    relay_events()
    before = set(Delivery.objects.values_list("key", flat=True))
    for event in Event.objects.order_by("pk"):
        for name in REACTIONS_TO.get(event.verb, []):
            if name.startswith("ats.approvals."):
                REACTIONS[name](event)
    assert set(Delivery.objects.values_list("key", flat=True)) == before


# The link in the letter


def link_of(person: User) -> str:
    relay_events()
    asked = Delivery.objects.filter(letter="approvals/asked", recipient_id=person.public_id)
    body = asked.latest("pk").body
    return re.search(r"http://testserver(/approvals/\S+)", body)[1]  # type: ignore[index]


@pytest.fixture
def browser() -> Client:
    """Somebody without an account, whose forms carry a token against forgery."""
    return Client()


def test_reading_the_link_answers_nothing_and_pressing_does(browser: Client) -> None:
    waits = Waits()
    url = link_of(waits.ann)
    page = browser.get(url)
    assert (page.status_code, page["Cache-Control"].count("no-store")) == (200, 1)
    text = page.content.decode()
    assert "Data &amp; &lt;Engineer&gt;" in text
    assert "120,000 USD a year" in text
    assert browser.head(url).status_code == 200
    assert Vote.objects.count() == 0
    done = browser.post(url, {"decision": "approve", "comment": "Go."}, follow=True)
    assert "You approved this." in done.content.decode()
    assert Requisition.objects.get().status == "open"
    event = Event.objects.get(verb="approval.voted")
    assert (event.actor_kind, event.user_id) == ("link", waits.ann.public_id)
    again = browser.post(url, {"decision": "approve"})
    assert (again.status_code, Vote.objects.count()) == (409, 1)


def test_returning_by_link_says_why(browser: Client) -> None:
    url = link_of(Waits().ann)
    for sent, status in (
        ({"decision": "return", "comment": " "}, 400),
        ({"decision": "sing"}, 400),
        ({}, 400),
        ({"decision": "return", "comment": "x" * 5001}, 400),
        ({"decision": "return", "comment": "Less \x00"}, 302),
    ):
        assert browser.post(url, sent).status_code == status
    assert "You returned this" in browser.get(url).content.decode()
    assert Requisition.objects.get().status == "draft"


def test_a_form_from_elsewhere_is_refused() -> None:
    url = link_of(Waits().ann)
    assert Client(enforce_csrf_checks=True).post(url, {"decision": "approve"}).status_code == 403
    assert Vote.objects.count() == 0


def test_a_link_of_somebody_who_may_not_answer_any_more_says_why(browser: Client) -> None:
    said = {}
    for case in ("changed", "deactivated", "replaced", "decided"):
        waits = Waits(needed=1)
        url = link_of(waits.ann)
        if case == "changed":
            edit_requisition(waits.row, title="Else", by=waits.by)
        elif case == "deactivated":
            deactivate_user(waits.ann, by=Actor.of(UserFactory(is_site_admin=True)))
        elif case == "replaced":
            who = {"was": waits.ann, "becomes": waits.ben}
            replace_requisition_approver(waits.row, **who, reason="Ill", by=waits.by)
        else:
            waits.away(waits.ann, UserFactory(name="Dan"))
            approve_requisition(waits.row, by=Actor.of(User.objects.filter(name="Dan").get()))
        assert browser.post(url, {"decision": "approve"}).status_code == 409
        text = browser.get(url).content.decode()
        assert "USD" not in text
        said[case] = re.search(r"<h1>There is nothing to answer</h1>\s*<p>(.*?)</p>", text)[1]  # type: ignore[index]
    assert len(set(said.values())) == 4, said


def test_a_link_is_for_one_person_one_step_and_fourteen_days(
    browser: Client, advance: Callable[[timedelta], None]
) -> None:
    waits = Waits(StepSpec([UserFactory(name="Cem")]), needed=2)
    own = link_of(waits.ann)
    step, token = own.split("/")[2:]
    later = Step.objects.get(order=2).public_id
    assert browser.get(f"/approvals/{later}/{token}").status_code == 404
    assert browser.get(f"/approvals/{step}/{token[:-2]}").status_code == 404
    until = clock.now() + timedelta(days=1)
    nobody = links.sign(purpose(waits.approval.steps.first().public_id), later, expires=until)
    assert browser.get(f"/approvals/{step}/{nobody}").status_code == 410
    advance(timedelta(days=15))
    assert browser.get(own).status_code == 410


def test_a_link_answers_one_step_only_though_its_person_is_in_two(browser: Client) -> None:
    waits = Waits()
    row = draft(waits.asker)
    submit_requisition(row, steps=[StepSpec([waits.ann]), StepSpec([waits.ann])], by=waits.by)
    first = link_of(waits.ann)
    browser.post(first, {"decision": "approve"})
    assert browser.post(first, {"decision": "approve"}).status_code == 409
    assert Requisition.objects.get(pk=row.pk).status == "pending_approval"
    assert link_of(waits.ann) != first
    browser.post(link_of(waits.ann), {"decision": "approve"})
    assert Requisition.objects.get(pk=row.pk).status == "open"

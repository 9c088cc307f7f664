"""Ask, remind and tell. Each reads the rows again: it may run late, or twice."""

from collections.abc import Iterable
from datetime import datetime

from ats import clock
from ats.accounts.models import User
from ats.approvals import emails
from ats.approvals.chasing import REMINDERS, next_chase
from ats.approvals.engine import WAITING, notice_if_stuck
from ats.approvals.enums import ApprovalState, Decision
from ats.approvals.matters import matter_of, responsible_for
from ats.approvals.models import Approval, Delegation, Seat, Step, Vote
from ats.approvals.waiting import answering, waiting_for
from ats.base import lock
from ats.events.actors import Actor
from ats.events.log import on
from ats.events.models import Event
from ats.reminders.bell import rings
from ats.reminders.models import Reminder


def approval_of(event: Event) -> Approval:
    return Approval.objects.get(public_id=event.subject("approval"))


@on("approval.requested", "approval.voted", "approval.approver_replaced")
def ask_whoever_is_in_turn(event: Event) -> None:
    ask_now(approval_of(event))


def ask_now(approval: Approval) -> None:
    """Whoever's answer is awaited; who was written to about this step is not written to again."""
    found = matter_of(approval)
    step = Step.objects.in_turn().filter(approval=approval).first()
    if found is None or step is None:
        return
    away = Delegation.objects.in_force(clock.now()).select_related("person")
    named = Seat.objects.open().filter(step=step).values("user")
    for person in waiting_for(approval):
        handed = away.filter(delegate=person, person__in=named)
        absent = [delegation.person for delegation in handed]
        emails.asked(found[1], approval, step, person, absent)


@on("approval.approved")
def tell_the_asker_yes(event: Event) -> None:
    approval = approval_of(event)
    found = matter_of(approval)
    if found and approval.requested_by and approval.state == ApprovalState.APPROVED:
        emails.approved(found[1], approval.requested_by, event)


@on("approval.returned")
def tell_the_asker_what_to_change(event: Event) -> None:
    """Silent where it has been asked again since."""
    approval = approval_of(event)
    found = matter_of(approval)
    votes = Vote.objects.filter(step__approval=approval, decision=Decision.RETURN)
    vote = votes.select_related("user", "on_behalf_of").first()
    if found and vote and approval.requested_by:
        emails.returned(found[1], vote, approval.requested_by, event)


@on("approval.stuck")
def tell_that_too_few_can_answer(event: Event) -> None:
    approval = approval_of(event)
    found = matter_of(approval)
    step = Step.objects.in_turn().filter(approval=approval, short_since__isnull=False).first()
    if found and step:
        for person in responsible_for(approval):
            emails.stuck(found[1], step, person, event)


@on("approval.approver_replaced")
def tell_who_is_not_asked_any_more(event: Event) -> None:
    found = matter_of(approval_of(event))
    was = User.objects.filter(public_id=event.ids["was"], is_active=True).first()
    if found and was:
        emails.replaced(found[1], was, event)


@on("delegation.made")
def tell_the_delegate(event: Event) -> None:
    rows = Delegation.objects.select_related("person", "delegate")
    delegation = rows.get(public_id=event.subject("delegation"))
    if delegation.revoked_at is None and delegation.delegate.is_active:
        emails.stands_in(delegation, event)


@on("delegation.revoked")
def look_again_after_an_absence(event: Event) -> None:
    delegation = Delegation.objects.get(public_id=event.subject("delegation"))
    look_again([delegation.person], Actor.system(event.verb))


@on("user.deactivated")
def look_again_without_somebody(event: Event) -> None:
    person = User.objects.get(public_id=event.subject("user"))
    look_again([person, *absent_for(person)], Actor.system(event.verb))


@rings("delegation.begins")
def hand_over(reminder: Reminder) -> None:
    """Somebody is away from now on: what waits for them, or for whom they stood in, is asked."""
    delegation = Delegation.objects.get(public_id=reminder.subject_id)
    if delegation.revoked_at is None:
        people = [delegation.person, *absent_for(delegation.person)]
        look_again(people, Actor.system(reminder.kind))


def absent_for(delegate: User) -> list[User]:
    away = Delegation.objects.in_force(clock.now()).filter(delegate=delegate)
    return [delegation.person for delegation in away.select_related("person")]


def look_again(people: Iterable[User], by: Actor) -> None:
    """Whose answer is awaited may have changed wherever a step in turn names these people."""
    steps = Step.objects.in_turn().filter(people__in=list(people))
    waiting = Approval.objects.filter(pk__in=steps.values("approval")).order_by("pk")
    for approval in waiting.select_for_update():
        notice_if_stuck(approval, clock.now(), by)
        ask_now(approval)


@rings(WAITING)
def chase_answer(reminder: Reminder) -> datetime | None:
    """Each working morning whoever can answer; after the last one whoever asked is told."""
    seats = Seat.objects.open().filter(public_id=reminder.subject_id)
    seat = seats.select_related("user", "step").first()
    if seat is None:
        return None
    approval = lock(seat.step.approval)
    notice_if_stuck(approval, clock.now(), Actor.system(reminder.kind))
    found, human = matter_of(approval), answering(seat)
    times = reminder.rung + 1
    if found and times > REMINDERS:
        silent = list(waiting_for(approval))
        for person in responsible_for(approval):
            emails.unanswered(found[1], seat.step, silent, person)
    elif found and human:
        emails.reminded(found[1], approval, seat.step, human, times)
    return next_chase(times, clock.now(), (human or seat.user).timezone)

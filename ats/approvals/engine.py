"""N of M people, step after step. Knows people, not what they approve."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ats import clock
from ats.accounts.models import User
from ats.approvals.chasing import first_chase
from ats.approvals.enums import APPROVAL, ApprovalState, Decision
from ats.approvals.models import Approval, Replacement, Seat, SeatSet, Step, Vote
from ats.approvals.waiting import answerable_by, is_short
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from ats.reminders.bell import forget_all, remind

# Whoever asks says who holds a role; the roles' names are theirs.
Holders = Callable[[str], Sequence[User]]
# The kind of the reminders; each is about one seat.
WAITING = "approval.waiting"


@dataclass(frozen=True)
class StepSpec:
    """`needed` of these people, and of those who hold these roles now, must approve."""

    people: Sequence[User] = ()
    needed: int = 1
    roles: Sequence[str] = ()


def nobody(role: str) -> Sequence[User]:
    return ()


@transaction.atomic
def ask(
    steps: Sequence[StepSpec],
    *,
    after: Approval | None = None,
    holders: Holders = nobody,
    note: str = "",
    by: Actor,
) -> Approval:
    """Start a round; `after` is the round before it, if there was one.

    `note` is what those who are asked should know, in a sentence.

    Roles become people now: who was asked is part of the account, so nobody takes over a seat
    silently. Raises `Invalid("steps", ...)` if it could never be completed.
    """
    if not steps:
        raise Invalid("steps", "Name at least one step with somebody who approves.")
    seats = [seats_of(place, spec, holders) for place, spec in enumerate(steps, start=1)]
    for place, (spec, named) in enumerate(zip(steps, seats, strict=True), start=1):
        check(place, spec.needed, named, by)
    plan = [(spec.needed, named) for spec, named in zip(steps, seats, strict=True)]
    return begin(plan, after=after, note=note, by=by)


def seats_of(place: int, spec: StepSpec, holders: Holders) -> dict[User, str]:
    """Each person once, with the role they were found by; "" for somebody named as themselves."""
    named = dict.fromkeys(spec.people, "")
    for role in spec.roles:
        found = [person for person in holders(role) if person.is_active]
        if not found:
            said = role.replace("_", " ")
            raise Invalid(
                "steps",
                f"Step {place} asks the {said}, and nobody is that here."
                " Put somebody there, or name a person.",
            )
        for person in found:
            named.setdefault(person, role)
    return named


def check(place: int, needed: int, named: Mapping[User, str], by: Actor) -> None:
    others = {person for person in named if person.is_active and person != by.user}
    if not 1 <= needed <= len(others):
        raise Invalid(
            "steps",
            f"Step {place} needs {needed} to approve and names {len(others)} who can:"
            " active colleagues other than whoever asks.",
        )


def begin(
    plan: Sequence[tuple[int, Mapping[User, str]]], *, after: Approval | None, note: str, by: Actor
) -> Approval:
    at = clock.now()
    approval = Approval.objects.create(
        requested_by=by.user or (after.requested_by if after else None),
        requested_at=at,
        first=(after.first or after) if after else None,
        note=note,
    )
    for place, (needed, named) in enumerate(plan, start=1):
        step = Step.objects.create(approval=approval, order=place, needed=needed)
        Seat.objects.bulk_create(
            Seat(step=step, user=person, role=role) for person, role in named.items()
        )
    record("approval.requested", approval, by=by, steps=len(plan))
    bring_on(approval, at, by)
    return approval


def bring_on(approval: Approval, at: datetime, by: Actor) -> None:
    """The next step is in turn: its people are reminded from now on, if they do not answer."""
    chase(Seat.objects.filter(step__approval=approval), at)
    notice_if_stuck(approval, at, by)


def chase(seats: SeatSet, at: datetime) -> None:
    """Those in turn. Seats are new here, so that nobody waits for a reminder that is ringing."""
    for seat in seats.open().select_related("user"):
        remind(seat, WAITING, at=first_chase(at, seat.user.timezone))


def hush(approval: Approval) -> None:
    """Nobody is reminded of what is answered or over."""
    seats = Seat.objects.filter(step__approval=approval)
    forget_all(seats.exclude(pk__in=Seat.objects.open()), WAITING)


def notice_if_stuck(approval: Approval, at: datetime, by: Actor) -> None:
    """Say once that too few can answer the step in turn; the caller holds the approval's lock."""
    step = approval.steps.filter(completed_at=None).order_by("order").first()
    if step is None or approval.state != ApprovalState.PENDING:
        return
    if is_short(step) == (step.short_since is not None):
        return
    step.short_since = None if step.short_since else at
    step.save(update_fields=["short_since"])
    if step.short_since:
        record("approval.stuck", approval, by=by, step=step.order)


@transaction.atomic
def restart(
    approval: Approval, *, note: str = "", holders: Holders = nobody, by: Actor
) -> Approval:
    """A new round with the same steps: what is to be approved has changed.

    People stay; a role is asked of whoever holds it now, or held it then if nobody does. Nothing
    is refused here: if too few can answer, whoever asked is told.
    """
    approval = lock(approval)
    if approval.state == ApprovalState.PENDING:
        approval = withdraw(approval, by=by)
    plan = [(step.needed, seats_again(step, holders)) for step in approval.steps.order_by("order")]
    return begin(plan, after=approval, note=note, by=by)


def seats_again(step: Step, holders: Holders) -> dict[User, str]:
    seats = list(step.seats.select_related("user"))
    named = {seat.user: "" for seat in seats if not seat.role}
    for role in dict.fromkeys(seat.role for seat in seats if seat.role):
        then = [seat.user for seat in seats if seat.role == role]
        now = [person for person in holders(role) if person.is_active]
        for person in now or then:
            named.setdefault(person, role)
    return named


@transaction.atomic
def vote(
    approval: Approval,
    *,
    by: Actor,
    decision: str,
    comment: str = "",
    asked: UUID | None = None,
) -> Approval:
    """Say yes, or return it with a comment, for oneself or for somebody away. Look at the returned
    row's `state`: the last yes of the last step makes it approved, one return makes it returned.

    `asked` is the round or the step that the voter read. Raises `TransitionNotAllowed` once
    decided, `DomainError` for anyone who is not in turn.
    """
    approval = lock(approval)
    APPROVAL.next(approval.state, decision)
    step = current_step(approval)
    if asked not in (None, approval.public_id, step.public_id):
        raise DomainError(
            "This has changed since you were asked, and is asked again. Nothing was recorded:"
            " read it again, and answer then.",
            code="asked_again",
        )
    voter, absent = may_vote(approval, step, by)
    if decision == Decision.RETURN and not comment.strip():
        raise Invalid("comment", "Say what has to change, so that it can be asked again.")
    at = clock.now()
    Vote.objects.create(
        step=step, user=voter, on_behalf_of=absent, decision=decision, comment=comment, at=at
    )
    record(
        "approval.voted", approval, by=by, step=step.order, decision=decision, on_behalf_of=absent
    )
    if decision == Decision.RETURN:
        record("approval.returned", approval, by=by, step=step.order)
        return close(approval, decision, at)
    approval = advance(approval, step, at, by)
    hush(approval)
    return approval


def current_step(approval: Approval) -> Step:
    return approval.steps.filter(completed_at=None).order_by("order")[0]


def may_vote(approval: Approval, step: Step, by: Actor) -> tuple[User, User | None]:
    """The person who votes, and for whom if not for themselves.

    Raises a `DomainError` that says why it is not for them.
    """
    voter = by.user
    if voter is None or not voter.is_active:
        raise DomainError("Only an active colleague can approve.", code="not_an_approver")
    if voter == approval.requested_by:
        raise DomainError("Nobody approves their own request.", code="own_request")
    if seat := answerable_by(voter).filter(step=step).select_related("user").first():
        return voter, None if seat.user == voter else seat.user
    raise why_not(approval, step, voter)


def why_not(approval: Approval, step: Step, voter: User) -> DomainError:
    if step.votes.filter(user=voter).exists():
        return DomainError("You have answered this step already.", code="answered_already")
    if step.people.filter(pk=voter.pk).exists():
        return DomainError("This step was answered for you already.", code="answered_already")
    if approval.steps.filter(people=voter, order__gt=step.order).exists():
        return DomainError("It is not your turn yet: an earlier step is open.", code="not_in_turn")
    if approval.steps.filter(people=voter).exists() or approval.names(voter):
        return DomainError("Nothing waits for you in this step.", code="not_in_turn")
    return DomainError("You are not named as an approver here.", code="not_an_approver")


def advance(approval: Approval, step: Step, at: datetime, by: Actor) -> Approval:
    if step.votes.filter(decision=Decision.APPROVE).count() < step.needed:
        notice_if_stuck(approval, at, by)
        return approval
    step.completed_at = at
    step.save(update_fields=["completed_at"])
    if approval.steps.filter(completed_at=None).exists():
        bring_on(approval, at, by)
        return approval
    record("approval.approved", approval, by=by)
    return close(approval, Decision.APPROVE, at)


@transaction.atomic
def replace_approver(
    approval: Approval, *, was: User, becomes: User, reason: str, by: Actor
) -> Approval:
    """Ask somebody else in every step that still waits for `was`, and keep why.

    What they answered already stands.
    """
    approval = lock(approval)
    if approval.state != ApprovalState.PENDING:
        raise DomainError("This is decided: nobody is asked any more.", code="decided")
    check_replacement(approval, becomes, reason, by)
    seats = Seat.objects.filter(step__approval=approval, step__completed_at=None, user=was)
    seats = seats.exclude(step__votes__user=was).exclude(step__votes__on_behalf_of=was)
    found = list(seats.select_related("step").order_by("step__order"))
    if not found:
        raise Invalid("was", "Nothing in this approval waits for this person.")
    at = clock.now()
    for seat in found:
        replace_in_step(seat, becomes, reason, at, by)
        record(
            "approval.approver_replaced",
            approval,
            by=by,
            step=seat.step.order,
            was=was,
            becomes=becomes,
        )
    chase(Seat.objects.filter(step__approval=approval, user=becomes), at)
    notice_if_stuck(approval, at, by)
    return approval


def check_replacement(approval: Approval, becomes: User, reason: str, by: Actor) -> None:
    if not reason.strip():
        raise Invalid("reason", "Say why somebody else is asked.")
    if not becomes.is_active:
        raise Invalid("becomes", "This account is deactivated: name an active colleague.")
    if becomes in (approval.requested_by, by.user):
        raise Invalid("becomes", "Nobody approves their own request: name somebody else.")


def replace_in_step(seat: Seat, becomes: User, reason: str, at: datetime, by: Actor) -> None:
    step, was = seat.step, seat.user
    if step.people.filter(pk=becomes.pk).exists() or step.votes.filter(user=becomes).exists():
        raise Invalid("becomes", f"They have a part in step {step.order} already: name another.")
    forget_all([seat], WAITING)
    seat.delete()
    Seat.objects.create(step=step, user=becomes, role=seat.role)
    Replacement.objects.create(
        step=step, was=was, becomes=becomes, reason=reason, replaced_by=by.user, at=at
    )


@transaction.atomic
def withdraw(approval: Approval, *, by: Actor) -> Approval:
    """Nobody has to decide any more: what was to be approved changed, or was cancelled."""
    approval = lock(approval)
    approval = close(approval, "withdraw", clock.now())
    record("approval.withdrawn", approval, by=by)
    return approval


def close(approval: Approval, verb: str, at: datetime) -> Approval:
    approval.state = APPROVAL.next(approval.state, verb)
    approval.decided_at = at
    approval.save(update_fields=["state", "decided_at"])
    hush(approval)
    return approval

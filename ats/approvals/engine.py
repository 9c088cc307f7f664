"""N of M people, step after step. Knows people, not what they approve."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from ats import clock
from ats.accounts.models import User
from ats.approvals.enums import APPROVAL, Decision
from ats.approvals.models import Approval, Step, Vote
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record


@dataclass(frozen=True)
class StepSpec:
    """`needed` of these people must approve before the next step is asked."""

    people: Sequence[User]
    needed: int = 1


@transaction.atomic
def ask(steps: Sequence[StepSpec], *, by: Actor) -> Approval:
    """Start a round. Raises `Invalid("steps", ...)` if it could never be completed."""
    if not steps:
        raise Invalid("steps", "Name at least one step with somebody who approves.")
    for place, spec in enumerate(steps, start=1):
        check(place, spec, by)
    approval = Approval.objects.create(requested_by=by.user, requested_at=clock.now())
    for place, spec in enumerate(steps, start=1):
        step = Step.objects.create(approval=approval, order=place, needed=spec.needed)
        step.people.set(spec.people)
    record("approval.requested", approval, by=by, steps=len(steps))
    return approval


def check(place: int, spec: StepSpec, by: Actor) -> None:
    others = {person for person in spec.people if person.is_active and person != by.user}
    if not 1 <= spec.needed <= len(others):
        raise Invalid(
            "steps",
            f"Step {place} needs {spec.needed} to approve and names {len(others)} who can:"
            " active colleagues other than whoever asks.",
        )


@transaction.atomic
def vote(approval: Approval, *, by: Actor, decision: str, comment: str = "") -> Approval:
    """Say yes, or return it with a comment. Look at the returned row's `state`: the last yes
    of the last step makes it approved, one return makes it returned.

    Raises `TransitionNotAllowed` once decided, `DomainError` for anyone who is not in turn.
    """
    approval = Approval.objects.select_for_update().get(pk=approval.pk)
    APPROVAL.next(approval.state, decision)
    step = current_step(approval)
    voter = may_vote(approval, step, by)
    if decision == Decision.RETURN and not comment.strip():
        raise Invalid("comment", "Say what has to change, so that it can be asked again.")
    at = clock.now()
    Vote.objects.create(step=step, user=voter, decision=decision, comment=comment, at=at)
    record("approval.voted", approval, by=by, step=step.order, decision=decision)
    if decision == Decision.RETURN:
        record("approval.returned", approval, by=by, step=step.order)
        return close(approval, decision, at)
    return advance(approval, step, at, by)


def current_step(approval: Approval) -> Step:
    return approval.steps.filter(completed_at=None).order_by("order")[0]


def may_vote(approval: Approval, step: Step, by: Actor) -> User:
    """The person who votes. Raises a `DomainError` that says why it is not for them."""
    voter = by.user
    if voter is None:
        raise DomainError("Only a person can approve.", code="not_an_approver")
    if voter == approval.requested_by:
        raise DomainError("Nobody approves their own request.", code="own_request")
    if step.votes.filter(user=voter).exists():
        raise DomainError("You have answered this step already.", code="answered_already")
    if step.people.filter(pk=voter.pk).exists():
        return voter
    if approval.steps.filter(people=voter, order__gt=step.order).exists():
        raise DomainError("It is not your turn yet: an earlier step is open.", code="not_in_turn")
    if approval.steps.filter(people=voter).exists():
        raise DomainError("Your step is completed: nothing waits for you.", code="not_in_turn")
    raise DomainError("You are not named as an approver here.", code="not_an_approver")


def advance(approval: Approval, step: Step, at: datetime, by: Actor) -> Approval:
    if step.votes.filter(decision=Decision.APPROVE).count() < step.needed:
        return approval
    step.completed_at = at
    step.save(update_fields=["completed_at"])
    if approval.steps.filter(completed_at=None).exists():
        return approval
    record("approval.approved", approval, by=by)
    return close(approval, Decision.APPROVE, at)


@transaction.atomic
def withdraw(approval: Approval, *, by: Actor) -> Approval:
    """Nobody has to decide any more: what was to be approved changed, or was cancelled."""
    approval = Approval.objects.select_for_update().get(pk=approval.pk)
    approval = close(approval, "withdraw", clock.now())
    record("approval.withdrawn", approval, by=by)
    return approval


def close(approval: Approval, verb: str, at: datetime) -> Approval:
    approval.state = APPROVAL.next(approval.state, verb)
    approval.decided_at = at
    approval.save(update_fields=["state", "decided_at"])
    return approval


def waiting_for(approval: Approval) -> QuerySet[User]:
    """Whose answer is awaited now; nobody's once it is decided."""
    step = Step.objects.in_turn().filter(approval=approval)
    answered = Vote.objects.filter(step__in=step)
    asker = approval.requested_by_id or 0
    people = User.objects.filter(pk__in=step.values("people"), is_active=True)
    return people.exclude(pk__in=answered.values("user")).exclude(pk=asker)


def pending_for(user: User) -> QuerySet[Approval]:
    """What waits for this person's answer, longest waiting first."""
    steps = Step.objects.in_turn().filter(people=user).exclude(votes__user=user)
    return (
        Approval.objects.filter(pk__in=steps.values("approval"))
        .exclude(requested_by=user)
        .order_by("requested_at", "pk")
    )

"""Whose answer is awaited, and who may give it."""

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from ats import clock
from ats.accounts.models import User
from ats.approvals.enums import Decision
from ats.approvals.models import Approval, Delegation, Seat, Step, Vote


def waiting_for(approval: Approval) -> QuerySet[User]:
    """Whose answer is awaited now; nobody's once it is decided.

    In place of somebody who is away their delegate, unless that one is away as well: an absence
    is handed on once, and never in a circle.
    """
    seats = Seat.objects.open().filter(step__approval=approval)
    away = Delegation.objects.in_force(clock.now())
    absent = away.values("person")
    here = seats.exclude(user__in=absent)
    standing_in = away.filter(person__in=seats.values("user")).exclude(delegate__in=absent)
    people = User.objects.filter(
        Q(pk__in=here.values("user")) | Q(pk__in=standing_in.values("delegate")), is_active=True
    )
    voted = Vote.objects.filter(step__in=Step.objects.in_turn().filter(approval=approval))
    return people.exclude(pk__in=voted.values("user")).exclude(pk=approval.requested_by_id or 0)


def answerable_by(user: User) -> QuerySet[Seat]:
    """Seats that this person may answer now: their own first, then those they stand in for."""
    away = Delegation.objects.in_force(clock.now()).filter(delegate=user)
    answered = Vote.objects.filter(step=OuterRef("step"), user=user)
    seats = Seat.objects.open().filter(Q(user=user) | Q(user__in=away.values("person")))
    allowed = seats.exclude(step__approval__requested_by=user).filter(~Exists(answered))
    own = ExpressionWrapper(Q(user=user), output_field=BooleanField())
    return allowed.order_by(own.desc(), "pk")


def pending_for(user: User) -> QuerySet[Approval]:
    """What waits for this person's answer, their own or for somebody away; the oldest first."""
    waiting = answerable_by(user).order_by().values("step__approval")
    return Approval.objects.filter(pk__in=waiting).order_by("requested_at", "pk")


def answering(seat: Seat) -> User | None:
    """The one human whose answer this seat waits for; None if nobody can give it."""
    away = Delegation.objects.in_force(clock.now()).filter(person=seat.user).first()
    human = away.delegate if away else seat.user
    return human if waiting_for(seat.step.approval).filter(pk=human.pk).exists() else None


def is_short(step: Step) -> bool:
    """Whether those who approved and those who still can are fewer than are needed."""
    approved = step.votes.filter(decision=Decision.APPROVE).count()
    return approved + waiting_for(step.approval).count() < step.needed

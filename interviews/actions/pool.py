"""Pools: who may hold one kind of interview, and how somebody is trained for it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ats import clock
from ats.accounts.models import User
from ats.base import lock
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from interviews.enums import POOL_MEMBER, PoolMemberStatus, RideKind
from interviews.models import Interview, InterviewerPool, PoolMember, TrainingRide
from interviews.queries.training import missing

MOST_RIDES = 20


@transaction.atomic
def add_pool(*, name: str, by: Actor, **needed: int) -> InterviewerPool:
    """`needed` are shadows_needed and reverse_shadows_needed before somebody may be signed off."""
    check_pool(None, {"name": name, **needed})
    pool = InterviewerPool.objects.create(name=name.strip(), **needed)
    record("pool.added", pool, by=by)
    return pool


@transaction.atomic
def edit_pool(pool: InterviewerPool, *, by: Actor, **fields: Any) -> InterviewerPool:
    pool = lock(pool)
    check_pool(pool, fields)
    for name, value in fields.items():
        setattr(pool, name, value.strip() if name == "name" else value)
    if fields:
        pool.save(update_fields=fields)
    record("pool.edited", pool, by=by)
    return pool


@transaction.atomic
def retire_pool(pool: InterviewerPool, *, by: Actor) -> InterviewerPool:
    """Plans that name it keep it; nobody joins it any more."""
    pool = lock(pool)
    pool.retired_at = pool.retired_at or clock.now()
    pool.save(update_fields=["retired_at"])
    record("pool.retired", pool, by=by)
    return pool


@transaction.atomic
def add_pool_member(
    pool: InterviewerPool, *, user: User, is_qualified: bool = False, by: Actor
) -> PoolMember:
    """In training, unless they are known to be qualified already."""
    pool = lock(pool)
    if pool.retired_at:
        raise DomainError("This pool is retired, so nobody was added. Choose another one.")
    if pool.members.filter(user=user).exists():
        raise DomainError(f"{user} is in this pool already. Nothing was changed.")
    now = clock.now()
    member = PoolMember.objects.create(pool=pool, user=user, joined_at=now)
    record("pool_member.added", pool, member, user, by=by, user=user)
    return qualify(member, now, by) if is_qualified else member


@transaction.atomic
def remove_pool_member(member: PoolMember, *, by: Actor) -> None:
    """What they are booked for stays booked."""
    member = lock(member)
    record("pool_member.removed", member.pool, member, member.user, by=by, user=member.user)
    member.delete()


@transaction.atomic
def log_ride(
    member: PoolMember, *, kind: str, interview: Interview | None = None, by: Actor
) -> PoolMember:
    """They shadowed, or were shadowed; an interview counts once."""
    member = lock(member)
    if member.status != PoolMemberStatus.TRAINING:
        raise DomainError(f"{member.user} is qualified already. Nothing was counted.")
    known = interview is not None and member.rides.filter(interview=interview).exists()
    if not known:
        TrainingRide.objects.create(
            member=member, kind=RideKind(kind), interview=interview, at=clock.now()
        )
    record(
        "training.logged",
        *(member.pool, member, member.user),
        by=by,
        user=member.user,
        kind=kind,
        interview=interview,
    )
    return member


@transaction.atomic
def sign_off_member(member: PoolMember, *, by: Actor) -> PoolMember:
    """Somebody vouches for them: from now on they may be booked on their own."""
    member = lock(member)
    if POOL_MEMBER.next(member.status, "sign_off") and (left := missing(member)):
        raise Blocked([*left, "Nobody was signed off."])
    return qualify(member, clock.now(), by)


@transaction.atomic
def retrain_member(member: PoolMember, *, by: Actor) -> PoolMember:
    """Back to training; what they did for it counts still."""
    member = lock(member)
    member.status = POOL_MEMBER.next(member.status, "retrain")
    member.signed_off_at = member.signed_off_by = None
    member.save(update_fields=["status", "signed_off_at", "signed_off_by"])
    record("pool_member.sent_back", member.pool, member, member.user, by=by, user=member.user)
    return member


def qualify(member: PoolMember, now: Any, by: Actor) -> PoolMember:
    member.status = POOL_MEMBER.next(member.status, "sign_off")
    member.signed_off_at, member.signed_off_by = now, by.user
    member.save(update_fields=["status", "signed_off_at", "signed_off_by"])
    record("pool_member.signed_off", member.pool, member, member.user, by=by, user=member.user)
    return member


def check_pool(pool: InterviewerPool | None, fields: Mapping[str, Any]) -> None:
    if "name" in fields:
        name = fields["name"].strip()
        others = InterviewerPool.objects.filter(name=name)
        if not name:
            raise Invalid("name", "A pool has a name.")
        if (others.exclude(pk=pool.pk) if pool else others).exists():
            raise Invalid("name", "There is a pool of that name already.")
    for key in ("shadows_needed", "reverse_shadows_needed"):
        if not 0 <= fields.get(key, 0) <= MOST_RIDES:
            raise Invalid(key, f"This is a number from 0 to {MOST_RIDES}.")

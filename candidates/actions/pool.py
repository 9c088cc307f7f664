"""Talent pools: people whom we would like to talk to some day."""

from django.db import connection, transaction
from django.db.models import Value

from ats import clock
from ats.base import lock
from ats.errors import Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates.actions.names import check_name_of
from candidates.models import Candidate, TalentPool
from candidates.models.words import folded


@transaction.atomic
def add_to_pool(candidate: Candidate, *, pool: TalentPool, by: Actor) -> Candidate:
    """Whoever is in it already stays as they are. Raises `Invalid` for a retired pool."""
    candidate = lock(candidate)
    check_in_use(pool)
    facts = {"added_at": clock.now(), "added_by": by.user}
    if candidate.pooled.get_or_create(pool=pool, defaults=facts)[1]:
        record("candidate.added_to_pool", candidate, by=by, pool=pool)
    return candidate


@transaction.atomic
def remove_from_pool(candidate: Candidate, *, pool: TalentPool, by: Actor) -> Candidate:
    candidate = lock(candidate)
    if candidate.pooled.filter(pool=pool).delete()[0]:
        record("candidate.removed_from_pool", candidate, by=by, pool=pool)
    return candidate


def check_in_use(pool: TalentPool) -> None:
    """It stays in use until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT retired_at FROM candidates_talentpool WHERE id = %s FOR SHARE", [pool.pk]
        )
        if cursor.fetchone() != (None,):
            raise Invalid("pool", f"{pool} is retired: take it back into use first.")


@transaction.atomic
def add_talent_pool(*, name: str, purpose: str = "", by: Actor) -> TalentPool:
    """A name is one pool, whatever its case and accents."""
    name = check_name_of("name", name)
    refuse_known(name, None)
    pool = TalentPool.objects.create(name=name, purpose=purpose.strip(), created_at=clock.now())
    record("talent_pool.added", pool, by=by)
    return pool


@transaction.atomic
def edit_talent_pool(pool: TalentPool, *, by: Actor, **fields: str) -> TalentPool:
    """`name` and `purpose`."""
    pool = lock(pool)
    if "name" in fields:
        fields["name"] = check_name_of("name", fields["name"])
        refuse_known(fields["name"], pool)
    for field, value in fields.items():
        setattr(pool, field, value.strip())
    pool.save(update_fields=sorted(fields))
    record("talent_pool.edited", pool, by=by, fields=sorted(fields))
    return pool


@transaction.atomic
def retire_talent_pool(pool: TalentPool, *, by: Actor) -> TalentPool:
    """Nobody is added any more; whoever is in it stays findable there."""
    pool = lock(pool)
    if pool.retired_at is None:
        pool.retired_at = clock.now()
        pool.save(update_fields=["retired_at"])
        record("talent_pool.retired", pool, by=by)
    return pool


@transaction.atomic
def restore_talent_pool(pool: TalentPool, *, by: Actor) -> TalentPool:
    pool = lock(pool)
    if pool.retired_at:
        pool.retired_at = None
        pool.save(update_fields=["retired_at"])
        record("talent_pool.restored", pool, by=by)
    return pool


def refuse_known(name: str, pool: TalentPool | None) -> None:
    """Two who think of the same name at once: the second waits for the first, and is told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('talent pools', 3))")
    pools = TalentPool.objects.annotate(key=folded("name")).filter(key=folded(Value(name)))
    known = pools.first()
    if known and known != pool:
        state = ", which is retired" if known.retired_at else ""
        raise Invalid("name", f"There is a pool called {known} already{state}.")

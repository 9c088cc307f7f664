"""Away, and who answers meanwhile."""

from datetime import datetime

from django.db import transaction

from ats import clock
from ats.accounts.models import User
from ats.approvals.models import Delegation
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from ats.reminders.bell import remind


@transaction.atomic
def delegate_approvals(
    person: User, *, delegate: User, starts_at: datetime, ends_at: datetime, by: Actor
) -> Delegation:
    """From then to then, `delegate` is asked in place of `person`, who may still answer.

    An absence is handed on once: whoever is away then cannot stand in, so that there is neither
    a chain nor a circle. What they answer counts for `person`, and once.
    """
    at = clock.now()
    starts_at = max(starts_at, at)
    # Both, in one order: two who hand over to each other at once meet here.
    list(User.objects.select_for_update().filter(pk__in=[person.pk, delegate.pk]).order_by("pk"))
    if ends_at <= starts_at:
        raise Invalid("ends_at", "An absence ends after it begins, and in the future.")
    if delegate == person or not delegate.is_active:
        raise Invalid("delegate", "Name an active colleague other than whoever is away.")
    check_nobody_is_away(person, delegate, starts_at, ends_at)
    delegation = Delegation.objects.create(
        person=person, delegate=delegate, starts_at=starts_at, ends_at=ends_at
    )
    record(
        "delegation.made",
        delegation,
        by=by,
        delegate=delegate,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    remind(delegation, "delegation.begins", at=starts_at)
    return delegation


def check_nobody_is_away(
    person: User, delegate: User, starts_at: datetime, ends_at: datetime
) -> None:
    meanwhile = Delegation.objects.filter(
        starts_at__lt=ends_at, ends_at__gt=starts_at, revoked_at=None
    )
    if meanwhile.filter(person=person).exists():
        raise Invalid(
            "starts_at", "Somebody stands in during that time already: revoke that first."
        )
    if meanwhile.filter(person=delegate).exists():
        raise Invalid("delegate", f"{delegate} is away then: choose somebody who is there.")


@transaction.atomic
def revoke_delegation(delegation: Delegation, *, by: Actor) -> Delegation:
    """Back earlier, or not away after all. What was answered meanwhile stands."""
    delegation = lock(delegation)
    at = clock.now()
    if delegation.revoked_at or delegation.ends_at <= at:
        raise DomainError("This absence is over already: there is nothing to revoke.")
    delegation.revoked_at = at
    delegation.save(update_fields=["revoked_at"])
    record("delegation.revoked", delegation, by=by, delegate=delegation.delegate)
    return delegation

"""Forget a person, or keep them and use nothing, because a law or a dispute says so."""

from datetime import datetime

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from ats.privacy.enums import Because
from ats.privacy.erase import erase
from ats.privacy.models import Erasure
from candidates.actions import merge
from candidates.actions.application import withdraw_application
from candidates.enums import ApplicationStatus
from candidates.models import Application, Candidate, LegalHold
from candidates.models.candidate import NOBODY
from candidates.queries.privacy import erasure_blockers, floor_sentence
from requisitions.models import Requisition


@transaction.atomic
def erase_candidate(candidate: Candidate, *, because: str, by: Actor) -> Erasure:
    """Everything about them, everywhere, at once; what is open is withdrawn first.

    Raises `Blocked` with the reasons while a hire, an offer, a legal hold or a law keeps them.
    """
    candidate = hold(candidate)
    if because not in Because.values:
        raise Invalid("because", f"Because of one of: {', '.join(Because.values)}.")
    at = clock.now()
    kept = floor_sentence(candidate, at)
    if found := [*erasure_blockers(candidate, at), *([kept] if kept else [])]:
        raise Blocked([*found, "Nothing was erased."])
    return carry_out(candidate, because=because, at=at, by=by)


def hold(candidate: Candidate) -> Candidate:
    """Their locks, in the order of a merge: nothing is added meanwhile. Of somebody who was merged
    into another person it is that person, who has everything of theirs."""
    held = merge.hold(candidate)[0]
    return hold(held.merged_into) if held.merged_into else held


def carry_out(candidate: Candidate, *, because: str, at: datetime, by: Actor) -> Erasure:
    """Under their lock. Once more over somebody who is erased changes nothing."""
    running = Application.objects.filter(candidate=candidate, status=ApplicationStatus.ACTIVE)
    for application in running.order_by("pk"):
        withdraw_application(application, by=by)
    receipt = erase(candidate, because=because, by=by)
    candidate.refresh_from_db()
    if candidate.erased_at is None:
        candidate.erased_at, candidate.name = at, NOBODY
        candidate.save(update_fields=["erased_at", "name"])
    return receipt


@transaction.atomic
def erase_again(candidate: Candidate, *, because: str, by: Actor) -> Erasure:
    """After a restore: they were erased once, so nothing keeps them now."""
    return carry_out(hold(candidate), because=because, at=clock.now(), by=by)


@transaction.atomic
def restrict_candidate(candidate: Candidate, *, by: Actor) -> Candidate:
    """Kept, seen by site admins alone, and written to by nobody (GDPR, Article 18)."""
    candidate = lock(candidate)
    if candidate.restricted_at is None:
        candidate.restricted_at, candidate.do_not_contact = clock.now(), True
        candidate.save(update_fields=["restricted_at", "do_not_contact"])
        record("candidate.restricted", candidate, by=by)
    return candidate


@transaction.atomic
def lift_restriction(candidate: Candidate, *, by: Actor) -> Candidate:
    """In use again. They are still not written to, until somebody says otherwise."""
    candidate = lock(candidate)
    if candidate.restricted_at is not None:
        candidate.restricted_at = None
        candidate.save(update_fields=["restricted_at"])
        record("candidate.restriction_lifted", candidate, by=by)
    return candidate


@transaction.atomic
def place_legal_hold(candidate: Candidate, *, reason: str, by: Actor) -> LegalHold:
    """Nobody erases this person, by hand or by policy, until it is released."""
    candidate = lock(candidate)
    if candidate.erased_at:
        raise DomainError("This person was erased: there is nothing to hold.", code="erased")
    return held_for(reason, by, candidate=candidate)


@transaction.atomic
def place_legal_hold_on_requisition(
    requisition: Requisition, *, reason: str, by: Actor
) -> LegalHold:
    """Nobody who applied here is erased until it is released."""
    return held_for(reason, by, requisition=lock(requisition))


def held_for(reason: str, by: Actor, **what: Candidate | Requisition) -> LegalHold:
    if not reason.strip():
        raise Invalid("reason", "Say why: somebody has to be able to release it one day.")
    if LegalHold.objects.in_force().filter(**what).exists():
        raise DomainError("A legal hold is in force already. Nothing was changed.", code="held")
    placed = LegalHold.objects.create(
        **what, reason=reason.strip(), placed_at=clock.now(), placed_by=by.user
    )
    record("legal_hold.placed", placed, *what.values(), by=by)
    return placed


@transaction.atomic
def release_legal_hold(held: LegalHold, *, reason: str, by: Actor) -> LegalHold:
    held = lock(held)
    if not reason.strip():
        raise Invalid("reason", "Say why it is not needed any more.")
    if held.released_at:
        raise DomainError("This hold was released before. Nothing was changed.", code="released")
    held.released_at, held.release_reason = clock.now(), reason.strip()
    held.save(update_fields=["released_at", "release_reason"])
    about = [row for row in (held.candidate, held.requisition) if row]
    record("legal_hold.released", held, *about, by=by)
    return held

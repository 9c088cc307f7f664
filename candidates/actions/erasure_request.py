"""Somebody is to be erased: asked, carried out, refused, or kept apart until a law lets go."""

from datetime import datetime, timedelta

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from ats.privacy.enums import Because
from candidates import emails
from candidates.actions.privacy import carry_out, hold, restrict_candidate
from candidates.enums import PRIVACY_REQUEST, PrivacyRequestStatus, RetentionDoes
from candidates.models import Candidate, PrivacyRequest
from candidates.queries.privacy import erasure_blockers
from candidates.queries.retention import does_by_itself, due, is_due, must_be_kept
from candidates.retention import later

# Whoever asks is answered within a month (GDPR, Article 12(3)).
A_MONTH = "P1M"
# What policy erases by itself waits this long for somebody to say no.
WAITING_TIME = timedelta(days=14)


@transaction.atomic
def ask_erasure(candidate: Candidate, *, because: str = Because.ASKED, by: Actor) -> PrivacyRequest:
    """The request that waits, or the one that waits already: asking twice is asking once."""
    candidate = lock(candidate)
    if candidate.erased_at:
        raise DomainError("This person was erased before. There is nothing to ask.", code="erased")
    if because not in Because.values:
        raise Invalid("because", f"Because of one of: {', '.join(Because.values)}.")
    if waiting := PrivacyRequest.objects.waiting().filter(candidate=candidate).first():
        return waiting
    at = clock.now()
    by_itself = because == Because.RETENTION and does_by_itself(candidate) == RetentionDoes.ERASE
    asked = PrivacyRequest.objects.create(
        candidate=candidate,
        because=because,
        asked_at=at,
        answer_by=later(at, A_MONTH),
        carry_out_at=at + WAITING_TIME if by_itself else None,
    )
    record("erasure.asked", asked, candidate, by=by, because=because)
    return asked


@transaction.atomic
def carry_out_erasure(request: PrivacyRequest, *, by: Actor) -> PrivacyRequest:
    """Erase them, or restrict them where a law still wants them kept. Raises `Blocked`."""
    candidate = hold(request.candidate)
    request = lock(request)
    request.status = PRIVACY_REQUEST.next(request.status, "carry_out")
    at = clock.now()
    refuse_early(request, candidate, at)
    if kept := must_be_kept(candidate, at):
        return keep_apart(request, candidate, *kept, by=by)
    answer(request, at, by)
    to = emails.to_person(candidate)
    carry_out(candidate, because=request.because, at=at, by=by)
    if to:
        emails.erased(request, to)
    return request


def refuse_early(request: PrivacyRequest, candidate: Candidate, at: datetime) -> None:
    found = erasure_blockers(candidate, at)
    if request.because == Because.RETENTION and not is_due(candidate, at):
        found.append(
            "Their time is not up any more: they applied again or agreed to be kept. Cancel this"
            " request."
        )
    if found:
        raise Blocked([*found, "Nothing was erased."])


def keep_apart(
    request: PrivacyRequest, candidate: Candidate, until: datetime, law: str, *, by: Actor
) -> PrivacyRequest:
    """Erased by itself once the law lets go; said once, however often it is tried."""
    restrict_candidate(candidate, by=by)
    was = PrivacyRequest.objects.get(pk=request.pk).status
    request.status = PrivacyRequestStatus.RESTRICTED
    request.carry_out_at = until
    request.reason = f"{law} asks to keep it until {until:%d %B %Y}."
    request.save(update_fields=["status", "carry_out_at", "reason"])
    if was != PrivacyRequestStatus.RESTRICTED:
        record("erasure.restricted", request, candidate, by=by)
    return request


def answer(request: PrivacyRequest, at: datetime, by: Actor) -> None:
    request.answered_at, request.answered_by = at, by.user
    request.save(update_fields=["status", "answered_at", "answered_by", "reason"])


@transaction.atomic
def refuse_erasure(request: PrivacyRequest, *, reason: str, by: Actor) -> PrivacyRequest:
    """They are told the reason, in these words."""
    request = lock(request)
    request.status = PRIVACY_REQUEST.next(request.status, "refuse")
    if not reason.strip():
        raise Invalid("reason", "Say why: they are told, and may complain about it.")
    request.reason = reason.strip()
    answer(request, clock.now(), by)
    record("erasure.refused", request, request.candidate, by=by)
    return request


@transaction.atomic
def cancel_erasure(request: PrivacyRequest, *, by: Actor) -> PrivacyRequest:
    """They changed their mind, or their time is not up any more."""
    request = lock(request)
    request.status = PRIVACY_REQUEST.next(request.status, "cancel")
    answer(request, clock.now(), by)
    record("erasure.cancelled", request, request.candidate, by=by)
    return request


def propose_due(*, by: Actor) -> int:
    """Everybody whose time is up waits for a person, or for the end of the waiting time."""
    found = due(clock.now())
    for key, _ in found:
        ask_erasure(Candidate.objects.get(pk=key), because=Because.RETENTION, by=by)
    return len(found)


def carry_out_due(*, by: Actor) -> int:
    """What happens by itself: after the waiting time, or once a law lets go. Each in its own
    transaction; what something else keeps meanwhile waits for a person."""
    ready = PrivacyRequest.objects.waiting().filter(carry_out_at__lte=clock.now())
    done = 0
    for request in ready.select_related("candidate").order_by("carry_out_at", "pk"):
        try:
            carry_out_erasure(request, by=by)
            done += 1
        except Blocked:
            leave_to_a_person(request, by=by)
        except DomainError:
            continue  # somebody answered it in this very moment
    return done


@transaction.atomic
def leave_to_a_person(request: PrivacyRequest, *, by: Actor) -> PrivacyRequest:
    """It stays on the list, and nothing tries it again by itself."""
    request = lock(request)
    request.carry_out_at = None
    request.save(update_fields=["carry_out_at"])
    record("erasure.held_up", request, request.candidate, by=by)
    return request

"""What somebody agreed to: in which words, until when, and back again."""

from datetime import timedelta

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates.actions.application import withdraw_application
from candidates.enums import ApplicationStatus, ConsentKind
from candidates.models import Candidate, Consent, ConsentText
from candidates.queries.consent import kept_by_consent, text_in_force
from candidates.queries.retention import kept_with_consent
from candidates.retention import later

LINK_LASTS = timedelta(days=14)
ASK_BEFORE = timedelta(days=30)
USUALLY = "P1Y"


@transaction.atomic
def write_consent_text(*, kind: str, text: str, language: str = "en", by: Actor) -> ConsentText:
    """The next version of these words; what was agreed to before keeps its own."""
    if kind not in ConsentKind.values:
        raise Invalid("kind", f"One of: {', '.join(ConsentKind.values)}.")
    if not text.strip():
        raise Invalid("text", "An empty text is nothing that anybody could agree to.")
    at = clock.now()
    versions = ConsentText.objects.filter(kind=kind, language=language)
    before = versions.select_for_update().order_by("-version").first()
    versions.in_force().update(replaced_at=at)
    written = ConsentText.objects.create(
        kind=kind,
        language=language,
        version=before.version + 1 if before else 1,
        text=text.strip(),
        created_at=at,
    )
    record("consent_text.written", written, by=by)
    return written


@transaction.atomic
def ask_to_keep(candidate: Candidate, *, by: Actor) -> Candidate:
    """A letter asks whether we may keep them for other jobs; the answer is theirs."""
    candidate = lock(candidate)
    refuse_silent(candidate)
    record("consent.asked", candidate, by=by)
    return candidate


def refuse_silent(candidate: Candidate) -> None:
    if candidate.erased_at:
        raise DomainError("This person was erased: there is nobody to ask.", code="erased")
    if candidate.do_not_contact:
        raise Blocked(["This person asked not to be contacted. Nothing was sent."])


@transaction.atomic
def keep_me(candidate: Candidate, *, by: Actor) -> Consent:
    """Their yes to be kept for other jobs; said again, it counts from now."""
    candidate = lock(candidate)
    if candidate.erased_at:
        raise DomainError("What we held about you is erased already.", code="erased")
    at = clock.now()
    said = {
        "text": text_in_force(ConsentKind.TALENT_POOL, candidate.language),
        "given_at": at,
        "ends_at": later(at, kept_with_consent(candidate) or USUALLY),
        "asked_again_at": None,
    }
    consent, _ = Consent.objects.update_or_create(
        candidate=candidate, kind=ConsentKind.TALENT_POOL, withdrawn_at=None, defaults=said
    )
    record("consent.given", consent, candidate, by=by, text=consent.text)
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: Actor) -> Consent:
    """As easy as giving it (GDPR, Article 7(3)). An application that it was for is withdrawn."""
    lock(consent.candidate)
    consent = lock(consent)
    if consent.withdrawn_at:
        return consent
    consent.withdrawn_at = clock.now()
    consent.save(update_fields=["withdrawn_at"])
    record("consent.withdrawn", consent, consent.candidate, by=by)
    application = consent.application
    if application and application.status == ApplicationStatus.ACTIVE:
        withdraw_application(application, by=by)
    return consent


@transaction.atomic
def keep_me_no_longer(candidate: Candidate, *, by: Actor) -> Candidate:
    """Their no, whether or not they had said yes before."""
    candidate = lock(candidate)
    if held := kept_by_consent(candidate):
        withdraw_consent(held, by=by)
    else:
        record("consent.declined", candidate, by=by)
    return candidate


def ask_for_renewals(*, by: Actor) -> int:
    """A month before it ends, once."""
    at = clock.now()
    ending = Consent.objects.filter(
        kind=ConsentKind.TALENT_POOL,
        withdrawn_at=None,
        asked_again_at=None,
        ends_at__lte=at + ASK_BEFORE,
        ends_at__gt=at,
        candidate__do_not_contact=False,
        candidate__erased_at=None,
    )
    asked = [ask_again(consent, by=by) for consent in ending.order_by("ends_at", "pk")]
    return len(asked)


@transaction.atomic
def ask_again(consent: Consent, *, by: Actor) -> Consent:
    consent = lock(consent)
    if consent.asked_again_at is None:
        consent.asked_again_at = clock.now()
        consent.save(update_fields=["asked_again_at"])
        record("consent.renewal_asked", consent, consent.candidate, by=by)
    return consent

"""Which words are in force, and who agreed to be kept."""

from ats import clock, links
from candidates.enums import ConsentKind
from candidates.models import Candidate, Consent, ConsentText

KEEP = "keep"


def text_in_force(kind: ConsentKind, language: str) -> ConsentText | None:
    """In their language, or else in English, or else whichever there is."""
    held = {text.language: text for text in ConsentText.objects.in_force().filter(kind=kind)}
    first = next(iter(held.values()), None)
    return held.get(language) or held.get(language.partition("-")[0]) or held.get("en") or first


def kept_by_consent(candidate: Candidate) -> Consent | None:
    given = Consent.objects.filter(candidate=candidate, kind=ConsentKind.TALENT_POOL)
    return given.filter(withdrawn_at=None).first()


def is_kept(candidate: Candidate) -> bool:
    held = kept_by_consent(candidate)
    return held is not None and (held.ends_at is None or held.ends_at > clock.now())


def candidate_asked_to_stay(token: str) -> Candidate:
    """Whom a signed link asks. Raises `LinkBroken` or `LinkExpired`."""
    return Candidate.objects.get(public_id=links.read(KEEP, token))

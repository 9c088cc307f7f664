"""The letter of an offer as a PDF."""

from datetime import datetime

from django.conf import settings

from candidates.models import Offer
from candidates.offer_letters.pdf import typeset
from candidates.queries.offers import facts_of, letter_of, title_of


def pdf_of(offer: Offer, at: datetime) -> bytes | None:
    """As it went out, byte for byte; before that, as it would go out now. Raises `NoFont`.

    None where the file is not there any more.
    """
    if offer.sent_at is None:
        return typeset_offer(offer, at)
    try:
        with offer.letter_file.open("rb") as held:
            found: bytes = held.read()
            return found
    except (FileNotFoundError, ValueError):
        return None


def typeset_offer(offer: Offer, at: datetime) -> bytes:
    return typeset(
        title=f"Our offer to you: {title_of(offer)}",
        company=settings.COMPANY_NAME,
        letter=letter_of(offer, at),
        facts=facts_of(offer, at),
        at=at,
        language=offer.application.candidate.language,
    )

"""What went out, kept so that what was accepted can be shown: words, PDF and its hash."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.core.files.base import ContentFile

from ats.errors import DomainError
from candidates.models import Offer
from candidates.offer_letters.pdf import NoFont
from candidates.queries.offer_pdf import typeset_offer
from candidates.queries.offers import letter_of


def keep_letter(offer: Offer, at: datetime) -> list[str]:
    """Sets the fields that it names; the caller saves."""
    offer.letter_as_sent = letter_of(offer, at)
    try:
        pdf = typeset_offer(offer, at)
    except NoFont as problem:
        raise DomainError(
            f"This server has no font for “{problem.text}”, so the letter would not show it."
            " Nothing was sent: write it in another script, or ask whoever runs the server to"
            " install a Noto font for it.",
            code="no_font",
        ) from None
    offer.letter_sha256 = sha256(pdf).hexdigest()
    offer.letter_file.save(secrets.token_hex(16), ContentFile(pdf), save=False)
    return ["letter_as_sent", "letter_sha256", "letter_file"]

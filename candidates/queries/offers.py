from ats import links
from candidates.models import Offer

PURPOSE = "offer"


def offer_behind(token: str) -> Offer:
    """The offer that a signed link opens. Raises `LinkBroken` or `LinkExpired`."""
    rows = Offer.objects.select_related(
        "application__candidate", "application__requisition", "application__posting"
    )
    return rows.get(public_id=links.read(PURPOSE, token))

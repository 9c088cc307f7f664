from ats import links
from interviews.models import CandidateAvailability

PURPOSE = "availability"


def availability_behind(token: str) -> CandidateAvailability:
    """What a signed link opens. Raises `LinkBroken` or `LinkExpired`."""
    rows = CandidateAvailability.objects.select_related(
        "application__candidate", "application__requisition", "application__posting"
    ).prefetch_related("spans")
    return rows.get(public_id=links.read(PURPOSE, token))

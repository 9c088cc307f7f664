from uuid import UUID

from requisitions.enums import PostingStatus
from requisitions.models import JobPosting


def posting_to_apply_for(public_id: str | UUID) -> JobPosting | None:
    """One that the public could read at some time; whether it is still open, the action asks."""
    try:
        wanted = public_id if isinstance(public_id, UUID) else UUID(public_id)
    except ValueError:
        return None
    once = JobPosting.objects.filter(is_internal=False, version__gt=0)
    return once.exclude(status=PostingStatus.DRAFT).filter(public_id=wanted).first()

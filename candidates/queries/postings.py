"""What somebody may apply for."""

from typing import Any
from uuid import UUID

from ats.accounts.rules import is_person
from requisitions.enums import PostingStatus
from requisitions.models import JobPosting


def posting_to_apply_for(public_id: str | UUID, reader: Any = None) -> JobPosting | None:
    """One that this reader could read at some time; whether it is still open, the action asks."""
    try:
        wanted = public_id if isinstance(public_id, UUID) else UUID(public_id)
    except ValueError:
        return None
    once = JobPosting.objects.filter(version__gt=0, public_id=wanted)
    once = once.exclude(status=PostingStatus.DRAFT)
    return (once if is_person(reader) else once.filter(is_internal=False)).first()

"""Ids in, one call; beat comes by every minute."""

from typing import Any

from celery import shared_task
from django.db import transaction

from ats import clock
from ats.events.actors import Actor
from requisitions.actions.posting import expire_posting
from requisitions.enums import PostingStatus
from requisitions.models import JobPosting

BATCH = 100


@shared_task
def expire_postings(**_: Any) -> None:
    """Two at once never take the same posting: each claims its own."""
    while expire_batch():
        pass


@transaction.atomic
def expire_batch() -> int:
    due = JobPosting.objects.filter(
        status=PostingStatus.PUBLISHED, expires_at__lte=clock.now()
    ).order_by("expires_at", "pk")
    batch = list(due.select_for_update(skip_locked=True)[:BATCH])
    for posting in batch:
        expire_posting(posting, by=Actor.system("expire_postings"))
    return len(batch)

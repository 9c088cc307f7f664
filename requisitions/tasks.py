"""Due times are columns of postings; beat comes by and takes what is due."""

from typing import Any

from celery import shared_task
from django.db import transaction

from ats import clock
from ats.events.actors import Actor
from requisitions.actions.posting import expire_posting, publish_on_time
from requisitions.enums import PostingStatus, RequisitionStatus
from requisitions.models import JobPosting, Requisition

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


@shared_task
def publish_scheduled(**_: Any) -> None:
    """Each posting in a transaction of its own. What is on hold waits until it is resumed."""
    due = JobPosting.objects.filter(publish_at__lte=clock.now()).order_by("publish_at", "pk")
    waiting = due.exclude(requisition__status=RequisitionStatus.ON_HOLD)
    for posting in waiting.values_list("pk", "requisition")[:BATCH]:
        publish_due(*posting)


@transaction.atomic
def publish_due(posting: int, requisition: int) -> None:
    """The requisition is what is claimed: its lock comes before its postings' everywhere."""
    free = Requisition.objects.filter(pk=requisition).select_for_update(
        of=("self",), skip_locked=True
    )
    if free.exclude(status=RequisitionStatus.ON_HOLD).first():
        row = JobPosting.objects.select_related("requisition").get(pk=posting)
        publish_on_time(row, by=Actor.system("publish_scheduled"))

"""Tracking links with their counts, and what somebody can be referred to."""

from typing import TypeVar

from django.conf import settings
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ats import clock
from candidates.models import Application, TrackingLink
from requisitions.models import JobPosting
from requisitions.queries.board import open_now

Links = TypeVar("Links", bound=QuerySet[TrackingLink])


def applied_through(links: Links) -> Links:
    """`applied`: how many came through each."""
    through = Application.objects.filter(tracking_link=OuterRef("pk")).order_by()
    counted = through.values("tracking_link").annotate(n=Count("pk")).values("n")
    number = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    return links.annotate(applied=number)


def link_url(link: TrackingLink) -> str:
    return f"{settings.SITE_URL}/t/{link.slug}"


def referrable() -> QuerySet[JobPosting]:
    """What the public can apply for now."""
    return open_now(clock.now()).filter(is_internal=False)

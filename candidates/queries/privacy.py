"""Why somebody may not be erased yet, in words."""

from datetime import datetime

from django.db.models import Q

from candidates.enums import ApplicationStatus, OfferStatus
from candidates.models import Application, Candidate, LegalHold, Offer
from candidates.queries.retention import must_be_kept

STANDING = (OfferStatus.SENT, OfferStatus.ACCEPTED)


def erasure_blockers(candidate: Candidate, at: datetime) -> list[str]:
    """What has to be done first, besides letting the time pass that a law keeps them."""
    return [*while_needed(candidate), *while_held(candidate)]


def while_needed(candidate: Candidate) -> list[str]:
    hired = Application.objects.filter(candidate=candidate, status=ApplicationStatus.HIRED)
    found = [
        f"They were hired for {each.requisition}: what belongs to their employment is kept by"
        " other rules, so a person of the people team decides. Undo the hire if it was a mistake."
        for each in hired.select_related("requisition").order_by("pk")
    ]
    offers = Offer.objects.filter(application__candidate=candidate, status__in=STANDING)
    offers = offers.exclude(application__in=hired).select_related("application__requisition")
    for each in offers.order_by("pk"):
        said = each.get_status_display().lower()
        found.append(
            f"There is an offer ({said}) for {each.application.requisition}: rescind it, or wait"
            " for its end."
        )
    return found


def while_held(candidate: Candidate) -> list[str]:
    theirs = Application.objects.filter(candidate=candidate).values("requisition")
    holds = LegalHold.objects.in_force().filter(Q(candidate=candidate) | Q(requisition__in=theirs))
    return [
        f"A legal hold on {each.requisition or 'this person'} is in force since"
        f" {each.placed_at:%d %B %Y}: a site admin releases it once the reason is gone."
        for each in holds.select_related("requisition").order_by("pk")
    ]


def floor_sentence(candidate: Candidate, at: datetime) -> str:
    """Why they have to be kept for some time yet, or "" where nothing keeps them."""
    kept = must_be_kept(candidate, at)
    if kept is None:
        return ""
    until, law = kept
    return f"It has to be kept until {until:%d %B %Y} ({law}), and is restricted until then."

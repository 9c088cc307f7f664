"""What a signed link to one's own data opens. Each raises `LinkBroken` or `LinkExpired`."""

from django.db.models import QuerySet
from django.db.models.functions import Lower

from ats import links
from ats.links import LinkExpired
from ats.privacy.enums import ExportState
from ats.privacy.models import Export
from candidates.models import Candidate, EmailAddress

PRIVACY, ARCHIVE = "privacy", "archive"
GONE = "This copy was deleted after its last day. Nothing was lost: ask for another one."


def known_as(address: str) -> QuerySet[Candidate]:
    """Nobody by an address that is known to be wrong."""
    theirs = EmailAddress.objects.annotate(low=Lower("address")).filter(low=address.lower())
    theirs = theirs.exclude(status="invalid")
    return Candidate.objects.filter(pk__in=theirs.values("candidate"), erased_at=None)


def owner_of(token: str) -> Candidate:
    return whoever_they_are(Candidate.objects.get(public_id=links.read(PRIVACY, token)))


def whoever_they_are(candidate: Candidate) -> Candidate:
    """Now, after every merge."""
    while candidate.merged_into:
        candidate = candidate.merged_into
    return candidate


def archive_behind(token: str) -> Export:
    export = Export.objects.filter(public_id=links.read(ARCHIVE, token)).first()
    if export is None or export.state != ExportState.READY:
        raise LinkExpired(GONE)
    return export

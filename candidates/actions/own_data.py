"""What people ask about their own data, with no account: a link, a copy, an erasure."""

from collections.abc import Iterable

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError
from ats.events.actors import Actor
from ats.events.log import record
from ats.privacy.export import ask_export
from ats.privacy.models import Export
from candidates import emails
from candidates.actions.apply import check_address
from candidates.models import Candidate, PrivacyAsk


@transaction.atomic
def ask_about_address(*, email: str, by: Actor) -> None:
    """A link goes to that address if anybody is known by it. The answer does not depend on it: a
    worker looks, later."""
    asked = PrivacyAsk.objects.create(address=check_address(email), at=clock.now())
    record("privacy.asked", asked, by=by)


def forget_ask(asked: PrivacyAsk) -> None:
    asked.delete()


@transaction.atomic
def export_candidate(candidate: Candidate, *, by: Actor) -> Export:
    """Everything that is held about them, as an archive; a worker makes it."""
    candidate = lock(candidate)
    if candidate.erased_at:
        raise DomainError("This person was erased: nothing is held any more.", code="erased")
    export = ask_export(candidate, by=by)
    record("export.asked", candidate, by=by, export=export)
    return export


def send_archives(made: Iterable[Export]) -> None:
    """Those whom a link asked for get a letter; a colleague finds theirs in the console."""
    for export in made:
        if export.asked_by is None and export.expires_at:
            candidate = Candidate.objects.get(public_id=export.person_id)
            emails.archive_ready(candidate, export, expires=export.expires_at)

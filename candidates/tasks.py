from time import monotonic
from typing import Any

from celery import shared_task
from django.db import transaction

from ats import clock
from ats.events.actors import Actor
from ats.privacy.export import expire_due, make_due
from candidates.actions import overstay
from candidates.actions.consent import ask_for_renewals
from candidates.actions.duplicate import look_for_duplicates
from candidates.actions.erasure_request import carry_out_due, propose_due
from candidates.actions.files import remove_orphans
from candidates.actions.offer import expire_offer
from candidates.actions.own_data import send_archives
from candidates.actions.resume import MOST_ATTEMPTS, claim_resume, store_reading
from candidates.enums import OfferStatus
from candidates.imports import stage
from candidates.models import Candidate, Offer, Resume
from candidates.resumes.sandbox import NOT_READ, Reading, read_file

# One turn of the reader; then whoever waits for the worker has their turn.
TURN_SECONDS = 5.0
# How many people one sweep looks at; the next one goes on.
SWEEP = 500


@shared_task
def note_overstays(**_: Any) -> None:
    overstay.note_overstays(by=Actor.system("note_overstays"))


@shared_task
def forget_old_imports(**_: Any) -> None:
    stage.forget_old_imports()


@shared_task
def expire_offers(**_: Any) -> None:
    """Each in its own transaction; two of these at once share the work."""
    while expire_next():
        continue


@shared_task
def apply_retention(**_: Any) -> None:
    """Propose whoever's time is up, carry out what waited long enough, ask before consents end."""
    by = Actor.system("apply_retention")
    propose_due(by=by)
    carry_out_due(by=by)
    ask_for_renewals(by=by)


@shared_task
def make_archives(**_: Any) -> None:
    """What a reaction could not make, and the end of those that were made."""
    send_archives(make_due())
    expire_due()


@transaction.atomic
def expire_next() -> bool:
    due = Offer.objects.filter(status=OfferStatus.SENT, expires_at__lte=clock.now())
    offer = due.order_by("expires_at").select_for_update(skip_locked=True, of=("self",)).first()
    if offer is None:
        return False
    expire_offer(offer, by=Actor.system("expire_offers"))
    return True


@shared_task
def read_resumes(**_: Any) -> None:
    """One after the other, outside of every transaction."""
    end = monotonic() + TURN_SECONDS
    while monotonic() < end and read_next():
        continue


def read_next() -> bool:
    resume = claim_resume()
    if resume is None:
        return False
    store_reading(resume, reading=read(resume), by=Actor.system("read_resumes"))
    return True


def read(resume: Resume) -> Reading:
    """Readers that were ended together with their worker said nothing: their tries count too."""
    if resume.attempts > MOST_ATTEMPTS:
        return Reading(NOT_READ, "reader_died")
    try:
        with resume.file.open("rb") as held:
            return read_file(held.read())
    except FileNotFoundError:
        return Reading(NOT_READ, "missing")


@shared_task
def remove_orphaned_files(**_: Any) -> None:
    remove_orphans(clock.now())


@shared_task
def sweep_duplicates(**_: Any) -> None:
    """Those whom nobody has looked at yet: imported, or older than this search. Two of these at
    once may look at one person twice, which changes nothing."""
    waiting = Candidate.objects.filter(matched_at=None, merged_into=None).order_by("pk")
    for candidate in waiting[:SWEEP]:
        look_for_duplicates(candidate, by=Actor.system("sweep_duplicates"))

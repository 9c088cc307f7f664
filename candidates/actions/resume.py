"""Resumes are read one at a time, each a few times at most, outside of whatever brought them."""

from datetime import timedelta

from django.db import connection, transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError
from ats.events.actors import Actor
from ats.events.log import record
from candidates.enums import ResumeStatus
from candidates.models import Resume
from candidates.resumes.sandbox import Reading

# Longer than any reader may take; then the one that claimed it is taken for dead.
LEASE = timedelta(seconds=30)
MOST_ATTEMPTS = 3


def claim_resume() -> Resume | None:
    """The next one that waits, nobody else's for a while; None while another is being read.

    The try is counted before anything is opened, so that a file that ends its worker is given up.
    """
    with transaction.atomic():
        one_at_a_time()
        at = clock.now()
        waiting = Resume.objects.filter(status=ResumeStatus.WAITING)
        if waiting.filter(reading_until__gt=at).exists():
            return None
        resume: Resume | None = waiting.order_by("attempts", "pk").select_for_update().first()
        if resume is None:
            return None
        resume.attempts += 1
        resume.reading_until = at + LEASE
        resume.save(update_fields=["attempts", "reading_until"])
        return resume


def one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('resumes', 5))")


@transaction.atomic
def store_reading(resume: Resume, *, reading: Reading, by: Actor) -> Resume:
    """What the reader found. Once read, it stays read; what may go better is tried again."""
    resume = lock(resume)
    if resume.status != ResumeStatus.WAITING:
        return resume
    if not reading.is_final and resume.attempts < MOST_ATTEMPTS:
        resume.reading_until = None
        resume.save(update_fields=["reading_until"])
        return resume
    resume.status, resume.problem = ResumeStatus(reading.status), reading.problem
    resume.text, resume.language = reading.text, reading.language[:12]
    resume.suggested, resume.reading_until = suggested(reading), None
    resume.save(
        update_fields=["status", "problem", "text", "language", "suggested", "reading_until"]
    )
    tell("resume.read", resume, by)
    return resume


def suggested(reading: Reading) -> dict[str, object]:
    return {
        "name": reading.name,
        "location": reading.location,
        "emails": reading.emails,
        "phones": reading.phones,
        "links": reading.links,
        "notes": reading.notes,
    }


@transaction.atomic
def read_resume_again(resume: Resume, *, by: Actor) -> Resume:
    """Until it is read, what was found before stays."""
    resume = lock(resume)
    if resume.status == ResumeStatus.WAITING:
        raise DomainError("This resume is waiting to be read already.")
    resume.status, resume.problem = ResumeStatus.WAITING, ""
    resume.attempts, resume.reading_until = 0, None
    resume.save(update_fields=["status", "problem", "attempts", "reading_until"])
    tell("resume.asked_again", resume, by)
    return resume


def tell(verb: str, resume: Resume, by: Actor) -> None:
    about = [resume.application] if resume.application else []
    record(verb, *about, resume.candidate, by=by, status=resume.status)

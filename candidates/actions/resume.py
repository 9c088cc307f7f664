from django.db import transaction

from ats.base import lock
from ats.events.actors import Actor
from ats.events.log import record
from candidates.enums import ResumeStatus
from candidates.models import Resume


@transaction.atomic
def store_resume_text(resume: Resume, *, text: str | None, by: Actor) -> Resume:
    """What the reader found: None means that it could not be read. Once read, it stays read."""
    resume = lock(resume)
    if resume.status != ResumeStatus.WAITING:
        return resume
    resume.status = status_of(text)
    resume.text = text or ""
    resume.save(update_fields=["status", "text"])
    about = [resume.application] if resume.application else []
    record("resume.read", *about, resume.candidate, by=by, status=resume.status)
    return resume


def status_of(text: str | None) -> ResumeStatus:
    if text is None:
        return ResumeStatus.NOT_READ
    return ResumeStatus.READ if text.strip() else ResumeStatus.NO_TEXT

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates.models import Application, Note


@transaction.atomic
def add_note(application: Application, *, body: str, is_private: bool = False, by: Actor) -> Note:
    """A private note is its author's alone."""
    if by.user is None:
        raise DomainError("A note has an author: only a person can write one.")
    if not body.strip():
        raise Invalid("body", "An empty note says nothing.")
    # Locked as every verb does it: a note and a move that cross would wait for each other.
    application = lock(application)
    note = Note.objects.create(
        application=application,
        author=by.user,
        body=body,
        is_private=is_private,
        created_at=clock.now(),
    )
    record("note.added", application, by=by, note=note)
    return note

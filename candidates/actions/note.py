"""What the team says to itself."""

from django.db import transaction

from ats import clock
from ats.accounts.models import User
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates.enums import NOTE_VISIBILITY, Visibility
from candidates.models import Application, Note
from candidates.queries.mentions import may_read, named_in

LONGEST = 20_000


@transaction.atomic
def add_note(
    application: Application,
    *,
    body: str,
    visibility: str = Visibility.TEAM,
    by: Actor,
) -> Note:
    """For the team, for the recruiters and site admins alone, or for its author alone.

    Colleagues are named by `@` and their name or address; they get a letter. Raises `Invalid`
    where somebody is named who could not read the note.
    """
    if by.user is None:
        raise DomainError("A note has an author: only a person can write one.")
    if visibility not in dict(NOTE_VISIBILITY):
        known = ", ".join(dict(NOTE_VISIBILITY))
        raise Invalid("visibility", f"Choose who reads it: {known}.")
    people = check(application, body, visibility, by.user)
    # Locked as every verb does it: a note and a move that cross would wait for each other.
    application = lock(application)
    note = Note.objects.create(
        application=application,
        author=by.user,
        body=body,
        visibility=visibility,
        created_at=clock.now(),
    )
    mention(note, people)
    record("note.added", application, by=by, note=note)
    return note


def check(application: Application, body: str, visibility: str, author: User) -> list[User]:
    """Whom it names; nobody without access learns that they were named."""
    if not body.strip():
        raise Invalid("body", "An empty note says nothing.")
    if len(body) > LONGEST:
        raise Invalid("body", f"Write at most {LONGEST:,} characters.")
    people = []
    for name, found in named_in(body).items():
        readers = [each for each in found if may_read(each, application, visibility, author)]
        if not readers:
            raise Invalid(
                "body",
                f"{name} could not read this note, so nothing was saved and nobody was told: let"
                " them see the application first, choose who reads the note, or leave the @ out.",
            )
        if len(readers) > 1:
            raise Invalid("body", f"Several people are called {name}: write their address after @.")
        people += readers
    return people


def mention(note: Note, people: list[User]) -> None:
    for user in people:
        note.mentions.get_or_create(user=user)


@transaction.atomic
def edit_note(note: Note, *, body: str, by: Actor) -> Note:
    """By its author; what it said before is kept, and those who are named anew are told."""
    lock(note.application)
    note = lock(note)
    people = check(note.application, body, note.visibility, note.author)
    if body != note.body:
        at = clock.now()
        note.versions.create(body=note.body, until=at)
        note.body, note.edited_at = body, at
        note.save(update_fields=["body", "edited_at"])
        mention(note, people)
        record("note.edited", note.application, by=by, note=note)
    return note

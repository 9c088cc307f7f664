"""Letters in a colleague's own words, and letters that wait and may still be taken back."""

import re

from django.conf import settings
from django.db import transaction

from ats import clock
from ats.base import Row, lock
from ats.errors import Blocked, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from ats.outbox.enums import DeliveryState
from ats.outbox.letters import give_up_delivery
from ats.outbox.models import Delivery
from candidates import emails
from candidates.actions.answers import storable
from candidates.actions.due import due_time
from candidates.models import Application

NOT_SENT_YET = (DeliveryState.QUEUED, DeliveryState.FAILED)
TOKEN = re.compile(r"\{\{\s*(\w*)\s*\}\}")
TOKENS = ("candidate_name", "job_title", "company", "sender_name")
WHEN = ("now", "later")
LONGEST = {"subject": 200, "body": 20_000}


def latest_letter(about: Row, letter: str) -> Delivery | None:
    """The latest that was not taken back, locked: one that is on its way is waited for."""
    letters = Delivery.objects.filter(about_id=about.public_id, letter=letter)
    return (
        letters.exclude(state=DeliveryState.CANCELLED)
        .order_by("-pk")
        .select_for_update(of=("self",))
        .first()
    )


def take_back_if_waiting(about: Row, letter: str, by: Actor) -> None:
    """Never sent from now on, also when nobody knows whether it went out before: a person who
    tries again later must not tell somebody what is not true any more."""
    found = latest_letter(about, letter)
    if found and found.state != DeliveryState.SENT:
        give_up_delivery(found, by=by)


@transaction.atomic
def write_letter(
    application: Application, *, subject: str, body: str, when: str = "now", by: Actor
) -> Delivery:
    """One's own words to the candidate; `{{ candidate_name }}` and the like stand for theirs.

    `when`: now, or later (the next working morning where the job is). Raises `Invalid` for a
    token that nobody knows and `Blocked` for somebody who cannot be written to.
    """
    application = lock(application)
    check_words(subject, body)
    if found := before_writing(application):
        raise Blocked(found)
    if when not in WHEN:
        raise Invalid("when", "A letter goes now or later.")
    due = due_time(application, when, clock.now())
    assert due is not None
    event = record("letter.written", application, application.candidate, by=by)
    known = {
        "candidate_name": application.candidate.name,
        "job_title": emails.title_of(application),
        "company": settings.COMPANY_NAME,
        "sender_name": by.user.name if by.user else settings.COMPANY_NAME,
    }
    said = {"subject": filled(subject, known), "body": filled(body, known)}
    written = emails.free_letter(application, **said, event=event, due_at=due)
    assert written is not None
    return written


def check_words(subject: str, body: str) -> None:
    for field, text in (("subject", subject), ("body", body)):
        if not text.strip():
            raise Invalid(field, "An empty letter says nothing: write a subject and a text.")
        if len(text) > LONGEST[field]:
            raise Invalid(field, f"Write at most {LONGEST[field]} characters.")
        if "\x00" in text or not storable(text):
            raise Invalid(field, "Write some text: this holds signs that cannot be sent.")
        for name in TOKEN.findall(text):
            if name not in TOKENS:
                known = ", ".join(f"{{{{ {each} }}}}" for each in TOKENS)
                raise Invalid(field, f"Nobody knows {{{{ {name} }}}}. Use one of: {known}.")


def before_writing(application: Application) -> list[str]:
    if application.candidate.do_not_contact:
        return ["This person asked not to be contacted."]
    if emails.to_candidate(application.candidate) is None:
        return ["There is no current e-mail address of this person."]
    return []


def filled(text: str, known: dict[str, str]) -> str:
    """In one pass: a token inside of a name stays a part of the name."""
    return TOKEN.sub(lambda found: known[found.group(1)], text)

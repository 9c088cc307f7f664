"""What arrived in the mailboxes of one journey."""

from email.message import EmailMessage
from typing import Any

from icalendar import Calendar

from tests.journeys.company import Colleague
from tests.live import Live


def uid_of(event: Any) -> str:
    return str(event["UID"])


def first_invitation(live: Live, person: Colleague) -> Any:
    return live.wait_for(lambda: invitations(live, person), why=f"the invitation of {person.name}")[
        0
    ]


def invitations(live: Live, person: Colleague) -> list[Any]:
    """What a calendar understands of this person's letters, one per letter, in order."""
    return [
        event
        for mail in sent_to(live, person.email)
        for part in mail.walk()
        if part.get_content_type() == "text/calendar"
        for event in Calendar.from_ical(part.get_content()).walk("VEVENT")
    ]


def letter(live: Live, address: str, about: str) -> EmailMessage:
    """The first letter to this address whose subject or text speaks of that."""
    return live.wait_for(
        lambda: sent_to(live, address, about), why=f"a letter about {about} to {address}"
    )[0]


def sent_to(live: Live, address: str, about: str = "") -> list[EmailMessage]:
    return [
        mail
        for mail in list(live.mails)
        if address in str(mail["To"])
        if about.lower() in f"{mail['Subject']} {text_of(mail)}".lower()
    ]


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    return part.get_content() if part else ""

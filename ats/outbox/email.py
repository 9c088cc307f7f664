"""Write a letter down with the fact that caused it; a worker hands it to the mail server."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.encoding import punycode

from ats import clock
from ats.accounts.models import User
from ats.base import Row
from ats.events.log import kind_of
from ats.events.models import Event
from ats.outbox.models import Delivery


@dataclass(frozen=True)
class Recipient:
    id: UUID
    name: str
    address: str

    @classmethod
    def user(cls, user: User) -> "Recipient":
        return cls(user.public_id, user.name, user.email)


def enqueue_email(
    letter: str,
    to: Recipient,
    context: Mapping[str, Any],
    *,
    about: Row,
    event: Event | None = None,
    key: str = "",
    may_repeat: bool = True,
    due_at: datetime | None = None,
    calendar: str = "",
    concerns: Iterable[Row] = (),
    is_fleeting: bool = False,
) -> Delivery | None:
    """Owe one letter: `emails/<letter>.txt`, whose first line is its subject.

    The same event (or `key`, where there is no event) owes the same person the letter once: a
    repeated call finds it owed and returns None. `may_repeat=False` is for words that must never
    arrive twice. `due_at` lets it wait; `calendar` is an iCalendar text that travels with it.
    `concerns` are the people, or rows about people, that it names beside `about`: when one of them
    is erased, so is its text. `is_fleeting`: its text is not kept once it was sent.
    """
    subject, body = render(letter, {**context, "to": to})
    cause = f"{event.public_id}:{key}" if event else key
    delivery, is_new = Delivery.objects.get_or_create(
        key=f"{cause}:{letter}:{to.id}",
        defaults={
            "event": event,
            "letter": letter,
            "may_repeat": may_repeat,
            "about_kind": kind_of(about),
            "about_id": about.public_id,
            "recipient_id": to.id,
            "to_name": to.name,
            "to_address": to.address,
            "subject": subject,
            "body": body,
            "calendar": calendar,
            "concerns": [row.public_id for row in concerns],
            "is_fleeting": is_fleeting,
            "due_at": due_at or clock.now(),
        },
    )
    return delivery if is_new else None


def render(letter: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """(subject, body) of a letter, framed by `emails/base.txt`."""
    text = render_to_string(
        f"emails/{letter}.txt",
        {"company": settings.COMPANY_NAME, "site_url": settings.SITE_URL, **context},
    )
    subject, _, body = text.strip().partition("\n")
    framed = render_to_string(
        "emails/base.txt", {"body": body.strip(), "company": settings.COMPANY_NAME}
    )
    return " ".join(subject.split()), framed


def message(delivery: Delivery) -> EmailMultiAlternatives:
    """The same bytes of meaning every time: one `Message-ID` per letter, however often it goes."""
    mail = EmailMultiAlternatives(
        subject=delivery.subject,
        body=delivery.body,
        from_email=formataddr((settings.COMPANY_NAME, settings.DEFAULT_FROM_EMAIL)),
        to=[address(delivery)],
        headers={"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"},
    )
    if delivery.calendar:
        method = "CANCEL" if "\r\nMETHOD:CANCEL\r\n" in delivery.calendar else "REQUEST"
        mail.attach_alternative(delivery.calendar, f"text/calendar; method={method}")
    return mail


def address(delivery: Delivery) -> str:
    """One line, with a domain in letters that every mail server knows (RFC 3492)."""
    local, _, domain = delivery.to_address.rpartition("@")
    return formataddr((" ".join(delivery.to_name.split()), f"{local}@{punycode(domain)}"))

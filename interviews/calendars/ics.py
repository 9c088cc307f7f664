"""Invitations that calendars understand (RFC 5545, RFC 5546). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from unicodedata import category
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event, vCalAddress, vText

Method = Literal["REQUEST", "CANCEL"]
PRODUCT = "-//Evenhand//Interviews//EN"
# How far around the interview the calendar explains its zone's clock changes.
AROUND = timedelta(days=400)


@dataclass(frozen=True)
class Person:
    name: str
    address: str
    # An RSVP as RFC 5545 spells it.
    answer: str = "NEEDS-ACTION"


@dataclass(frozen=True)
class Invitation:
    uid: str
    sequence: int
    starts: datetime
    ends: datetime
    timezone: str
    summary: str
    organizer: Person
    attendees: Sequence[Person]
    location: str = ""
    description: str = ""


def calendar_text(invitation: Invitation, method: Method, *, stamp: datetime) -> str:
    """The iCalendar text. `stamp` is now; the same arguments give the same text."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event(invitation, method, stamp))
    begins = invitation.starts.date()
    calendar.add_missing_timezones(first_date=begins - AROUND, last_date=begins + AROUND)
    for part in (part for zone in calendar.walk("VTIMEZONE") for part in zone.subcomponents):
        mend_onset(part)
    text: str = calendar.to_ical().decode()
    return text


def mend_onset(part: Component) -> None:
    """Onsets are told in the clock that ends (RFC 5545, 3.6.5); the library tells those of a
    skipped hour in the one that begins."""
    skipped = part.TZOFFSETTO - part.TZOFFSETFROM
    if skipped <= timedelta():
        return
    onsets = [part.DTSTART - skipped, *(onset - skipped for onset, *_ in part.rdates)]
    part.DTSTART, more = onsets[0], onsets[1:]
    part.pop("RDATE", None)
    if more:
        part.add("RDATE", more)


def event(invitation: Invitation, method: Method, stamp: datetime) -> Event:
    zone = ZoneInfo(invitation.timezone)
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", invitation.starts.astimezone(zone))
    event.add("dtend", invitation.ends.astimezone(zone))
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("summary", visible(invitation.summary))
    for name, text in (("location", invitation.location), ("description", invitation.description)):
        if text:
            event.add(name, visible(text))
    event["organizer"] = address(invitation.organizer)
    for person in invitation.attendees:
        event.add("attendee", attendee(person), encode=False)
    return event


def attendee(person: Person) -> vCalAddress:
    found = address(person)
    found.params["ROLE"] = vText("REQ-PARTICIPANT")
    found.params["PARTSTAT"] = vText(person.answer)
    found.params["RSVP"] = vText("TRUE")
    return found


def address(person: Person) -> vCalAddress:
    found = vCalAddress(f"mailto:{visible(person.address)}")
    found.params["CN"] = vText(plain_name(person.name))
    return found


def plain_name(name: str) -> str:
    """A name as a parameter: one line, and no quote that could end it."""
    return " ".join(visible(name).replace('"', "'").split())


def visible(text: str) -> str:
    """Without control characters, which no calendar may hold; line breaks stay."""
    return "".join(char for char in text if char == "\n" or category(char) != "Cc")

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from interviews.calendars.ics import Invitation, Person, calendar_text

STAMP = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
PLAIN = Invitation(
    uid="0196@evenhand",
    sequence=2,
    starts=datetime(2026, 12, 1, 9, tzinfo=UTC),
    ends=datetime(2026, 12, 1, 10, tzinfo=UTC),
    timezone="Europe/Madrid",
    summary="Systems: Ana Ruiz, Data Engineer",
    organizer=Person("Northlight Research", "recruiting@northlight.example"),
    attendees=[
        Person("Inés Ortega", "ines@northlight.example", "ACCEPTED"),
        Person("Jonas Keller", "jonas@northlight.example"),
    ],
    location="Room 4",
)


def read(text):
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_a_calendar_reads_what_was_meant():
    calendar, event = read(calendar_text(PLAIN, "REQUEST", stamp=STAMP))
    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert event["UID"] == "0196@evenhand"
    assert event["SEQUENCE"] == 2
    assert event["STATUS"] == "CONFIRMED"
    assert event["SUMMARY"] == "Systems: Ana Ruiz, Data Engineer"
    assert event["LOCATION"] == "Room 4"
    assert event["DTSTAMP"].dt == STAMP
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (PLAIN.starts, PLAIN.ends)
    assert event["DTSTART"].params["TZID"] == "Europe/Madrid"
    assert event["DTSTART"].dt.hour == 10
    assert event["ORGANIZER"] == "mailto:recruiting@northlight.example"
    assert event["ORGANIZER"].params["CN"] == "Northlight Research"
    assert [
        (str(one), one.params["CN"], one.params["PARTSTAT"], one.params["RSVP"])
        for one in event["ATTENDEE"]
    ] == [
        ("mailto:ines@northlight.example", "Inés Ortega", "ACCEPTED", "TRUE"),
        ("mailto:jonas@northlight.example", "Jonas Keller", "NEEDS-ACTION", "TRUE"),
    ]


def test_the_zone_is_explained():
    calendar, _ = read(calendar_text(PLAIN, "REQUEST", stamp=STAMP))
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Madrid"
    assert {str(part["TZNAME"]) for part in zone.subcomponents} == {"CET", "CEST"}


def test_a_cancellation_says_so_twice():
    calendar, event = read(calendar_text(PLAIN, "CANCEL", stamp=STAMP))
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert event["UID"] == "0196@evenhand"


@pytest.mark.parametrize("timezone", ["UTC", "Asia/Kathmandu", "America/Los_Angeles"])
def test_every_zone_keeps_the_instant(timezone):
    _, event = read(calendar_text(replace(PLAIN, timezone=timezone), "REQUEST", stamp=STAMP))
    assert event["DTSTART"].dt == PLAIN.starts
    assert (
        event["DTSTART"].dt.utcoffset() == PLAIN.starts.astimezone(ZoneInfo(timezone)).utcoffset()
    )


def test_an_interview_across_the_change_of_the_clocks_keeps_its_length():
    starts = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    night = replace(PLAIN, starts=starts, ends=starts + timedelta(hours=1))
    _, event = read(calendar_text(night, "REQUEST", stamp=STAMP))
    assert (event["DTSTART"].dt.hour, event["DTEND"].dt.hour) == (2, 2)


def test_long_lines_are_folded_by_octets_and_end_in_crlf():
    text = calendar_text(replace(PLAIN, summary="é" * 300), "REQUEST", stamp=STAMP)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    assert read(text)[1]["SUMMARY"] == "é" * 300


HOSTILE = "x\r\nEND:VEVENT\r\nBEGIN:VALARM\nMETHOD:CANCEL\n;,:\\\"'^n\x00\x1b\u2028é"


def test_hostile_text_is_inert():
    bad = Person(HOSTILE, "a@x.example")
    invitation = replace(
        PLAIN,
        summary=HOSTILE,
        location=HOSTILE,
        organizer=bad,
        attendees=[bad],
        description=HOSTILE,
    )
    calendar, event = read(calendar_text(invitation, "REQUEST", stamp=STAMP))
    assert calendar["METHOD"] == "REQUEST"
    assert [part.name for part in calendar.walk()].count("VALARM") == 0
    assert event["SUMMARY"].startswith("x\nEND:VEVENT\nBEGIN:VALARM\nMETHOD:CANCEL\n;,:\\\"'^n")
    assert str(event["ATTENDEE"]) == "mailto:a@x.example"
    assert event["ATTENDEE"].params["CN"].startswith("x END:VEVENT BEGIN:VALARM")


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_survives_or_loses_only_control_characters(text):
    invitation = replace(PLAIN, summary=text, attendees=[Person(text, "a@x.example")])
    calendar, event = read(calendar_text(invitation, "REQUEST", stamp=STAMP))
    assert [part.name for part in calendar.walk() if part.name.startswith("V")].count("VEVENT") == 1
    assert str(event["ATTENDEE"]) == "mailto:a@x.example"


@pytest.mark.parametrize(
    "timezone", ["Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "America/Santiago"]
)
def test_the_zone_changes_when_it_really_does(timezone):
    """Each onset, in the clock that ends, is the second at which the zone's offset changes."""
    calendar, _ = read(calendar_text(replace(PLAIN, timezone=timezone), "REQUEST", stamp=STAMP))
    (zone,) = calendar.walk("VTIMEZONE")
    changes = 0
    for part in zone.subcomponents:
        before, after = part.TZOFFSETFROM, part.TZOFFSETTO
        if before == after:
            continue
        for onset in [part.DTSTART, *(rdate[0] for rdate in part.rdates)]:
            at = (onset - before).replace(tzinfo=UTC)
            local = [
                (at + timedelta(seconds=second)).astimezone(ZoneInfo(timezone)).utcoffset()
                for second in (-1, 0)
            ]
            assert local == [before, after]
            changes += 1
    assert changes >= 4

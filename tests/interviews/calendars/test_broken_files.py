"""What is good is taken, what is not is said, and nothing takes long."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.calendars.reader import LARGEST_FILE, MOST_EVENTS, MOST_SENTENCES
from tests.interviews.calendars.reading import busy, calendar, reading, shown

GOOD = "DTSTART:20260302T090000\nDTEND:20260302T100000"
GOOD_TIME = ["03-02 09:00-10:00"]
WHOLE = calendar(GOOD)


@pytest.mark.parametrize(
    "data",
    [
        WHOLE.replace(b"\n", b"\r\n"),
        WHOLE.replace(b"\n", b"\r"),
        WHOLE.replace(b"\n", b"\r\r\n"),
        WHOLE.replace(b"\n", b"\n\n"),
        b"\xef\xbb\xbf" + WHOLE,
        WHOLE.decode().encode("utf-16"),
        WHOLE.decode().encode("utf-16-le"),
        WHOLE.decode().encode("utf-16-be"),
        WHOLE.replace(b"DTEND", b"SUMMARY:caf\xe9\nDTEND"),
        WHOLE.replace(b"DTEND", b"SUMMARY:caf\xc3\n \xa9\nDTEND"),
        WHOLE.replace(b"20260302T09", b"2026\n 0302T\n\t09"),
        WHOLE.replace(b"DTEND", b"DESCRIPTION:first\nnot folded: at all\nand more\nDTEND"),
        WHOLE.replace(b"DTEND", b'DESCRIPTION;ALTREP="a:b;c":x\x0by\xe2\x80\xa8z\nDTEND'),
        WHOLE.replace(b"DTSTART", b"dtstart").replace(b"BEGIN:VEVENT", b"begin:vevent"),
        WHOLE.replace(b"DTSTART:", b"DTSTART; VALUE=DATE-TIME : "),
        WHOLE.replace(
            b"DTEND", b"BEGIN:VALARM\nDURATION:PT5M\nDTSTART:19990101\nEND:VALARM\nDTEND"
        ),
        WHOLE.replace(b"DTEND", b"END:NOTHING\nBEGIN:VALARM\nTRIGGER:-PT5M\nDTEND", 1).replace(
            b"TRIGGER:-PT5M\n", b"END:VALARM\n"
        ),
        WHOLE.removeprefix(b"BEGIN:VCALENDAR\n"),
        WHOLE + WHOLE,
        b"<!-- exported -->\n" + WHOLE + b"\0\0\0",
    ],
)
def test_bad_writing_does_no_harm(data):
    found = reading(data)
    assert (shown(found), found.skipped) == (GOOD_TIME, ())


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ("SUMMARY:x", "was left out: it has no beginning."),
        ("DTSTART:soon", 'was left out: it says that "soon" is no date or time.'),
        ("DTSTART:20261302T090000", 'that "20261302T090000" is no date or time.'),
        ("DTSTART:20260302T250000", 'that "20260302T250000" is no date or time.'),
        ("DTSTART:20260302T090000\nDTEND:later", 'it says that "later" is no date or time.'),
        ("DTSTART:20260302T090000\nDURATION:1h", 'it says that "1h" is no duration.'),
        ("DTSTART:20260302T090000\nDURATION:-PT1H", '"-PT1H" would end before it begins.'),
        ("DTSTART:20260302T090000\nDTEND:20250302T090000", "it ends before it begins."),
        ("DTSTART:99991231T230000\nDURATION:P9999999D", "lies outside of all time"),
    ],
)
def test_one_bad_event_among_good_ones_is_left_out_and_said(bad, sentence):
    found = reading(calendar(bad, GOOD))
    assert shown(found) == GOOD_TIME
    (said,) = found.skipped
    assert said.startswith("The event at line 3 ")
    assert sentence in said


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("RRULE:FREQ=NEVER", 'repeats by a rule that cannot be read: "FREQ=NEVER" is no rule.'),
        ("RRULE:FREQ=DAILY;UNTIL=soon", 'repeats by a rule that cannot be read: "SOON" is no'),
        ("RDATE:x", 'has an additional time that cannot be read: "x" is no date or time.'),
        ("EXDATE:x", 'leaves out a time that cannot be read: "x" is no date or time.'),
        ("RRULE:FREQ=SECONDLY", "repeats too often: only its first times were read."),
    ],
)
def test_of_a_bad_repetition_the_rest_holds(line, sentence):
    found = reading(calendar(f"{GOOD}\n{line}"), ends="2026-03-03")
    assert shown(found)[:1] == GOOD_TIME or "SECONDLY" in line
    assert len(found.skipped) == 1
    assert sentence in found.skipped[0]


def test_an_event_that_ends_before_it_begins_by_a_little_is_turned_round():
    found = reading(calendar("DTSTART:20260302T100000\nDTEND:20260302T090000"))
    assert shown(found) == GOOD_TIME
    assert found.skipped == (
        "The event at line 3 ends before it begins: it was read the other way round.",
    )


def test_a_file_that_breaks_off_gives_what_came_before():
    data = calendar(GOOD, "DTSTART:20260304T090000\nDTEND:20260304T100000")
    cut = data[: data.rindex(b"DTEND")]
    found = reading(cut)
    assert shown(found) == GOOD_TIME
    assert found.skipped == (
        "The event at line 8 was left out: it is cut off before its end is said.",
        "The file ends before its calendar does: events after that are missing.",
    )


def test_a_missing_end_of_an_event_does_not_swallow_the_next():
    data = calendar(GOOD, GOOD.replace("0302", "0304")).replace(b"END:VEVENT\n", b"", 1)
    assert shown(reading(data)) == ["03-02 09:00-10:00", "03-04 09:00-10:00"]


@pytest.mark.parametrize(
    "data",
    [b"", b"\0", b"<html><body>Please sign in</body></html>", b"\xff\xfe", b"PK\x03\x04" * 99],
)
def test_what_is_no_calendar_is_said(data):
    found = reading(data)
    assert (found.busy, found.is_calendar) == ((), False)
    assert found.skipped == ("This is no calendar: it holds no BEGIN:VCALENDAR and no event.",)


def test_an_empty_calendar_is_a_calendar():
    found = reading(b"BEGIN:VCALENDAR\nEND:VCALENDAR")
    assert (found.busy, found.skipped, found.is_calendar) == ((), (), True)


def test_sentences_never_hold_what_a_meeting_is_about():
    found = reading(calendar("SUMMARY:Lay off Raj\nUID:Lay off Raj\nDTSTART:x\nLOCATION:Raj"))
    assert "Raj" not in " ".join(found.skipped)


# Hostile


def quickly(data, seconds=10, **window):
    started = time.monotonic()
    found = reading(data, **window)
    assert time.monotonic() - started < seconds
    return found


def test_a_file_above_ten_megabytes_is_refused():
    found = quickly(b"X" * (LARGEST_FILE + 1), 1)
    assert found.skipped == ("This file is larger than 10 MB: nothing of it was read.",)


def test_many_hostile_rules_leave_the_good_event():
    bad = f"{GOOD}\nRRULE:FREQ=SECONDLY;BYSECOND=1,2,3;BYSETPOS=1".replace("0302T", "0301T")
    found = quickly(calendar(GOOD, *[bad] * 300))
    assert "03-02 09:00-10:00" in shown(found)
    assert len(found.skipped) == MOST_SENTENCES + 1
    assert found.skipped[-1] == f"And {300 - MOST_SENTENCES} more that could not be read."


def test_more_events_than_anybody_has_are_not_all_read():
    event = b"BEGIN:VEVENT\nDTSTART:20200101\nEND:VEVENT\n"
    found = quickly(b"BEGIN:VCALENDAR\n" + event * (MOST_EVENTS + 1) + b"END:VCALENDAR\n", 20)
    assert found.skipped == ("Only the first 30,000 events of this calendar were read.",)


@pytest.mark.parametrize(
    "data",
    [
        b"BEGIN:X\n" * 200_000,
        b"BEGIN:VEVENT\nDTSTART" + b";A=" * 300_000 + b":1",
        b"BEGIN:VEVENT\nDTSTART;TZID=" + b'"' * 300_000 + b":1\nEND:VEVENT",
        b"BEGIN:VEVENT\nDTSTART:" + b"1" * 1_000_000 + b"\nEND:VEVENT",
        b"BEGIN:VEVENT\n" + b" " * 1_000_000 + b"\nEND:VEVENT",
        b"BEGIN:VEVENT\n" + b" x\n" * 300_000 + b"END:VEVENT",
        b"BEGIN:VEVENT\nDTSTART:20260302T090000\nRDATE:" + b"20260302T090000," * 60_000,
    ],
)
def test_shapes_that_break_readers_are_read_in_time(data):
    quickly(data)


PIECES = st.sampled_from(
    [
        *("BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "UID:a", "UID:b"),
        *("DTSTART:20260302T090000", "DTSTART;VALUE=DATE:20260303", "DTSTART:00010101T000000"),
        *("DTSTART;TZID=Office:99991231T235959", "DTEND:20260302T100000Z", "DTEND:20260304"),
        *("DURATION:PT1H", "DURATION:P9999999W", "RRULE:FREQ=DAILY", "RRULE:FREQ=SECONDLY"),
        *("RRULE:FREQ=YEARLY;BYWEEKNO=53;UNTIL=99991231", "RRULE:FREQ=WEEKLY;COUNT=3"),
        *("RDATE:20260302,20260309T090000Z/P1D", "EXDATE:00010101T000000Z", "SEQUENCE:-1"),
        *("RECURRENCE-ID;RANGE=THISANDFUTURE:20260303", "RECURRENCE-ID:00010101T000000Z"),
        *("BEGIN:VTIMEZONE", "TZID:Office", "END:VTIMEZONE", "BEGIN:STANDARD", "END:STANDARD"),
        *("TZOFFSETFROM:+2359", "TZOFFSETTO:-2359", "BEGIN:VFREEBUSY", "END:VFREEBUSY"),
        *("FREEBUSY:99991231T000000Z/P9999999W", "X-WR-TIMEZONE:Office", "STATUS:CANCELLED"),
        *(" folded", "", "\x00", ":", ";", "DTSTART", 'DTSTART;TZID="'),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25))
def test_no_file_breaks_the_reader(lines):
    found = reading("\n".join(lines).encode())
    assert all(one.begins < one.ends for one in found.busy)
    assert all(a.ends < b.begins for a, b in zip(found.busy, found.busy[1:], strict=False))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 400))
def test_no_bytes_break_the_reader(junk, at):
    reading(WHOLE[:at] + junk + WHOLE[at:])


def test_the_years_before_and_after_all_calendars_are_harmless():
    for begins, ends in (("1900-01-01", "1900-02-01"), ("2200-01-01", "2200-12-31")):
        assert busy(f"{GOOD}\nSTATUS:CANCELLED", begins=begins, ends=ends) == []

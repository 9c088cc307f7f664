import pytest

from tests.interviews.calendars.reading import busy, calendar, reading, shown

NINE = "DTSTART{zone}:20260302T090000\nDTEND{zone}:20260302T100000"


def at_nine(name, head=""):
    return busy(NINE.format(zone=f";TZID={name}"), head=head, zone="UTC")


@pytest.mark.parametrize(
    ("name", "utc"),
    [
        ("America/New_York", "14"),
        ("america/new_york", "14"),
        ("America/New York", "14"),
        ("US/Eastern", "14"),
        ("Eastern Standard Time", "14"),
        ("W. Europe Standard Time", "08"),
        ("Romance Daylight Time", "08"),
        ("India Standard Time", "03"),
        ("/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "08"),
        ("/mozilla.org/20070129_1/America/Argentina/Buenos_Aires", "12"),
        ("/softwarestudio.org/Olson_20011030_5/America/Los_Angeles", "17"),
        ('"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"', "08"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome", "08"),
        ('"(GMT-05:00) Eastern Time (US & Canada)"', "14"),
        ('"(UTC+02:00) Nowhere"', "07"),
        ('"(GMT +01:00)"', "08"),
        ("GMT+0200", "07"),
        ("UTC-3", "12"),
        ("Berlin", "08"),
        ("UTC", "09"),
        ("Z", "09"),
    ],
)
def test_zones_are_found_by_any_of_their_names(name, utc):
    minutes = "30" if "India" in name else "00"
    hour = f"{int(utc) + 1:02}"
    assert at_nine(name) == [f"03-02 {utc}:{minutes}-{hour}:{minutes}"]


def test_an_unknown_zone_is_said_once():
    nine = NINE.format(zone=";TZID=Nowhere")
    found = reading(calendar(nine, nine.replace("0302", "0303")))
    assert shown(found) == ["03-02 09:00-10:00", "03-03 09:00-10:00"]
    sentence = 'The zone "Nowhere" is unknown: its times were read in the calendar\'s own.'
    assert found.skipped == (sentence,)


OWN = """BEGIN:VTIMEZONE
TZID:Office
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


def office(day, begins, ends):
    return f"DTSTART;TZID=Office:{day}T{begins}\nDTEND;TZID=Office:{day}T{ends}"


def test_a_zone_of_its_own_is_read_from_its_description():
    assert at_nine("Office", head=OWN) == ["03-02 08:00-09:00"]
    in_summer = office("20260402", "090000", "100000")
    assert busy(in_summer, head=OWN, zone="UTC") == ["04-02 07:00-08:00"]


@pytest.mark.parametrize("zone", ["Office", "Europe/Berlin"])
def test_described_and_named_zones_agree_around_every_change(zone):
    """In the skipped hour the offset before it holds; of two equal hours it is the first."""
    events = [
        office("20260329", "013000", "014500"),
        office("20260329", "023000", "024500"),
        office("20260329", "033000", "034500"),
        office("20251026", "013000", "014500"),
        office("20251026", "023000", "024500"),
        office("20251026", "033000", "034500"),
    ]
    events = [event.replace("Office", zone) for event in events]
    found = busy(*events, head=OWN, zone="UTC", begins="2025-10-01", ends="2026-04-01")
    assert found == [
        "10-25 23:30-23:45",
        "10-26 00:30-00:45",
        "10-26 02:30-02:45",
        "03-29 00:30-00:45",
        "03-29 01:30-01:45",
    ]


def test_a_series_stays_at_its_wall_clock_across_the_change():
    weekly = NINE.format(zone=";TZID=Office").replace("0302", "0323") + "\nRRULE:FREQ=WEEKLY"
    found = busy(weekly, head=OWN, zone="UTC", ends="2026-04-08")
    assert found == ["03-23 08:00-09:00", "03-30 07:00-08:00", "04-06 07:00-08:00"]
    in_utc = "DTSTART:20260323T080000Z\nDTEND:20260323T090000Z\nRRULE:FREQ=WEEKLY"
    assert busy(in_utc, ends="2026-04-08") == [
        "03-23 09:00-10:00",
        "03-30 10:00-11:00",
        "04-06 10:00-11:00",
    ]


def test_an_event_across_the_change_keeps_its_length():
    night = "DTSTART;TZID=Europe/Berlin:20260327T220000\nDTEND;TZID=Europe/Berlin:20260328T060000"
    assert busy(f"{night}\nRRULE:FREQ=DAILY;COUNT=2") == [
        "03-27 22:00-03-28 06:00",
        "03-28 22:00-03-29 07:00",
    ]


def test_changes_may_be_listed_or_end():
    listed = OWN.replace(
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "RDATE:20251026T030000"
    ).replace("RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "RDATE:20260329T020000")
    assert at_nine("Office", head=listed) == ["03-02 08:00-09:00"]
    ended = OWN.replace("BYMONTH=3", "BYMONTH=3;UNTIL=20200329T010000Z").replace(
        "BYMONTH=10", "BYMONTH=10;UNTIL=20201025T010000Z"
    )
    in_summer = office("20260402", "090000", "100000")
    assert busy(in_summer, head=ended, zone="UTC") == ["04-02 08:00-09:00"]


def test_a_described_zone_with_a_location_is_that_place():
    head = "BEGIN:VTIMEZONE\nTZID:Mine\nX-LIC-LOCATION:Asia/Tokyo\nEND:VTIMEZONE\n"
    assert at_nine("Mine", head=head) == ["03-02 00:00-01:00"]


def test_a_description_that_cannot_be_read_is_said():
    found = reading(
        calendar(NINE.format(zone=";TZID=Office"), head=OWN.replace("+0", "?0")), zone="UTC"
    )
    assert shown(found, "UTC") == ["03-02 09:00-10:00"]
    assert found.skipped == (
        "The description of a zone at line 5 could not be read.",
        "The description of a zone at line 11 could not be read.",
        'The zone "Office" is unknown: its times were read in the calendar\'s own.',
    )


def test_times_without_a_zone_are_the_readers_or_the_calendars():
    floating = NINE.format(zone="")
    assert busy(floating) == ["03-02 09:00-10:00"]
    assert busy(floating, zone="Asia/Tokyo") == ["03-02 09:00-10:00"]
    assert busy(floating, head="X-WR-TIMEZONE:America/New_York\n") == ["03-02 15:00-16:00"]
    # A day is a day where the reader lives, wherever the calendar was made.
    day = "DTSTART;VALUE=DATE:20260302"
    assert busy(day, head="X-WR-TIMEZONE:America/New_York\n") == ["03-02 00:00-03-03 00:00"]

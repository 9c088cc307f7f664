import pytest

from tests.interviews.calendars.reading import busy, calendar, reading, shown

ONE = "DTSTART;TZID=Europe/Berlin:20260302T090000\nDTEND;TZID=Europe/Berlin:20260302T100000"
DAILY = f"{ONE}\nRRULE:FREQ=DAILY;COUNT=4"
ALL_DAY = "DTSTART;VALUE=DATE:20260302"


def test_overlapping_and_touching_times_are_one():
    late = ONE.replace("T090000", "T093000").replace("T100000", "T110000")
    touching = ONE.replace("T090000", "T110000").replace("T100000", "T120000")
    apart = ONE.replace("T090000", "T120100").replace("T100000", "T130000")
    assert busy(late, ONE, apart, touching) == ["03-02 09:00-12:00", "03-02 12:01-13:00"]


def test_the_window_clips():
    long = "DTSTART:20260226T000000Z\nDTEND:20260305T120000Z"
    assert busy(long, begins="2026-03-02", ends="2026-03-03") == ["03-02 00:00-03-03 00:00"]
    assert busy(long, begins="2026-03-06", ends="2026-03-07") == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (ALL_DAY, ["03-02 00:00-03-03 00:00"]),
        (f"{ALL_DAY}\nDTEND;VALUE=DATE:20260302", ["03-02 00:00-03-03 00:00"]),
        (f"{ALL_DAY}\nDTEND;VALUE=DATE:20260305", ["03-02 00:00-03-05 00:00"]),
        (f"{ALL_DAY}\nDURATION:P2D", ["03-02 00:00-03-04 00:00"]),
        ("DTSTART:20260302", ["03-02 00:00-03-03 00:00"]),
        # Days follow the wall: this one has 23 hours.
        ("DTSTART;VALUE=DATE:20260329", ["03-29 00:00-03-30 00:00"]),
        ("DTSTART:20260302T090000\nDURATION:PT90M", ["03-02 09:00-10:30"]),
        ("DTSTART:20260302T090000\nDURATION:P1W", ["03-02 09:00-03-09 09:00"]),
        ("DTSTART:20260302T090000\nDURATION:P1DT1H", ["03-02 09:00-03-03 10:00"]),
        ("DTSTART:20260302T090000", []),
        ("DTSTART:20260302T090000\nDTEND:20260302T090000", []),
        ("DTSTART:20260302T090000\nDURATION:PT0S", []),
        ("DTSTART:20260302T090000Z\nDTEND:20260302T110000+0100", []),
        ("DTSTART:2026-03-02T09:00:00Z\nDTEND:2026-03-02T10:30Z", ["03-02 10:00-11:30"]),
        ("DTSTART:20260302T230000\nDTEND:20260302T240000", ["03-02 23:00-03-03 00:00"]),
        ("DTSTART;VALUE=DATE:20260302\nDTEND:20260302T120000", ["03-02 00:00-12:00"]),
    ],
)
def test_an_event_lasts_as_it_says(lines, expected):
    if "110000+0100" in lines:
        expected = ["03-02 10:00-11:00"]
        lines = lines.replace("090000Z", "090000Z")
    assert busy(lines) == expected


def test_only_whole_days_are_called_all_day():
    found = reading(calendar(ALL_DAY, ONE.replace("0302", "0304")))
    assert [span.is_all_day for span in found.busy] == [True, False]


@pytest.mark.parametrize(
    ("line", "is_busy"),
    [
        ("STATUS:CANCELLED", False),
        ("STATUS:cancelled", False),
        ("STATUS:TENTATIVE", True),
        ("STATUS:CONFIRMED", True),
        ("TRANSP:TRANSPARENT", False),
        ("TRANSP:OPAQUE", True),
        ("TRANSP:???", True),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", False),
        ("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE", False),
        ("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", True),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF", True),
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:Ana@example.org", False),
        ('ATTENDEE;PARTSTAT=DELEGATED;CN="A: b":MAILTO:ana@example.org', False),
        ("ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ana@example.org", True),
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:raj@example.org", True),
    ],
)
def test_some_events_leave_their_owner_free(line, is_busy):
    expected = ["03-02 09:00-10:00"] if is_busy else []
    assert busy(f"{ONE}\n{line}", owner=["ana@example.org"]) == expected


def test_google_names_a_calendar_by_its_owner():
    declined = f"{ONE}\nATTENDEE;PARTSTAT=DECLINED:mailto:ana@example.org"
    assert busy(declined, head="X-WR-CALNAME:ana@example.org\n") == []
    assert busy(declined, head="X-WR-CALNAME:Ana\n") == ["03-02 09:00-10:00"]
    assert busy(ONE, head="METHOD:CANCEL\n") == []


# Series


def test_exceptions_are_left_out_however_they_are_written():
    for exception in (
        "EXDATE;TZID=Europe/Berlin:20260303T090000",
        "EXDATE:20260303T080000Z",
        "EXDATE:20260303T090000",
        "EXDATE;VALUE=DATE:20260303",
        "EXDATE;TZID=Asia/Tokyo:20260303T170000",
        "EXRULE:FREQ=DAILY;INTERVAL=7;BYDAY=TU\nEXDATE:20260303T080000Z",
    ):
        assert busy(f"{DAILY}\n{exception}") == [
            "03-02 09:00-10:00",
            "03-04 09:00-10:00",
            "03-05 09:00-10:00",
        ]


def test_an_excluding_rule_excludes():
    assert busy(f"{DAILY}\nEXRULE:FREQ=DAILY;INTERVAL=2") == [
        "03-03 09:00-10:00",
        "03-05 09:00-10:00",
    ]


def test_more_times_are_added():
    extra = (
        "RDATE;TZID=Europe/Berlin:20260310T090000,20260311T090000\n"
        "RDATE;VALUE=PERIOD:20260312T080000Z/20260312T110000Z,20260313T080000Z/PT2H"
    )
    assert busy(f"{ONE}\n{extra}") == [
        "03-02 09:00-10:00",
        "03-10 09:00-10:00",
        "03-11 09:00-10:00",
        "03-12 09:00-12:00",
        "03-13 09:00-11:00",
    ]


def change(instance, begins, ends, more=""):
    return (
        f"UID:a\nRECURRENCE-ID{instance}\nDTSTART;TZID=Europe/Berlin:{begins}\n"
        f"DTEND;TZID=Europe/Berlin:{ends}\n{more}"
    )


def test_an_instance_is_moved_shortened_and_cancelled():
    assert busy(
        f"UID:a\n{DAILY}",
        change(";TZID=Europe/Berlin:20260303T090000", "20260306T130000", "20260306T133000"),
        change(":20260304T080000Z", "20260304T090000", "20260304T100000", "STATUS:CANCELLED"),
    ) == ["03-02 09:00-10:00", "03-05 09:00-10:00", "03-06 13:00-13:30"]


def test_an_instance_moves_into_the_window_from_outside():
    moved = change(":20260401T070000Z", "20260303T130000", "20260303T140000")
    found = busy(
        f"UID:a\n{ONE}\nRRULE:FREQ=DAILY",
        moved,
        begins="2026-03-03",
        ends="2026-03-04",
    )
    assert found == ["03-03 09:00-10:00", "03-03 13:00-14:00"]


def test_the_newest_version_counts():
    old = change(":20260303T080000Z", "20260303T110000", "20260303T120000", "SEQUENCE:1")
    new = change(":20260303T080000Z", "20260303T150000", "20260303T160000", "SEQUENCE:2")
    series = f"UID:a\n{ONE}\nRRULE:FREQ=DAILY;COUNT=2"
    expected = ["03-02 09:00-10:00", "03-03 15:00-16:00"]
    assert busy(series, new, old) == busy(series, old, new) == expected
    newer = series.replace("T09", "T07").replace("T10", "T08") + "\nSEQUENCE:3"
    assert busy(series, newer, old) == ["03-02 07:00-08:00", "03-03 07:00-08:00"]
    assert busy(series, f"{newer}\nEXDATE:20260303T060000Z", old) == ["03-02 07:00-08:00"]


def test_a_change_without_its_series_stands_alone():
    assert busy(change(":20260303T080000Z", "20260303T110000", "20260303T120000")) == [
        "03-03 11:00-12:00"
    ]


def test_this_and_all_following_move_together():
    range_ = ";RANGE=THISANDFUTURE:20260304T080000Z"
    assert busy(f"UID:a\n{DAILY}", change(range_, "20260304T140000", "20260304T143000")) == [
        "03-02 09:00-10:00",
        "03-03 09:00-10:00",
        "03-04 14:00-14:30",
        "03-05 14:00-14:30",
    ]
    single = change(":20260305T080000Z", "20260307T080000", "20260307T090000")
    cancelled = change(range_, "20260304T140000", "20260304T143000", "STATUS:CANCELLED")
    assert busy(f"UID:a\n{DAILY}", cancelled, single) == [
        "03-02 09:00-10:00",
        "03-03 09:00-10:00",
        "03-07 08:00-09:00",
    ]


@pytest.mark.parametrize(
    "until",
    ["20260304T080000Z", "20260304T090000", "20260304", "20260304T085959Z"],
)
def test_until_includes_its_last_time(until):
    assert busy(f"{ONE}\nRRULE:FREQ=DAILY;UNTIL={until}") == [
        "03-02 09:00-10:00",
        "03-03 09:00-10:00",
        "03-04 09:00-10:00",
    ]


def test_until_before_the_start_leaves_nothing():
    assert busy(f"{ONE}\nRRULE:FREQ=DAILY;UNTIL=20260301T080000Z") == []
    assert len(busy(f"{ALL_DAY}\nRRULE:FREQ=WEEKLY;UNTIL=20260309T120000Z")) == 2


def test_the_start_is_the_first_time_even_if_no_rule_names_it():
    assert busy(f"{ONE}\nRRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=2") == [
        "03-02 09:00-10:00",
        "03-04 09:00-10:00",
    ]


def test_two_events_with_one_uid_are_both_kept():
    other = ONE.replace("20260302", "20260305")
    assert len(busy(f"UID:a\n{ONE}", f"UID:a\n{other}")) == 2


# Free and busy components


def test_published_busy_times_are_read():
    data = (
        b"BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nDTSTART:20260301T000000Z\nDTEND:20260401T000000Z\n"
        b"FREEBUSY:20260302T080000Z/20260302T090000Z,20260303T080000Z/PT30M\n"
        b"FREEBUSY;FBTYPE=BUSY-TENTATIVE:20260304T080000Z/PT1H\n"
        b"FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20260305T080000Z/PT1H\n"
        b"FREEBUSY;FBTYPE=FREE:20260306T080000Z/PT1H\n"
        b"FREEBUSY:tomorrow,20260307T080000Z\nEND:VFREEBUSY\nEND:VCALENDAR\n"
    )
    found = reading(data)
    assert shown(found) == [
        "03-02 09:00-10:00",
        "03-03 09:00-09:30",
        "03-04 09:00-10:00",
        "03-05 09:00-10:00",
    ]
    assert found.skipped == ("A busy time at line 9 cannot be read.",)

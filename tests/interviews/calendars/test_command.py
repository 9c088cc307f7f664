import json

import pytest
from django.core.management import CommandError, call_command

from tests.interviews.calendars.reading import calendar


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "mine.ics"
    day = "DTSTART;VALUE=DATE:20260303"
    declined = "DTSTART:20260304T090000\nDURATION:PT1H\nATTENDEE;PARTSTAT=DECLINED:mailto:a@b.c"
    path.write_bytes(
        calendar("DTSTART:20260302T090000Z\nDURATION:PT1H", day, declined, "DTSTART:never")
    )
    return path


def run(file, capsys, *options, begins="2026-03-01", ends="2026-04-01"):
    call_command("read_calendar", str(file), "--from", begins, "--to", ends, *options)
    return capsys.readouterr().out


def test_the_command_prints_the_documented_json(file, capsys):
    text = run(file, capsys, "--zone", "Europe/Berlin", "--owner", "a@b.c", "--json")
    assert json.loads(text) == {
        "timezone": "Europe/Berlin",
        "from": "2026-03-01T00:00:00+01:00",
        "to": "2026-04-01T00:00:00+02:00",
        "is_calendar": True,
        "events": 4,
        "busy": [
            {
                "begins": "2026-03-02T10:00:00+01:00",
                "ends": "2026-03-02T11:00:00+01:00",
                "all_day": False,
            },
            {
                "begins": "2026-03-03T00:00:00+01:00",
                "ends": "2026-03-04T00:00:00+01:00",
                "all_day": True,
            },
        ],
        "skipped": ['The event at line 18 was left out: it says that "never" is no date or time.'],
    }


def test_the_command_prints_for_people(file, capsys):
    text = run(file, capsys, begins="2026-03-02T09:30:00+00:00", ends="2026-03-03")
    assert text == (
        "Mon 2026-03-02 09:30 to Mon 2026-03-02 10:00\n"
        '! The event at line 18 was left out: it says that "never" is no date or time.\n'
    )
    assert run(file, capsys, begins="2026-05-01", ends="2026-05-02").startswith("Not busy.\n")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"zone": "Europe/Nowhere"}, "is no IANA time zone"),
        ({"begins": "soon"}, "--from 'soon' is no date or time"),
        ({"ends": "9999-12-31"}, "must lie between 1900 and 2200"),
        ({"ends": "2026-03-01"}, "--to lies before --from"),
        ({"file": "nowhere.ics"}, "cannot be read: No such file or directory"),
    ],
)
def test_the_command_says_what_it_cannot_do(file, options, sentence):
    given = {"file": str(file), "begins": "2026-03-01", "ends": "2026-04-01", **options}
    with pytest.raises(CommandError, match=sentence):
        call_command("read_calendar", given.pop("file"), **given)

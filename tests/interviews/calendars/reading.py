"""Short calendars for tests, and their busy times as short texts."""

from datetime import datetime
from zoneinfo import ZoneInfo

from interviews.calendars.reader import read_calendar

BERLIN = "Europe/Berlin"


def calendar(*events, head=""):
    """Each event is its lines; UIDs are given to those that name none."""
    parts = []
    for number, event in enumerate(events):
        uid = "" if "UID:" in event else f"UID:{number}\n"
        parts.append(f"BEGIN:VEVENT\n{uid}{event.strip()}\nEND:VEVENT\n")
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{''.join(parts)}END:VCALENDAR\n".encode()


def reading(data, begins="2026-03-01", ends="2026-04-30", zone=BERLIN, owner=()):
    first, last = (
        datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)) for text in (begins, ends)
    )
    return read_calendar(data, first, last, zone=zone, owner=owner)


def shown(found, zone=BERLIN):
    """`03-02 09:00-10:00`, in the zone; a day is named when the end lies on another one."""
    info = ZoneInfo(zone)
    lines = []
    for span in found.busy:
        begins, ends = span.begins.astimezone(info), span.ends.astimezone(info)
        day = "" if begins.date() == ends.date() else f"{ends:%m-%d }"
        lines.append(f"{begins:%m-%d %H:%M}-{day}{ends:%H:%M}")
    return lines


def busy(*events, head="", zone=BERLIN, owner=(), **window):
    """The busy times of events that can all be read."""
    found = reading(calendar(*events, head=head), zone=zone, owner=owner, **window)
    assert found.skipped == ()
    return shown(found, zone)

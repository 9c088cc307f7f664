"""`manage.py read_calendar FILE.ics`: when its owner is busy, and what could not be read."""

import json
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.core.management.base import BaseCommand, CommandError

from interviews.calendars.reader import LARGEST_FILE, Reading, read_calendar
from interviews.calendars.series import Span

YEARS = range(1900, 2201)


class Command(BaseCommand):
    help = "Print the busy times of an iCalendar file. Needs no database."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="an .ics file, at most 10 MB")
        parser.add_argument(
            "--from", dest="begins", required=True, help="2026-03-01 or 2026-03-01T09:00+01:00"
        )
        parser.add_argument("--to", dest="ends", required=True, help="the end, itself not included")
        parser.add_argument(
            "--zone", default="UTC", help="IANA: of dates and of times without a zone"
        )
        parser.add_argument(
            "--owner",
            action="append",
            default=[],
            metavar="EMAIL",
            help="whose calendar it is: what they declined is free; may be repeated",
        )
        parser.add_argument("--json", action="store_true", help="as described in docs/calendars.md")

    def handle(
        self, *, file: str, begins: str, ends: str, zone: str, owner: list[str], **options: Any
    ) -> None:
        if zone not in available_timezones():
            raise CommandError(f"--zone {zone!r} is no IANA time zone. Write it as Europe/Berlin.")
        first, last = instant("--from", begins, zone), instant("--to", ends, zone)
        if last <= first:
            raise CommandError("--to lies before --from or at the same time.")
        reading = read_calendar(read_file(Path(file)), first, last, zone=zone, owner=owner)
        shown = as_json(reading, first, last, zone) if options["json"] else as_text(reading, zone)
        self.stdout.write(shown)


def read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as problem:
        raise CommandError(f"{path} cannot be read: {problem.strerror}.") from problem


def instant(option: str, text: str, zone: str) -> datetime:
    """A date is its midnight in the zone, and so is a time without an offset."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{option} {text!r} is no date or time: 2026-03-01T09:00.") from None
    if found.year not in YEARS:
        raise CommandError(f"{option} {text!r} must lie between 1900 and 2200.")
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))


def as_json(reading: Reading, begins: datetime, ends: datetime, zone: str) -> str:
    info = ZoneInfo(zone)
    answer = {
        "timezone": zone,
        "from": begins.astimezone(info).isoformat(),
        "to": ends.astimezone(info).isoformat(),
        "is_calendar": reading.is_calendar,
        "events": reading.events,
        "busy": [
            {
                "begins": span.begins.astimezone(info).isoformat(),
                "ends": span.ends.astimezone(info).isoformat(),
                "all_day": span.is_all_day,
            }
            for span in reading.busy
        ],
        "skipped": list(reading.skipped),
    }
    return json.dumps(answer, indent=2, ensure_ascii=False)


def as_text(reading: Reading, zone: str) -> str:
    info = ZoneInfo(zone)
    lines = [line_of(span, info) for span in reading.busy] or ["Not busy."]
    return "\n".join([*lines, *(f"! {sentence}" for sentence in reading.skipped)])


def line_of(span: Span, info: ZoneInfo) -> str:
    begins, ends = span.begins.astimezone(info), span.ends.astimezone(info)
    all_day = " (all day)" if span.is_all_day else ""
    return f"{begins:%a %Y-%m-%d %H:%M} to {ends:%a %Y-%m-%d %H:%M}{all_day}"

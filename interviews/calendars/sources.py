"""Where busy times come from: a file, Google, Microsoft. All answer one question. Pure.

The two services are asked through a function that is handed in (`Post`): whoever calls has the
tokens and the network. Titles are not asked for, and left where they are if they come.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from interviews.calendars.moments import Length, Moment, Unreadable, read_moment
from interviews.calendars.reader import merged, read_calendar
from interviews.calendars.series import Span, Window, clipped
from interviews.calendars.zones import ALWAYS_UTC, Zone, by_windows, known

# url, body, headers -> status, parsed JSON
Post = Callable[[str, Mapping[str, Any], Mapping[str, str]], tuple[int, Any]]
GOOGLE = "https://www.googleapis.com/calendar/v3/freeBusy"
MICROSOFT = "https://graph.microsoft.com/v1.0/me/calendar/getSchedule"
# Both refuse to speak about more than some weeks at once.
AT_ONCE = timedelta(days=30)
FREE = ("free", "workingelsewhere")


class NotAnswered(Exception):
    """Says in a sentence why a service did not tell."""


class BusySource(Protocol):
    def between(self, begins: datetime, ends: datetime) -> list[Span]:
        """In order, clipped, and nothing overlaps or touches. Raises `NotAnswered`."""


@dataclass(frozen=True)
class FileSource:
    """An iCalendar file; what could not be read of it is left out."""

    data: bytes
    zone: str
    owner: Sequence[str] = ()

    def between(self, begins: datetime, ends: datetime) -> list[Span]:
        reading = read_calendar(self.data, begins, ends, zone=self.zone, owner=self.owner)
        if not reading.is_calendar:
            raise NotAnswered(reading.skipped[0])
        return list(reading.busy)


@dataclass(frozen=True)
class GoogleSource:
    """Google Calendar's freeBusy.query, for the calendars of one person."""

    post: Post
    calendars: Sequence[str] = ("primary",)

    def between(self, begins: datetime, ends: datetime) -> list[Span]:
        return gathered(self.ask, begins, ends)

    def ask(self, begins: datetime, ends: datetime) -> Iterator[tuple[Moment, Moment]]:
        body = {
            "timeMin": rfc3339(begins),
            "timeMax": rfc3339(ends),
            "timeZone": "UTC",
            "items": [{"id": one} for one in self.calendars],
        }
        answer = answered("Google", self.post(GOOGLE, body, {}))
        for calendar in answer["calendars"].values():
            for error in calendar.get("errors", ()):
                raise NotAnswered(f"Google says of this calendar: {error.get('reason', 'error')}.")
            for one in calendar.get("busy", ()):
                yield moment(one["start"], ALWAYS_UTC), moment(one["end"], ALWAYS_UTC)


@dataclass(frozen=True)
class MicrosoftSource:
    """Microsoft Graph's getSchedule, for one address."""

    post: Post
    address: str

    def between(self, begins: datetime, ends: datetime) -> list[Span]:
        return gathered(self.ask, begins, ends)

    def ask(self, begins: datetime, ends: datetime) -> Iterator[tuple[Moment, Moment]]:
        body = {
            "schedules": [self.address],
            "startTime": {"dateTime": plain(begins), "timeZone": "UTC"},
            "endTime": {"dateTime": plain(ends), "timeZone": "UTC"},
            "availabilityViewInterval": 15,
        }
        prefer = {"Prefer": 'outlook.timezone="UTC"'}
        answer = answered("Microsoft", self.post(MICROSOFT, body, prefer))
        for schedule in answer["value"]:
            if error := schedule.get("error"):
                code = error.get("responseCode", "error")
                raise NotAnswered(f"Microsoft says of this calendar: {code}.")
            for item in schedule.get("scheduleItems", ()):
                if item["status"].lower() not in FREE:
                    yield in_zone(item["start"]), in_zone(item["end"])


Ask = Callable[[datetime, datetime], Iterator[tuple[Moment, Moment]]]


def gathered(ask: Ask, begins: datetime, ends: datetime) -> list[Span]:
    """Some weeks at a time."""
    window = Window(begins.astimezone(UTC), ends.astimezone(UTC))
    found: list[Span] = []
    at = window.begins
    while at < window.ends:
        until = min(at + AT_ONCE, window.ends)
        try:
            for first, last in ask(at, until):
                length = Length(exact=last.instant - first.instant)
                found += clipped(first, length, window)
        except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as problem:
            raise NotAnswered("The answer is not in the shape that is documented.") from problem
        at = until
    return list(merged(found))


def answered(service: str, answer: tuple[int, Any]) -> Any:
    status, body = answer
    if status != 200:
        raise NotAnswered(f"{service} answers with the error {status}.")
    return body


def moment(text: str, zone: Zone) -> Moment:
    return read_moment(text, zone, zone)


def in_zone(said: Mapping[str, str]) -> Moment:
    """{dateTime, timeZone}: zones by their Windows or IANA name."""
    name = said.get("timeZone", "UTC")
    zone = known(name) or by_windows(name)
    if zone is None:
        raise Unreadable("no such zone")
    return moment(said["dateTime"], zone)


def rfc3339(at: datetime) -> str:
    return f"{plain(at)}Z"


def plain(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"

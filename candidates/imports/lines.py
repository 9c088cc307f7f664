"""One line of a file as what it says, or why it cannot be taken, in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from ats import clock
from ats.errors import DomainError
from candidates.actions.apply import check_address, check_name, check_phone, plain
from candidates.actions.candidate import check_link, check_location
from candidates.actions.names import check_name_of
from candidates.enums import ApplicationStatus
from candidates.imports.columns import Columns

SEVERAL = re.compile(r"[;,\n]")
DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y")
# What the systems call what we call by three words.
STATUS = {
    "": ApplicationStatus.ACTIVE,
    "active": ApplicationStatus.ACTIVE,
    "in progress": ApplicationStatus.ACTIVE,
    "open": ApplicationStatus.ACTIVE,
    "no": ApplicationStatus.ACTIVE,
    "false": ApplicationStatus.ACTIVE,
    "rejected": ApplicationStatus.REJECTED,
    "archived": ApplicationStatus.REJECTED,
    "yes": ApplicationStatus.REJECTED,
    "true": ApplicationStatus.REJECTED,
    "withdrawn": ApplicationStatus.WITHDRAWN,
    "withdrew": ApplicationStatus.WITHDRAWN,
}


@dataclass(frozen=True)
class Said:
    """What a line says about a person and their application."""

    name: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    location: str
    links: tuple[str, ...]
    tags: tuple[str, ...]
    requisition: str
    stage: str
    status: str
    reason: str
    source: str
    applied_at: datetime | None


def understood(cells: Sequence[str], header: Sequence[str], columns: Columns) -> Said:
    """Raises `DomainError` with the first thing that is wrong."""
    at = {name: place for place, name in reversed(list(enumerate(header)))}

    def held(target: str) -> list[str]:
        found = (cells[at[name]].strip() for name in columns.get(target, ()))
        return [cell for cell in found if cell]

    def several(target: str) -> list[str]:
        parts = (part.strip() for cell in held(target) for part in SEVERAL.split(cell))
        return list(dict.fromkeys(part for part in parts if part))

    def one(target: str) -> str:
        return " ".join(held(target))

    return Said(
        name=check_name(one("name") or " ".join(held("first_name") + held("last_name"))),
        emails=unique_addresses(several("email")),
        phones=tuple(check_phone(each) for each in several("phone")),
        location=check_location(one("location")),
        links=tuple(web_address(each) for each in several("links")),
        tags=tuple(check_name_of("tags", each) for each in several("tags")),
        requisition=one("requisition"),
        stage=one("stage"),
        status=status_of(one("status")),
        reason=short(one("reason")),
        source=short(one("source")),
        applied_at=moment(one("applied_on")),
    )


def unique_addresses(found: list[str]) -> tuple[str, ...]:
    """Each once, whatever its case."""
    checked = {each.lower(): each for each in map(check_address, reversed(found))}
    return tuple(reversed(checked.values()))


def web_address(text: str) -> str:
    return check_link(text if "://" in text else f"https://{text}")


def status_of(text: str) -> str:
    found = STATUS.get(text.casefold())
    if found is None:
        raise DomainError(
            f"“{text:.60}” is no status that can be taken over: active, rejected or withdrawn."
            " Somebody who was hired took a seat, which no file can say."
        )
    return found


def short(text: str) -> str:
    text = " ".join(text.split())
    if len(text) > 200 or not plain(text):
        raise DomainError("A source or reason has at most 200 characters that can be printed.")
    return text


def moment(text: str) -> datetime | None:
    """Noon of the day, in UTC. 03/04/2026 is two days in two countries: it is refused."""
    if not text:
        return None
    day = day_of(text)
    if day is None:
        raise DomainError(f"“{text:.40}” is no date that can only mean one day: 2026-03-04.")
    now = clock.now()
    if day.year < 1970 or day > now.date():
        raise DomainError(f"Nobody applied on {day}: look at the date.")
    return min(datetime.combine(day, time(12), UTC), now)


def day_of(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text.replace(" UTC", "")).date()
    except ValueError:
        pass
    for shape in DAYS:
        try:
            return datetime.strptime(text, shape).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None

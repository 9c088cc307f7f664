"""How long a decided application is kept, from rules and places. Pure."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

PERIOD = re.compile(r"^P([1-9][0-9]{0,3})([YMWD])$")
DAYS = {"Y": 365.25, "M": 30.44, "W": 7.0, "D": 1.0}
LAST_YEAR = 9999


@dataclass(frozen=True)
class Rule:
    """Periods as in ISO 8601 with one unit (P6M), "" where the law says nothing."""

    name: str
    law: str
    country: str = ""
    region: str = ""
    floor: str = ""
    ceiling: str = ""
    with_consent: str = ""
    does: str = "propose"

    def covers(self, country: str, region: str, members: Iterable[str]) -> bool:
        is_here = self.country == country or (self.country == "EU" and country in set(members))
        return bool(self.country) and is_here and self.region in ("", region)


@dataclass(frozen=True)
class Terms:
    """What holds for one job: the longest floor, the shortest ceiling, and whose they are."""

    floor: str = ""
    floor_by: str = ""
    ceiling: str = ""
    ceiling_by: str = ""
    with_consent: str = ""
    does: str = "propose"


def terms(
    places: Iterable[tuple[str, str]], rules: Iterable[Rule], members: Iterable[str] = ()
) -> Terms:
    """`places` are (country, region); `members` the countries that a rule for EU covers.

    The rule without a country speaks where no law gives a ceiling.
    """
    known, inside = list(rules), frozenset(members)
    here = [rule for rule in known if any(rule.covers(*place, inside) for place in places)]
    usual = [rule for rule in known if not rule.country]
    floors = [rule for rule in here if rule.floor]
    ceilings = [rule for rule in here if rule.ceiling] or [rule for rule in usual if rule.ceiling]
    agreed = [rule for rule in here if rule.with_consent] or [
        rule for rule in usual if rule.with_consent
    ]
    floor = max(floors, key=lambda rule: length(rule.floor), default=None)
    ceiling = min(ceilings, key=lambda rule: length(rule.ceiling), default=None)
    consent = min(agreed, key=lambda rule: length(rule.with_consent), default=None)
    return Terms(
        floor=floor.floor if floor else "",
        floor_by=f"{floor.name}, {floor.law}" if floor else "",
        ceiling=ceiling.ceiling if ceiling else "",
        ceiling_by=f"{ceiling.name}, {ceiling.law}" if ceiling else "",
        with_consent=consent.with_consent if consent else "",
        does=ceiling.does if ceiling else "propose",
    )


def length(period: str) -> float:
    """In days, near enough to compare."""
    number, unit = split(period)
    return number * DAYS[unit]


def split(period: str) -> tuple[int, str]:
    found = PERIOD.match(period)
    if found is None:
        raise ValueError(f"{period!r} is no period")
    return int(found[1]), found[2]


def later(at: datetime, period: str) -> datetime:
    """The same day of a later month, or its last day: a month after 31 January is 28 February."""
    number, unit = split(period)
    if unit in "WD":
        days = number * int(DAYS[unit])
        return at + min(timedelta(days=days), datetime.max.replace(tzinfo=at.tzinfo) - at)
    months = number * (12 if unit == "Y" else 1) + at.month - 1
    year, month = at.year + months // 12, months % 12 + 1
    if year > LAST_YEAR:
        return datetime.max.replace(tzinfo=at.tzinfo)
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))

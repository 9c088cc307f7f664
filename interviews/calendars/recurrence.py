"""When a recurrence rule (RFC 5545, 3.3.10) occurs between two wall clocks. Pure.

Written here because rules come from strangers' files: every step is paid from a budget, and what
lies before the time asked for is jumped over, so that neither `FREQ=SECONDLY` nor a rule that
never matches can hold the reader up.
"""

import re
from calendar import isleap, monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count, product

from interviews.calendars.moments import DAY, Moment, Unreadable, read_moment, shown
from interviews.calendars.zones import ALWAYS_UTC, Zone

WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
STEPS = {
    "HOURLY": timedelta(hours=1),
    "MINUTELY": timedelta(minutes=1),
    "SECONDLY": timedelta(seconds=1),
}
DATED = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
# The largest absolute value of each list, and whether it may count from the end or be zero.
LISTS = {
    "BYSECOND": (60, False, True),
    "BYMINUTE": (59, False, True),
    "BYHOUR": (23, False, True),
    "BYMONTHDAY": (31, True, False),
    "BYYEARDAY": (366, True, False),
    "BYWEEKNO": (53, True, False),
    "BYMONTH": (12, False, False),
    "BYSETPOS": (366, True, False),
}
PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", "RSCALE", "SKIP", *LISTS}


class Exhausted(Exception):
    """The budget of steps is spent."""


@dataclass
class Budget:
    steps: int

    def spend(self, steps: int = 1) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise Exhausted


@dataclass(frozen=True)
class Rule:
    freq: str
    interval: int = 1
    count: int | None = None
    until: str = ""
    by: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    weekdays: tuple[tuple[int, int], ...] = ()
    wkst: int = 0

    def of(self, name: str) -> tuple[int, ...]:
        return self.by.get(name, ())

    @property
    def is_plain(self) -> bool:
        return not self.by and not self.weekdays

    def less_one(self) -> "Rule":
        return replace(self, count=(self.count or 1) - 1)


def read_rule(text: str) -> Rule:
    """Raises `Unreadable` for anything whose meaning is not certain."""
    parts: dict[str, str] = {}
    for part in filter(None, re.sub(r"\s", "", text).upper().split(";")):
        name, _, value = part.partition("=")
        parts.setdefault(name, value)
    freq = parts.get("FREQ", "")
    if any(name not in PARTS and not name.startswith("X-") for name in parts):
        raise Unreadable(f"{shown(text)} is no rule")
    if freq not in STEPS and freq not in DATED:
        raise Unreadable(f"{shown(text)} is no rule")
    if parts.get("RSCALE", "GREGORIAN") != "GREGORIAN" or parts.get("SKIP", "OMIT") != "OMIT":
        raise Unreadable(f"{shown(text)} counts in another calendar")
    if parts.get("UNTIL"):
        read_moment(parts["UNTIL"], ALWAYS_UTC, ALWAYS_UTC)
    try:
        return Rule(
            freq=freq,
            interval=positive(parts.get("INTERVAL", "1")),
            count=read_count(parts.get("COUNT", "")),
            until=parts.get("UNTIL", ""),
            by={name: numbers(name, parts[name]) for name in LISTS if parts.get(name)},
            weekdays=tuple(map(read_weekday, filter(None, parts.get("BYDAY", "").split(",")))),
            wkst=WEEKDAYS[parts.get("WKST") or "MO"],
        )
    except (ValueError, KeyError):
        raise Unreadable(f"{shown(text)} is no rule") from None


def positive(text: str) -> int:
    if not 0 < int(text) <= 1_000_000_000:
        raise ValueError(text)
    return int(text)


def read_count(text: str) -> int | None:
    """Some programs write COUNT=-1 for a rule without end."""
    return None if text in ("", "-1") else positive(text)


def numbers(name: str, text: str) -> tuple[int, ...]:
    largest, from_end, zero = LISTS[name]
    found = tuple(sorted({int(part) for part in text.split(",") if part}))
    smallest = -largest if from_end else 0
    if any(not smallest <= one <= largest or (one == 0 and not zero) for one in found):
        raise ValueError(text)
    return found


def read_weekday(text: str) -> tuple[int, int]:
    """(which one, weekday): `-1FR` is the last Friday, and 0 is every one."""
    found = BYDAY.fullmatch(text)
    if not found or abs(int(found[1] or 0)) > 53:
        raise ValueError(text)
    return int(found[1] or 0), WEEKDAYS[found[2]]


def last_of(rule: Rule, begins: Moment, floating: Zone) -> datetime | None:
    """The wall clock up to which the rule runs. UNTIL as a date includes that whole day."""
    if not rule.until:
        return None
    until = read_moment(rule.until, begins.zone, floating)
    if until.is_date or begins.is_date:
        return datetime.combine(until.wall.date(), datetime.max.time())
    return until.wall if until.zone == begins.zone else begins.zone.wall(until.instant)


def occurrences(
    rule: Rule,
    start: datetime,
    window: tuple[datetime, datetime],
    budget: Budget,
    until: datetime | None = None,
) -> Iterator[datetime]:
    """The naive wall clocks in the window (both ends included), in order.

    Raises `Exhausted` when the budget is spent; what came before is right.
    """
    low, high = window
    high = min(high, until) if until else high
    if high < start:
        return
    left, passed = rule.count, 0
    if rule.freq in STEPS and (left is None or rule.is_plain):
        passed = max(0, (low - start) // (STEPS[rule.freq] * rule.interval))
        left = max(0, left - passed) if left is not None else None
    rule = with_defaults(rule, start)
    if rule.freq in STEPS:
        found = slots(rule, start, passed, high, budget)
    else:
        found = dated(rule, start, low, high, budget)
    for wall in found:
        if wall > high or left == 0:
            return
        if wall >= start:
            left = left - 1 if left is not None else None
            if wall >= low:
                yield wall


def with_defaults(rule: Rule, start: datetime) -> Rule:
    """What a rule does not say follows from its start."""
    by, weekdays = dict(rule.by), rule.weekdays
    if rule.freq in ("YEARLY", "MONTHLY") and not (
        weekdays or rule.of("BYMONTHDAY") or rule.of("BYYEARDAY") or rule.of("BYWEEKNO")
    ):
        by["BYMONTHDAY"] = (start.day,)
        if rule.freq == "YEARLY":
            by.setdefault("BYMONTH", (start.month,))
    weekly = rule.freq == "WEEKLY" or (rule.freq == "YEARLY" and rule.of("BYWEEKNO"))
    if weekly and not (weekdays or rule.of("BYMONTHDAY") or rule.of("BYYEARDAY")):
        weekdays = ((0, start.weekday()),)
    if rule.freq in DATED:
        by.setdefault("BYHOUR", (start.hour,))
    if rule.freq in (*DATED, "HOURLY"):
        by.setdefault("BYMINUTE", (start.minute,))
    if rule.freq != "SECONDLY":
        by.setdefault("BYSECOND", (start.second,))
    return rule if rule.freq == "SECONDLY" else replace(rule, by=by, weekdays=weekdays)


def dated(
    rule: Rule, start: datetime, low: datetime, high: datetime, budget: Budget
) -> Iterator[datetime]:
    """Years, months, weeks and days: the days of each period that fit, at the times asked for."""
    begins = 0 if rule.count is not None else max(0, period_of(rule, start, low) - 1)
    for period in count(begins):
        budget.spend()
        days = days_of(rule, start.date(), period)
        if not days or days[0] > high.date():
            return
        budget.spend(len(days))
        times = times_of(rule)
        fitting = [day for day in days if fits(rule, day)]
        if positions := rule.of("BYSETPOS"):
            every = [moment for day in fitting for moment in at_times(day, times, budget)]
            yield from chosen(every, positions)
        else:
            for day in fitting:
                yield from at_times(day, times, budget)


def period_of(rule: Rule, start: datetime, wanted: datetime) -> int:
    """How many whole intervals lie between the period of the start and that of `wanted`."""
    if rule.freq == "YEARLY":
        passed = wanted.year - start.year
    elif rule.freq == "MONTHLY":
        passed = (wanted.year - start.year) * 12 + wanted.month - start.month
    else:
        passed = (wanted.date() - start.date()).days // (7 if rule.freq == "WEEKLY" else 1)
    return passed // rule.interval


def days_of(rule: Rule, start: date, period: int) -> list[date]:
    """The days of that period; none when it lies after the last year that there is."""
    steps = period * rule.interval
    try:
        if rule.freq == "YEARLY":
            months = rule.of("BYMONTH") or range(1, 13)
            return [day for month in months for day in month_of(start.year + steps, month)]
        if rule.freq == "MONTHLY":
            year, month = divmod(start.year * 12 + start.month - 1 + steps, 12)
            return month_of(year, month + 1)
        if rule.freq == "DAILY":
            return [start + steps * DAY]
        monday = start - ((start.weekday() - rule.wkst) % 7) * DAY + 7 * steps * DAY
        return [monday + number * DAY for number in range(7)]
    except (ValueError, OverflowError):
        return []


def month_of(year: int, month: int) -> list[date]:
    return [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]


def times_of(rule: Rule) -> list[tuple[int, int, int]]:
    seconds = sorted({min(second, 59) for second in rule.of("BYSECOND")})
    return list(product(rule.of("BYHOUR"), rule.of("BYMINUTE"), seconds))


def at_times(day: date, times: list[tuple[int, int, int]], budget: Budget) -> Iterator[datetime]:
    for time in times:
        budget.spend()
        yield datetime(day.year, day.month, day.day, *time)  # noqa: DTZ001 - a wall clock


def chosen(every: list[datetime], positions: tuple[int, ...]) -> list[datetime]:
    size = len(every)
    places = {place - 1 if place > 0 else size + place for place in positions}
    return [every[place] for place in sorted(places) if 0 <= place < size]


def fits(rule: Rule, day: date) -> bool:
    if (months := rule.of("BYMONTH")) and day.month not in months:
        return False
    if days := rule.of("BYMONTHDAY"):
        length = monthrange(day.year, day.month)[1]
        if day.day not in days and day.day - length - 1 not in days:
            return False
    if days := rule.of("BYYEARDAY"):
        number, length = day.timetuple().tm_yday, 366 if isleap(day.year) else 365
        if number not in days and number - length - 1 not in days:
            return False
    if weeks := rule.of("BYWEEKNO"):
        number, length = week_of(day, rule.wkst)
        if number not in weeks and number - length - 1 not in weeks:
            return False
    return not rule.weekdays or any(is_weekday(rule, day, *one) for one in rule.weekdays)


def is_weekday(rule: Rule, day: date, which: int, weekday: int) -> bool:
    """Which one counts in the month or the year; in shorter periods it means nothing."""
    if day.weekday() != weekday:
        return False
    if not which or rule.freq not in ("YEARLY", "MONTHLY"):
        return True
    if rule.freq == "MONTHLY" or rule.of("BYMONTH"):
        place, length = day.day, monthrange(day.year, day.month)[1]
    else:
        place, length = day.timetuple().tm_yday, 366 if isleap(day.year) else 365
    return which == ((place - 1) // 7 + 1 if which > 0 else -((length - place) // 7 + 1))


def week_of(day: date, wkst: int) -> tuple[int, int]:
    """(number, how many its year has): week one has at least four days of the new year."""
    for year in (day.year + 1, day.year, day.year - 1):
        if (first := first_week(year, wkst)) <= day:
            return (day - first).days // 7 + 1, (first_week(year + 1, wkst) - first).days // 7
    raise AssertionError("every day lies in some week")


def first_week(year: int, wkst: int) -> date:
    fourth = date(year, 1, 4)
    return fourth - ((fourth.weekday() - wkst) % 7) * DAY


def truncated(at: datetime, freq: str) -> datetime:
    at = at.replace(microsecond=0)
    if freq != "SECONDLY":
        at = at.replace(second=0)
    return at.replace(minute=0) if freq == "HOURLY" else at


def slots(
    rule: Rule, start: datetime, passed: int, high: datetime, budget: Budget
) -> Iterator[datetime]:
    """Hours, minutes and seconds, without the first `passed` of them."""
    step = STEPS[rule.freq] * rule.interval
    base = truncated(start, rule.freq)
    at = base + passed * step
    while at <= high:
        budget.spend()
        if (target := next_fitting(rule, at)) > at:
            at = base + -((base - target) // step) * step
            continue
        every = list(inside(rule, at))
        budget.spend(len(every))
        yield from chosen(every, places) if (places := rule.of("BYSETPOS")) else every
        at += step


def next_fitting(rule: Rule, at: datetime) -> datetime:
    """`at`, or the next day, hour or minute when nothing in this one can fit."""
    if not fits(rule, at.date()):
        return truncated(at, "HOURLY").replace(hour=0) + DAY
    if (hours := rule.of("BYHOUR")) and at.hour not in hours:
        return truncated(at, "HOURLY") + STEPS["HOURLY"]
    minutes = rule.of("BYMINUTE")
    if rule.freq != "HOURLY" and minutes and at.minute not in minutes:
        return truncated(at, "MINUTELY") + STEPS["MINUTELY"]
    return at


def inside(rule: Rule, at: datetime) -> Iterator[datetime]:
    """The times of one hour, minute or second."""
    seconds = sorted({min(second, 59) for second in rule.of("BYSECOND")})
    if rule.freq == "SECONDLY":
        if not seconds or at.second in seconds:
            yield at
        return
    minutes = rule.of("BYMINUTE") if rule.freq == "HOURLY" else (at.minute,)
    for minute, second in product(minutes, seconds):
        yield at.replace(minute=minute, second=second)

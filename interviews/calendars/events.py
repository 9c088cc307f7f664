"""One VEVENT: when it begins, how long it lasts, how it repeats, whether it makes busy. Pure."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from interviews.calendars.components import Component, Line
from interviews.calendars.moments import (
    DAY,
    Length,
    Moment,
    Unreadable,
    read_length,
    read_moment,
)
from interviews.calendars.recurrence import Rule, read_rule
from interviews.calendars.timezones import Zones
from interviews.calendars.zones import Zone

FREE = ("FREE", "WORKINGELSEWHERE")
NOT_COMING = ("DECLINED", "DELEGATED")
Say = Callable[[str], None]


@dataclass(frozen=True)
class Setting:
    """What holds for all components of one calendar."""

    zones: Zones
    floating: Zone
    owner: Collection[str]
    is_cancelled: bool = False


@dataclass
class Event:
    where: str
    uid: str
    sequence: int
    begins: Moment
    length: Length
    is_busy: bool
    rules: list[Rule] = field(default_factory=list)
    without_rules: list[Rule] = field(default_factory=list)
    extra: list[tuple[Moment, Length | None]] = field(default_factory=list)
    without: list[Moment] = field(default_factory=list)
    replaces: Moment | None = None
    and_following: bool = False


def read_event(component: Component, setting: Setting, say: Say) -> Event:
    """Raises `Unreadable` when it cannot even be said when it begins; else says what is lost."""
    where = f"The event at line {component.number}"
    start = component.first("DTSTART")
    if not start:
        raise Unreadable("has no beginning")
    if not component.is_finished and not (component.first("DTEND") or component.first("DURATION")):
        raise Unreadable("is cut off before its end is said")
    begins = moment_of(start, start.value, setting, setting.floating)
    begins, length = read_span(component, begins, setting, lambda text: say(f"{where} {text}"))
    uid, replaces = component.first("UID"), component.first("RECURRENCE-ID")
    event = Event(
        where=where,
        uid=uid.value if uid and uid.value else where,
        sequence=sequence_of(component),
        begins=begins,
        length=length,
        is_busy=is_busy(component, setting),
    )
    if replaces:
        event.replaces = moment_of(replaces, replaces.value, setting, begins.zone)
        event.and_following = replaces.parameters.get("RANGE", "").upper() == "THISANDFUTURE"
    read_repetition(component, event, setting, say)
    return event


def moment_of(line: Line, text: str, setting: Setting, floating: Zone) -> Moment:
    """A time without a zone of its own is `floating`; a date is a day of the reader's."""
    zone = setting.zones.of(line, floating)
    is_date = line.parameters.get("VALUE", "").upper() == "DATE"
    return read_moment(text, zone, setting.zones.own, is_date=is_date)


def read_span(
    component: Component, begins: Moment, setting: Setting, say: Say
) -> tuple[Moment, Length]:
    if end := component.first("DTEND"):
        return span_to(moment_of(end, end.value, setting, begins.zone), begins, say)
    if duration := component.first("DURATION"):
        return begins, read_length(duration.value)
    return begins, Length(days=1) if begins.is_date else Length()


def span_to(ends: Moment, begins: Moment, say: Say) -> tuple[Moment, Length]:
    """An end before the beginning is read as the two exchanged, if that makes at most a day."""
    if ends.wall == begins.wall and ends.zone == begins.zone:
        return begins, Length(days=1) if begins.is_date and ends.is_date else Length()
    try:
        exact = ends.instant - begins.instant
    except OverflowError:
        raise Unreadable("lies outside of all time") from None
    if exact < timedelta():
        if -exact > DAY:
            raise Unreadable("ends before it begins")
        say("ends before it begins: it was read the other way round.")
        return span_to(begins, ends, say)
    if begins.is_date and ends.is_date:
        return begins, Length(days=(ends.wall - begins.wall).days)
    return begins, Length(exact=exact)


def sequence_of(component: Component) -> int:
    text = component.text("SEQUENCE")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def is_busy(component: Component, setting: Setting) -> bool:
    if setting.is_cancelled or component.text("STATUS") == "CANCELLED":
        return False
    if component.text("TRANSP") == "TRANSPARENT":
        return False
    if component.text("X-MICROSOFT-CDO-BUSYSTATUS") in FREE:
        return False
    return not any(
        line.parameters.get("PARTSTAT", "").upper() in NOT_COMING
        for line in component.all("ATTENDEE")
        if address_of(line) in setting.owner
    )


def address_of(line: Line) -> str:
    return line.value.strip().lower().removeprefix("mailto:").strip()


def read_repetition(component: Component, event: Event, setting: Setting, say: Say) -> None:
    """What of it cannot be read is said, and the rest holds."""
    for name, rules in (("RRULE", event.rules), ("EXRULE", event.without_rules)):
        for line in component.all(name):
            if not line.value:
                continue
            try:
                rules.append(read_rule(line.value))
            except Unreadable as problem:
                say(f"{event.where} repeats by a rule that cannot be read: {problem}.")
    for line in component.all("RDATE"):
        for text in values_of(line):
            try:
                event.extra.append(extra_of(line, text, event, setting))
            except Unreadable as problem:
                say(f"{event.where} has an additional time that cannot be read: {problem}.")
    for line in component.all("EXDATE"):
        for text in values_of(line):
            try:
                event.without.append(moment_of(line, text, setting, event.begins.zone))
            except Unreadable as problem:
                say(f"{event.where} leaves out a time that cannot be read: {problem}.")


def values_of(line: Line) -> Iterator[str]:
    return filter(None, (part.strip() for part in line.value.split(",")))


def extra_of(line: Line, text: str, event: Event, setting: Setting) -> tuple[Moment, Length | None]:
    if "/" not in text:
        return moment_of(line, text, setting, event.begins.zone), None
    return period_of(line, text, setting, event.begins.zone)


def period_of(line: Line, text: str, setting: Setting, floating: Zone) -> tuple[Moment, Length]:
    """`begins/ends` or `begins/duration`."""
    first, _, second = text.partition("/")
    begins = moment_of(line, first, setting, floating)
    if second.strip()[:1] in "+-Pp":
        return begins, read_length(second)
    return span_to(moment_of(line, second, setting, floating), begins, lambda _: None)

"""The bytes of a calendar file, however broken, as components with the lines that matter. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

# The properties that say when somebody is busy; everything else is not even kept.
WANTED = {
    *("DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
    *("UID", "SEQUENCE", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "ATTENDEE"),
    *("FREEBUSY", "METHOD", "X-WR-CALNAME", "X-WR-TIMEZONE"),
    *("TZID", "TZOFFSETFROM", "TZOFFSETTO", "X-LIC-LOCATION"),
}
# These never lie within one of their own kind or within each other: a new one ends the old one.
SIBLINGS = {"VEVENT", "VFREEBUSY", "VTIMEZONE", "VTODO", "VJOURNAL", "VAVAILABILITY"}
PROPERTY = re.compile(r"\s*([A-Za-z0-9-]+)\s*([;:])")
PARAMETER = re.compile(r';\s*([A-Za-z0-9-]+)\s*=((?:"[^"]*"|[^";:])*)')


@dataclass(frozen=True)
class Line:
    number: int
    name: str
    parameters: Mapping[str, str]
    value: str


@dataclass
class Component:
    name: str
    number: int
    lines: list[Line] = field(default_factory=list)
    children: list["Component"] = field(default_factory=list)
    is_finished: bool = False

    def all(self, name: str) -> list[Line]:
        return [line for line in self.lines if line.name == name]

    def first(self, name: str) -> Line | None:
        return next((line for line in self.lines if line.name == name), None)

    def text(self, name: str) -> str:
        """The value in capitals, as enumerated values are compared; empty if there is none."""
        line = self.first(name)
        return line.value.strip().upper() if line else ""

    def walk(self) -> Iterator["Component"]:
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting.extend(reversed(one.children))


def read_components(data: bytes) -> Component:
    """One nameless root that holds the calendars, and whatever lies outside of any calendar."""
    root = Component("", 0)
    path = [root]
    for number, text in logical_lines(data):
        if not (found := PROPERTY.match(text)):
            continue
        name = found[1].upper()
        if name == "BEGIN":
            begin(path, Component(text[found.end() :].strip().upper(), number))
        elif name == "END":
            end(path, text[found.end() :].strip().upper())
        elif name in WANTED:
            path[-1].lines.append(parse(number, name, text[found.start(2) :]))
    return root


def begin(path: list[Component], component: Component) -> None:
    if component.name == "VCALENDAR":
        del path[1:]
    elif component.name in SIBLINGS:
        while path[-1].name not in ("", "VCALENDAR"):
            path.pop()
    path[-1].children.append(component)
    path.append(component)


def end(path: list[Component], name: str) -> None:
    """Close the innermost one of this name, and what was left open in it; else nothing."""
    for at in range(len(path) - 1, 0, -1):
        if path[at].name == name:
            path[at].is_finished = True
            del path[at:]
            return
        if path[at].name in SIBLINGS and name not in SIBLINGS | {"VCALENDAR"}:
            return


def parse(number: int, name: str, rest: str) -> Line:
    """`;PARAMETER=value;OTHER="quoted":value`, forgiving in what stands in the parameters."""
    parameters: dict[str, str] = {}
    at = 0
    while found := PARAMETER.match(rest, at):
        parameters.setdefault(found[1].upper(), found[2].strip().strip('"').strip())
        at = found.end()
    value = rest[at:].partition(":")[2].strip()
    zone, colon, last = value.rpartition(":")
    if colon and "TZID" in parameters and re.match(r"\d{8}", last):
        # A zone such as (UTC+01:00) Berlin that should have been quoted.
        parameters["TZID"], value = f"{parameters['TZID']}:{zone}", last
    return Line(number, name, parameters, value)


def logical_lines(data: bytes) -> Iterator[tuple[int, str]]:
    """Unfolded lines with the number of their first; a fold may cut a character in two."""
    number, held = 0, b""
    for at, raw in enumerate(lines_of(data), 1):
        if raw[:1] in (b" ", b"\t"):
            held += raw[1:]
        elif raw:
            if held:
                yield number, decoded(held)
            number, held = at, raw
    if held:
        yield number, decoded(held)


def lines_of(data: bytes) -> list[bytes]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    elif data[:2] == b"B\0" or data[:2] == b"\0B":
        little = data[:1] == b"B"
        text = data.decode("utf-16-le" if little else "utf-16-be", "replace")
        data = text.encode("utf-8", "replace")
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")


def decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")

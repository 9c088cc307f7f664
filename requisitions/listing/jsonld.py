"""A schema.org JobPosting as linked data: each property becomes a line that says it.

Scripts are scanned property by property, so that every value keeps the source
lines that it came from.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from requisitions.listing import html, pay, tables, terms
from requisitions.listing.dates import read_date
from requisitions.listing.draft import Draft
from requisitions.listing.fields import LOCATIONS
from requisitions.listing.lines import Line, clean, read_plain
from requisitions.listing.model import Location, PayRange

_DECODER = json.JSONDecoder(strict=False)
_SPACE = re.compile(r"\s*")
_SECTIONS = {
    "description": "Description",
    "responsibilities": "Responsibilities",
    "qualifications": "Qualifications",
    "experiencerequirements": "Experience",
    "educationrequirements": "Education",
    "jobbenefits": "Benefits",
    "incentivecompensation": "Benefits",
    "benefits": "Benefits",
    "incentives": "Benefits",
    "skills": "Skills",
    "applicationcontact": "How to apply",
}
_SILENT = {"@context", "@type", "@id"}
_DURATIONS = {"P1Y": "year", "P1M": "month", "P1W": "week", "P1D": "day", "PT1H": "hour"}
_NESTED = 4


@dataclass(frozen=True)
class Property:
    key: str
    value: Any
    numbers: tuple[int, ...]


def find_posting(text: str, first: int) -> list[Property] | None:
    """The properties of the first JobPosting in a JSON text whose first line is `first`.

    None where there is none; raises ValueError where the text is not JSON.
    """
    try:
        at = _SPACE.match(text).end()  # type: ignore[union-attr]
        value, end = _DECODER.raw_decode(text, at)
        if text[end:].strip(" \t\r\n;"):
            raise ValueError("text after the end")
        posting = _search(text, at, value, 0)
        if posting is None:
            return None
        return [
            Property(key, value, _numbers(text, start, end, first))
            for key, value, start, end in _members(text, posting)
        ]
    except (RecursionError, IndexError) as error:
        raise ValueError("not JSON") from error


def fill(draft: Draft, posting: list[Property]) -> list[Line]:
    """Put what the posting states into the draft; the lines still to be read come back."""
    lines: list[Line] = []
    known = {each.key.lower(): each.value for each in posting}
    for each in posting:
        line = Line(each.numbers, _shown(each), furniture=True)
        if each.key in _SILENT:
            draft.credit("layout", line, 1.0)
        elif each.key.lower() in _SECTIONS and _text(each.value):
            lines += _section(each)
        elif not _state(draft, each.key.lower(), each.value, line, known):
            lines.append(line)
    return lines


def _search(text: str, at: int, value: Any, depth: int) -> int | None:
    """Where the object of the first JobPosting opens."""
    if isinstance(value, dict) and any(map(_is_posting, _as_list(value.get("@type")))):
        return at
    if depth >= _NESTED:
        return None
    if isinstance(value, dict):
        inner = iter([(start, each) for _, each, start in _values(text, at)])
    elif isinstance(value, list):
        inner = _elements(text, at)
    else:
        return None
    found = (_search(text, start, each, depth + 1) for start, each in inner)
    return next((place for place in found if place is not None), None)


def _is_posting(kind: Any) -> bool:
    """ "JobPosting", also with its vocabulary before it."""
    return isinstance(kind, str) and re.split(r"[/:#]", kind)[-1] == "JobPosting"


def _members(text: str, at: int) -> Iterator[tuple[str, Any, int, int]]:
    """(key, value, start of the key, end of the value) of the object that opens at `at`."""
    at = _skip(text, at + 1)
    while text[at] != "}":
        start = at
        key, at = _DECODER.raw_decode(text, at)
        value, at = _DECODER.raw_decode(text, _skip(text, _skip(text, at) + 1))
        yield key, value, start, at
        at = _skip(text, at)
        at = _skip(text, at + 1) if text[at] == "," else at


def _values(text: str, at: int) -> Iterator[tuple[str, Any, int]]:
    for key, value, start, _ in _members(text, at):
        _, after = _DECODER.raw_decode(text, start)
        yield key, value, _skip(text, _skip(text, after) + 1)


def _elements(text: str, at: int) -> Iterator[tuple[int, Any]]:
    at = _skip(text, at + 1)
    while text[at] != "]":
        start = at
        value, at = _DECODER.raw_decode(text, at)
        yield start, value
        at = _skip(text, at)
        at = _skip(text, at + 1) if text[at] == "," else at


def _skip(text: str, at: int) -> int:
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]


def _numbers(text: str, start: int, end: int, first: int) -> tuple[int, ...]:
    number = first + text.count("\n", 0, start)
    rows = enumerate(text[start:end].split("\n"), number)
    return tuple(number for number, row in rows if row.strip())


def _shown(each: Property) -> str:
    value = (
        each.value if isinstance(each.value, str) else json.dumps(each.value, ensure_ascii=False)
    )
    return clean(f"{each.key}: {value}")


def _section(each: Property) -> list[Line]:
    """A text property under the heading that it stands for."""
    key, text = each.key.lower(), _text(each.value)
    heading = Line(each.numbers, _SECTIONS[key], "heading", 1, gap=True)
    pieces = [piece for piece in re.split(r"[,;\n]", text) if piece.strip()]
    if key == "skills" and len(pieces) > 1 and all(piece.count(" ") < 4 for piece in pieces):
        heading = Line(each.numbers, "Key skills", "heading", 1, gap=True)
        return [heading, *(Line(each.numbers, clean(piece), "item") for piece in pieces)]
    source = html.unescape_once(text.splitlines())
    if html.looks_like_html("\n".join(source)) or "<" in text:
        lines = html.read_html(source, fixed=each.numbers).lines
        lines = tables.spread(lines)
    else:
        plain = read_plain(source, range(1, len(source) + 1))
        lines = [Line(each.numbers, x.text, x.mark, x.level, x.gap, x.indent) for x in plain]
    return [heading, *lines]


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return "\n".join(filter(None, map(_text, value)))
    if not isinstance(value, dict):
        return ""
    if isinstance(months := value.get("monthsOfExperience"), int | float | str):
        return f"{months} months of experience"
    known = ("description", "credentialCategory", "name", "value", "text", "email", "url")
    return next((text for key in known if (text := _text(value.get(key)))), "")


def _state(draft: Draft, key: str, value: Any, line: Line, known: dict[str, Any]) -> bool:
    """Whether the property said something that a field holds."""
    text = clean(_text(value))
    if key == "joblocation":
        return _places(draft, value, line)
    if key in ("basesalary", "estimatedsalary"):
        return _pay(draft, value, line, known)
    if key == "salarycurrency" and known.get("basesalary") is not None:
        draft.credit("pay_ranges", line, 1.0)
        return True
    if key == "employmenttype":
        text = " ".join(map(str, _as_list(value))).replace("_", " ")
    return _state_text(draft, key, text, line, titled=bool(_text(known.get("title"))))


def _state_text(draft: Draft, key: str, text: str, line: Line, *, titled: bool) -> bool:
    if text and (key == "title" or (key == "name" and not titled)):
        draft.set_title(text, line, 1.0)
    elif text and key == "hiringorganization":
        draft.set_company(text, line, 1.0)
    elif key == "joblocationtype" and "TELECOMMUTE" in text.upper():
        draft.set_workplace(terms.REMOTE, line, 1.0)
    elif key == "employmenttype" and (kind := terms.employment(text)):
        draft.set_employment(kind, line, 1.0)
    elif key == "validthrough" and (day := read_date(text)):
        draft.set_closing(day, line, 1.0)
    else:
        return False
    return True


def _places(draft: Draft, value: Any, line: Line) -> bool:
    places = [place for each in _as_list(value) if (place := _place(each)) is not None]
    if places:
        draft.add_places(places, line, 1.0)
    else:
        draft.credit(LOCATIONS, line, 0.5)
    return bool(places)


def _place(value: Any) -> Location | None:
    address = value.get("address", value) if isinstance(value, dict) else value
    if isinstance(address, list):
        address = address[0] if address else None
    if isinstance(address, str):
        return Location(clean(address)) if clean(address) else None
    if not isinstance(address, dict):
        return None
    city, region, country = (
        clean(_text(address.get(key))) or None
        for key in ("addressLocality", "addressRegion", "addressCountry")
    )
    text = ", ".join(part for part in (city, region, country) if part)
    text = text or clean(_text(value))
    return Location(text, city, region, country) if text else None


def _pay(draft: Draft, value: Any, line: Line, known: dict[str, Any]) -> bool:
    fallback = clean(_text(known.get("salarycurrency")))
    read = [pay for each in _as_list(value) for pay in _amounts(each, fallback)]
    for each in read:
        draft.add_pay(each, line, 1.0)
    return bool(read)


def _amounts(value: Any, currency: str) -> list[pay.Pay]:
    if isinstance(value, dict):
        amount = value.get("value", value)
        inner = amount if isinstance(amount, dict) else {"value": amount, **value}
        currency = clean(_text(value.get("currency")) or _text(inner.get("currency"))) or currency
        low = _first_decimal(inner, "minValue", "minPrice", "percentile10", "percentile25")
        high = _first_decimal(inner, "maxValue", "maxPrice", "percentile90", "percentile75")
        exact = _first_decimal(inner, "value", "price", "median")
        unit = _text(inner.get("unitText")) or _text(value.get("unitText"))
        unit = unit or _DURATIONS.get(str(value.get("duration")), "")
        return _pays(low, high, exact, currency, _period(unit))
    exact = _decimal(value)
    if exact is None and isinstance(value, str):
        return pay.read_pay(clean(f"{value} {currency}"), labelled=True)
    return _pays(None, None, exact, currency, None)


def _pays(
    low: Decimal | None,
    high: Decimal | None,
    exact: Decimal | None,
    currency: str,
    period: str | None,
) -> list[pay.Pay]:
    single = low is None and high is None
    low, high = (exact, exact) if single else (low, high)
    if low is None and high is None:
        return []
    stated = PayRange(low, high, currency.upper()[:3] or None, period)
    return [pay.with_period(pay.Pay(stated, single))]


def _period(unit: str) -> str | None:
    names = ("hour", "day", "week", "month", "year")
    return next((name for name in names if name in unit.lower() or unit.upper() == name[:1]), None)


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        amount = Decimal(str(value).replace(",", "").strip())
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 < amount < 10**12 else None


def _first_decimal(value: dict[str, Any], *keys: str) -> Decimal | None:
    return next((found for key in keys if (found := _decimal(value.get(key))) is not None), None)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]

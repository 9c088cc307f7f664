"""A published version in the words of a page."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.conf.locale import LANG_INFO
from django.utils.safestring import SafeString, mark_safe

from requisitions.enums import EmploymentType, PayPeriod, Workplace
from requisitions.languages import direction
from requisitions.queries.careers import Choices, Wanted
from requisitions.queries.headings import FALLBACK, headings, language_of
from requisitions.queries.schema_org import paragraphs
from requisitions.queries.search import LONGEST

SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
# A script ends where HTML says so, whatever JSON thinks: these never appear in it.
INERT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
SELECTS = {
    "place": "Place",
    "department": "Department",
    "workplace": "Workplace",
    "employment_type": "Employment",
    "language": "Language",
}
PARAMETERS = ("q", *SELECTS)


def wanted_in(query: Mapping[str, str]) -> Wanted:
    """What cannot be meant is nothing that was asked for; what is too long is cut."""
    said = {name: str(query.get(name, "")).replace("\x00", " ").strip() for name in PARAMETERS}
    return Wanted(**{name: text[:LONGEST] for name, text in said.items()})


def labels(there: Choices, wanted: Wanted) -> list[dict[str, Any]]:
    """The lists to choose from; one without a choice is left out unless it is being used."""
    words: dict[str, Any] = {
        "workplace": lambda value: label(Workplace, value),
        "employment_type": lambda value: label(EmploymentType, value),
        "language": name_of,
    }
    return [
        {
            "name": name,
            "label": text,
            "chosen": chosen,
            "options": [
                (value, words.get(name, str)(value))
                for value in dict.fromkeys([*getattr(there, name), *([chosen] if chosen else [])])
            ],
        }
        for name, text in SELECTS.items()
        for chosen in [getattr(wanted, name)]
        if chosen or len(getattr(there, name)) > 1
    ]


def name_of(language: str) -> str:
    """`Deutsch (AT)`: as its speakers call it."""
    tag, _, rest = language.partition("-")
    known = LANG_INFO.get("nb" if tag == "no" else tag, {}).get("name_local", tag)
    name = str(known)
    return f"{name[:1].upper()}{name[1:]}" + (f" ({rest})" if rest else "")


def card(content: dict[str, Any]) -> dict[str, Any]:
    """What a list and a page show under the title."""
    shown = [
        {"text": pay(each), "scope": each["scope"], "note": each["note"]}
        for each in content["pay_ranges"]
    ]
    return {
        "title": content["title"],
        "company": content["company"],
        "department": content["department"],
        "places": " · ".join(place["text"] for place in content["locations"]),
        "workplace": label(Workplace, content["workplace"]),
        "employment_type": label(EmploymentType, content["employment_type"]),
        "pay": shown,
    }


def role_shown(content: dict[str, Any]) -> dict[str, Any]:
    """Everything that the page of one role shows of its version."""
    tag = content.get("language", FALLBACK)
    return {
        "job": card(content),
        "language": tag,
        "language_name": name_of(tag),
        "direction": direction(tag),
        "heading_language": language_of(tag),
        "said": headings(tag),
        "summary": paragraphs(content["summary"]),
        "highlights": content["highlights"],
        "sections": sections(content, tag),
        "topics": content["topics"],
        "faq": content["faq"],
    }


def label(words: Any, value: str) -> str:
    return str(words(value).label).capitalize() if value in words.values else value


def pay(each: dict[str, str]) -> str:
    """`$163,000 – $296,400 a year`."""
    low, high = (figure(each[end], each["currency"]) for end in ("minimum", "maximum"))
    amount = low if low == high else f"{low} – {high}"
    return f"{amount} {per(each['period'])}".strip()


def figure(text: str, currency: str) -> str:
    amount = Decimal(text)
    number = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    sign = SIGNS.get(currency)
    return f"{sign}{number}" if sign else f"{number} {currency}"


def per(period: str) -> str:
    article = "an" if period == PayPeriod.HOUR else "a"
    return f"{article} {period}" if period else ""


def sections(content: dict[str, Any], tag: str = FALLBACK) -> list[dict[str, Any]]:
    """The lists of a page in their order, without the empty ones."""
    said = headings(tag)
    lists = {**content, **content["qualifications"]}
    names = ("responsibilities", "required", "preferred", "benefits", "guidance")
    return [{"heading": said[name], "items": lists[name]} for name in names if lists[name]]


def linked_data(data: dict[str, Any]) -> SafeString:
    """JSON that may stand inside a script element: nothing in it can end the element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(INERT))  # noqa: S308

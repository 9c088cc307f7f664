"""A published version in the words of a page."""

import json
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from requisitions.enums import EmploymentType, PayPeriod, Workplace

SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
# A script ends where HTML says so, whatever JSON thinks: these never appear in it.
INERT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


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


def label(words: Any, value: str) -> str:
    return str(words(value).label).capitalize() if value else ""


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


def sections(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The lists of a page in their order, without the empty ones."""
    found = [
        ("What you will do", content["responsibilities"]),
        ("What you need", content["qualifications"]["required"]),
        ("What helps", content["qualifications"]["preferred"]),
        ("What we offer", content["benefits"]),
        ("How to get hired", content["guidance"]),
    ]
    return [{"heading": heading, "items": items} for heading, items in found if items]


def linked_data(data: dict[str, Any]) -> SafeString:
    """JSON that may stand inside a script element: nothing in it can end the element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(INERT))  # noqa: S308

"""What a value of each kind may be: from JSON to the columns that hold it, and back."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from ats.accounts.models import User
from ats.currencies import CODES, decimals
from ats.custom_fields.enums import FieldKind as K
from ats.custom_fields.models import CustomField, CustomValue
from ats.errors import Invalid

Columns = dict[str, Any]
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Fifteen digits pass through every JSON reader unharmed.
DIGITS, PLACES = 15, 6


class Wrong(ValueError):
    """Why a value cannot be meant, as a sentence."""


def read(field: CustomField, raw: Any) -> list[Columns]:
    """The columns of each row that holds this value; none for nothing. Raises `Invalid`."""
    if raw is None or raw in ("", []):
        return []
    try:
        if field.kind == K.MULTIPLE:
            return [{"text": option} for option in several(field, raw)]
        return [READERS[K(field.kind)](field, raw)]
    except Wrong as problem:
        raise Invalid(f"custom/{field.key}", f"{field.name}: {problem}") from None


def plain_text(raw: Any, length: int) -> str:
    if not isinstance(raw, str):
        raise Wrong("Write a text.")
    text = raw.strip()
    if not text or len(text) > length or UNPRINTABLE.search(text):
        raise Wrong(f"Write a text of 1 to {length} characters that can be printed.")
    return text


def short_text(field: CustomField, raw: Any) -> Columns:
    return {"text": plain_text(raw, 500)}


def long_text(field: CustomField, raw: Any) -> Columns:
    return {"long_text": plain_text(raw, 20_000)}


def decimal(raw: Any) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise Wrong("Write a number.")
    try:
        number = Decimal(str(raw).strip())
    except (InvalidOperation, ValueError):  # a number of too many digits is no string either
        raise Wrong("Write a number.") from None
    if not number.is_finite() or number.adjusted() >= DIGITS:
        raise Wrong(f"Write a number of at most {DIGITS} digits.")
    exact = number.quantize(Decimal(1).scaleb(-PLACES)) if number.adjusted() > -DIGITS else None
    if exact is None or exact != number or len(number.normalize().as_tuple().digits) > DIGITS:
        raise Wrong(f"Write at most {DIGITS} digits, {PLACES} of them after the point.")
    return number


def number(field: CustomField, raw: Any) -> Columns:
    return {"number": decimal(raw)}


def day(field: CustomField, raw: Any) -> Columns:
    if isinstance(raw, str) and DAY.fullmatch(raw):
        try:
            return {"day": date.fromisoformat(raw)}
        except ValueError:
            pass
    raise Wrong("Write a day that exists, as in 2026-12-31.")


def option(field: CustomField, raw: Any) -> Columns:
    if not isinstance(raw, str) or raw not in field.options:
        raise Wrong(f"Choose one of: {', '.join(field.options)}.")
    return {"text": raw}


def several(field: CustomField, raw: Any) -> list[str]:
    if not isinstance(raw, list) or len(raw) > len(field.options):
        raise Wrong("Give a list of options, each once.")
    chosen = [str(option(field, each)["text"]) for each in raw]
    if len(set(chosen)) != len(chosen):
        raise Wrong("Give a list of options, each once.")
    return chosen


def yes_no(field: CustomField, raw: Any) -> Columns:
    if not isinstance(raw, bool):
        raise Wrong("Say true or false.")
    return {"flag": raw}


def money(field: CustomField, raw: Any) -> Columns:
    if not isinstance(raw, dict) or set(raw) != {"amount", "currency"}:
        raise Wrong('Write {"amount": "50000.00", "currency": "EUR"}.')
    amount, code = decimal(raw["amount"]), currency(raw["currency"])
    if amount < 0:
        raise Wrong("An amount is not negative.")
    if amount != round(amount, decimals(code)):
        raise Wrong(f"{code} has {decimals(code)} decimals.")
    return {"number": amount, "currency": code}


def currency(raw: Any) -> str:
    if not isinstance(raw, str) or raw not in CODES:
        raise Wrong("Name the currency by its three letters of ISO 4217, as in EUR.")
    return raw


def person(field: CustomField, raw: Any) -> Columns:
    found = User.objects.filter(public_id=uuid(raw), is_active=True).first()
    if found is None:
        raise Wrong("There is no active colleague of this id.")
    return {"person": found}


def uuid(raw: Any) -> UUID:
    try:
        return UUID(raw)
    except (ValueError, AttributeError, TypeError):
        raise Wrong("Give the id of a colleague.") from None


def url(field: CustomField, raw: Any) -> Columns:
    text = plain_text(raw, 2000)
    if len(text.encode()) > 2000 or re.search(r'[\s<>"\\^`{|}]', text) or not is_web(text):
        raise Wrong("Write a whole address that begins with https:// or http://.")
    return {"text": text}


def is_web(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port  # a port that is no number is an error only here
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


READERS: dict[K, Callable[[CustomField, Any], Columns]] = {
    K.SHORT_TEXT: short_text,
    K.LONG_TEXT: long_text,
    K.NUMBER: number,
    K.DATE: day,
    K.SINGLE: option,
    K.YES_NO: yes_no,
    K.MONEY: money,
    K.PERSON: person,
    K.URL: url,
}


def shown(values: Iterable[CustomValue]) -> dict[str, Any]:
    """Each field's value as JSON by its key; `values` come with their field and person."""
    said: dict[str, Any] = {}
    for value in sorted(values, key=lambda each: (each.field.position, each.field_id)):
        if value.field.kind == K.MULTIPLE:
            said.setdefault(value.field.key, []).append(value.text)
        else:
            said[value.field.key] = as_json(value)
    return said


def as_json(value: CustomValue) -> Any:
    if value.person is not None:
        return {"id": str(value.person.public_id), "name": value.person.name}
    if value.number is not None:
        return number_as_json(value, Decimal(value.number))
    if value.day is not None:
        return value.day.isoformat()
    if value.flag is not None:
        return value.flag
    return value.text if value.text is not None else value.long_text


def number_as_json(value: CustomValue, number: Decimal) -> Any:
    if value.currency:
        return {"amount": f"{number:.{decimals(value.currency)}f}", "currency": value.currency}
    return int(number) if number == number.to_integral_value() else float(number)

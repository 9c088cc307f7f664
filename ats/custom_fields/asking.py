"""What a filter asks of a field: from the text of a query string to the columns of its values."""

from typing import Any

from ats.accounts.models import User
from ats.custom_fields import checking
from ats.custom_fields.checking import Wrong
from ats.custom_fields.enums import FieldKind as K
from ats.custom_fields.models import CustomField
from ats.errors import Invalid

OPERATORS = ("__gte", "__lte", "__gt", "__lt")
TRUTH = {"true": True, "false": False}


def question(field: CustomField, text: str) -> dict[str, Any]:
    """The columns that a matching row has. Raises `Invalid` for what cannot be meant."""
    try:
        return columns(field, text)
    except Wrong as problem:
        raise Invalid(field.key, str(problem)) from None


def columns(field: CustomField, text: str) -> dict[str, Any]:
    match K(field.kind):
        case K.YES_NO if text in TRUTH:
            return {"flag": TRUTH[text]}
        case K.YES_NO:
            raise Wrong("Say true or false.")
        case K.MONEY:
            return money(text)
        case K.PERSON:
            return {"person__in": User.objects.filter(public_id=checking.uuid(text))}
        case K.MULTIPLE | K.SINGLE:
            return {"text": checking.plain_text(text, 200)}
        case kind:
            return checking.READERS[kind](field, text)


def money(text: str) -> dict[str, Any]:
    """`50000 EUR`; without a currency the amount is compared in whatever currency it is."""
    amount, _, code = text.strip().partition(" ")
    asked: dict[str, Any] = {"number": checking.decimal(amount)}
    return asked | {"currency": checking.currency(code.strip())} if code else asked

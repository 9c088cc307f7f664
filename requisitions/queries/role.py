"""What a requisition says about the role, as plain JSON: to compare, to keep and to copy."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model

from ats.custom_fields.queries import custom_of
from requisitions.enums import OpeningStatus
from requisitions.models import Requisition

Describe = Callable[[Requisition], Any]
CUSTOM = "custom."
PAY = ("scope", "minimum", "maximum", "currency", "period", "note")
QUALIFICATION = ("is_required", "text", "tree")
STAGE = ("name", "kind", "milestone", "target_days")
QUESTION = ("kind", "label", "description", "is_required", "options", "knock_out")
# Everything that describes the role: no votes, hires, postings or people.
ROLE = (
    "title",
    "department",
    "offices",
    "locations",
    "workplace",
    "employment_type",
    "level",
    "is_confidential",
    "summary",
    "highlights",
    "responsibilities",
    "qualifications",
    "benefits",
    "topics",
    "guidance",
    "faq",
    "advertised_pay",
    "pay_ranges",
    "custom",
    "competencies",
    "stages",
    "questions",
    "seats",
)
CHOICE = ("is_must_have", "weight", "weight_reason")


def named(row: Any) -> dict[str, str] | None:
    return None if row is None else {"id": str(row.public_id), "name": row.name}


def plain(value: Any) -> Any:
    if isinstance(value, Decimal | date | datetime):
        return str(value)
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    return value


def columns(row: Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: plain(getattr(row, name)) for name in names}


def choices(requisition: Requisition) -> list[dict[str, Any]]:
    rows = requisition.competencies.select_related("competency")
    return [{"competency": named(row.competency), **columns(row, CHOICE)} for row in rows]


# What is not a column of its own.
PARTS: dict[str, Describe] = {
    "department": lambda row: named(row.department),
    "offices": lambda row: [named(office) for office in row.offices.order_by("pk")],
    "pay_ranges": lambda row: [columns(pay, PAY) for pay in row.pay_ranges.order_by("pk")],
    "qualifications": lambda row: [columns(q, QUALIFICATION) for q in row.qualifications.all()],
    "competencies": choices,
    "custom": lambda row: custom_of("requisition", row),
    "stages": lambda row: [columns(stage, STAGE) for stage in row.stages.filter(retired_at=None)],
    "questions": lambda row: [columns(each, QUESTION) for each in row.questions.asked()],
    "seats": lambda row: max(1, row.openings.exclude(status=OpeningStatus.CLOSED).count()),
}


def describe(requisition: Requisition, names: Iterable[str]) -> dict[str, Any]:
    """Each of these fields as it is said now; related rows by id and by the name they have now."""
    names, custom = list(names), {}
    if any(name.startswith(CUSTOM) for name in names):
        custom = custom_of("requisition", requisition)
    return {name: said(requisition, name, custom) for name in names}


def said(requisition: Requisition, name: str, custom: dict[str, Any]) -> Any:
    if name.startswith(CUSTOM):
        return custom.get(name.removeprefix(CUSTOM))
    return PARTS[name](requisition) if name in PARTS else plain(getattr(requisition, name))

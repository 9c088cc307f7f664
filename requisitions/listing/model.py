"""What a job listing says, once read."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

Kind = Literal["all", "any", "degree", "years", "skill", "other"]
Json = dict[str, Any]


class NotAListing(ValueError):
    """The input cannot be read as a job listing; the message says why and what to do."""


@dataclass(frozen=True)
class Source:
    """Lines `first` to `last` (from 1, both included), none of them blank."""

    first: int
    last: int
    confidence: float

    def as_json(self) -> Json:
        return {"lines": [self.first, self.last], "confidence": self.confidence}


@dataclass(frozen=True)
class Unplaced:
    line: int
    text: str

    def as_json(self) -> Json:
        return {"line": self.line, "text": self.text}


@dataclass(frozen=True)
class Location:
    """A place as the listing writes it; the parts only where they are certain."""

    text: str
    city: str | None = None
    region: str | None = None
    country: str | None = None

    def as_json(self) -> Json:
        return {
            "text": self.text,
            "city": self.city,
            "region": self.region,
            "country": self.country,
        }


@dataclass(frozen=True)
class AdvertisedPay:
    amount: Decimal
    currency: str | None
    period: str | None

    def as_json(self) -> Json:
        return {
            "amount": _number(self.amount),
            "currency": self.currency,
            "period": self.period,
        }


@dataclass(frozen=True)
class PayRange:
    """`currency` is ISO 4217, `period` is year, month, week, day or hour."""

    min: Decimal | None
    max: Decimal | None
    currency: str | None
    period: str | None
    scope: str | None = None

    def as_json(self) -> Json:
        return {
            "min": _number(self.min),
            "max": _number(self.max),
            "currency": self.currency,
            "period": self.period,
            "scope": self.scope,
        }


@dataclass(frozen=True)
class QualificationNode:
    """A branch ("all" or "any" of `parts`) or a leaf with its text."""

    kind: Kind
    text: str = ""
    years: int | None = None
    parts: tuple["QualificationNode", ...] = ()

    def as_json(self) -> Json:
        if self.parts:
            return {self.kind: [part.as_json() for part in self.parts]}
        leaf: Json = {"text": self.text, "kind": self.kind}
        return leaf if self.years is None else leaf | {"years": self.years}


@dataclass(frozen=True)
class Qualification:
    """`text` is the sentence as written."""

    text: str
    tree: QualificationNode

    def as_json(self) -> Json:
        return {"text": self.text, "tree": self.tree.as_json()}


@dataclass(frozen=True)
class FaqItem:
    question: str
    answer: str

    def as_json(self) -> Json:
        return {"question": self.question, "answer": self.answer}


@dataclass(frozen=True)
class Listing:
    """Everything a listing says. What it does not say is None or empty.

    `workplace` is on_site, hybrid or remote. `employment_type` is full_time,
    part_time, intern, contract, temporary or permanent (where nothing else is
    said). Each non-blank line of the input is named in `sources` (under the
    fields it fills or heads, or under `layout` where it is only markup or
    hidden) or in `unplaced`.
    """

    title: str | None
    company: str | None
    locations: tuple[Location, ...]
    workplace: str | None
    employment_type: str | None
    advertised_pay: AdvertisedPay | None
    pay_ranges: tuple[PayRange, ...]
    highlights: tuple[str, ...]
    summary: str | None
    responsibilities: tuple[str, ...]
    required: tuple[Qualification, ...]
    preferred: tuple[Qualification, ...]
    competencies: tuple[str, ...]
    topics: tuple[str, ...]
    benefits: tuple[str, ...]
    how_to_apply: str | None
    guidance: tuple[str, ...]
    faq: tuple[FaqItem, ...]
    closes_on: str | None
    closed: bool
    warnings: tuple[str, ...]
    unplaced: tuple[Unplaced, ...]
    sources: Mapping[str, tuple[Source, ...]]

    def as_json(self) -> Json:
        pay = self.advertised_pay
        return {
            "title": self.title,
            "company": self.company,
            "locations": [place.as_json() for place in self.locations],
            "workplace": self.workplace,
            "employment_type": self.employment_type,
            "advertised_pay": pay.as_json() if pay else None,
            "pay_ranges": [pay_range.as_json() for pay_range in self.pay_ranges],
            "highlights": list(self.highlights),
            "summary": self.summary,
            "responsibilities": list(self.responsibilities),
            "qualifications": {
                "required": [item.as_json() for item in self.required],
                "preferred": [item.as_json() for item in self.preferred],
            },
            "competencies": list(self.competencies),
            "topics": list(self.topics),
            "benefits": list(self.benefits),
            "how_to_apply": self.how_to_apply,
            "guidance": list(self.guidance),
            "faq": [item.as_json() for item in self.faq],
            "closes_on": self.closes_on,
            "closed": self.closed,
            "warnings": list(self.warnings),
            "unplaced": [line.as_json() for line in self.unplaced],
            "sources": {
                field: [source.as_json() for source in sources]
                for field, sources in self.sources.items()
            },
        }


def _number(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)

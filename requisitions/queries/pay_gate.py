"""A requisition before the laws of the places where it can be filled."""

import re
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from django.conf import settings

from ats import clock
from ats.accounts.models import User
from requisitions.enums import Workplace
from requisitions.models import JobPosting, Office, PayRange, PayRule, Requisition
from requisitions.paylaw import (
    Finding,
    Job,
    Place,
    Range,
    Rule,
    check,
    disagreements,
    located,
)
from requisitions.queries.places import locations_of, place_of

COLUMNS = (
    "key", "name", "law", "country", "region", "city", "when", "min_employees", "covers_remote",
    "covers_internal", "widest", "exempt_above", "effective_on", "ends_on",
)  # fmt: skip
_BENEFITS = re.compile(
    r"(?i)\bbenefits?\b|\b401\s?\(?k\)?|\b(?:health|medical|dental) (?:insurance|cover|care|plan)"
    r"|\bpaid (?:time off|leave|holidays?|vacation)|\bpension\b"
)
_OTHER_PAY = re.compile(r"(?i)\bbonus|\bcommission|\bequity\b|\bstock\b|\bshare options?\b")


def pay_findings(
    requisition: Requisition, said: Iterable[str] = (), posting: JobPosting | None = None
) -> list[Finding]:
    """One per place. `said` is what the text tells beside the ranges; `posting` tells whether
    only colleagues see it, and when it closes."""
    return check(
        job_of(requisition, set(said) | closing(requisition, posting), posting),
        [rule_of(row) for row in PayRule.objects.filter(off_at=None)],
        employees=settings.COMPANY_EMPLOYEES,
        today=clock.now().date(),
    )


def pay_blockers(posting: JobPosting, said: Iterable[str]) -> list[str]:
    """What pay transparency refuses, place by place and with the reason; each sentence once."""
    findings = pay_findings(posting.requisition, said, posting)
    return list(dict.fromkeys(chain.from_iterable(each.blockers for each in findings)))


def pay_advice(posting: JobPosting, said: Iterable[str]) -> list[str]:
    """What the laws ask for besides, and nothing refuses."""
    findings = pay_findings(posting.requisition, said, posting)
    return list(dict.fromkeys(chain.from_iterable(each.advice for each in findings)))


def rule_of(row: PayRule) -> Rule:
    columns = {name: getattr(row, name) for name in COLUMNS}
    return Rule(**columns, asks=tuple(row.asks), blocks=tuple(row.blocks))


def job_of(requisition: Requisition, said: set[str], posting: JobPosting | None) -> Job:
    offices = {office.name.casefold(): located(place_of(office)) for office in Office.objects.all()}
    return Job(
        places=[located(row) for row in locations_of(requisition)],
        ranges=ranges_of(requisition, offices),
        is_remote=requisition.workplace == Workplace.REMOTE or says_remote(requisition),
        is_internal=posting is not None and posting.is_internal,
        says=frozenset(said),
    )


def pay_warnings(requisition: Requisition) -> list[str]:
    """Where the advertised figure and the ranges beside it cannot both hold."""
    rows = sorted(requisition.pay_ranges.all(), key=lambda row: row.pk)
    return disagreements(requisition.advertised_pay, [range_of(row) for row in rows])


def is_pay_shown(requisition: Requisition, user: User) -> bool:
    """Whether the rules show this person what it pays, of now as of before."""
    return Requisition.objects.whose_pay_is_shown_to(user).filter(pk=requisition.pk).exists()


def says_remote(requisition: Requisition) -> bool:
    return not requisition.workplace and any(
        "remote" in each.casefold() for each in requisition.locations
    )


def ranges_of(requisition: Requisition, offices: dict[str, Place]) -> list[Range]:
    """A scope that is the name of an office means that office."""
    rows = requisition.pay_ranges.order_by("pk")
    return [range_of(row, offices.get(row.scope.strip().casefold())) for row in rows]


def range_of(row: PayRange, office: Place | None = None) -> Range:
    return Range(row.minimum, row.maximum, row.currency, row.period, row.scope, office)


def said_in(words: Mapping[str, Any]) -> set[str]:
    """Which of benefits and other pay a text speaks of; `words` as a posting says them."""
    text = "\n".join([words["summary"], *words["highlights"], *words["benefits"]])
    has_benefits = bool(words["benefits"])
    said = {
        "benefits": has_benefits or _BENEFITS.search(text),
        "other_pay": has_benefits or _OTHER_PAY.search(text),
    }
    return {name for name, found in said.items() if found}


def closing(requisition: Requisition, posting: JobPosting | None) -> set[str]:
    has_end = posting is not None and posting.expires_at is not None
    return {"closing_date"} if has_end or requisition.reading.get("closes_on") else set()

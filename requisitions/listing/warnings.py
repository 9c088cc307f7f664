"""Contradictions and guesses that a person should look at."""

import re
from decimal import Decimal

from requisitions.listing.draft import Draft
from requisitions.listing.model import PayRange
from requisitions.listing.placeholders import blanks

_ARRANGEMENT = re.compile(
    r"(?i)\b(?:work(?:ing)? arrangement|remote|hybrid|on-?site|workplace|work model)\b"
)
_NOT_STATED = re.compile(
    r"(?i)(?:n[o']t|never|nowhere) (?:\w+ ){0,2}(?:stat|specif|mention|say|clear|disclos|cover"
    r"|spell|name|set)"
)
_SALARIES = re.compile(
    r"(?i)\b(1[3-6])(?:\.|th|e|ª|º|°|ème)? ?(?:x|×|monthly (?:pay|salar|instal)\w*"
    r"|months?['’] (?:pay|salary)|payments?|salar\w+|pagas"
    r"|mensualit\w+|mensilità|monatsgeh\w+|gehälter|maand\w*|mois|pensioni|salários|薪)\b"
)
_SYMBOL_FREE = "{:,}"


def warn(draft: Draft) -> None:
    _blanks(draft)
    _salaries_a_year(draft)
    _advertised_beside_ranges(draft)
    _assumed_period(draft)
    _arrangement_not_stated(draft)


def _blanks(draft: Draft) -> None:
    found = [blank for line in draft.text.splitlines() for blank in blanks(line)]
    if found:
        shown = ", ".join(f"“{blank[:60]}”" for blank in dict.fromkeys(found[:200]))
        draft.warn(f"The listing has blanks that nobody filled in: {shown[:600]}.")


def _salaries_a_year(draft: Draft) -> None:
    found = _SALARIES.search(draft.text)
    if found and (draft.ranges or draft.singles):
        draft.warn(
            f"The listing speaks of {found[1]} salaries a year (“{found[0].strip()}”): the pay "
            "was kept as written, for its own period."
        )


def _advertised_beside_ranges(draft: Draft) -> None:
    pay, ranges = draft.advertised(), draft.ranges
    if pay is None or not ranges:
        return
    comparable = [each for each in ranges if each.currency in (pay.currency, None)]
    if any(pay.amount in (each.min, each.max) for each in comparable):
        return
    stated = "; ".join(_range(each) for each in draft.pay_ranges())
    figure = _money(pay.amount, pay.currency)
    draft.warn(
        f"The advertised figure of {figure} is not an end of any stated range ({stated}). "
        "Both were kept; check which one to publish."
    )


def _assumed_period(draft: Draft) -> None:
    if draft.assumed and not draft.stated_periods:
        draft.warn(
            "The listing does not say for what period the pay is. "
            "It was read as a year's pay because of its size."
        )


def _arrangement_not_stated(draft: Draft) -> None:
    for each in draft.faq:
        asks = _ARRANGEMENT.search(each.question)
        if draft.workplace and asks and _NOT_STATED.search(each.answer[:1000]):
            shown = draft.workplace.replace("_", " ")
            draft.warn(
                f"The listing says “{shown}”, but an answer says that the arrangement "
                "is not stated. The former was kept."
            )


def _range(pay: PayRange) -> str:
    low, high = (
        _SYMBOL_FREE.format(_plain(amount)) if amount is not None else "…"
        for amount in (pay.min, pay.max)
    )
    scope = f" {pay.scope}" if pay.scope else ""
    return f"{low} to {high}{scope}"


def _money(amount: Decimal, currency: str | None) -> str:
    return f"{_plain(amount):,} {currency or ''}".strip()


def _plain(amount: Decimal) -> Decimal | int:
    return int(amount) if amount == amount.to_integral_value() else amount

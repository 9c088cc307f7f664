"""What only the whole listing can decide: whose dollar, whose crown, and which range is the pay."""

import re
from collections.abc import Callable
from dataclasses import replace

from requisitions.listing import dates
from requisitions.listing.draft import Draft
from requisitions.listing.gazetteer import country_of
from requisitions.listing.model import PayRange
from requisitions.listing.money import CROWN

_DOLLARS = {
    "Canada": "CAD", "Australia": "AUD", "New Zealand": "NZD", "Singapore": "SGD",
    "Hong Kong": "HKD", "Mexico": "MXN", "Argentina": "ARS", "Chile": "CLP", "Colombia": "COP",
    "Taiwan": "TWD", "United States": "USD", "Puerto Rico": "USD",
}  # fmt: skip
# Whose "$" is not the United States' unless a place says so.
_LATIN = re.compile(r"(?i)\b(?:requisitos|sueldo|salario|experiencia|funciones|ofrecemos)\b")
_CROWNS = {"Sweden": "SEK", "Norway": "NOK", "Denmark": "DKK", "Iceland": "ISK"}
_LANGUAGES = (
    ("SEK", re.compile(r"(?i)\b(?:och|är|för|tjänsten)\b")),
    ("DKK", re.compile(r"(?i)\b(?:dig|stillingen som|ansøgning|af|løn)\b")),
    ("NOK", re.compile(r"(?i)\b(?:deg|søknad|av|lønn)\b")),
)


def settle(draft: Draft) -> None:
    if not (draft.ranges or draft.singles):
        draft.ranges = [pay.range for pay in draft.wholes if not pay.single]
        draft.singles = [pay.range for pay in draft.wholes if pay.single]
    countries = {country_of(place.country or place.text) for place in draft.places}
    country = countries.pop() if len(countries) == 1 else None
    foreign = country is not None or _LATIN.search(draft.text[:20_000]) is not None
    dollar, crown = _DOLLARS.get(country or ""), _CROWNS.get(country or "") or _crown(draft.text)

    def settled(pay: PayRange) -> PayRange:
        if pay.currency == CROWN:
            return replace(pay, currency=crown)
        weak = pay.currency == "USD" and pay in draft.weak
        return replace(pay, currency=dollar) if weak and (dollar or foreign) else pay

    _settle_closing(draft, country)
    _each(draft, settled)
    _each(draft, lambda pay: _named_as_the_place(draft, pay))


def _settle_closing(draft: Draft, country: str | None) -> None:
    """The month comes first in the United States only."""
    if draft.closes_on or not draft.doubtful:
        return
    money = {pay.currency for pay in (*draft.ranges, *draft.singles)} - {None}
    if country is None and len(money) != 1:
        draft.warn(f"The closing date “{draft.doubtful[:60]}” can be read in two ways.")
        return
    american = country == "United States" or (country is None and money == {"USD"})
    draft.closes_on = dates.read_doubtful(draft.doubtful, month_first=american)


def _each(draft: Draft, change: Callable[[PayRange], PayRange]) -> None:
    draft.ranges = [change(pay) for pay in draft.ranges]
    draft.singles = [change(pay) for pay in draft.singles]


def _crown(text: str) -> str | None:
    """The Nordic language with the most of its own small words."""
    if re.search(r"(?i)[äö]", text) and not re.search(r"(?i)[øæ]", text):
        return "SEK"
    counts = [(len(pattern.findall(text[:20_000])), code) for code, pattern in _LANGUAGES]
    most, code = max(counts)
    return code if most > 1 else None


def _named_as_the_place(draft: Draft, pay: PayRange) -> PayRange:
    """ "UK" as the listing's place "United Kingdom"."""
    country = country_of(pay.scope) if pay.scope else None
    same = [place.text for place in draft.places if country and place.text == country]
    return replace(pay, scope=same[0]) if same and len(pay.scope or "") < 5 else pay

"""Figures with a currency, in the ways that the world writes them."""

import re
from dataclasses import dataclass
from decimal import Decimal

DOLLAR, CROWN = "$", "KR"
_SYMBOLS = {
    "$": "USD", "US$": "USD", "USD": "USD", "DOLLARS": "USD", "€": "EUR", "EUR": "EUR",
    "EURO": "EUR", "EUROS": "EUR", "£": "GBP", "GBP": "GBP", "POUNDS": "GBP", "C$": "CAD",
    "CA$": "CAD", "CAD": "CAD", "CAD$": "CAD", "CDN$": "CAD", "CAN$": "CAD", "A$": "AUD",
    "AU$": "AUD", "AUD": "AUD", "NZ$": "NZD", "NZD": "NZD", "S$": "SGD", "SG$": "SGD",
    "SGD": "SGD", "CHF": "CHF", "FR.": "CHF", "SEK": "SEK", "KRONOR": "SEK", "NOK": "NOK",
    "DKK": "DKK", "KRONER": "KR", "KR": "KR", "KR.": "KR", "PLN": "PLN", "ZŁ": "PLN",
    "ZŁOTYCH": "PLN", "CZK": "CZK", "KČ": "CZK", "HUF": "HUF", "RON": "RON", "LEI": "RON",
    "BGN": "BGN", "INR": "INR", "₹": "INR", "RS.": "INR", "RS": "INR", "RUPEES": "INR",
    "JPY": "JPY", "¥": "JPY", "￥": "JPY", "円": "JPY", "YEN": "JPY", "CNY": "CNY", "RMB": "CNY",
    "元": "CNY", "BRL": "BRL", "R$": "BRL", "REAIS": "BRL", "MXN": "MXN", "MX$": "MXN",
    "ZAR": "ZAR", "R": "ZAR", "AED": "AED", "HKD": "HKD", "HK$": "HKD", "ILS": "ILS", "₪": "ILS",
    "KRW": "KRW", "₩": "KRW", "원": "KRW", "PHP": "PHP", "₱": "PHP", "THB": "THB", "฿": "THB",
    "SAR": "SAR", "QAR": "QAR", "KES": "KES", "KSH": "KES", "NGN": "NGN", "₦": "NGN", "TRY": "TRY",
    "₺": "TRY", "UAH": "UAH", "₴": "UAH", "RUB": "RUB", "₽": "RUB", "MYR": "MYR", "RM": "MYR",
    "IDR": "IDR", "RP": "IDR", "VND": "VND", "₫": "VND", "TWD": "TWD", "NT$": "TWD", "ISK": "ISK",
    "COP": "COP", "CLP": "CLP", "ARS": "ARS", "PEN": "PEN", "EGP": "EGP", "PKR": "PKR",
    "LKR": "LKR", "BDT": "BDT", "GHS": "GHS", "MAD": "MAD", "TND": "TND", "KWD": "KWD",
    "BHD": "BHD", "OMR": "OMR", "JOD": "JOD",
}  # fmt: skip
# Too short to be a currency in small letters, or before a small number.
_STRICT = {"R": r"(?-i:R)(?=\s?\d{1,3}[ ,.]\d{3})", "RM": r"(?-i:RM)", "RP": r"(?-i:Rp)"}
_CODES = "|".join(
    _STRICT.get(code, re.escape(code)) for code in sorted(_SYMBOLS, key=len, reverse=True)
)
# At most four groups, so that no long run of digits is walked twice.
_FIGURE = (
    r"\d{1,2}(?:,\d{2}){1,3},\d{3}(?!\d)"
    r"|\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3}){1,3}(?:[.,]\d{1,2})?(?!\d)"
    r"|\d{1,9}(?:[.,]\d{1,2})?(?!\d)"
)
MONEY = re.compile(
    rf"(?P<before>(?<![A-Za-z])(?:(?:USD|CAD|AUD) ?\$|\$ ?(?:USD|CAD|AUD)|{_CODES}))?\s?"
    rf"(?<![\d.,])(?P<figure>{_FIGURE})(?:[.,]\s?[-–—]{{1,2}})?\s?"
    r"(?P<scale>(?:thousand|lakhs?|lacs?|lpa|million|billion|mio|tys\.?|tsd\.?|crores?|cr)"
    r"(?![A-Za-z])|k(?![A-Za-zÀ-ž])|[mb]n?(?![A-Za-zÀ-ž])"
    r"|L(?=\s?(?:p\.?a|per|-|–|to\b|/|$))|[万萬億억만])?"
    rf"\+?\s?(?P<after>(?:{_CODES})(?![A-Za-z]|\s?\d))?",
    re.IGNORECASE,
)
_SCALES = {
    "k": 1000, "thousand": 1000, "tys": 1000, "tsd": 1000, "lakh": 100_000, "lac": 100_000,
    "l": 100_000, "lpa": 100_000, "m": 10**6, "million": 10**6, "mn": 10**6, "mio": 10**6,
    "b": 10**9, "billion": 10**9, "bn": 10**9, "crore": 10**7, "cr": 10**7, "万": 10**4,
    "萬": 10**4, "만": 10**4, "億": 10**8, "억": 10**8,
}  # fmt: skip
# 401(k), 403(b) and 457(b) are plans for old age.
_PLANS = {"401", "403", "457"}
_COUNTED = re.compile(
    r"\s?%|\+? ?(?:years?|yrs|days?|hours?|weeks?|months?|min|Jahre|people|am|pm|h|uur|Std)\b"
    r"|:\d|\(|/\d|\.\d|[年月日時人名分]"
)


@dataclass(frozen=True)
class Money:
    amount: Decimal
    currency: str | None
    weak: bool
    """A bare "$", which may be any country's dollar."""
    scale: Decimal
    start: int
    end: int


def read_money(text: str) -> list[Money]:
    """Figures that may be money; bare ones only where no other has a currency."""
    read = [
        Money(*_amount(found), found.start(), found.end())
        for found in MONEY.finditer(text)
        if not _is_other_number(text, found)
    ]
    if not any(money.currency for money in read):
        return read
    return [
        money
        for at, money in enumerate(read)
        if money.currency
        or any(_beside(text, money, other) for other in read[max(0, at - 1) : at + 2])
    ]


SEPARATOR = re.compile(
    r"\s*(?:(?:per|an?|/)\s?[A-Za-z]+\.?\s*)?(?:(?:gross|brutto?|bruts?)\s*)?"
    r"(?:-|–|—|−|~|〜|～|から|to|and up to|bis(?: zu)?|until|through|up to|à|a|hasta|até|tot|do"
    r"|till?|t/m|až)\s*",
    re.IGNORECASE,
)


def _beside(text: str, money: Money, other: Money) -> bool:
    """Whether a bare figure is one end of a range whose other end has the currency."""
    first, second = sorted((money, other), key=lambda each: each.start)
    gap = text[first.end : second.start]
    paired = SEPARATOR.fullmatch(gap) or re.fullmatch(
        r"\s*(?:and|und|et|y|e|en|och|og"
        r"|a)\s*",
        gap,
    )
    return other.currency is not None and paired is not None


def _is_other_number(text: str, found: re.Match[str]) -> bool:
    """Percentages, years of experience, dates, clock times, plan names such as 401(k)."""
    rest = text[found.end() : found.end() + 12]
    if found["figure"] in _PLANS and not found["before"]:
        return True
    if found["before"] or found["after"]:
        return rest.startswith("%")
    if _COUNTED.match(rest) and not re.fullmatch(r"\s?(?:hour|year|month)\s*", rest):
        return True
    before = text[max(0, found.start("figure") - 1) : found.start("figure")]
    if re.search(
        r"[$€£¥₹]\s?[\d.,]+k?-$", text[max(0, found.start("figure") - 12) : found.start("figure")]
    ):
        return False
    return before in ("/", ":", "#", "-") and not found["scale"] and len(found["figure"]) < 4


def _amount(found: re.Match[str]) -> tuple[Decimal, str | None, bool, Decimal]:
    word = (found["scale"] or "").lower().rstrip(".")
    scale = Decimal(_SCALES.get(word) or _SCALES.get(word.removesuffix("s"), 1))
    code = found["before"] or found["after"] or ""
    if code == DOLLAR and found["after"]:
        code = found["after"]
    code = code.upper().replace(" ", "")
    currency = _SYMBOLS.get(code) or _SYMBOLS.get(code.strip("$"))
    if currency is None and word.removesuffix("s") in ("lakh", "lac", "lpa", "l", "crore"):
        currency = "INR"
    return _decimal(found["figure"]) * scale, currency, code == DOLLAR, scale


def _decimal(figure: str) -> Decimal:
    """ "60.000", "60,000", "60 000", "60'000" and "6,00,000" are whole; "22.13" is not."""
    if re.fullmatch(r"\d{1,2}(?:,\d{2})+,\d{3}", figure):
        return Decimal(figure.replace(",", ""))
    grouped = re.fullmatch(r"(\d{1,3}(?:[.,'’\s]\d{3})+)(?:[.,](\d{1,2}))?", figure)
    if grouped:
        return Decimal(re.sub(r"\D", "", grouped[1]) + "." + (grouped[2] or "0"))
    return Decimal(figure.replace(",", "."))

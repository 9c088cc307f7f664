"""Pay: figures with a currency, the ranges that they form, their period and their scope."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from requisitions.listing.model import PayRange

_SYMBOLS = {
    "$": "USD", "US$": "USD", "USD": "USD", "€": "EUR", "EUR": "EUR", "EURO": "EUR", "EUROS": "EUR",
    "£": "GBP", "GBP": "GBP", "C$": "CAD", "CA$": "CAD", "CAD": "CAD", "CAD$": "CAD", "A$": "AUD",
    "AU$": "AUD", "AUD": "AUD", "NZ$": "NZD", "NZD": "NZD", "S$": "SGD", "SGD": "SGD", "CHF": "CHF",
    "FR.": "CHF", "SEK": "SEK", "NOK": "NOK", "DKK": "DKK", "PLN": "PLN", "ZŁ": "PLN", "CZK": "CZK",
    "HUF": "HUF", "RON": "RON", "INR": "INR", "₹": "INR", "RS.": "INR", "RS": "INR", "JPY": "JPY",
    "CNY": "CNY", "RMB": "CNY", "BRL": "BRL", "R$": "BRL", "MXN": "MXN", "ZAR": "ZAR", "AED": "AED",
    "HKD": "HKD", "HK$": "HKD", "ILS": "ILS", "₪": "ILS", "KRW": "KRW", "₩": "KRW", "PHP": "PHP",
    "₱": "PHP", "THB": "THB", "SAR": "SAR", "QAR": "QAR", "KES": "KES", "NGN": "NGN", "₦": "NGN",
    "TRY": "TRY", "₺": "TRY", "UAH": "UAH", "₴": "UAH", "SG$": "SGD", "円": "JPY",
}  # fmt: skip
_CODES = "|".join(sorted(map(re.escape, _SYMBOLS), key=len, reverse=True))
# A figure: at most four groups, so that no long run of digits is walked twice.
_FIGURE = (
    r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3}){1,3}(?:[.,]\d{1,2})?(?!\d)|\d{1,9}(?:[.,]\d{1,2})?(?!\d)"
)
_MONEY = re.compile(
    rf"(?P<before>(?<![A-Za-z])(?:USD ?\$|CAD ?\$|AUD ?\$|{_CODES}))?\s?(?<![\d.,])"
    rf"(?P<figure>{_FIGURE})\s?(?P<scale>[kK](?![A-Za-z])|[mMbB](?:illion|n)?(?![A-Za-z])"
    rf"|(?i:thousand|lakhs?|lpa|million|billion"
    rf"|crores?)\b)?\+?\s?(?P<after>(?:{_CODES})(?![A-Za-z]|\s?\d))?",
    re.IGNORECASE,
)
_PERIODS = (
    ("hour", (r"(?:per|an|each|every|/|pro|par|por|all'|a la)\s*(?:hour|hr|std|stunde|heure|hora"
             r"|ora)s?\b"
             r"|\bhourly|/\s?h\b|\bp/?h\b|\bhour\b(?! week)|stundenlohn|stündlich|de l'heure")),
    ("day", (r"(?:per|a|each|/|pro|par|por)\s*(?:day|tag|jour|día|dia)\b|\bdaily\b|day rate"
            r"|\bp\.?d\b|tagessatz")),
    ("week", (r"(?:per|a|each|/|pro|par|por)\s*(?:week|wk|woche|semaine|semana)\b|\bweekly\b"
             r"|\bp\.?w\b")),
    ("month", (r"(?:per|a|each|/|pro|im|par|por|al|de)\s*(?:month|mo|monat|mois|mes|mês|mese"
              r"|maand)\b"
              r"|\bmonthly\b|\bp\.?c?\.?m\b|monatlich|mensuel|mensual|mensal|brutto/mies"
              r"|miesięcznie")),
    ("year", (r"(?:per|a|each|/|pro|im|par|por|al|je)\s*(?:year|yr|annum|jahr|an\b|année|año|ano"
             r"|anno|jaar)s?"
             r"|\b(?:annual|annually|yearly|jährlich|annuel|annuels|anual|jahresgehalt"
             r"|jahresbrutto|ote|fte)\b"
             r"|\bp\.?\s?a\b|\bper-year\b|\blpa\b|\byear\b(?!s)")),
)  # fmt: skip
_PERIOD = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _PERIODS)
_SEPARATOR = re.compile(
    r"\s*(?:(?:per|an?|/)\s?[A-Za-z]+\s*)?(?:-|–|—|−|~|to|bis|until|through|up to|à|a|hasta|até"
    r"|tot|do)\s*",
    re.IGNORECASE,
)
_WORDS_BETWEEN = re.compile(r"[^$€£.;]{0,24}\b(?:to|bis|through)\b[^$€£.;]{0,30}", re.IGNORECASE)
_ABOUT_PAY = re.compile(
    r"\b(?:salar(?:y|ies)|pay|paid|compensation|wages?|remuneration|base|rate|range|earn(?:ings)?"
    r"|ote|package"
    r"|hourly|annual(?:ly)?|per (?:hour|year|annum|month|day)|gehalt\w*|vergütung|lohn|brutto"
    r"|jahresgehalt|salaire"
    r"|rémunération|salario|salário|retribuzione|lön|wynagrodzenie|salaris|stipend)\b",
    re.IGNORECASE,
)
_NOT_PAY = re.compile(
    r"\b(?:revenue|funding|raised|valu(?:ed|ation)|invest\w*|budgets?|portfolio|assets|turnover"
    r"|sales|grants?|series [a-f]"
    r"|bonus(?:es)?|stipends?|allowance|reimburse\w*|relocation|tuition|referral|credit"
    r"|contribution|match(?:ing)?|401|fund"
    r"|donat\w*|discount|voucher|gift|fees?|deductible|insurance|sign[- ]?on|savings|training"
    r"|learning|wellness|perks?|market"
    r"|spend|gmv|arr|customers?|users|transactions?|maximum salary available|cap(?:ped)?"
    r"|limited to|minimum wage|equipment)\b",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    r"\b(?:up to|bis zu|max(?:imum)?\.?|jusqu'à|hasta|no more than|to a maximum of)\W{0,3}$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:from|starting (?:at|from)|starts at|min(?:imum)?\.?|at least|ab|à partir de|desde"
    r"|upwards of)\W{0,3}$",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀ-Þ\"“(])|\s*[|]\s*")
_SCOPE_BEFORE = (
    re.compile(
        r"\b(?:[Ll]ocations?|[Pp]laces|[Cc]ities|[Aa]reas|[Rr]egions|[Mm]arkets"
        r"|[Ss]tates) (?:like|such as|including) (?:the )?(.{2,120}?) (?:have|has|is|are|will)\b"
    ),
    re.compile(
        r"\b(?:[Aa]cross|[Ww]ithin|[Tt]hroughout|[Ii]n|[Ff]or|[Oo]utside(?: of)?) (?:the )?"
        r"((?:[A-Z][\w.'’-]*|and|or|of|the|area|areas|metro|metropolitan|region|bay|all other|,)"
        r"(?:,? (?:[A-Z][\w.'’-]*|and|or|of|the|area|areas|metro|metropolitan|region|bay|city"
        r"|only))*)"
        r"(?= is| are| has| will|,|:| \(| ranges?| pays?| of| the|$)"
    ),
    re.compile(r"^\W*(?:for )?([A-Z][\w .,/&'’()-]{1,60}?)\s*[:：]\s*$"),
)
_SCOPE_AFTER = re.compile(
    r"^[^.;\d$€£]{0,30}?(?:\(([A-Z][^()\d]{1,60})\)|\b(?:in|for|within|across) (?:the )?"
    r"([A-Z][\w.'’-]*(?:,? (?:[A-Z][\w.'’-]*|and|or|area|metro|metropolitan|bay)){0,8}))"
)
_NOT_A_PLACE = re.compile(
    r"(?i)\b(?:salary|pay|range|compensation|rate|base|role|position|this|full|part|time|job"
    r"|candidate|year|hour|usd|eur|gbp"
    r"|dependent|experience|bonus|equity|gross|brutto|wage|title|level|addition|monday|benefits?)\b"
)
_COUNTED = re.compile(
    r"\s?%|\+? ?(?:years?|yrs|days?|hours?|weeks?|months?|min|Jahre|people|am|pm)\b"
    r"|:\d|\(|/\d|\.\d"
)
LONG = 4000
YEARLY = {"USD", "GBP", "EUR", "CAD", "AUD", "CHF", "NZD", "SGD"}


@dataclass(frozen=True)
class Pay:
    """A range, or one figure (`min` equals `max`); `assumed`: the period is not stated."""

    range: PayRange
    single: bool
    assumed: bool = False


@dataclass(frozen=True)
class _Money:
    amount: Decimal
    currency: str | None
    weak: bool
    """A bare "$", which may be any country's dollar."""
    scale: Decimal
    start: int
    end: int


def read_pay(text: str, *, labelled: bool) -> list[Pay]:
    """Every pay statement of a line. `labelled`: a label or heading says that it is pay.

    Without such a label, only figures with a currency in a sentence about pay count.
    """
    if not any(letter.isdigit() for letter in text[:LONG]):
        return []
    found: list[Pay] = []
    for sentence in _SENTENCES.split(text[:LONG]):
        found += _sentence(sentence, text, labelled)
    return found


def alone(text: str) -> bool:
    """Whether a line is nothing but pay, such as "$296,000 / year"."""
    if len(text) > 80 or not any(money.currency for money in _money(text)):
        return False
    rest = _MONEY.sub("", text)
    for _, pattern in _PERIOD:
        rest = pattern.sub("", rest)
    return not re.sub(r"(?i)\b(?:to|gross|per|a|up|from|base|usd|eur|gbp)\b|\W", "", rest)


def _sentence(sentence: str, line: str, labelled: bool) -> Iterator[Pay]:
    figures = _money(sentence)
    at = 0
    while at < len(figures):
        here, after = figures[at], figures[at + 1] if at + 1 < len(figures) else None
        joined = _join(sentence, here, after) if after else None
        pay = joined or _single(sentence, here, labelled)
        if pay and _is_pay(pay, sentence, here, labelled):
            end = after.end if joined and after else here.end
            yield _complete(pay, sentence, line, (here.start, end))
        at += 2 if joined else 1


def _is_pay(pay: Pay, sentence: str, here: _Money, labelled: bool) -> bool:
    if pay.range.currency is None and not labelled:
        return False
    if here.scale >= 1_000_000:
        return False
    near = sentence[max(0, here.start - 60) : here.end + 60]
    if labelled:
        before = sentence[max(0, here.start - 40) : here.start]
        return not (pay.single and _NOT_PAY.search(before))
    if _NOT_PAY.search(near) and not (
        not pay.single and re.search(r"(?i)salary|base pay|pay range", near)
    ):
        return False
    if pay.single:
        return bool(_period(near)) and (_ABOUT_PAY.search(near) is not None or alone(sentence))
    return _ABOUT_PAY.search(sentence) is not None or bool(_period(near)) or alone(sentence)


def _money(text: str) -> list[_Money]:
    read = [
        _Money(*_amount(found), found.start(), found.end())
        for found in _MONEY.finditer(text)
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


def _beside(text: str, money: _Money, other: _Money) -> bool:
    """Whether a bare figure is one end of a range whose other end has the currency."""
    first, second = sorted((money, other), key=lambda each: each.start)
    joined = _SEPARATOR.fullmatch(text[first.end : second.start])
    return other.currency is not None and joined is not None


def _is_other_number(text: str, found: re.Match[str]) -> bool:
    """Percentages, years of experience, dates, clock times, plan names such as 401(k)."""
    rest = text[found.end() : found.end() + 12]
    if found["before"] or found["after"]:
        return rest.startswith("%")
    if _COUNTED.match(rest) and not re.fullmatch(r"\s?(?:hour|year|month)\s*", rest):
        return True
    before = text[max(0, found.start("figure") - 1) : found.start("figure")]
    return before in ("/", ":", "#", "-") and not found["scale"] and len(found["figure"]) < 4


def _amount(found: re.Match[str]) -> tuple[Decimal, str | None, bool, Decimal]:
    scale = _SCALES.get((found["scale"] or "").lower().rstrip("s"), Decimal(1))
    code = found["before"] or found["after"] or ""
    if code == "$" and found["after"]:
        code = found["after"]
    code = code.upper().replace(" ", "")
    currency = _SYMBOLS.get(code) or _SYMBOLS.get(code.rstrip("$"))
    if currency is None and re.match(r"(?i)lakh|lpa", found["scale"] or ""):
        currency = "INR"
    return _decimal(found["figure"]) * scale, currency, code == "$", scale


_SCALES = {
    "k": Decimal(1000), "thousand": Decimal(1000),
    "lakh": Decimal(100_000), "lpa": Decimal(100_000),
    "m": Decimal(1_000_000), "million": Decimal(1_000_000), "mn": Decimal(1_000_000),
    "b": Decimal(10**9), "billion": Decimal(10**9), "bn": Decimal(10**9), "crore": Decimal(10**7),
}  # fmt: skip


def _decimal(figure: str) -> Decimal:
    """ "60.000", "60,000", "60 000" and "60'000" are sixty thousand; "22.13" is not."""
    grouped = re.fullmatch(r"(\d{1,3}(?:[.,'’\s]\d{3})+)(?:[.,](\d{1,2}))?", figure)
    if grouped:
        return Decimal(re.sub(r"\D", "", grouped[1]) + "." + (grouped[2] or "0"))
    return Decimal(figure.replace(",", "."))


def _join(sentence: str, low: _Money, high: _Money) -> Pay | None:
    """Two figures that are the ends of one range."""
    gap = sentence[low.end : high.start]
    between = re.search(r"(?i)\b(?:between|zwischen|entre|tra)\b[^.]{0,30}$", sentence[: low.start])
    if not (
        _SEPARATOR.fullmatch(gap)
        or (re.fullmatch(r"\s*(?:and|und|et|y|e)\s*", gap) and between)
        or (low.currency and high.currency and " and " not in gap and _WORDS_BETWEEN.fullmatch(gap))
    ):
        return None
    bottom = low.amount
    if low.scale == 1 and high.scale > 1 and low.amount < high.amount / high.scale * 10:
        bottom = low.amount * high.scale
    if high.amount < bottom or (bottom and high.amount / bottom > 20):
        return None
    currency = _shared(low, high)
    if currency is None and low.currency and high.currency:
        return None
    return Pay(PayRange(bottom, high.amount, currency, None), single=False)


def _shared(low: _Money, high: _Money) -> str | None:
    """The currency of both ends; "$" goes with any dollar."""
    for one, two in ((low, high), (high, low)):
        if one.currency is None or one.currency == two.currency:
            return two.currency
        if one.weak and two.currency and two.currency.endswith("D"):
            return two.currency
    return None


def _single(sentence: str, here: _Money, labelled: bool) -> Pay | None:
    if here.currency is None and not (labelled and here.amount >= 100):
        return None
    before = sentence[max(0, here.start - 30) : here.start]
    value = PayRange(here.amount, here.amount, here.currency, None)
    if _UP_TO.search(before):
        return Pay(replace(value, min=None), single=False)
    if _FROM.search(before) or re.match(r"\s*\+", sentence[here.end - 1 : here.end + 2]):
        return Pay(replace(value, max=None), single=False)
    return Pay(value, single=True)


def _complete(pay: Pay, sentence: str, line: str, span: tuple[int, int]) -> Pay:
    after = sentence[span[1] : span[1] + 40]
    before = sentence[max(0, span[0] - 60) : span[0]]
    period = _period(after) or _period(before) or _period(sentence) or _period(line[:300])
    scope = _scope(sentence, span)
    return with_period(replace(pay, range=replace(pay.range, period=period, scope=scope)))


def with_hint(pay: Pay, label: str) -> Pay:
    """The period that a label such as "Hourly rate" names, where the value leaves it out."""
    hint = _period(label)
    if hint and (pay.assumed or pay.range.period is None):
        return replace(pay, range=replace(pay.range, period=hint), assumed=False)
    return pay


def with_period(pay: Pay) -> Pay:
    """An annual figure by its size, where the listing leaves the period out."""
    if pay.range.period is None and _looks_yearly(pay.range):
        return replace(pay, range=replace(pay.range, period="year"), assumed=True)
    return pay


def _looks_yearly(pay: PayRange) -> bool:
    lowest = pay.min if pay.min is not None else pay.max
    return pay.currency in YEARLY and lowest is not None and lowest >= 15_000


def _period(text: str) -> str | None:
    """The period that is named first."""
    found = [(match.start(), name) for name, pattern in _PERIOD if (match := pattern.search(text))]
    return min(found)[1] if found else None


def _scope(sentence: str, span: tuple[int, int]) -> str | None:
    before, after = sentence[: span[0]], sentence[span[1] :]
    for pattern in _SCOPE_BEFORE:
        for found in pattern.finditer(before[-200:]):
            if scope := _place(found[1]):
                return scope
    behind = _SCOPE_AFTER.match(after[:160])
    return _place(behind[1] or behind[2]) if behind else None


def _place(text: str) -> str | None:
    text = re.sub(r"(?:,? (?:and|or|of|the|only)|,)+$", "", text.strip())
    if not text or _NOT_A_PLACE.search(text):
        return None
    return text

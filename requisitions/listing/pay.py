"""Pay: figures with a currency, the ranges that they form, and their period."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from requisitions.listing.model import PayRange
from requisitions.listing.money import MONEY, SEPARATOR, Money, read_money
from requisitions.listing.scopes import names_level, read_scope

_PERIODS = (
    ("hour", (r"(?:per|an|each|every|/|pro|par|por|all'|a la|i|w|na)\s*(?:hour|hr|std|stunde|heure"
             r"|hora|ora|uur|timme?n?|time|godz\w*|h)s?\b"
             r"|\bhourly|\bp/?h\b|\bhour\b(?! week)|stundenlohn|stündlich|de l'heure"
             r"|\buurloon|timl[öø]n|timel[øö]nn?|時給|시급|時薪|时薪")),
    ("day", (r"(?:per|a|each|/|pro|par|por|al)\s*(?:day|tag|jour|día|dia|dag|giorno)s?\b|\bdaily\b"
            r"|day[- ]rate|\bp\.?d\b|tagessatz|日給|日当|日薪")),
    ("week", (r"(?:per|a|each|/|pro|par|por)\s*(?:week|wk|woche|semaine|semana)\b|\bweekly\b"
             r"|\bp\.?w\b|週給")),
    ("month", (r"(?:per|a|each|/|pro|im|par|por|al|de|i|na)\s*(?:month|mo|mth|monat|mois|mes|mês"
              r"|mese|maand|månad\w*|mån|måned\w*|mies\w*|měs\w*|kk)\b"
              r"|\bmonthly\b|\bp\.?c?\.?m\b|\bmonatlich|\bmensuel|\bmensual|\bmensa(?:l|is)\b"
              r"|\bmensili?\b|brutto/mies|miesięczn|měsíčně|maandelijks|maandsalaris|månadsl[öø]n"
              r"|månedsl[øö]nn?|monatsgehalt|月給|月収|月額|月薪|월급|/月")),
    ("year", (r"(?:per|a|each|every|/|pro|im|par|por|al|je|i|om)\s*(?:year|yr|annum|jahr|an\b"
             r"|année|año|ano|anno|jaar|år|rok|rocznie)s?"
             r"|\b(?:annual|annually|annualized|yearly|jährlich|annuel|annuels|anual|anuais|annui"
             r"|annua|annuo|annue|jahresgehalt|jahresbrutto|bruttojahresgehalt|ote|fte|ral|ctc)\b"
             r"|\bp\.?\s?a\b|\bper-year\b|\blpa\b|\byear\b(?!s)|jahresbrutto|årsløn|årslønn"
             r"|brutosalaris per jaar|ročně|年収|年俸|年薪|연봉|/年")),
)  # fmt: skip
_PERIOD = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _PERIODS)
_WORDS_BETWEEN = re.compile(r"[^$€£.;]{0,24}\b(?:to|bis|through)\b[^$€£.;]{0,30}", re.IGNORECASE)
_ABOUT_PAY = re.compile(
    r"\b(?:salar(?:y|ies)|pay(?:s|ing)?|paid|compensation|wages?|remuneration|base|basic|rate|range"
    r"|earn(?:ings|ing)?|ote|package|on[- ]target|hourly|annual(?:ly)?|budget(?:ed)?"
    r"|per (?:hour|year|annum|month|day)|\w*gehalt\w*|vergütung\w*|\w*lohn|\w*brutto\w*|salaire"
    r"|rémunération|salario|salário|remuneração|remuneración|retribución|sueldo|retribuzione"
    r"|\w*lön|\w*lønn?|wynagrodzeni\w|\w*salaris\w*|palkka|mzd\w|odměna|stipend|ral|entgelt\w*)\b"
    r"|年収|月給|月収|時給|年俸|給与|薪",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"(?i)\b(?:salar(?:y|ies)|base pay|pay range|hiring range|base compensation"
    r"|compensation range|pay rate|hourly rate|basic pay|wage|salario|salário|salaire|gehalt)\b"
)
_NOT_PAY = re.compile(
    r"\b(?:revenues?|funding|funded|raised|valu(?:ed|ation)|invest\w*|budgets?|portfolio|assets"
    r"|turnover|sales|grants?|series [a-f]|bonus(?:es)?|incentives?|stipends?|allowances?|equity"
    r"|reimburse\w*|relocation|tuition|referral|credits?|contribut\w*|match(?:ing)?|401|fund|funds"
    r"|donat\w*|discounts?|vouchers?|gifts?|fees?|deductible|insurance|coverage|sign[- ]?on"
    r"|signing|savings?|training|learning|wellness|perks?|markets?|quota|target of|deals?|acv"
    r"|spend|gmv|arr|aum|customers?|users|transactions?|equipment|commissions? of|commission|tips"
    r"|per diem|childcare|gym|shares?|stock|options|rsus?|prämien?|zuschuss|prime|primes|ausgaben"
    r"|budżet|premi[ae]|umsatz|chiffre|facturación|fatturato|omzet|pension|welcome|differential"
    r"|tip|tax)\b",
    re.IGNORECASE,
)
_HOURLY = re.compile(r"(?i)[\d\s]?\s?(?:per|an?|/) ?(?:hour|hr)\b")
_NEVER = re.compile(
    r"(?i)\b(?:maximum salary available|cap(?:ped)?|limited to|minimum wage|not exceed\w*)\b"
)
_WHOLE = re.compile(
    r"(?i)\b(?:OTE|on[- ]target|total (?:compensation|cash|earnings|package)|uncapped)"
)
_UP_TO = re.compile(
    r"(?:\b(?:up to|bis zu|bis|max(?:imum)?\.?|jusqu'à|hasta|até|fino a|tot|upp till|opp til"
    r"|op til|do"
    r"|no more than|to a maximum of)\W{0,3}|～|〜)$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:from|starting (?:at|from)|starts at|start(?:ing)?|min(?:imum)?\.?|at least|ab"
    r"|à partir de"
    r"|desde|a partir de|vanaf|från|fra|od|upwards of|mindestens|partire da)\W{0,3}$",
    re.IGNORECASE,
)
_ONWARDS = re.compile(r"\s*(?:\+|or more|and (?:up|above)|upwards|以上|～|〜|から)")
_AND = re.compile(r"\s*(?:and|und|et|y|e|en|och|og|a|i)\s*", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\b(?:between|zwischen|entre|tra|tussen|mellan|mellom|mellem|między|pomiędzy"
    r"|mezi)\b[^.]{0,30}$",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀ-Þ\"“(])|\s*[|]\s*|。")
_CLAUSE = re.compile(r"[,;(+]|(?:^|\s)(?:plus|and|with|und|et|as well as)\s", re.IGNORECASE)
_WIDE = str.maketrans("０１２３４５６７８９，．＋－：（）", "0123456789,.+-:()")
LONG = 4000
YEARLY = {"USD", "GBP", "EUR", "CAD", "AUD", "CHF", "NZD", "SGD"}


@dataclass(frozen=True)
class Pay:
    """A range, or one figure (`min` equals `max`); `assumed`: the period is not stated.

    `weak`: the currency is only a "$"; `whole`: commission and the like are counted in.
    """

    range: PayRange
    single: bool
    assumed: bool = False
    weak: bool = False
    whole: bool = False


def read_pay(text: str, *, labelled: bool) -> list[Pay]:
    """Every pay statement of a line. `labelled`: a label or heading says that it is pay.

    Without such a label, only figures with a currency in a sentence about pay count.
    """
    if not any(letter.isdigit() for letter in text[:LONG]):
        return []
    text = text[:LONG].translate(_WIDE)
    found: list[Pay] = []
    for sentence in _SENTENCES.split(text):
        found += _sentence(sentence, text, labelled)
    return found


def alone(text: str) -> bool:
    """Whether a line is nothing but pay, such as "$296,000 / year"."""
    if len(text) > 80 or not any(money.currency for money in read_money(text)):
        return False
    rest = MONEY.sub("", text)
    for _, pattern in _PERIOD:
        rest = pattern.sub("", rest)
    return not re.sub(
        r"(?i)\b(?:to|gross|per|a|an|up|from|base|usd|eur|gbp|yr|hr|estimated|plus|tips|doe|gross"
        r"|brutto|bruto|bruts?|circa|pro rata|depending on experience|dependent on experience"
        r"|range|salary|pay|per annum)\b|\W",
        "",
        rest,
    )


def _sentence(sentence: str, line: str, labelled: bool) -> Iterator[Pay]:
    figures = read_money(sentence)
    at = done = 0
    while at < len(figures):
        here, after = figures[at], figures[at + 1] if at + 1 < len(figures) else None
        joined = _join(sentence, here, after) if after else None
        pay = joined or _single(sentence, here, labelled)
        end = after.end if joined and after else here.end
        if pay and _is_pay(pay, sentence, (done, here.start, end), labelled):
            at_next = at + (2 if joined else 1)
            until = figures[at_next].start if at_next < len(figures) else len(sentence)
            scope = read_scope(
                sentence[done : here.start], sentence[end:until], until < len(sentence)
            )
            whole = _WHOLE.search(_clause(sentence[done : here.start])) is not None
            weak = here.weak and (not joined or after is None or after.weak or not after.currency)
            pay = replace(pay, whole=whole, weak=weak, range=replace(pay.range, scope=scope))
            yield _complete(pay, sentence, line, (here.start, end))
            done = end
        at += 2 if joined else 1


def _is_pay(pay: Pay, sentence: str, span: tuple[int, int, int], labelled: bool) -> bool:
    """`span`: where the figure before ended, where this one starts, and where it ends."""
    done, start, end = span
    plus = sentence.rfind("+", end - 2, end)
    after = _CLAUSE.split(sentence[plus if plus > 0 else end : end + 60])[0]
    before = _clause(sentence[done:start][-80:])
    if pay.range.currency is None and not labelled:
        return False
    if _vast(pay) or _NEVER.search(sentence[max(done, start - 60) : start]):
        return False
    if _NOT_PAY.search(after) or (_NOT_PAY.search(before) and not _STRONG.search(before)):
        return False
    if labelled:
        return True
    near = sentence[max(0, start - 60) : end + 60]
    if pay.single and _HOURLY.match(sentence, end - 1) and 7 <= (pay.range.min or 0) <= 250:
        return True
    if pay.single:
        told = _STRONG.search(sentence[max(done, start - 50) : start]) is not None
        known = bool(_period(near)) or (told and _looks_yearly(pay.range))
        lone = alone(sentence) or (not _CLAUSE.search(sentence[:start]) and alone(sentence[:end]))
        return known and (_ABOUT_PAY.search(near) is not None or lone)
    leads = not re.search(r"\w", sentence[:start]) and _looks_yearly(pay.range)
    told = leads or _ABOUT_PAY.search(sentence) is not None or names_level(sentence[done:start])
    return told or bool(_period(near)) or alone(sentence)


def _vast(pay: Pay) -> bool:
    highest = pay.range.max or pay.range.min
    western = pay.range.currency in (None, *YEARLY)
    return highest is not None and western and highest >= 5_000_000


def _clause(text: str) -> str:
    """The last clause of a text that a figure ends."""
    return _CLAUSE.split(text)[-1]


def _join(sentence: str, low: Money, high: Money) -> Pay | None:
    """Two figures that are the ends of one range."""
    gap = sentence[low.end : high.start]
    if not (
        SEPARATOR.fullmatch(gap)
        or (_AND.fullmatch(gap) and _BETWEEN.search(sentence[: low.start]))
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


def _shared(low: Money, high: Money) -> str | None:
    """The currency of both ends; "$" goes with any dollar."""
    for one, two in ((low, high), (high, low)):
        if one.currency is None or one.currency == two.currency:
            return two.currency
        if one.weak and two.currency and two.currency.endswith("D"):
            return two.currency
    return None


def _single(sentence: str, here: Money, labelled: bool) -> Pay | None:
    if here.currency is None and not (labelled and here.amount >= 100):
        return None
    before = sentence[max(0, here.start - 30) : here.start]
    value = PayRange(here.amount, here.amount, here.currency, None)
    if _UP_TO.search(before):
        return Pay(replace(value, min=None), single=False)
    behind = sentence[here.end - 1 : here.end + 12]
    if _FROM.search(before) or behind.startswith("+") or _ONWARDS.match(behind[1:]):
        return Pay(replace(value, max=None), single=False)
    return Pay(value, single=True)


def _complete(pay: Pay, sentence: str, line: str, span: tuple[int, int]) -> Pay:
    after = sentence[span[1] : span[1] + 40]
    before = sentence[max(0, span[0] - 60) : span[0]]
    within = sentence[span[0] : span[1]]
    period = (
        _period(within) or _period(after) or _period(before) or _period(sentence)
        or _period(line[:300])
    )  # fmt: skip
    return with_period(replace(pay, range=replace(pay.range, period=period)))


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

"""For whom or where a pay range holds: the words before or behind it in its sentence."""

import re

from requisitions.listing.gazetteer import country_of

_PROPER = r"[A-Z][\w.'’-]*"
_JOINT = r"(?:and|or|of|the|area|areas|metro|metropolitan|region|bay|city|only|other|all|locations)"
_LIKE = re.compile(
    r"\b(?:[Ll]ocations?|[Pp]laces|[Cc]ities|[Aa]reas|[Rr]egions|[Mm]arkets"
    r"|[Ss]tates) (?:like|such as|including) (?:the )?(.{2,120}?) (?:have|has|is|are|will)\b"
)
_BEFORE = re.compile(
    r"\b(?:[Aa]cross|[Ww]ithin|[Tt]hroughout|[Ii]n|[Ff]or|[Oo]utside(?: of)?) (?:the )?"
    rf"((?:{_PROPER}|{_JOINT})(?:,? (?:{_PROPER}|{_JOINT}))*)"
    r"(?= is| are| has| will|,|:| \(| ranges?| pays?| of| the|$)"
)
_LABEL = re.compile(r"(?:^|[:;|])\W*(?:for )?([A-Z][\w .,/&'’()+-]{1,60}?)\s*(?:[:：]|\s[–—-])\s*$")
_LEVEL = re.compile(
    r"((?:GS|NF|WG|L|IC|E|M|P)[- ]?\d{1,2}(?: Step \d+)?|(?:Grade|Band|Level|Tier|Zone|Step"
    r"|Scale|Class|Range|Schedule) [\w-]{1,4}|(?:Senior|Junior|Mid|Lead|Principal|Staff|Entry)"
    r"(?:[- ]level)?)(?: is| range)?\W*$"
)
_AFTER = re.compile(
    r"^[^.;\d$€£]{0,30}?(?:\(([A-Z][^()\d]{1,60})\)|\b(?:in|for|within|across|outside(?: of)?)"
    rf" (?:the )?((?:all other |other )?{_PROPER}(?:,? (?:{_PROPER}|{_JOINT}))*))"
)
_BEHIND_LEVEL = re.compile(
    r"^[^.;\d$€£]{0,30}?\(((?:Grade|Band|Level|Tier|GS|Scale) ?[\w-]{1,4})\)"
)
_WHOSE = re.compile(
    rf"\b(?:[Tt]he|[Oo]ur) ({_PROPER}(?: {_PROPER})?) (?:base |annual |starting )*(?:salary|pay)\b"
)
_LEADING = re.compile(r"^\W*([A-Z][\w .,&/]{1,40}?)\s*[:：]")
_LOOSE = re.compile(r"^(?:(?:and|or|of|the) )+|(?:,? (?:and|or|of|the|only)|,)+$")
_NOT_A_PLACE = re.compile(
    r"(?i)\b(?:salary|pay|range|compensation|rate|base|role|position|this|full|part|time|jobs?"
    r"|candidate|year|hour|usd|eur|gbp|cad|ctc|ote|fte|lpa|doe|pro|rata|plus|hourly|annual|monthly"
    r"|dependent|depending|experience|bonus|equity|gross|brutto|wage|title|addition|monday"
    r"|benefits?|package|budget|starting|negotiable|per|estimated|expected|target|total|inside"
    r"|outside|ir35|remuneration|offer|\w*gehalt\w*|\w*vergütung\w*|\w*lohn|rémunération"
    r"|salaire|salario"
    r"|salário|remuneração|retribución|retribuzione|ral|\w*lön|\w*lønn?|\w*salaris|wynagrodzenie"
    r"|mzda|plat|work|w2|c2c)\b"
)
_LONELY_LEVEL = re.compile(r"(?i)^(?:level|grade|band|tier|zone|step|scale|class)$")


def read_scope(before: str, after: str, followed: bool) -> str | None:
    """`before` and `after` reach to the neighbouring figures; `followed`: there is a next one."""
    level = _LEVEL.search(before[-60:])
    if level:
        return level[1]
    if behind := _BEHIND_LEVEL.match(after[:80]):
        return behind[1]
    if (whose := _WHOSE.search(before[-200:])) and country_of(whose[1]):
        return whose[1]
    behind = _AFTER.match(after[:160])
    if behind and (scope := _named(behind[1] or behind[2])):
        rest = (behind[2] or "")[len(scope) :] + after[behind.end() :]
        if behind[1] or not followed or re.search(r"[,;.)|]|^\s*and\b", rest):
            return scope
    leading = _LEADING.match(before)
    if leading and country_of(leading[1]):
        return leading[1]
    for pattern in (_LIKE, _BEFORE, _LABEL):
        for found in pattern.finditer(before[-200:]):
            if scope := _named(found[1]):
                return scope
    return None


def names_level(before: str) -> bool:
    return _LEVEL.search(before[-60:]) is not None


def _named(text: str) -> str | None:
    text = _LOOSE.sub("", text.strip())
    text = text[:-1] if text.endswith(".") and "." not in text[:-1] else text
    if not text or _NOT_A_PLACE.search(text) or _LONELY_LEVEL.match(text):
        return None
    return text

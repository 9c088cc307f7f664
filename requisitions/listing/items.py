"""What a list is about where its heading does not say: by how its items are written."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from requisitions.listing import fields

_ASKS = re.compile(
    r"(?i)\d+\+? ?(?:or more )?(?:years?|yrs|jahre?|ans|años|anni|jaar|anos|års?)\b"
    r"|\b(?:experience (?:with|in|of|as|working|using)|experienced (?:in|with)|knowledge of"
    r"|ability to|able to|familiar(?:ity)? with|understanding of|proficien\w+|fluen\w+"
    r"|must (?:have|be|hold|own|possess)|min(?:imum|\.)? \d|ticket|valid driver"
    r"|degree|diploma|certifi\w+|licen[cs]e|skills?|comfortable (?:with|in)|eager to"
    r"|you (?:have|are)"
    r"|erfahrung\w*|berufserfahrung|\w*kenntnisse|studium|ausbildung|fähigkeit\w*"
    r"|expérience|connaissances?|maîtrise\w*|diplôme|formation|experiencia|conocimientos?"
    r"|titulación|licenciatura|dominio|esperienza|conoscenz[ae]|laurea|diploma|capacità"
    r"|ervaring|kennis|opleiding|werk- en denkniveau|rijbewijs|erfarenhet|utbildning|kunskap\w*"
    r"|körkort|erfaring|uddannelse|experiência|conhecimentos?|formação|doświadczenie|znajomość"
    r")\b|経験|スキル|知識|できる方"
)
_GIVES = re.compile(
    r"(?i)\b(?:(?:paid|annual|days'?|weeks'?) (?:of )?(?:leave|holidays?|vacation|time off)|pto"
    r"|holidays?|(?:health|medical|dental|vision|life)\b.{0,30}\b(?:insurance|cover|coverage|plan)"
    r"|insurance|pension|401\(?k\)?|discounts?|free (?:parking|lunch|meals|gym)|parental leave"
    r"|equity|stock options|bonus|stipend|allowance|flexible (?:hours|working)|wellbeing"
    r"|cycle to work|urlaubstage|tage urlaub|betriebliche altersvorsorge|jobrad|jobticket"
    r"|zuschuss|rabatte?|gleitzeit|homeoffice|mutuelle|tickets? restaurant|rtt|télétravail"
    r"|seguro|vales|aguinaldo|vacaciones|buoni pasto|ticket|welfare|vakantiedagen"
    r"|reiskosten\w*|pensioen|korting|friskvård\w*|tjänstepension|semester|vale)\b"
    r"|社会保険|手当|休暇|補助"
)
_ADDRESSES = re.compile(r"(?i)\W*(?:you(?:'|’)?ll|you will|du \w+st|sie \w+en|vous \w+ez)\b")
_FIRST = re.compile(r"\W*([A-Za-z]+(?:-[a-z]+)?)\b(?!:)")


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    path = Path(__file__).parent / "words" / "duties.txt"
    rows = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for row in rows if not row.startswith("#") for word in row.split())


def subject(texts: Sequence[str]) -> str | None:
    """The field of the items; None unless three in four of at least two are of one kind."""
    kinds = [_kind(text[:400]) for text in texts[:60]]
    if len(kinds) < 2:
        return None
    best = max((fields.RESPONSIBILITIES, fields.REQUIRED, fields.BENEFITS), key=kinds.count)
    return best if kinds.count(best) * 4 >= len(kinds) * 3 else None


def gives(text: str) -> bool:
    """Whether an item names something that an employer gives."""
    return _GIVES.search(text[:400]) is not None


def _kind(text: str) -> str | None:
    first = _FIRST.match(text)
    if _ADDRESSES.match(text) or (first and _is_verb(first[1].lower())):
        return fields.RESPONSIBILITIES
    asks, gives = _ASKS.search(text) is not None, _GIVES.search(text) is not None
    if asks == gives:
        return None
    return fields.REQUIRED if asks else fields.BENEFITS


def _is_verb(word: str) -> bool:
    """A duty's verb as "manage" or "manages"."""
    bases = (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y")
    return any(base in _verbs() for base in bases)

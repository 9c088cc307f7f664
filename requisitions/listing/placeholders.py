"""Blanks of a template that nobody filled in: they are no values, and somebody should know."""

import re

_WORDS = (
    r"(?:insert|add|enter|your|company|employer|organi[sz]ation|job|position|role|title|name|city"
    r"|state|country|location|town|salary|pay|wage|amount|currency|range|number|date|day|month|year"
    r"|e-?mail|url|link|website|phone|address|department|team|manager|industry|skills?|requirement"
    r"|qualification|responsibilit|benefit|list|describe|specify|placeholder|product|degree|field"
    r"|hours|contact|recruiter|client|school|xx+|x\b|n\b|\$|#|£|€|tb[dac]\b|firma|unternehmen|ort"
    r"|gehalt|ville|entreprise|ciudad|empresa)"
)
_BLANK = re.compile(
    rf"\[\s*{_WORDS}[^\[\]]{{0,60}}\](?!\()|<\s*{_WORDS}[^<>]{{0,40}}>|\{{\{{[^{{}}|]{{1,60}}\}}\}}"
    rf"|\{{\s*{_WORDS}[^{{}}]{{0,40}}\}}|<<[^<>]{{1,60}}>>|%[A-Z][A-Z_ ]{{2,40}}%"
    r"|(?<!\w)_{3,}(?!\w)|[$£€]\s?[xX]{1,3}(?:[,.][xX]{2,3})*[kK]?\b|\b[xX]{2,3},[xX]{3}\b"
    r"|\b[xX]{1,2}\+? (?:years|days|hours|months)\b|(?i:lorem ipsum)",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?i)\W*(?:tb[dac]|to be (?:updated|determined|announced|confirmed|added|advised|decided"
    r"|defined)(?: soon)?|n/?a|coming soon|none|xx+|lorem ipsum\b.*|to do|todo|\?{2,}"
    r"|(?:insert|enter|add) (?:text|here|your)\b.{0,40})\W*",
    re.DOTALL,
)
_UNDECIDED = re.compile(
    r"(?i)\b(?:tb[dac]|to be (?:determined|announced|confirmed"
    r"|updated soon))\b"
)


def blanks(text: str) -> list[str]:
    """Each blank in the text, as written; TBD and the like where they end a line."""
    found = [match[0] for match in _BLANK.finditer(text[:4000])]
    undecided = _UNDECIDED.search(text[-40:]) if len(text) < 80 else None
    return found or ([text.strip()] if undecided else [])


def is_blank(text: str) -> bool:
    """Whether nothing is left of a value once its blanks are out."""
    if _WHOLE.fullmatch(text[:400]):
        return True
    rest = _BLANK.sub("", text[:400])
    return rest != text[:400] and not any(letter.isalnum() for letter in rest)


def holds_blank(text: str) -> bool:
    return _BLANK.search(text[:400]) is not None or is_blank(text)

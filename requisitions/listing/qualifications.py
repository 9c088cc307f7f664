"""A qualification's sentence as a tree of AND and OR."""

import re

from requisitions.listing.model import Kind, Qualification, QualificationNode

_OR_EQUIVALENT = re.compile(
    r"[,;]?\s*\(?(?<!\w)or (?:an? |have |having )?(?:equivalent|comparable|commensurate)"
    r"(?: (?:practical|work|professional|relevant|industry|combination of"
    r"|\w+ and))* (?:experience|education)"
    r"(?: and (?:experience|training|education))?\)?\s*[.;]?$",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"(?i)\b(?:bachelor|master|ph\.? ?d|doctora\w*|degree|diploma|b\.?sc|m\.?sc|mba"
    r"|(?:b\.?[as]|m\.?[as])\.?(?=/| (?:in|or|degree|and)\b)|associate'?s|ged\b"
    r"|graduate (?:from|of)|abitur|studium|\w*studium|hochschulabschluss|ausbildung"
    r"|máster|grado|laurea|magisterka)"
)
_YEARS = re.compile(
    r"(?i)\b(\d{1,2})\s*\+?\s*(?:\)\s*)?(?:(?:-|–|to"
    r"|or more)\s*(?:\d{1,2}\+?)?\s*)?(?:plus )?(?:years?|yrs|jahre|ans|años|anni|jaar)\b"
)
_WORD_YEARS = re.compile(
    r"(?i)\b(one|two|three|four|five|six|seven|eight|nine|ten|twelve"
    r"|fifteen)(?: \(\d+\))?(?: or more)? years?\b"
)
_AGE = re.compile(r"(?i)\b\d{1,2} years (?:old|of age)\b")
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15,
}  # fmt: skip
_SKILL = re.compile(
    r"(?i)\b(?:experience|proficien\w*|knowledge|familiar\w*|expertise|fluen\w*|skills?"
    r"|abilit(?:y|ies)|understanding|able to"
    r"|track record|mastery|strong|competen\w*|background in|aptitude|kenntnisse|erfahrung"
    r"|compétences|experiencia|conocimiento\w*)"
)
_EQUIVALENT = re.compile(r"(?i)^\W*(?:or )?(?:an? )?(?:equivalent|comparable|commensurate)\b")
_PREFERRED_TAG = re.compile(
    r"(?i)[(\[]\s*(?:strongly |highly )?(?:preferred|desirable|desired|nice[- ]to[- ]have|optional"
    r"|(?:is )?a plus|bonus|not required|d|von vorteil|wünschenswert|souhaitée?|deseable|desejável"
    r"|歓迎|尚可)\s*[)\]]\W*$"
)
_PREFERRED_END = re.compile(
    r"(?i)(?:\bpreferred|\b(?:is|are|would be|as|considered|be) (?:an? )?(?:\w+ )?(?:plus|bonus"
    r"|asset|advantage|advantageous|desirable|desired|beneficial|helpful|preferred|welcome|ideal"
    r"|nice to have)"
    r"|[,–—-] (?:a )?(?:nice to have|plus|bonus|desirable)|\bnice[- ]to[- ]have|\bdesirable)\W*$"
)
_PREFERRED_START = re.compile(
    r"(?i)\W*(?:(?:preferred|desirable|desired|bonus|nice[- ]to[- ]have|a plus|optional"
    r"|advantageous|deseable|desejável|wünschenswert|von vorteil|souhaité|meriterande|歓迎)"
    r"\s*[:：–—-]|(?:preferably|ideally)\b|it would be (?:great|nice|an? \w+)\b)"
)
_NOT_NEEDED = re.compile(
    r"(?i)\b(?:preferred|desirable|desired|advantage\w*|beneficial|a plus|an asset|nice to have)"
    r",? (?:but|though|and|although) (?:is )?not (?:essential|required|necessary|mandatory|a must)"
    r"|\b(?:is|are) (?:strongly |highly |very )?(?:preferred|desirable|desired|advantageous)\b"
    r"|\b(?:is|are|would be) (?:an? )?(?:\w+ )?(?:plus|advantage|asset)\b"
)
_FIRST_SENTENCE = re.compile(r".{15,}?[.!?;](?=\s+[A-Z])")
_BRACKETS = re.compile(r"\([^()]*\)")
DEEP, LONG = 20, 4000


def read_qualification(text: str) -> Qualification:
    return Qualification(text, _tree(text, 0) if _bare(text) else _leaf(text))


def is_only_preferred(text: str) -> bool:
    """An item of a required list that ends in "(preferred)" or "is a plus"."""
    first = _FIRST_SENTENCE.match(text[:400])
    text = first[0] if first else text
    if _PREFERRED_START.match(text) or _NOT_NEEDED.search(_BRACKETS.sub("", text[-300:])):
        return True
    tail = text[-300:]
    if _PREFERRED_TAG.search(tail):
        return True
    return len(text) < 400 and _PREFERRED_END.search(_BRACKETS.sub("", tail)) is not None


def _tree(text: str, depth: int) -> QualificationNode:
    """AND binds tighter than OR; lower-case words only split before "or equivalent experience"."""
    text = _bare(text)
    if _capitals(text) or depth > DEEP or len(text) > LONG:
        return _leaf(text)
    for kind, word in (("any", "OR"), ("all", "AND")):
        parts = _split(text, word)
        if len(parts) > 1:
            return _branch(
                "any" if kind == "any" else "all", [_tree(part, depth + 1) for part in parts]
            )
    equivalent = _OR_EQUIVALENT.search(text[-160:])
    if equivalent:
        at = max(0, len(text) - 160) + equivalent.start()
        if _bare(text[:at]):
            return _branch("any", [_tree(text[:at], depth + 1), _leaf(_bare(text[at:]))])
    return _leaf(text)


def _capitals(text: str) -> bool:
    """Whether everything is in capitals, so that AND and OR say nothing special."""
    return text.isupper() and re.search(r"[^\W\d_]{4}", text) is not None


def _branch(kind: Kind, parts: list[QualificationNode]) -> QualificationNode:
    flat: list[QualificationNode] = []
    for part in parts:
        flat += part.parts if part.kind == kind else [part]
    return QualificationNode(kind, parts=tuple(flat))


def _split(text: str, word: str) -> list[str]:
    """The text at each capital `word` outside brackets; empty pieces are dropped."""
    pieces, start, depth = [], 0, 0
    for found in re.finditer(rf"[()]|(?<!\S){word}(?!\S)", text):
        if found[0] in "()":
            depth = max(0, depth + (1 if found[0] == "(" else -1))
        elif depth == 0:
            pieces.append(text[start : found.start()])
            start = found.end()
    return [piece for piece in [*pieces, text[start:]] if _bare(piece)]


def _bare(text: str) -> str:
    """Without the punctuation that joined it, and without brackets around the whole."""
    for _ in range(3):
        text = text.strip(" ;,").rstrip(".").rstrip()
        if text.startswith("(") and _wrapped(text):
            text = text[1:-1]
    found = _EQUIVALENT.match(text)
    return text[3:].lstrip() if found and text.lower().startswith("or ") else text


def _wrapped(text: str) -> bool:
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return at == len(text) - 1 > 1
    return False


def _leaf(text: str) -> QualificationNode:
    return QualificationNode(_kind(text), text, years(text))


def _kind(text: str) -> Kind:
    head = text[:2000]
    if _EQUIVALENT.match(head):
        return "other"
    if _DEGREE.search(head):
        return "degree"
    if years(head) is not None:
        return "years"
    return "skill" if _SKILL.search(head) else "other"


def years(text: str) -> int | None:
    """The least number of years that the text asks for."""
    head = _AGE.sub("", text[:2000])
    if found := _YEARS.search(head):
        return int(found[1])
    word = _WORD_YEARS.search(head)
    return _WORDS[word[1].lower()] if word else None

"""Which field a heading heads, and which field a label names.

Two tables: phrases that are headings on their own, wherever they stand, and
patterns for a line that already looks like a heading. `OTHER` is known to head
nothing that a listing has a field for.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from requisitions.listing import fields

WORDS = Path(__file__).parent / "words"

# For lines that look like headings; the first field that fits counts.
_PATTERNS = (
    (fields.FAQ, r"\b(faqs?|frequently asked|questions (and|&) answers)\b"),
    (
        fields.OTHER,
        (
            r"\b(equal (employment )?opportunit|eeo|diversity|inclusion|accommodations?\b|privacy"
            r"|data protection|(similar|related|more|other) (jobs|roles|openings|positions)"
            r"|share this"
            r"|physical (demands|requirements)|working conditions|work(ing)? environment|disclaimer"
            r"|background (check|investigation)|our values|core values|recruitment (agencies|fraud)"
            r"|agencies|clearance|travel|visa|sponsorship|reasonable adjust|who may apply"
            r"|additional information)"
        ),
    ),
    (
        fields.PREFERRED,
        (
            r"\b(nice[- ]to[- ]ha(ve|ves)|(good|great)[- ]to[- ]have|preferred|desired|desirable"
            r"|preferable|set(s)? you apart|makes? you stand out|pluses|(is|are|be|as|big"
            r"|huge) (a )?plus"
            r"|extra credit|bonus (points|skills|if|qualifications|experience)|brownie points"
            r"|advantageous|an (advantage|asset)|(may|might|could) also|even better|not required"
            r"|optional"
            r"|von vorteil|wünschenswert|souhaité|deseable|desejável)\b"
        ),
    ),
    (
        fields.APPLY,
        (
            r"\b(how (to|do i|can i|you) apply|to apply|application process|applying|bewirb"
            r"|(interview|hiring|recruitment|selection|application) (process|stages|steps"
            r"|procedure))\b"
        ),
    ),
    (fields.GUIDANCE, r"\b(get hired|interview tips|how to prepare|tips for|preparation)\b"),
    (fields.HIGHLIGHTS, r"\bhighlights\b"),
    (
        fields.BENEFITS,
        (
            r"\b(benefits?|perks|we (can )?offer|in it for you|in return|on offer"
            r"|what you( will)? get"
            r"|what you will receive|why (you will love|you should|join|work)|rewards"
            r"|bieten|vorteile|avantages|ofrecemos|beneficios|oferecemos|benefícios|erbjuder"
            r"|offriamo)\b"
        ),
    ),
    (fields.PAY, r"\b(salary|pay|compensation|remuneration|wages?|gehalt|vergütung|salaire)\b"),
    (
        fields.RESPONSIBILITIES,
        (
            r"\b(responsibilit(y|ies)|responsible for|duties|accountabilit(y|ies)|deliverables"
            r"|what you( will|'ll)( be)?( do| doing| own| build| work| tackle| achieve| accomplish)"
            r"|what will (you|i) (do|be doing)|day[- ]to[- ]day|you will$|you will be$|you'll$"
            r"|essential functions|key objectives|objectives for|this position$|scope of"
            r"|your (role|mission|tasks|impact|day|work)|(role|position|job"
            r"|work) (will )?(involves?"
            r"|includes?|entails?)"
            r"|how you will|impact you will|a (typical )?(day|week)|tasks (include|are)|your focus"
            r"|aufgaben|erwartet|verantwortlich|missions|responsabilités|funciones"
            r"|responsabilidades"
            r"|verantwoordelijkheden|arbetsuppgifter|mansioni|obowiązki)"
        ),
    ),
    (
        fields.REQUIRED,
        (
            r"\b(requirements?|required|qualifications?|must[- ]haves?|you must|eligib|essential"
            r"|minimum"
            r"|what (you|we)( will)? need|needs? (from|to have)|what you( will)?( bring| have)"
            r"|(what|who) (we are|are we|we're) (looking|searching|after|seeking)|what we look"
            r"|looking for|who you are|about you|(ideal|successful|right|strong|best) (candidate"
            r"|applicant|person)"
            r"|your (profile|background|skills|experience|qualifications|expertise|strengths)"
            r"|you (have|bring|possess|are|should( have| be able| bring|$)|might|may|could"
            r"|need|will have|will need"
            r"|will bring"
            r"|will be a)"
            r"|skills|experience|education|knowledge|abilities|person specification"
            r"|candidates? (who"
            r"|that|will|should)"
            r"|to (be successful|succeed|thrive|qualify)|criteria|great fit|good fit|proficien"
            r"|expertise|certifications?"
            r"|licen[cs]es?|profil|mitbring|bringst|bringen sie|anforderungen|voraussetzungen"
            r"|compétences|requisitos|perfil"
            r"|requisiti|vereisten|functie-?eisen|kvalifikation|wymagania)"
        ),
    ),
    (fields.LOCATIONS, r"\b(locations?|where you will (be|work))\b"),
    (
        fields.SUMMARY,
        (
            r"\b(about (the|this|our|us|working)|overview|summary|who we are|description"
            r"|introduction"
            r"|the (role|team|opportunity|company|challenge|mission|product|project)|our (company"
            r"|team|mission|story|client))\b"
        ),
    ),
)
_COMPILED = tuple((field, re.compile(pattern)) for field, pattern in _PATTERNS)
_ABOUT = re.compile(
    r"(?:about|join|welcome to|über|à propos de|sobre|over|om) (?:[\w&.'-]+ ?){1,5}"
)
# What job sites add about the employer and about other readers.
_SERVICE = re.compile(
    r"(?i)[\d.,]+[km]? followers|(?:[\w&,]+ ){0,4}\d[\d,]*(?:\+|-[\d,]+) employees"
    r"(?: .{0,30}on linkedin)?"
    r"|(?:re)?posted (?:about )?(?:yesterday|today|(?:over )?\d+\+? \w+ ago)"
    r"|(?:over )?\d+ (?:people clicked apply|applicants)|see (?:how you compare|who) .*"
    r"|be among the first \d+ applicants|(?:try|get|retry) premium .*|set alert .*"
    r"|save .{3,60} at .{2,40}|.{2,40} logo|\d(?:\.\d)?(?: out of 5(?: stars)?)"
)
_COUNT = re.compile(r" \(\d{1,3}\)$")
_EDGES = re.compile(r"^[\W_]+|[^\w)]+$")
_LABEL = re.compile(r"([^\s:：][^:：]{0,48}?)\s*[:：](?!//)\s*(?=\S)(.*)", re.DOTALL)
_DASHED = re.compile(r"(\w[\w /]{2,28}?)\s+[–—-]\s+(\S.*)", re.DOTALL)


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """A heading's words, without case, decoration or contractions."""
    words = text.casefold().replace("’", "'").replace("&", " & ").replace("'ll", " will")
    words = words.replace("'re", " are").replace("'ve", " have")
    words = _EDGES.sub("", _EDGES.sub("", words))
    return " ".join(words.split())


def _stems() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(field, beginnings of words) in the order of their file; Japanese has no word ends."""
    groups: list[tuple[str, list[str]]] = []
    for phrase, field in _phrases("stems.txt", edges=True):
        if not groups or groups[-1][0] != field:
            groups.append((field, []))
        groups[-1][1].append(re.escape(phrase.rstrip("!")) + (r"\b" if phrase[-1] == "!" else ""))
    return tuple(
        (field, re.compile(rf"(?:(?<!\w)|(?<=[\u3040-\u9fff]))(?:{'|'.join(stems)})"))
        for field, stems in groups
    )


def _phrases(name: str, *, edges: bool = False) -> Iterator[tuple[str, str]]:
    """(phrase, field) of a file of words: fields in brackets, phrases between bars.

    `edges`: a "!" at a phrase's end is kept.
    """
    field = ""
    for row in (WORDS / name).read_text(encoding="utf-8").splitlines():
        if row.startswith("["):
            field = row.strip("[]")
        elif row and not row.startswith("#"):
            yield from (
                (normal(phrase) + "!" * (edges and phrase.endswith("!")), field)
                for phrase in row.split(" | ")
            )


_EXACT = dict(reversed([*_phrases("english.txt"), *_phrases("abroad.txt")]))
_UNSURE = dict(_phrases("unsure.txt"))
_STEMS = _stems()
# May also be an item of a list, or a button on a page.
AMBIGUOUS = frozenset(phrase for phrase, kind in _UNSURE.items() if kind == "items")
BUTTONS = frozenset(phrase for phrase, kind in _UNSURE.items() if kind == "buttons")
_CHROME = frozenset(phrase for phrase, kind in _UNSURE.items() if kind == "chrome")


@lru_cache(maxsize=4096)
def exact(text: str) -> str | None:
    """The field of a phrase that is a heading wherever it stands."""
    if len(text) > 80:
        return None
    words = _COUNT.sub("", normal(text))
    return _EXACT.get(words) or _EXACT.get(words.removeprefix("the ").removeprefix("our "))


@lru_cache(maxsize=4096)
def likely(text: str) -> str | None:
    """The field of a line that looks like a heading, by its words."""
    if len(text) > 160:
        return None
    found = exact(text)
    if found:
        return found
    words = normal(text)
    for field, pattern in (*_STEMS, *_COMPILED):
        if pattern.search(words):
            return field
    return fields.SUMMARY if _ABOUT.fullmatch(words) else None


@lru_cache(maxsize=4096)
def stemmed(text: str) -> str | None:
    """The field of a short heading by its stems, or by its whole words."""
    words = normal(text)
    return exact(text) or next((field for field, stems in _STEMS if stems.search(words)), None)


def label(text: str) -> tuple[str, str] | None:
    """("locations", "Berlin") for "Location: Berlin"; None where no known label leads."""
    found = _LABEL.fullmatch(text)
    field = exact(found[1]) if found else None
    if found and field:
        return field, found[2]
    dashed = _DASHED.fullmatch(text)
    field = exact(dashed[1]) if dashed else None
    known = dashed is not None and field in fields.SCALARS and normal(dashed[1]) not in BUTTONS
    return (field or fields.OTHER, dashed[2]) if dashed and known else None


def is_chrome(text: str, *, item: bool = False) -> bool:
    """Whether a line belongs to the page around a listing, such as "Show more"."""
    if len(text) >= 80:
        return False
    return normal(text) in _CHROME or (not item and _SERVICE.fullmatch(text) is not None)


def unknown_label(text: str) -> bool:
    """Whether the line reads "Some label: a value" with a short label."""
    found = _LABEL.fullmatch(text)
    return found is not None and len(found[1].split()) <= 4

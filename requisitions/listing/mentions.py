"""Places that sentences name: where the job is, and as a last resort any one place."""

import re
from collections.abc import Iterator, Sequence

from requisitions.listing.gazetteer import CITIES
from requisitions.listing.model import Location
from requisitions.listing.names import names_an_organization
from requisitions.listing.places import GENERIC, PROPER, is_known, is_region, locate, split

_LIST = rf"((?:{PROPER})(?:(?:, | or |, or | and |, and | / )(?:the )?(?:{PROPER}))*)"
_SITE = (
    r"(?:offices?|headquarters|HQ|hub|studio|campus|plant|site|warehouse|store|branch|factory"
    r"|facility|lab|location|distribution cent(?:er|re)|depot|clinic|hospital|showroom)"
)
# The job's own place, whatever its name.
_BASED = re.compile(
    r"\b(?:(?:role|position|job|post|vacancy|opportunity|opportunities|candidates?|you|you'll"
    r"|you’ll|must|will|be|office)"
    r"(?: [\w'’-]+){0,5} (?:based|located|situated)|(?:role|position|job|vacancy|opening"
    r"|(?<!have )(?<!with )(?<!has )office|(?<!have )(?<!with )(?<!has )offices|relocate))"
    rf" (?:in|at|out of|to)(?: our| the)?(?: offices? in)? {_LIST}"
)
# Places whose names are known, or that stand beside their state.
_KNOWN = (
    re.compile(rf"\b[A-Z][\w&'’]+ \(({PROPER}, {PROPER})\)"),
    re.compile(rf"\b(?:for|in)(?: the)? ({PROPER}) (?:area|suchen wir|region)\b"),
    re.compile(rf"\b(?:[Oo]ur|the) ({PROPER}(?:, {PROPER})?)(?:-based)? {_SITE}\b"),
    re.compile(
        rf"\b(?:[Oo]ur|the|an?) (?:\w+ ){{0,2}}{_SITE} in (?:the )?({PROPER}(?:, {PROPER})?)"
    ),
    re.compile(rf"(?i:\banywhere (?:with)?in) (?:the )?{_LIST}"),
    re.compile(
        r"(?i:\bremote(?:ly)?,?(?: \w+){0,6}? (?:in|within|across|from|throughout)) (?:the )?"
        + _LIST
    ),
    re.compile(
        r"(?i:\bopen to(?: \w+){0,2} (?:candidates|applicants|people|anyone)(?: \w+){0,3}?"
        r" (?:in|from|within|across)) (?:the )?" + _LIST
    ),
    re.compile(
        r"(?i:\b(?:live|reside|residing|living|candidates?|applicants) (?:with)?(?:in|near))"
        r"(?: \d+ \w+ of| \w+ distance of)? (?:the )?" + _LIST
    ),
    re.compile(r"(?i:\b(?:\w+ distance (?:of|to|from)|within \d+ \w+ of)) (?:the )?" + _LIST),
    re.compile(rf"(?i:\bjoin (?:us|(?:our|the)(?: [\w&-]+){{0,3}} team)) in (?:the )?{_LIST}"),
)
_IN_CITY = re.compile(rf"\b(?:in|at|near|to) ({PROPER}), ([A-Z]{{2,3}}|{PROPER})(?=[\s.,;)]|$)")
_IN_KNOWN = re.compile(
    rf"\b(?:in|near|à|en|em|te) ({PROPER})(?=[\s.,;)!]|$)(?!,? (?:and |or |& )?[A-ZÀ-Þ])"
)
_ELSEWHERE = re.compile(
    r"(?i)\b(?:offices|customers|clients|partners|stores|founded|born)\b"
    r"[^.]{0,30}$"
)
_ELIGIBLE = re.compile(
    r"(?i)\b(?:right|legally|eligible|eligibility|authori[sz]\w+"
    r"|permit\w*) (?:\w+ )?to (?:live and )?work\b"
)
_ORGANIZATION = re.compile(
    r"\b(?:Administration|Department|Division|Team|Group|Services?|Office|Unit|Company|Inc|Ltd"
    r"|Ministry)\b"
)
LONG = 3000


def read_prose(text: str) -> list[Location]:
    """Places in a sentence such as "This role is based in London or Leeds"."""
    text = text[:LONG]
    if (found := _BASED.search(text)) and not _is_about_permits(text, found):
        parts = [] if _ORGANIZATION.search(found[1]) else split(found[1])
        return [locate(part) for part in parts if not GENERIC.match(part)]
    return next((places for each in _KNOWN if (places := list(_known(text, each)))), [])


def _known(text: str, pattern: re.Pattern[str]) -> Iterator[Location]:
    found = pattern.search(text)
    if found is not None and not _is_about_permits(text, found):
        yield from (locate(part) for part in split(found[1]) if is_known(part))


def _is_about_permits(text: str, found: re.Match[str]) -> bool:
    return _ELIGIBLE.search(text[max(0, found.start() - 60) : found.end()]) is not None


def read_aside(texts: Sequence[str]) -> Location | None:
    """The one city that sentences name with its state or country, where they name only one."""
    found = {
        f"{match[1]}, {match[2]}"
        for match in _asides(texts, _IN_CITY)
        if is_region(match[2]) and match[2] not in CITIES and not names_an_organization(match[1])
    }
    if found:
        return locate(found.pop()) if len(found) == 1 else None
    cities = {match[1] for match in _asides(texts, _IN_KNOWN) if match[1] in CITIES}
    return locate(cities.pop()) if len(cities) == 1 else None


def _asides(texts: Sequence[str], pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """What the pattern finds, but for where others are, such as "our customers in ..."."""
    for text in texts:
        for found in pattern.finditer(text[:LONG]):
            if not _ELSEWHERE.search(text[max(0, found.start() - 50) : found.start()]):
                yield found

"""Places: how a listing writes them, and what is certain about their parts."""

import re
from collections.abc import Iterable, Sequence

from requisitions.listing.gazetteer import CITIES, COUNTRIES, STATES
from requisitions.listing.model import Location
from requisitions.listing.names import names_a_job, names_an_organization

_NAME = r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3}"
_PROPER = r"[A-ZÀ-Þ][\w.'’-]*(?:[ -][A-ZÀ-Þ][\w.'’-]*){0,3}"
_CITY_REGION = re.compile(
    rf"({_PROPER}),\s*([A-Z]{{2,3}}|{_PROPER})(?:\s+\d{{4,6}})?(?:,\s*({_PROPER}))?"
)
_POSTAL = re.compile(r"(?<=\b[A-Z]{2}) (?:\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d)\b")
_BRACKETS = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]\s*")
_INNER = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_POSTCODE = re.compile(
    r"(?:,? [A-Z]{1,2}\d{1,2}[A-Z]?(?: \d[A-Z]{2})?|,? \d{5})$|^\d{4,5} (?=[A-ZÀ-Þ])"
)
_IN_CITY = re.compile(rf"\b(?:in|at|near|to) ({_PROPER}), ([A-Z]{{2,3}}|{_PROPER})(?=[\s.,;)]|$)")
_IN_KNOWN = re.compile(rf"\b(?:in|near|à|en|em|te) ({_PROPER})(?=[\s.,;)!]|$)")
_STREET = re.compile(r"[^,]{3,40} \d{1,4}\w?,(?: [A-Z]?-?\d{4,5})? ([^,\d]+)")
_PLACELESS = re.compile(
    r"\b(?:hybrid work(?:ing)?|remote work(?:ing)?|remot[oa]|presencial|remote|hybrid"
    r"|on-?\s?site|in[- ]office|in[- ]person|virtual|telework|wfh"
    r"|work from home|home[- ]?office|télétravail|teletrabajo|hybride|híbrido"
    r"|\d(?:-\d)? days?(?: (?:a|per) week)?(?: in(?: the)? office)?|office|based|"
    r"flexible|first|only|100 ?%(?!\w)|fully|option(?:al)?|possible|full[- ]time|part[- ]time"
    r"|multiple locations)\b",
    re.IGNORECASE,
)
_SPLITS = re.compile(r"\s*(?:;|\||/|•|·|\bor\b|\boder\b|\bou\b)\s*")
_PROSE = re.compile(
    r"\b(?:(?:role|position|job|post|vacancy|opportunity|opportunities|candidates?|you|you'll"
    r"|you’ll|must|will|be|office)"
    r"(?: [\w'’-]+){0,5} (?:based|located|situated)|(?:role|position|job|vacancy|opening|office"
    r"|offices|relocate))"
    rf" (?:in|at|out of|to)(?: our| the)?(?: offices? in)? ((?:{_PROPER})(?:(?:, | or |, or "
    rf"| and | / )(?:the )?(?:{_PROPER}))*)"
)
_BASIS = re.compile(rf"\b(?:for|in)(?: the)? ({_PROPER}) (?:area|suchen wir|region)\b")
_COUNTY = re.compile(
    r"(?:Co\.?|County) [A-Z]\w+|[A-Z]\w+(?: [A-Z]\w+)? County"
    r"|(?:(?:North|South|East|West) )?[A-Z]\w+shire|Essex|Kent|Surrey"
    r"|(?:East |West )?Sussex|Norfolk|Suffolk|Devon|Cornwall|Dorset|Somerset|Cumbria|Jalisco"
    r"|Bayern|Hessen|Sachsen|Bavaria|Flanders|Brittany|Lombardia|Catalonia|Cataluña|Andalucía"
)
_LOOSE_ENDS = re.compile(
    r"^(?:[\s,;:/|–—-]|(?:or|and|in|within|from|the|across|auf|en|au) )+|(?:[\s,;:/|–—-]| (?:or"
    r"|and|in)(?=\W*$))+$"
)
_ELIGIBLE = re.compile(
    r"(?i)\b(?:right|legally|eligible|eligibility|authori[sz]\w+"
    r"|permit\w*) (?:\w+ )?to work\b"
)
_ORGANIZATION = re.compile(
    r"\b(?:Administration|Department|Division|Team|Group|Services?|Office|Unit|Company|Inc|Ltd"
    r"|Ministry)\b"
)
_GENERIC = re.compile(
    r"(?i)^(?:anywhere|worldwide|global|various|multiple|headquarters|field|nationwide|tbd|n/?a"
    r"|see .*|"
    r"monday|tuesday|english|january|the|our|a|an|this)\b"
)


def read_labelled(value: str) -> list[Location]:
    """The places after "Location:"; several are kept apart."""
    without = _BRACKETS.sub(" ", value).strip() or value.strip("()[] ")
    parts = [_tidy(part) for part in _split(without)]
    found = [locate(part) for part in parts if part and _is_name(part)]
    return found or [place for each in _INNER.findall(value) for place in read_places(each)]


def read_places(text: str) -> list[Location]:
    """Every part of the text that can only be a place."""
    parts = [_tidy(part) for part in _split(text)]
    return [locate(part) for part in parts if is_place(part)]


def locate(text: str) -> Location:
    """A place with the parts that its own words make certain."""
    if text in COUNTRIES:
        return Location(text, country=text)
    if text in STATES.values():
        return Location(text, region=text)
    parts = [part.strip() for part in _POSTAL.sub("", text).split(",")]
    if len(parts) == 2 and parts[1] in COUNTRIES and parts[1] not in STATES.values():
        return Location(text, city=parts[0], country=parts[1])
    if len(parts) == 2 and (parts[1] in STATES or parts[1] in STATES.values()):
        return Location(text, city=parts[0], region=parts[1])
    if len(parts) == 3 and parts[2] in COUNTRIES:
        return Location(text, city=parts[0], region=parts[1], country=parts[2])
    return Location(text)


def is_place(text: str) -> bool:
    """Whether a bare line can only be a place: a country, a state, a city, "City, Region"."""
    if len(text) > 120:
        return False
    bare = _BRACKETS.sub(" ", text)
    parts = [_tidy(part) for part in re.split(r"\s*[;|/•·]\s*|\s+or\s+", bare)]
    parts = [part for part in parts if part]
    return bool(parts) and all(_is_one_place(part) for part in parts)


def _is_one_place(text: str) -> bool:
    """One place, or several with commas between."""
    short = _POSTCODE.sub("", _POSTAL.sub("", text))
    known = short in COUNTRIES or short in STATES.values() or short in CITIES
    parts = [part.strip() for part in short.split(",")]
    if names_a_job(text) or _leads_with_a_name(parts):
        return False
    if known or _is_city_region(text):
        return True
    if short != text and len(parts) == 1 and re.fullmatch(_PROPER, short):
        return True
    if names_a_job(text) or (parts[0].count(" ") > 1 and len(parts) > 2):
        return False
    if len(parts) == 1 and _is_region(short):
        return True
    if len(parts) == 2 and parts[0] in CITIES and re.fullmatch(_PROPER, parts[1]):
        return not names_an_organization(parts[1])
    return (
        len(parts) > 1
        and all(_is_region(part) for part in parts[1:])
        and (parts[0] in CITIES or re.fullmatch(_PROPER, parts[0]) is not None)
    )


def _leads_with_a_name(parts: list[str]) -> bool:
    """ "Riverbend Mills, Joliet, IL", "Hillcrest Academy, Nottingham": an employer comes first."""
    if len(parts) > 1 and names_an_organization(parts[0]):
        return True
    return (
        len(parts) > 2
        and parts[0] not in CITIES
        and (parts[0].count(" ") > 1 or parts[2] in STATES)
    )


def is_address(text: str) -> bool:
    """ "Lindenallee 12, 50667 Köln": a street with its number, and a city that is known."""
    found = _STREET.fullmatch(text) if len(text) < 100 else None
    return found is not None and found[1] in CITIES


def _is_region(text: str) -> bool:
    if _COUNTY.fullmatch(text):
        return True
    city, _, code = text.rpartition(" ")
    if city in CITIES and re.fullmatch(r"[A-Z]{2,3}|\d{1,2}", code):
        return True
    return text in COUNTRIES or text in STATES or text in STATES.values() or text in CITIES


def read_prose(text: str) -> list[Location]:
    """Places in a sentence such as "This role is based in London or Leeds"."""
    if _ELIGIBLE.search(text[:3000]):
        return []
    found = _PROSE.search(text[:3000]) or _BASIS.search(text[:3000])
    if found is None:
        return []
    parts = [_tidy(part) for part in _split(found[1])]
    if _ORGANIZATION.search(found[1]):
        return []
    return [locate(part) for part in parts if part and not _GENERIC.match(part)]


def read_aside(texts: Sequence[str]) -> Location | None:
    """The one city that sentences name with its state or country, where they name only one."""
    found = {
        f"{match[1]}, {match[2]}"
        for text in texts
        for match in _IN_CITY.finditer(text[:3000])
        if _is_region(match[2]) and not names_an_organization(match[1])
    }
    if found:
        return locate(found.pop()) if len(found) == 1 else None
    cities = {
        match[1]
        for text in texts
        for match in _IN_KNOWN.finditer(text[:3000])
        if match[1] in CITIES
    }
    return locate(cities.pop()) if len(cities) == 1 else None


def without_repeats(places: Iterable[Location]) -> list[Location]:
    """Each place once; a bare state or city gives way to the place that contains it."""
    unique = list({place.text.casefold(): place for place in places}.values())
    return [place for place in unique if not any(_contains(other, place) for other in unique)]


def _contains(other: Location, place: Location) -> bool:
    if other is place or other.text == place.text:
        return False
    region = STATES.get(other.region or "", other.region)
    if place.region and place.text == place.region:
        return region == place.region
    return other.city == place.text or (place.country == place.text and other.country == place.text)


def _is_city_region(text: str) -> bool:
    found = _CITY_REGION.fullmatch(text)
    if found is None:
        return False
    return _is_region(found[2]) or found[3] in COUNTRIES


def _split(text: str) -> list[str]:
    parts = [part for part in _SPLITS.split(text) if part]
    listed = [piece.strip() for piece in text.split(",")]
    if len(listed) > 1 and all(piece in COUNTRIES for piece in listed):
        return listed
    if re.search(r", [^,]* (?:or|and) |\bor\b|\band\b", text) and not re.search(
        r", [A-Z]{2}\b", text
    ):
        return [
            piece
            for part in parts
            for piece in re.split(r",\s*(?:and |or )?|\s+and\s+|\s*&\s*", part)
        ]
    if text.count(",") >= 2 and not _is_city_region(text):
        return [piece for part in parts for piece in _lone_cities(part)]
    return parts


def _lone_cities(text: str) -> list[str]:
    """ "Berlin, Hamburg, Munich" are three places; "Berlin, Germany" is one."""
    pieces = [piece.strip() for piece in text.split(",")]
    single = all(re.fullmatch(_NAME, piece) for piece in pieces)
    regions = any(
        piece in STATES or piece in COUNTRIES or piece in STATES.values() for piece in pieces
    )
    return pieces if single and not regions else [text]


def _tidy(text: str) -> str:
    text = _PLACELESS.sub(" ", text)
    text = re.sub(r"\s+", " ", text)
    text = _LOOSE_ENDS.sub("", text)
    return text[:-1] if text.endswith(".") and "." not in text[:-1] else text


def _is_name(text: str) -> bool:
    return len(text) <= 80 and any(letter.isalpha() for letter in text) and text.count(" ") <= 8

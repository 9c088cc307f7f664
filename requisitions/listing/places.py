"""Places: how a listing writes them, and what is certain about their parts."""

import re
from collections.abc import Iterable

from requisitions.listing.gazetteer import CITIES, COUNTRIES, STATES
from requisitions.listing.model import Location
from requisitions.listing.names import names_a_job, names_an_organization

_NAME = r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3}"
_WORD = r"(?:(?:[A-Z]\.)+|(?:St|Ft|Mt|Ste|Co)\.|[A-ZÀ-Þ][\w'’-]*)"
PROPER = rf"{_WORD}(?:[ -]{_WORD}){{0,3}}"
_CITY_REGION = re.compile(
    rf"({PROPER}),\s*([A-Z]{{2,3}}|{PROPER})(?:\s+\d{{4,6}})?(?:,\s*({PROPER}))?"
)
_POSTAL = re.compile(r"(?<=\b[A-Z]{2}) (?:\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d)\b")
_BRACKETS = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]\s*")
_INNER = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_POSTCODE = re.compile(
    r"(?:,? [A-Z]{1,2}\d{1,2}[A-Z]?(?: \d[A-Z]{2})?|,? \d{5})$|^\d{4,5} (?=[A-ZÀ-Þ])"
)
_STREET = re.compile(r"[^,]{3,40} \d{1,4}\w?,(?: [A-Z]?-?\d{4,5})? ([^,\d]+)")
_PLACELESS = re.compile(
    r"\b(?:hybrid work(?:ing)?|remote work(?:ing)?|remot[oa]|presencial|remote|hybrid"
    r"|on-?\s?site|in[- ]office|in[- ]person|virtual|telework|wfh"
    r"|\d (?:jours?|tage?|dagen|días?|giorni)(?: ?/ ?| par | pro | per | a la | a )"
    r"(?:semaine|woche|week|semana|settimana)"
    r"|work from home|home[- ]?office|télétravail|teletrabajo|hybride|híbrido"
    r"|\d(?:-\d)? days?(?: (?:a|per) week)?(?: in(?: the)? office)?|office|based|"
    r"flexible|first|only|100 ?%(?!\w)|fully|option(?:al)?|possible|full[- ]time|part[- ]time"
    r"|multiple locations)\b",
    re.IGNORECASE,
)
_SPLITS = re.compile(
    r"\s*(?:;|\||/|•|·|\bor\b|\boder\b|\bou\b)\s*"
    r"|(?<!Brighton)(?<!Tyne)(?<!Trinidad)(?<!Newfoundland)(?<!Bosnia)(?<!Kensington)"
    r"(?<!Hammersmith)(?:,\s*|\s+)(?:and|&|und|et)\s+"
)
_APART = re.compile(r"[;|•·]")
_COUNTY = re.compile(
    r"(?:Co\.?|County) [A-Z]\w+|[A-Z]\w+(?: [A-Z]\w+)? County"
    r"|(?:(?:North|South|East|West) )?[A-Z]\w+shire|Essex|Kent|Surrey"
    r"|(?:East |West )?Sussex|Norfolk|Suffolk|Devon|Cornwall|Dorset|Somerset|Cumbria|Jalisco"
    r"|Bayern|Hessen|Sachsen|Bavaria|Flanders|Brittany|Lombardia|Catalonia|Cataluña|Andalucía"
)
_AREA = re.compile(
    rf"Greater {PROPER}|(?:US |U\.S\. |USA )?(?:East|West|Gulf) Coast|Midwest"
    r"|New England|Pacific Northwest"
    r"|(?:North|South|East|West|Central|Eastern|Western|Northern|Southern) (?:Europe|America|Africa"
    r"|Asia|England|Wales|Germany|France|Italy|Spain|California|Florida|Texas|US|USA|UK)"
    rf"|{PROPER} (?:(?:Metropolitan|Metro|Bay) Area|Metroplex)"
)
_LOOSE_ENDS = re.compile(
    r"^(?:[\s,;:/|–—-]|(?:or|and|in|within|from|the|across|auf|en|au) )+|(?:[\s,;:/|–—-]| (?:or"
    r"|and|in|with)(?=\W*$)|(?<=,)with(?=\W*$))+$"
)
GENERIC = re.compile(
    r"(?i)(?:anywhere|world-?wide|global(?:ly)?|various|multiple|headquarters|hq|head office|field"
    r"|nation-?wide|tbd|tbc|n/?a|flexible|home|see .*|all (?:locations|offices)"
    r"|(?:monday|tuesday|english|january|the|our|a|an|this)\b.*)$"
)
_CLAUSE = re.compile(
    r"(?i)[,;]?\s*\b(?:with|plus|including|at least|minimum)\b[^;/|()]*"
    r"\b(?:days?|home|remote|hybrid|office|travel\w*)\b[^;/|()]*$"
)
_MUST = re.compile(
    r"(?i)\b(?:candidates? )?must (?:be )?(?:based|located|live|reside|residing)? ?(?:with)?in "
    r"|\banywhere (?:with)?in (?:the )?"
    r"|\b(?:various |multiple )?(?:locations|sites|offices) (?:across|within|in|throughout)"
    r" (?:the )?"
)
_SPEAKS = re.compile(
    r"(?i)\b(?:travel\w*|must|required|visit\w*|expected|occasional\w*|depending|minimum|eligible"
    r"|candidates?|time ?zones?|hours|with|you|we|your|will|please)\b"
)


def read_labelled(value: str) -> list[Location]:
    """The places after "Location:"; several are kept apart."""
    value = _CLAUSE.sub("", _MUST.sub("", value))
    without = _BRACKETS.sub(" ", value).strip() or value.strip("()[] ")
    found = [locate(part) for part in split(without) if _is_name(part)]
    return found or [place for each in _INNER.findall(value) for place in read_places(each)]


def read_places(text: str) -> list[Location]:
    """Every part of the text that can only be a place."""
    return [locate(part) for part in split(text) if is_place(part)]


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
    known = sum(map(_is_one_place, parts))
    if len(parts) > 2 and known * 2 >= len(parts) and not _APART.search(text):
        return all(re.fullmatch(PROPER, part) or _is_one_place(part) for part in parts)
    return bool(parts) and known == len(parts)


def _is_one_place(text: str) -> bool:
    """One place, or several with commas between."""
    short = _POSTCODE.sub("", _POSTAL.sub("", text))
    known = short in COUNTRIES or short in STATES.values() or short in CITIES
    parts = [part.strip() for part in short.split(",")]
    if names_a_job(text) or _leads_with_a_name(parts):
        return False
    if known or _is_city_region(text):
        return True
    if short != text and len(parts) == 1 and re.fullmatch(PROPER, short):
        return True
    if names_a_job(text) or (parts[0].count(" ") > 1 and len(parts) > 2):
        return False
    if len(parts) == 1 and (is_region(short) or _AREA.fullmatch(short)):
        return True
    if len(parts) == 2 and parts[0] in CITIES and re.fullmatch(PROPER, parts[1]):
        return not names_an_organization(parts[1])
    return (
        len(parts) > 1
        and all(is_region(part) for part in parts[1:])
        and (parts[0] in CITIES or re.fullmatch(PROPER, parts[0]) is not None)
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


def is_region(text: str) -> bool:
    if _COUNTY.fullmatch(text):
        return True
    city, _, code = text.rpartition(" ")
    if city in CITIES and re.fullmatch(r"[A-Z]{2,3}|\d{1,2}", code):
        return True
    return text in COUNTRIES or text in STATES or text in STATES.values() or text in CITIES


def is_known(text: str) -> bool:
    """Whether a place is named here, or stands beside its state or country."""
    return is_region(text) or _is_city_region(text) or _AREA.fullmatch(text) is not None


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
    return is_region(found[2]) or found[3] in COUNTRIES


def split(text: str) -> list[str]:
    """The places of an enumeration, each with its own state and country."""
    text = _PLACELESS.sub(" ", text)
    parts = [part for part in _SPLITS.split(text) if part]
    several = (len(parts) > 1 and not _APART.search(text)) or text.count(",") > 2
    places = (place for part in parts for place in _by_commas(part, several=several))
    return [tidy for place in places if (tidy := _tidy(place))]


def _by_commas(text: str, *, several: bool) -> list[str]:
    """ "Berlin, Hamburg, Munich" are three places; "Berlin, Germany" is one."""
    pieces = [tidy for piece in text.split(",") if (tidy := _tidy(piece))]
    if not all(re.fullmatch(_NAME, piece) for piece in pieces):
        return [text]
    listed = sum(_is_city(piece) for piece in pieces) > 1 or several
    groups: list[list[str]] = []
    for piece in pieces:
        if groups and _belongs(piece, groups[-1], listed=listed):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [", ".join(group) for group in groups]


def _is_city(text: str) -> bool:
    return text in CITIES and text not in COUNTRIES and not _COUNTY.fullmatch(text)


def _belongs(piece: str, group: list[str], *, listed: bool) -> bool:
    """Whether the state, the country or the like says where the places before it lies."""
    last = group[-1]
    if piece in STATES or piece in COUNTRIES:
        return last not in COUNTRIES and (last not in STATES or piece in COUNTRIES)
    if piece in STATES.values() and (piece not in CITIES or len(group) == 1):
        return last in CITIES or last not in STATES.values()
    return not listed or (_COUNTY.fullmatch(piece) is not None and not _COUNTY.fullmatch(last))


def _tidy(text: str) -> str:
    text = _PLACELESS.sub(" ", text)
    text = re.sub(r"\s+", " ", text)
    text = _LOOSE_ENDS.sub("", text)
    return text[:-1] if text.endswith(".") and "." not in text[:-1] else text


def _is_name(text: str) -> bool:
    if len(text) > 80 or text.count(" ") > 8 or GENERIC.match(text) or _SPEAKS.search(text):
        return False
    return "%" not in text and any(letter.isalpha() for letter in text)

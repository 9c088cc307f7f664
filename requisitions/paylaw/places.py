"""From "Denver, CO" or "Remote - US" to country, region and city, as far as that is certain."""

import re
from dataclasses import dataclass

from requisitions.paylaw.geography import (
    ALSO_COUNTRIES,
    ALSO_REGIONS,
    CITIES,
    COUNTRIES,
    EU,
    METROS,
    REGIONS,
    SAME_CITY,
)

_NOISE = re.compile(
    r"(?i)\b(?:100%|fully|full|remote(?:ly)?|hybrid|on-?site|work from home|wfh|home ?office"
    r"|anywhere|within|across|based|only|in|from|the|all|of|for|employees|candidates|residents"
    r"|roles|positions|locations?|offices?|greater|metropolitan|metro|area|region)\b(?!\.)"
)
_POSTAL = re.compile(r"\b\d{5}(?:-\d{4})?\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b")
_EDGES = " ,;:|/()[]–—-"
_SEVERAL = re.compile(r"\s*(?:[;/|•·&]|\band\b|\bor\b|\bund\b|\bet\b)\s*")
_LIST = re.compile(rf",|{_SEVERAL.pattern}")
_AREA = re.compile(r"(?i)\b(?:area|metro|metropolitan|valley|greater)\b")
LONG = 300


@dataclass(frozen=True)
class Place:
    """`country` is ISO 3166-1 (or "EU"), `region` the code of a state or province, `cities` one
    city or those of a metropolitan area; all in lower case but the codes, "" where unknown."""

    text: str
    country: str = ""
    region: str = ""
    cities: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        return bool(self.country)

    def contains(self, other: "Place") -> bool:
        """Whether everything that is in the other place is in this one."""
        if not self.country:
            return False
        if self.country != other.country and not (self.country == "EU" and other.country in EU):
            return False
        if self.region and self.region != other.region:
            return False
        return not self.cities or (bool(other.cities) and set(other.cities) <= set(self.cities))

    def named(self) -> str:
        """ "Denver, Colorado" where it is written "Denver, CO"."""
        if not self.region or len(self.cities) > 1:
            return self.text or COUNTRIES.get(self.country, "")
        region = REGIONS.get(self.country, {}).get(self.region, self.region)
        city = self.cities[0].title() if self.cities else ""
        return f"{city}, {region}" if city else region


def place(text: str, *, country: str = "", region: str = "", city: str = "") -> Place:
    """Where work is done: from its parts where they are known, or else from the text."""
    code = _country(country.strip())
    at, rest = _region(region.strip(), code), [city.strip()] if city.strip() else []
    if at:
        found = _in_region(text, *at, rest)
    elif code:
        found = _in_country(text, code, rest)
    else:
        found = read(text)
    if (found.region, found.cities) == ("NY", ()) and text.casefold().strip(_EDGES) == "new york":
        return Place(text, "US", "NY", ("new york",))  # where one works is the city
    return found


def places(text: str) -> list[Place]:
    """Each place that a text names: "San Francisco Bay Area and New York City" names two."""
    each = [read(part) for part in _LIST.split(text[:LONG]) if part.strip(_EDGES)]
    is_one = len(each) < 2 or (len(each) == 2 and each[1].contains(each[0]))
    if not is_one and all(part.is_known and not part.cities for part in each):
        return each
    whole = read(text)
    if whole.is_known:
        return [whole]
    return [read(part) for part in _SEVERAL.split(text[:LONG]) if part.strip(_EDGES)]


def read(text: str) -> Place:
    text = text.strip()[:LONG]
    if metro := _metro(text):
        return metro
    bare = _NOISE.sub(" ", _POSTAL.sub(" ", text))
    parts = [" ".join(part.split()).strip(_EDGES) for part in re.split(r",| [–—-] |[()]", bare)]
    return _from_parts(text, [part for part in parts if part])


def _metro(text: str) -> Place | None:
    said = text.casefold()
    for name, (region, cities) in METROS.items():
        is_area = name in ("bay area", "silicon valley") or _AREA.search(text)
        if is_area and re.search(rf"\b{re.escape(name)}\b", said) and not _SEVERAL.search(said):
            return Place(text, "US", region, cities)
    return None


def _from_parts(text: str, parts: list[str]) -> Place:
    """The last part is the widest: "Denver, CO, USA"."""
    if not parts:
        return Place(text)
    last = parts[-1]
    if len(parts) > 1 and CITIES.get(parts[-2].casefold(), ("", ""))[0] == last:
        return _in_country(text, last, parts[:-1])  # "Berlin, DE" is not in Delaware
    if len(parts) > 1 and (region := _region(last)):
        return _in_region(text, *region, parts[:-1])
    if country := _country(last):
        return _in_country(text, country, parts[:-1])
    if region := _region(last, codes=last not in COUNTRIES):
        return _in_region(text, *region, parts[:-1])
    if found := CITIES.get(last.casefold()):
        return Place(text, *found, _city(last))
    return Place(text)


def _in_country(text: str, country: str, rest: list[str]) -> Place:
    region = _region(rest[-1], country) if rest else None
    if region:
        return _in_region(text, *region, rest[:-1])
    known = CITIES.get(rest[-1].casefold(), ("", "")) if rest else ("", "")
    in_region = known[1] if known[0] == country else ""
    return Place(text, country, in_region, _city(rest[-1]) if rest else ())


def _in_region(text: str, country: str, region: str, rest: list[str]) -> Place:
    return Place(text, country, region, _city(rest[-1]) if rest else ())


def _city(name: str) -> tuple[str, ...]:
    said = name.casefold()
    return (SAME_CITY.get(said, said),)


def _country(name: str) -> str:
    said = name.casefold()
    if name in COUNTRIES or name == "EU":
        return name
    named = {full.casefold(): code for code, full in COUNTRIES.items()}
    return ALSO_COUNTRIES.get(said) or named.get(said, "")


def _region(name: str, country: str = "", *, codes: bool = True) -> tuple[str, str] | None:
    """A state or province by name or by its letters."""
    said = name.casefold()
    if found := ALSO_REGIONS.get(said):
        return found
    for in_country, regions in REGIONS.items():
        if country and country != in_country:
            continue
        if codes and name in regions:
            return in_country, name
        for code, full in regions.items():
            if full.casefold() == said:
                return in_country, code
    return None

"""Names of places: cities, regions and countries, and the country that a place lies in."""

import re
from collections.abc import Iterator
from pathlib import Path

_STATES = (
    "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut"
    "|DE Delaware"
    "|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky"
    "|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi"
    "|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico"
    "|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania"
    "|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont"
    "|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|DC District of Columbia"
    "|ON Ontario|QC Quebec|BC British Columbia|AB Alberta|MB Manitoba|SK Saskatchewan"
    "|NS Nova Scotia"
    "|NB New Brunswick|NL Newfoundland and Labrador|PE Prince Edward Island|NSW New South Wales"
    "|VIC Victoria|QLD Queensland"
)
STATES = dict(state.split(" ", 1) for state in _STATES.split("|"))
_COUNTRIES_WORDS = (
    "United States|United States of America|USA|US|U.S.|U.S.A.|United Kingdom|UK|U.K.|Great Britain"
    "|England|Scotland|Wales|Northern Ireland|Ireland|Germany|Deutschland|France|Spain|España|Italy"
    "|Italia|Portugal|Netherlands|The Netherlands|Nederland|Belgium|Belgique|Luxembourg|Switzerland"
    "|Schweiz|Suisse|Austria|Österreich|Poland|Polska|Czech Republic|Czechia|Slovakia|Hungary"
    "|Romania"
    "|Bulgaria|Greece|Croatia|Slovenia|Serbia|Ukraine|Estonia|Latvia|Lithuania|Finland|Sweden"
    "|Sverige"
    "|Norway|Norge|Denmark|Danmark|Iceland|Malta|Cyprus|Turkey|Türkiye|Israel"
    "|United Arab Emirates|UAE"
    "|Saudi Arabia|Qatar|Egypt|Morocco|Tunisia|South Africa|Nigeria|Kenya|Ghana|Ethiopia|Uganda"
    "|Rwanda"
    "|India|Pakistan|Bangladesh|Sri Lanka|Nepal|China|Hong Kong|Taiwan|Japan|South Korea|Korea"
    "|Singapore|Malaysia|Indonesia|Thailand|Vietnam|Philippines|Australia|New Zealand|Canada|Mexico"
    "|México|Brazil|Brasil|Argentina|Chile|Colombia|Peru|Uruguay|Costa Rica|Panama|Puerto Rico"
    "|Georgia|Armenia|Kazakhstan|Jordan|Lebanon|Bahrain|Kuwait|Oman"
)
COUNTRIES = frozenset(_COUNTRIES_WORDS.split("|")) | {"日本", "中国", "台湾"}
_PROVINCES = {
    "Canada": "ON QC BC AB MB SK NS NB",
    "Australia": "NSW VIC QLD",
}
_OWN_NAMES = {
    "US": "United States", "U.S.": "United States", "U.S.A.": "United States",
    "USA": "United States", "United States of America": "United States", "UK": "United Kingdom",
    "U.K.": "United Kingdom", "Great Britain": "United Kingdom", "England": "United Kingdom",
    "Scotland": "United Kingdom", "Wales": "United Kingdom", "Deutschland": "Germany",
    "España": "Spain", "Italia": "Italy", "Schweiz": "Switzerland", "Suisse": "Switzerland",
    "Österreich": "Austria", "Polska": "Poland", "Sverige": "Sweden", "Norge": "Norway",
    "Danmark": "Denmark", "Nederland": "Netherlands", "The Netherlands": "Netherlands",
    "Belgique": "Belgium", "Brasil": "Brazil", "México": "Mexico", "日本": "Japan",
}  # fmt: skip


def _cities() -> Iterator[tuple[str, str]]:
    country = ""
    path = Path(__file__).parent / "words" / "cities.txt"
    for row in path.read_text(encoding="utf-8").splitlines():
        if row.startswith("["):
            country = row.strip("[]")
        elif row and not row.startswith("#"):
            yield from ((city, country) for city in row.split(" | "))


CITIES = dict(_cities())
_REGION_OF = {
    name: country
    for country, codes in _PROVINCES.items()
    for code in codes.split()
    for name in (code, STATES[code])
}


_CODE = re.compile(r" (?:[A-Z]{2,3}|\d{1,2})$")


def country_of(text: str) -> str | None:
    """The English name of the country that a place lies in, where its words make that certain."""
    for part in reversed([part.strip() for part in text.split(",")]):
        if part in COUNTRIES:
            return _OWN_NAMES.get(part, part)
        if part in _REGION_OF:
            return _REGION_OF[part]
        if part in STATES or part in STATES.values():
            return "United States"
        city = _CODE.sub("", part)
        if city in CITIES:
            return CITIES[city]
    return None

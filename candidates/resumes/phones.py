"""Phone numbers in any country's way of writing them. Pure."""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import Leniency, NumberParseException, PhoneNumberFormat, PhoneNumberMatcher

from requisitions.listing.gazetteer import country_of

# ISO 3166 codes of the countries that `country_of` knows, for numbers without a country's code.
REGIONS = dict(
    each.rsplit(" ", 1)
    for each in [
        "United States US",
        "United Kingdom GB",
        "Ireland IE",
        "Germany DE",
        "France FR",
        "Spain ES",
        "Italy IT",
        "Portugal PT",
        "Netherlands NL",
        "Belgium BE",
        "Luxembourg LU",
        "Switzerland CH",
        "Austria AT",
        "Poland PL",
        "Czech Republic CZ",
        "Czechia CZ",
        "Slovakia SK",
        "Hungary HU",
        "Romania RO",
        "Bulgaria BG",
        "Greece GR",
        "Croatia HR",
        "Slovenia SI",
        "Serbia RS",
        "Ukraine UA",
        "Estonia EE",
        "Latvia LV",
        "Lithuania LT",
        "Finland FI",
        "Sweden SE",
        "Norway NO",
        "Denmark DK",
        "Iceland IS",
        "Malta MT",
        "Cyprus CY",
        "Turkey TR",
        "Türkiye TR",
        "Israel IL",
        "United Arab Emirates AE",
        "UAE AE",
        "Saudi Arabia SA",
        "Qatar QA",
        "Egypt EG",
        "Morocco MA",
        "Tunisia TN",
        "South Africa ZA",
        "Nigeria NG",
        "Kenya KE",
        "Ghana GH",
        "Ethiopia ET",
        "Uganda UG",
        "Rwanda RW",
        "India IN",
        "Pakistan PK",
        "Bangladesh BD",
        "Sri Lanka LK",
        "Nepal NP",
        "China CN",
        "Hong Kong HK",
        "Taiwan TW",
        "Japan JP",
        "South Korea KR",
        "Korea KR",
        "Singapore SG",
        "Malaysia MY",
        "Indonesia ID",
        "Thailand TH",
        "Vietnam VN",
        "Philippines PH",
        "Australia AU",
        "New Zealand NZ",
        "Canada CA",
        "Mexico MX",
        "Brazil BR",
        "Argentina AR",
        "Chile CL",
        "Colombia CO",
        "Peru PE",
        "Uruguay UY",
        "Costa Rica CR",
        "Panama PA",
        "Puerto Rico PR",
        "Georgia GE",
        "Armenia AM",
        "Kazakhstan KZ",
        "Jordan JO",
        "Lebanon LB",
        "Bahrain BH",
        "Kuwait KW",
        "Oman OM",
    ]
)
SPOKEN_IN = {
    "en": "US GB IN AU IE ZA NZ", "de": "DE AT CH", "fr": "FR BE CH CA", "es": "ES MX AR CO CL PE",
    "pt": "BR PT", "it": "IT CH", "nl": "NL BE", "sv": "SE FI", "da": "DK", "nb": "NO", "no": "NO",
    "fi": "FI", "pl": "PL", "cs": "CZ", "sk": "SK", "hu": "HU", "ro": "RO", "bg": "BG", "el": "GR",
    "tr": "TR", "ru": "RU KZ BY", "uk": "UA", "he": "IL", "ar": "EG SA AE MA JO DZ TN IQ",
    "fa": "IR", "hi": "IN", "bn": "BD IN", "ja": "JP", "zh": "CN TW HK SG", "ko": "KR", "th": "TH",
    "vi": "VN", "id": "ID", "hr": "HR", "sl": "SI", "sr": "RS", "et": "EE", "lv": "LV", "lt": "LT",
}  # fmt: skip
# What looks like a number to call and is none: dates, spans of years, and what is called a number.
DATES = re.compile(
    r"(?:19|20)\d\d\W{1,3}(?:19|20)\d\d|(?:19|20)\d\d[-./](?:0?\d|1[0-2])(?:[-./]\d{1,2})?(?:\D.*)?"
    r"|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d(?:\D.*)?|(?:0?\d|1[0-2])[-./](?:19|20)\d\d\D.*"
    r"|\d{4}[- ]\d{4}[- ]\d{4}[- ]\d{3}[\dX].*"
)
NAMED = re.compile(
    r"(?i)(?:\b(?:id|no|nr|isbn|issn|orcid|doi|ssn|pesel|iban|bic|vat|nif|dni|nie|cpf|rut|siret"
    r"|passport|passeport|reisepass|patent\w*|licen[cs]e|certificat\w*|matrikel\w*|account|konto"
    r"|employee|case|ref(?:erence)?|zip|plz|postal|invoice|order|serial|imei|version|arxiv|pmid"
    r"|steuer\w*|insurance|sozialversicherung\w*)\b[\w .]{0,16}|[#№$€£¥])[:.\s-]{0,3}$"
)
CALL = re.compile(
    r"(?i)(?:\b(?:tel|tél|phone|mobile|mob|cell|handy|fon|telefon\w*|téléphone|teléfono|telefone"
    r"|telefono|móvil|celular|cellulare|portable|whatsapp|call|contact|gsm|komórka|kom|puhelin"
    r"|mobil)\b|[☎📞✆📱]|телефон|тел|моб|電話|携帯|电话|電话|手机|手機|전화|휴대폰|연락처"
    r"|هاتف|جوال|موبايل|تلفن|טלפון|נייד|फ़?ोन|मोबाइल|โทร|τηλ|κιν)|\b[tmp]\s?:"
)
# Contacts stand at the beginning and at the end.
TOP_LINES, LAST_LINES = 30, 15
MOST = 12


def phones_in(text: str, links: list[str], *, language: str, location: str) -> list[dict[str, str]]:
    """`[{e164, written}]`, each once. Numbers without a country's code are read as of the place,
    of the other numbers, or of a country of the language, whichever makes them a number first."""
    found: dict[str, str] = {}
    behind = "\n".join(link[4:] for link in links if link[:4].lower() == "tel:")
    for number, written in matches(f"{text}\n{behind}", None):
        found.setdefault(number, written)
    for region in regions(found, language, location):
        national = list(matches(text, region, near=True))
        for number, written in national:
            if not any(same(written, known) for known in found.values()):
                found.setdefault(number, written)
        if national and not found:
            break
    return [{"e164": number, "written": written} for number, written in list(found.items())[:MOST]]


def same(one: str, other: str) -> bool:
    return digits(other).endswith(digits(one)) or digits(one).endswith(digits(other))


def digits(written: str) -> str:
    return "".join(sign for sign in written if sign.isdigit()).lstrip("0")


def regions(found: dict[str, str], language: str, location: str) -> list[str]:
    numbers = [phonenumbers.parse(number) for number in found]
    codes = [
        REGIONS.get(country_of(location) or "", ""),
        *(phonenumbers.region_code_for_number(number) or "" for number in numbers),
        *SPOKEN_IN.get(language, SPOKEN_IN["en"]).split(),
    ]
    return list(dict.fromkeys(code for code in codes if code))


def matches(text: str, region: str | None, *, near: bool = False) -> Iterator[tuple[str, str]]:
    """The valid numbers. `near`: only where contacts are to be expected."""
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if sum(sign.isdigit() for sign in line) < 7 or len(line) > 2000:
            continue
        is_near = index < TOP_LINES or index >= len(lines) - LAST_LINES
        if near and not is_near and not CALL.search(line):
            continue
        yield from in_line(line, region)


def in_line(line: str, region: str | None) -> Iterator[tuple[str, str]]:
    for match in PhoneNumberMatcher(line, region, leniency=Leniency.VALID, max_tries=200):
        before = line[: match.start]
        if is_called_otherwise(before, match.raw_string, line[match.end :]):
            continue
        try:
            yield phonenumbers.format_number(match.number, PhoneNumberFormat.E164), match.raw_string
        except NumberParseException:
            continue


def is_called_otherwise(before: str, written: str, after: str) -> bool:
    if DATES.fullmatch(written) or re.search(r"[\w/=@#_]$", before) or re.match(r"[\w@%/]", after):
        return True
    return NAMED.search(before[-40:]) is not None and not CALL.search(before[-40:])

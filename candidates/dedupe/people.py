"""A record as it came, and what can be compared of it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from anyascii import anyascii

from candidates.dedupe.nicknames import NICKNAMES

# No name, address or number of a person is longer; what follows is cut before it costs time.
LONGEST = 120
MOST = 8

WORD = re.compile(r"[a-z0-9]+")
SPLIT = re.compile(r"(?<=[a-z])(?=[A-Z])")
HAN = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]")
TITLES = {"mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "sir", "mme", "phd", "jr", "sr"}
PARTICLES = {
    *("van", "von", "der", "den", "de", "da", "di", "del", "della", "la", "le", "du", "dos", "das"),
    *("bin", "ibn", "al", "el", "ter", "ten", "zu", "zum", "zur", "af", "av", "y", "e", "do"),
}
LEGAL = {
    *("inc", "llc", "ltd", "limited", "gmbh", "ag", "corp", "corporation", "co", "company", "plc"),
    *("sa", "sarl", "srl", "spa", "bv", "nv", "oy", "ab", "as", "kg", "pty", "group", "the"),
}
DATES = (
    (re.compile(r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})"), (0, 1, 2)),
    (re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})"), (2, 1, 0)),
)


@dataclass(frozen=True)
class Person:
    """A record. `name` is for files that do not split it; every field may be empty."""

    id: str
    given: str = ""
    surname: str = ""
    name: str = ""
    birth: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    street: str = ""
    city: str = ""
    postcode: str = ""
    employer: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What can be compared. Words are ASCII in lower case; sets of words are sorted tuples."""

    id: str
    given: tuple[str, ...]
    surname: tuple[str, ...]
    birth: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    street: str
    city: str
    postcode: str
    employer: str
    number: str


def known(person: Person) -> Known:
    given, surname = names_of(person)
    return Known(
        id=person.id,
        given=given,
        surname=surname,
        birth=birth_of(person.birth),
        emails=tuple(sorted({m for each in person.emails[:MOST] if (m := mailbox(each))})),
        phones=tuple(sorted({n for each in person.phones[:MOST] if (n := digits(each))})),
        street=" ".join(words(person.street)),
        city=" ".join(words(person.city)),
        postcode="".join(words(person.postcode)),
        employer=" ".join(w for w in words(person.employer) if w not in LEGAL),
        number="".join(words(person.number)),
    )


def latin(text: str) -> str:
    """Any script in ASCII letters: `Müller`, `Иван`, `王小明` as Muller, Ivan, Wang Xiao Ming."""
    text = unicodedata.normalize("NFKC", text[:LONGEST])
    if text.isascii():
        return text
    plain = str(anyascii(text))
    return SPLIT.sub(" ", plain) if HAN.search(text) else plain


@lru_cache(maxsize=65_536)
def words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(latin(text).lower().replace("'", "").replace("`", "")))


def names_of(person: Person) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Given names and surnames, each as words; titles and particles are left out."""
    given, surname = plain_words(person.given), plain_words(person.surname)
    if given or surname or not person.name:
        return given, surname
    if "," in person.name:
        last, first = person.name.split(",", 1)
        return plain_words(first), plain_words(last)
    whole = plain_words(person.name)
    return whole[:-1] or whole, whole[-1:] if len(whole) > 1 else ()


def plain_words(text: str) -> tuple[str, ...]:
    found = [word for word in words(text) if word not in TITLES]
    return tuple([word for word in found if word not in PARTICLES] or found)[:6]


def birth_of(text: str) -> str:
    """YYYYMMDD, or nothing for what is no date. A number without separators is read as ISO."""
    for pattern, (year, month, day) in DATES:
        if found := pattern.fullmatch(text.strip()[:10]):
            parts = found.groups()
            return "".join((parts[year], parts[month].zfill(2), parts[day].zfill(2)))
    return ""


def day_of(birth: str) -> date | None:
    try:
        return date(int(birth[:4]), int(birth[4:6]), int(birth[6:8]))
    except ValueError:
        return None


def mailbox(address: str) -> str:
    """Where the letter arrives: without a `+tag`, and without the dots that Gmail ignores."""
    address = latin(address.strip()).lower().replace(" ", "")
    local, at, domain = address.rpartition("@")
    if not at:
        return address if len(address) > 3 else ""
    local = local.strip('"').partition("+")[0] or local
    if domain in ("gmail.com", "googlemail.com"):
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}" if local and domain else ""


def digits(phone: str) -> str:
    """The significant digits: without signs, the international 00 and an extension."""
    plain = re.split(r"(?i)ext|x|#|;", latin(phone))[0]
    found = re.sub(r"\D", "", plain.replace("(0)", "")).lstrip("0")
    return found if 6 <= len(found) <= 15 else ""


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """Spelled the same whatever the language that wrote it down: Mueller, Muller; Yulia, Julia."""
    for before, after in SOUNDS:
        word = word.replace(before, after)
    kept = [sign for place, sign in enumerate(word) if place == 0 or word[place - 1] != sign]
    return "".join(kept)


SOUNDS = (
    *(("shch", "s"), ("tsch", "c"), ("sch", "s"), ("tch", "c"), ("ch", "c"), ("sh", "s")),
    *(("ph", "f"), ("th", "t"), ("kh", "h"), ("gh", "g"), ("zh", "z"), ("dzh", "j"), ("ck", "k")),
    *(("ae", "a"), ("oe", "o"), ("ue", "u"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "i")),
    *(("y", "i"), ("j", "i"), ("w", "v"), ("q", "k"), ("x", "ks"), ("z", "s"), ("c", "k")),
)


@lru_cache(maxsize=65_536)
def bones(word: str) -> str:
    """Its first letter and consonants: what is left of a name in a script without vowels."""
    heard = sound(word)
    return heard[:1] + re.sub(r"[aeiou]", "", heard[1:])


@lru_cache(maxsize=65_536)
def formal(word: str) -> frozenset[str]:
    """The full names that this may be short for, and itself."""
    return NICKNAMES.get(word, frozenset((word,)))

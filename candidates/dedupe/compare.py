"""Two records, field by field: not known, different, similar in which way, or the same."""

from collections.abc import Callable
from enum import IntEnum
from functools import lru_cache

from jellyfish import damerau_levenshtein_distance as edits
from jellyfish import jaro_winkler_similarity as alike

from candidates.dedupe.people import Known, bones, day_of, formal, sound

FIELDS = (
    *("given", "surname", "order", "birth", "email", "phone", "street", "city", "postcode"),
    *("employer", "number"),
)


class Level(IntEnum):
    """How far two values agree; what the middle ones mean depends on the field."""

    UNKNOWN = 0
    OTHER = 1
    FAINT = 2
    SIMILAR = 3
    KIN = 4
    SAME = 5


U, OTHER, FAINT, SIMILAR, KIN, SAME = Level

Levels = tuple[Level, ...]


def compare(one: Known, two: Known) -> list[Levels]:
    """One or two readings: with the names as they are, and with them swapped."""
    rest = (
        birth(one.birth, two.birth),
        best(email, one.emails, two.emails),
        best(phone, one.phones, two.phones),
        text(one.street, two.street),
        text(one.city, two.city),
        code(one.postcode, two.postcode),
        text(one.employer, two.employer),
        code(one.number, two.number),
    )
    straight = (given(one.given, two.given), name(one.surname, two.surname), SAME, *rest)
    if straight[0] in (KIN, SAME) and straight[1] in (KIN, SAME):
        return [straight]
    swapped = (name(one.given, two.surname), name(one.surname, two.given))
    if max(swapped) < SIMILAR or min(swapped) == OTHER:
        return [straight]
    return [straight, (*swapped, OTHER, *rest)]


def given(one: tuple[str, ...], two: tuple[str, ...]) -> Level:
    """KIN: a short form or a translation of the same name, or its initial."""
    level = name(one, two)
    if level >= KIN or not level:
        return level
    pairs = [(a, b) for a in one for b in two]
    if any(formal(a) & formal(b) for a, b in pairs):
        return KIN
    if any((len(a) == 1 or len(b) == 1) and a[0] == b[0] for a, b in pairs):
        return max(level, SIMILAR)
    return level


@lru_cache(maxsize=262_144)
def name(one: tuple[str, ...], two: tuple[str, ...]) -> Level:
    """KIN: one of several words is the same (double names, middle names)."""
    if not one or not two:
        return U
    if one == two or "".join(one) == "".join(two) or set(one) == set(two):
        return SAME
    if len(one) > 1 or len(two) > 1:
        if {w for w in one if len(w) > 2} & {w for w in two if len(w) > 2}:
            return KIN
        whole = word("".join(one), "".join(two))
        return max(whole, *(word(a, b) for a in one for b in two), key=cautious)
    return word(one[0], two[0])


def cautious(level: Level) -> int:
    return level if level < KIN else SIMILAR


@lru_cache(maxsize=262_144)
def word(one: str, two: str) -> Level:
    """SIMILAR: a slip of the pen, the same sound, the same letters in another order."""
    if one == two:
        return SAME
    if min(len(one), len(two)) < 2:
        return FAINT if one[:1] == two[:1] else OTHER
    if sound(one) == sound(two) or alike(one, two) >= 0.92:
        return SIMILAR
    shorter = min(len(one), len(two))
    slips = edits(one, two)
    if slips <= (1 if shorter < 6 else 2) and shorter > 2:
        return SIMILAR
    if shorter > 3 and edits("".join(sorted(one)), "".join(sorted(two))) <= (shorter > 4):
        return SIMILAR
    if len(bones(one)) > 2 and bones(one) == bones(two):
        return SIMILAR
    return FAINT if alike(one, two) >= 0.75 or slips <= 2 else OTHER


@lru_cache(maxsize=262_144)
def birth(one: str, two: str) -> Level:
    """SIMILAR: one digit is wrong, or two changed places; FAINT: a few months apart."""
    if not one or not two:
        return U
    if one == two:
        return SAME
    if one[:4] == two[:4] and one[4:6] == two[6:] and one[6:] == two[4:6]:
        return KIN
    if edits(one, two) == 1:
        return KIN
    first, second = day_of(one), day_of(two)
    if one[4:] == two[4:] or (one[:4] == two[:4] and edits(one[4:], two[4:]) <= 2):
        return SIMILAR
    if first and second and abs((first - second).days) <= 300:
        return FAINT
    return FAINT if edits(one, two) == 2 else OTHER


@lru_cache(maxsize=65_536)
def email(one: str, two: str) -> Level:
    """KIN: a slip of the pen; SIMILAR: the same name at another house."""
    if one == two:
        return SAME
    local, house = one.rpartition("@")[::2]
    other, elsewhere = two.rpartition("@")[::2]
    if numbers(one) != numbers(two):
        # john.smith1 and john.smith2 took what was free: a number is no slip of the pen.
        return SIMILAR if scrambled(one, two) and sorted(one) == sorted(two) else OTHER
    slips = edits(one, two)
    if slips <= 3 and slips * 4 <= min(len(one), len(two)):
        return KIN
    if scrambled(one, two) or alike(one, two) >= 0.95:
        return KIN
    if len(local) > 4 and (local == other or edits(local, other) <= 1):
        return SIMILAR
    return FAINT if alike(local, other) >= 0.88 and house == elsewhere else OTHER


def numbers(address: str) -> str:
    return "".join(sign for sign in address if sign.isdigit())


def scrambled(one: str, two: str) -> bool:
    """The same letters in another order, give or take two, and most of them in their place."""
    if abs(len(one) - len(two)) > 2 or min(len(one), len(two)) < 8:
        return False
    return edits("".join(sorted(one)), "".join(sorted(two))) <= 2 and alike(one, two) >= 0.8


def phone(one: str, two: str) -> Level:
    """KIN: with and without the country's code; SIMILAR: one digit is wrong."""
    if one == two:
        return SAME
    short, long = sorted((one, two), key=len)
    if len(short) >= 7 and long.endswith(short):
        return KIN
    if len(short) >= 9 and edits(short[-9:], long[-9:]) == 1:
        return SIMILAR
    return OTHER


def best(how: Callable[[str, str], Level], one: tuple[str, ...], two: tuple[str, ...]) -> Level:
    if not one or not two:
        return U
    if set(one) & set(two):
        return SAME
    return max(how(a, b) for a in one for b in two)


@lru_cache(maxsize=262_144)
def text(one: str, two: str) -> Level:
    """KIN: the same words in another order or run together; SIMILAR: a slip of the pen."""
    if not one or not two:
        return U
    if one == two:
        return SAME
    joined, other = one.replace(" ", ""), two.replace(" ", "")
    if joined == other or sorted(one.split()) == sorted(two.split()):
        return KIN
    slips, shorter = edits(joined, other), min(len(joined), len(other))
    if slips * 5 <= shorter or alike(one, two) >= 0.94:
        return SIMILAR
    if scrambled(joined, other) or (shorter > 3 and sorted(joined) == sorted(other)):
        return SIMILAR
    return FAINT if slips * 2 <= shorter or alike(one, two) >= 0.85 else OTHER


@lru_cache(maxsize=65_536)
def code(one: str, two: str) -> Level:
    """SIMILAR: one sign is wrong, or two changed places."""
    if not one or not two:
        return U
    if one == two:
        return SAME
    if min(len(one), len(two)) > 3 and edits(one, two) == 1:
        return SIMILAR
    return FAINT if min(len(one), len(two)) > 3 and edits(one, two) == 2 else OTHER

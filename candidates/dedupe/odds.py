"""What each agreement and disagreement says, in bits, after Fellegi and Sunter.

A field adds log2(m / u): m is how often one person's two records agree that far, u how often two
strangers do. Nobody has to label anything. u comes from random pairs of the file and, for equal
values, from how many hold the value: a rare surname says more than a common one, a phone that
many share says little. m and the share of duplicates are learnt by expectation maximisation.
Both begin with the priors below, which count as much as `WEIGHT` pairs: a file of five people is
judged by them alone, and one of thousands by itself.
"""

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from candidates.dedupe.compare import FIELDS, Level, Levels, compare
from candidates.dedupe.nicknames import listed
from candidates.dedupe.people import Known

U, OTHER, FAINT, SIMILAR, KIN, SAME = Level

# How often one person's records agree: OTHER, FAINT, SIMILAR, KIN, SAME.
M = {
    "given": (0.003, 0.04, 0.12, 0.06, 0.777),
    "surname": (0.05, 0.04, 0.12, 0.04, 0.75),
    "order": (0.04, 0.001, 0.001, 0.001, 0.957),
    "birth": (0.03, 0.07, 0.05, 0.06, 0.79),
    "email": (0.25, 0.03, 0.05, 0.12, 0.55),
    "phone": (0.30, 0.01, 0.04, 0.20, 0.45),
    "street": (0.18, 0.06, 0.14, 0.04, 0.58),
    "city": (0.15, 0.05, 0.12, 0.02, 0.66),
    "postcode": (0.15, 0.04, 0.08, 0.01, 0.72),
    "employer": (0.45, 0.04, 0.05, 0.03, 0.43),
    "number": (0.03, 0.04, 0.08, 0.01, 0.84),
}
# How often strangers do. What equal values say is decided by the value itself.
STRANGERS = {
    "given": (0.943, 0.04, 0.01, 0.003, 0.005),
    "surname": (0.945, 0.04, 0.01, 0.004, 0.002),
    "order": (0.04, 0.001, 0.001, 0.001, 0.957),
    "birth": (0.965, 0.03, 0.004, 0.001, 0.00005),
    "email": (0.998, 0.001, 0.0005, 0.00002, 0.000002),
    "phone": (0.9999, 0.0001, 0.00003, 0.00001, 0.000005),
    "street": (0.985, 0.013, 0.001, 0.0002, 0.0002),
    "city": (0.93, 0.03, 0.01, 0.003, 0.03),
    "postcode": (0.98, 0.015, 0.005, 0.0001, 0.002),
    "employer": (0.97, 0.02, 0.003, 0.002, 0.005),
    "number": (0.9989, 0.0009, 0.0001, 0.0001, 0.000001),
}
# How often two people of one family do, where that is not as often as strangers: twins, parents
# and children, couples. Their given names are as different as those of strangers.
FAMILY = {
    "surname": (0.08, 0.01, 0.03, 0.03, 0.85),
    "birth": (0.77, 0.03, 0.004, 0.001, 0.2),
    "email": (0.72, 0.01, 0.01, 0.01, 0.25),
    "phone": (0.39, 0.005, 0.005, 0.3, 0.3),
    "street": (0.08, 0.01, 0.05, 0.01, 0.85),
    "city": (0.06, 0.01, 0.03, 0.01, 0.89),
    "postcode": (0.06, 0.01, 0.03, 0.01, 0.89),
}
# How much the priors count, in pairs of one person and in pairs of strangers.
WEIGHT, STRANGE_WEIGHT = 40.0, 20_000.0
# A file says how common a name is once it has this many people; until then these do.
PEOPLE = 500
RARITY = {"given": 0.003, "surname": 0.0006, "city": 0.03, "employer": 0.004}
COMMON = 0.01
# Values that hardly ever belong to two people, unless many names are seen with them.
PERSONAL = {"email": 2e-6, "phone": 5e-6, "number": 1e-6}
# The chance that two people of a small file are one, and that they are one family.
BEGINNING, KIN_BEGINNING = 2.0**-13, 2.0**-15
ROUNDS, LEARN_FROM, RANDOM_PAIRS = 12, 30_000, 20_000
GIVEN, SURNAME, BIRTH = (FIELDS.index(name) for name in ("given", "surname", "birth"))
HOUSE = frozenset(FIELDS.index(name) for name in ("street", "postcode", "city"))
HOUSE_AT_MOST = 16.0
COMMON_NAMES = listed("common_names.txt")


# Inboxes of a house, not of a person.
OFFICES = listed("offices.txt")


def values(person: Known, name: str) -> tuple[str, ...]:
    match name:
        case "given":
            return person.given
        case "surname":
            return person.surname
        case "email":
            return person.emails
        case "phone":
            return person.phones
    return (str(getattr(person, name)),)


def table(priors: Mapping[str, tuple[float, ...]]) -> dict[str, list[float]]:
    return {name: [1.0, *shares] for name, shares in priors.items()}


@dataclass(frozen=True, slots=True)
class Reading:
    """Two records compared: the levels, and what does not change while m is learnt, in bits.

    `odd` is how unlikely such levels are among strangers, `kin` how much a family explains them;
    each once for where they live and once for the rest.
    """

    levels: Levels
    odd: float
    odd_house: float
    kin: float
    kin_house: float


@dataclass
class Odds:
    """`weigh` says how many bits two records have for being one person."""

    holders: dict[str, Counter[str]] = field(default_factory=dict)
    crowds: dict[str, int] = field(default_factory=dict)
    people: int = 0
    m: dict[str, list[float]] = field(default_factory=lambda: table(M))
    u: dict[str, list[float]] = field(default_factory=lambda: table(STRANGERS))
    share: float = BEGINNING
    families: float = KIN_BEGINNING

    def __post_init__(self) -> None:
        self.settle()

    def settle(self) -> None:
        """The logarithms of what was learnt."""
        self.bits_of_m = [[math.log2(each) for each in self.m[name]] for name in FIELDS]
        self.prior, self.kin_prior = math.log2(self.share), math.log2(self.families)

    def weigh(self, one: Known, two: Known) -> tuple[float, Levels]:
        """The better of the readings, and how many bits it has; above 0 is more likely than not."""
        bits, _, reading = self.best(self.read(one, two))
        return bits, reading.levels

    def read(self, one: Known, two: Known) -> list[Reading]:
        return [self.reading(levels, one, two) for levels in compare(one, two)]

    def best(self, readings: Sequence[Reading]) -> tuple[float, float, Reading]:
        """Bits for one person against everything else, bits for one family, and the reading."""
        return max(
            ((*self.bits(reading), reading) for reading in readings),
            key=lambda found: (found[0], found[2].levels),
        )

    def bits(self, reading: Reading) -> tuple[float, float]:
        house = rest = 0.0
        for place, level in enumerate(reading.levels):
            if place in HOUSE:
                house += self.bits_of_m[place][level]
            else:
                rest += self.bits_of_m[place][level]
        person = self.prior + rest + reading.odd + min(house + reading.odd_house, HOUSE_AT_MOST)
        family = self.kin_prior + reading.kin + min(reading.kin_house, HOUSE_AT_MOST)
        return person - math.log2(1 + 2.0 ** min(family, 500)), family

    def reading(self, levels: Levels, one: Known, two: Known) -> Reading:
        odd = [0.0, 0.0]
        kin = [0.0, 0.0]
        for place, level in enumerate(levels):
            if level == U:
                continue
            name, where = FIELDS[place], place in HOUSE
            u = self.chance(name, one, two) if level == SAME else self.u[name][level]
            odd[where] -= math.log2(u)
            if name in FAMILY:
                kin[where] += math.log2(FAMILY[name][level - 1] / u)
        return Reading(levels, odd[0], odd[1], kin[0], kin[1])

    def chance(self, name: str, one: Known, two: Known) -> float:
        """How likely two strangers share this value."""
        if name in PERSONAL:
            shared = set(values(one, name)) & set(values(two, name))
            return min(self.crowd(name, value) for value in shared)
        if name not in RARITY:
            return self.u[name][SAME]
        return self.frequency(name, " ".join(values(one, name)))

    def crowd(self, name: str, value: str) -> float:
        if name == "email" and value.partition("@")[0] in OFFICES:
            return 0.01
        names = self.crowds.get(f"{name} {value}", 1)
        return float(min(0.5, PERSONAL[name] * max(1, names - 2) ** (4 if names > 5 else 2)))

    def frequency(self, name: str, value: str) -> float:
        usual = COMMON if value in COMMON_NAMES else RARITY[name]
        # Names are swapped, so that "Smith" is no rare given name.
        tables = ("given", "surname") if name in ("given", "surname") else (name,)
        count = max(self.holders.get(each, Counter())[value] for each in tables)
        return (count + usual * PEOPLE) / (self.people + PEOPLE)


def learn(people: Sequence[Known], pairs: Sequence[tuple[int, int]]) -> Odds:
    """The odds of this file. The same file gives the same odds: the sample is drawn by a seed."""
    odds = Odds(people=len(people), holders=count_holders(people), crowds=count_crowds(people))
    lots = random.Random(len(people))  # noqa: S311 - a sample, not a secret
    odds.u = strangers(people, lots)
    sample = pairs if len(pairs) <= LEARN_FROM else lots.sample(pairs, LEARN_FROM)
    compared = [odds.read(people[a], people[b]) for a, b in sample]
    scale = len(pairs) / max(1, len(sample))
    for _ in range(ROUNDS):
        maximise(odds, compared, scale)
    return odds


def maximise(odds: Odds, compared: Sequence[Sequence[Reading]], scale: float) -> None:
    """One round: how likely each pair is one person, and from that how such pairs agree."""
    seen = {name: [0.0] * len(Level) for name in FIELDS}
    alone = [0.0] * len(Level)
    found = kin = 0.0
    for readings in compared:
        bits, family, reading = odds.best(readings)
        likely, levels = probability(bits), reading.levels
        found += likely
        kin += (1 - likely) * probability(family)
        if likely < 0.01:
            continue
        for name, level in zip(FIELDS, levels, strict=True):
            seen[name][level] += likely
        if levels[SURNAME] in (OTHER, FAINT) and levels[BIRTH] == SAME:
            alone[levels[GIVEN]] += likely
    odds.m = {name: blend(seen[name], M[name], WEIGHT) for name in FIELDS}
    odds.m["given"] = replaced(odds.m["given"], blend(alone, M["given"], WEIGHT)[OTHER])
    all_pairs = odds.people * (odds.people - 1) / 2 + 1 / BEGINNING
    odds.share = (found * scale + 1) / all_pairs
    odds.families = (kin * scale + KIN_BEGINNING / BEGINNING) / all_pairs
    odds.settle()


def replaced(given: list[float], share: float) -> list[float]:
    """How often a given name is replaced by another is learnt where the surname differs too:
    where it is the same, that may as well be twins."""
    rest = (1 - share) / (1 - given[OTHER])
    return [share if level == OTHER else rest * given[level] for level in Level]


def blend(seen: Sequence[float], prior: Sequence[float], weight: float) -> list[float]:
    """Shares among what is known, with the prior as so many more pairs."""
    total = sum(seen[1:]) + weight
    return [1.0, *((s + p * weight) / total for s, p in zip(seen[1:], prior, strict=True))]


def strangers(people: Sequence[Known], lots: random.Random) -> dict[str, list[float]]:
    seen = {name: [0.0] * len(Level) for name in FIELDS}
    enough = min(RANDOM_PAIRS, len(people) * 20) if len(people) > 50 else 0
    for _ in range(enough):
        one, two = lots.sample(range(len(people)), 2)
        for name, level in zip(FIELDS, compare(people[one], people[two])[0], strict=True):
            seen[name][level] += 1
    seen["order"] = [0.0] * len(Level)
    return {name: blend(seen[name], STRANGERS[name], STRANGE_WEIGHT) for name in FIELDS}


def count_holders(people: Iterable[Known]) -> dict[str, Counter[str]]:
    """How many hold each value; names are counted wherever they stand, for they are swapped."""
    held: dict[str, Counter[str]] = {name: Counter() for name in RARITY}
    for person in people:
        held["given"][" ".join(person.given)] += 1
        held["surname"][" ".join(person.surname)] += 1
        held["city"][person.city] += 1
        held["employer"][person.employer] += 1
    return held


def count_crowds(people: Iterable[Known]) -> dict[str, int]:
    """How many names are seen with one address, phone or number; only those with several."""
    seen: dict[str, set[frozenset[str]]] = {}
    for person in people:
        initials = frozenset(word[:1] for word in (*person.given[:1], *person.surname[-1:]))
        for name, values in (("email", person.emails), ("phone", person.phones)):
            for value in values:
                seen.setdefault(f"{name} {value}", set()).add(initials)
    return {value: len(names) for value, names in seen.items() if len(names) > 1}


def probability(bits: float) -> float:
    return 1.0 if bits > 60 else 1 - 1 / (1 + 2.0 ** max(bits, -60.0))

"""Groups of the same person in a list of records, each with how sure and why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from candidates.dedupe import blocks
from candidates.dedupe.compare import Levels
from candidates.dedupe.groups import Weigh, cluster
from candidates.dedupe.odds import Odds, learn, probability
from candidates.dedupe.people import Known, Person, known
from candidates.dedupe.words import against, codes, in_words

THRESHOLD = 0.9


@dataclass(frozen=True)
class Link:
    """Two records, how likely they are one person, and what speaks for and against it."""

    one: str
    two: str
    probability: float
    reasons: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """One person. `links` tie each member to the one that it resembles most."""

    members: tuple[str, ...]
    probability: float
    links: tuple[Link, ...]


class Finder:
    """Weighs pairs of one file, each at most once."""

    def __init__(self, people: Iterable[Person], threshold: float) -> None:
        self.people: list[Known] = sorted(map(known, people), key=lambda each: each.id)
        self.threshold = threshold
        self.weighed: dict[tuple[int, int], tuple[float, Levels]] = {}
        candidates = list(blocks.pairs(self.people))
        self.odds: Odds = learn(self.people, candidates)
        self.edges = [
            (bits, *pair)
            for pair in candidates
            if probability(bits := self.weigh(*pair)) >= threshold
        ]

    def weigh(self, one: int, two: int) -> float:
        if (one, two) not in self.weighed:
            self.weighed[one, two] = self.odds.weigh(self.people[one], self.people[two])
        return self.weighed[one, two][0]

    def groups(self) -> list[Group]:
        return [self.group(places) for places in cluster(self.edges, self.weigh)]

    def group(self, places: Sequence[int]) -> Group:
        links = tuple(self.link(*pair) for pair in tree(places, self.weigh))
        least = min(link.probability for link in links)
        return Group(tuple(self.people[place].id for place in places), least, links)

    def link(self, one: int, two: int) -> Link:
        bits, levels = self.weighed[one, two]
        first, second = self.people[one], self.people[two]
        likely = round(probability(bits), 4)
        return Link(first.id, second.id, likely, in_words(codes(levels)), against(levels))


def tree(places: Sequence[int], weigh: Weigh) -> Iterator[tuple[int, int]]:
    """The surest link of each member to those that are in already, beginning with the surest."""
    inside, outside = {places[0]}, set(places[1:])
    while outside:
        pairs = [(min(a, b), max(a, b)) for a in inside for b in outside]
        one, two = max(pairs, key=lambda pair: (weigh(*pair), (-pair[0], -pair[1])))
        yield one, two
        inside |= {one, two}
        outside -= inside


def find_groups(people: Iterable[Person], threshold: float = THRESHOLD) -> list[Group]:
    """Groups of at least two, by the first id of each. Ids are expected to be unique.

    `threshold` is how likely two records must be one person to be tied together.
    """
    return Finder(people, threshold).groups()

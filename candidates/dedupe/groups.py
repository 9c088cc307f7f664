"""Groups out of pairs, so that one weak link never chains strangers together.

The surest pairs come first. Two groups become one only if, over all pairs between them, more
speaks for one person than against: a single record that resembles two people joins the one that
it resembles more, and leaves the other alone. Neither the order of the records nor that of the
pairs changes the result.
"""

from collections.abc import Callable, Iterable, Sequence

Weigh = Callable[[int, int], float]

# One pair never decides alone, however sure; of large groups so many pairs are asked.
LOUDEST, QUIETEST = 12.0, -12.0
ASKED = 64


def cluster(edges: Iterable[tuple[float, int, int]], weigh: Weigh) -> list[list[int]]:
    """Groups of places with at least two members, in order. `edges` are (bits, place, place)."""
    groups: dict[int, list[int]] = {}
    member: dict[int, int] = {}
    for _, one, two in sorted(edges, key=lambda edge: (-edge[0], edge[1], edge[2])):
        first = groups.setdefault(member.setdefault(one, one), [one])
        second = groups.setdefault(member.setdefault(two, two), [two])
        if first is second or mean(first, second, weigh) <= 0:
            continue
        kept, gone = member[one], member[two]
        first.extend(second)
        member.update(dict.fromkeys(second, kept))
        del groups[gone]
    return sorted(sorted(group) for group in groups.values() if len(group) > 1)


def mean(first: Sequence[int], second: Sequence[int], weigh: Weigh) -> float:
    """What the pairs between two groups say on average, in bits."""
    asked = [(one, two) for one in spread(first) for two in spread(second)]
    said = [max(QUIETEST, min(LOUDEST, weigh(*sorted(pair)))) for pair in asked]
    return sum(said) / len(said)


def spread(group: Sequence[int]) -> Sequence[int]:
    """The group, or eight of a large one."""
    return sorted(group)[:: -(-len(group) // 8)] if len(group) ** 2 > ASKED else group

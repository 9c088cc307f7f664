"""Keys under which records meet: two people are compared when they share one.

Each key is made of two or more facts (or of one that is rare by itself), so that a block stays
small among a million people; a block that is large all the same says nothing and is passed over.
A slip of the pen spoils some keys of a record, hardly ever all of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from candidates.dedupe.people import Known, bones, formal

# How many may share a key and still be compared with each other.
LARGEST = 60


def keys_of(person: Known) -> set[str]:
    return {*reachable(person), *named(person), *born(person), *housed(person)}


def reachable(person: Known) -> Iterator[str]:
    for address in person.emails:
        local = address.rpartition("@")[0]
        yield f"e:{address}"
        if len(local) > 5:
            yield f"l:{local}"
        yield f"x:{''.join(sorted(address))}"
        yield f"f:{address[:5]}{address[-6:]}"
    for number in person.phones:
        yield f"p:{number[-7:]}"
    if len(person.number) > 3:
        yield f"n:{person.number}"
        yield f"n:{''.join(sorted(person.number))}"


def named(person: Known) -> Iterator[str]:
    """Both names, in either order, as heard, as begun, or with the full name of a short one."""
    for a in person.given[:2]:
        for b in person.surname[-2:]:
            yield "s:" + "|".join(sorted((bones(a), bones(b))))
            yield "b:" + "|".join(sorted((a[:3], b[:3])))
            for full in formal(a):
                yield f"k:{full}|{b[:4]}"
                if person.birth:
                    yield f"q:{full[:1]}{b[:2]}{person.birth[:4]}"


def born(person: Known) -> Iterator[str]:
    if not person.birth:
        return
    year, day = person.birth[:4], person.birth[4:]
    for word in {*person.given[:2], *person.surname[-2:]}:
        yield f"d:{person.birth}|{word[:1]}"
        yield f"y:{year}|{bones(word)}"
        yield f"w:{day}|{bones(word)}"
        yield f"v:{year}|{''.join(sorted(word))}"
        if person.city:
            yield f"t:{person.birth[:6]}|{person.city[:4]}|{word[:1]}"
    yield f"m:{person.birth}|{person.city[:3] or person.postcode[:3]}"
    yield f"r:{''.join(sorted(person.birth))}|{person.postcode}"


def housed(person: Known) -> Iterator[str]:
    words = {*person.given[:2], *person.surname[-2:]}
    for word in words:
        if person.postcode:
            yield f"o:{person.postcode}|{word[:2]}"
        if person.street:
            yield f"h:{person.street.replace(' ', '')[:8]}|{word[:1]}"
        if person.city:
            yield f"c:{person.city[:5]}|{word}"
        if person.employer:
            yield f"j:{person.employer[:8]}|{bones(word)}"
    if person.street and person.postcode:
        yield f"a:{person.postcode}|{''.join(sorted(person.street.replace(' ', '')))}"


def pairs(people: Sequence[Known], largest: int = LARGEST) -> Iterator[tuple[int, int]]:
    """Each pair of places that share a key, once, the first before the second."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, person in enumerate(people):
        for key in keys_of(person):
            blocks[key].append(place)
    partners: list[set[int]] = [set() for _ in people]
    for block in blocks.values():
        if 1 < len(block) <= largest:
            for order, place in enumerate(block):
                partners[place].update(block[order + 1 :])
    for place, others in enumerate(partners):
        yield from in_order(place, others)


def in_order(place: int, others: Iterable[int]) -> Iterator[tuple[int, int]]:
    for other in sorted(others):
        yield place, other

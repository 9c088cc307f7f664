"""Who sits where: a cheapest way to fill all seats with different people. Pure.

People are numbered by load, and each sits once, so the sets of people that can be seated together
form a matroid: taking them in the order of their load, each if the seats can be rearranged to
fit, gives a cheapest panel (the greedy algorithm on a transversal matroid, Edmonds 1971).
"""

from collections.abc import Sequence


def seat_all(seats: Sequence[int]) -> tuple[int, ...] | None:
    """For each seat (a mask of people) one person, all different, with the least load in sum;
    None if they cannot all be filled."""
    taken = [-1] * len(seats)
    waiting = len(seats)
    everybody = 0
    for mask in seats:
        everybody |= mask
    while waiting and everybody:
        person = everybody & -everybody
        everybody ^= person
        if _place(person, person.bit_length() - 1, seats, taken, set()):
            waiting -= 1
    return None if waiting else tuple(taken)


def _place(bit: int, person: int, seats: Sequence[int], taken: list[int], tried: set[int]) -> bool:
    """Give this person a seat, moving those who sit already if that helps."""
    fitting = [n for n, mask in enumerate(seats) if mask & bit and n not in tried]
    for seat in fitting:
        if taken[seat] < 0:
            taken[seat] = person
            return True
    for seat in fitting:
        if seat in tried:
            continue
        tried.add(seat)
        moved = taken[seat]
        if _place(1 << moved, moved, seats, taken, tried):
            taken[seat] = person
            return True
    return False

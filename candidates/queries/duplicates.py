"""Who else may be this person: looked up by keys, in milliseconds among a million people."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from candidates.dedupe.blocks import LARGEST, keys_of
from candidates.dedupe.compare import Levels
from candidates.dedupe.odds import BEGINNING, Odds, count_crowds, probability
from candidates.dedupe.people import Known, Person, known
from candidates.enums import AddressStatus
from candidates.models import Candidate

# How many people are compared with one: those who share the most keys.
COMPARED = 150
# A name that more share is as common as a name gets; nobody counts further.
COUNTED = 2000
# One pair in so many people is expected to be a duplicate.
EXPECTED = 0.1
POSSIBLE = 0.5
NAMES = ("given", "surname")


@dataclass(frozen=True)
class Found:
    """Somebody who may be the same person."""

    candidate: int
    probability: float
    levels: Levels


def records(keys: Iterable[int]) -> dict[int, Known]:
    """What can be compared of these people, by their keys; those who were merged are gone."""
    rows = Candidate.objects.filter(pk__in=keys, merged_into=None)
    return {row.pk: known(person_of(row)) for row in rows.prefetch_related("emails", "phones")}


def person_of(candidate: Candidate) -> Person:
    emails = (e.address for e in candidate.emails.all() if e.status != AddressStatus.INVALID)
    phones = (p.number for p in candidate.phones.all() if p.status != AddressStatus.INVALID)
    return Person(
        id=str(candidate.pk),
        name=candidate.name,
        emails=tuple(emails),
        phones=tuple(phones),
        city=candidate.location,
    )


def hashed(key: str) -> int:
    digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def match_keys(person: Known) -> set[int]:
    """Those that people meet under, and those under which only names are counted."""
    counted = {f"{name}={' '.join(getattr(person, name))}" for name in NAMES}
    return {hashed(key) for key in {*keys_of(person), *counted}}


def others_like(candidate: Candidate) -> list[Found]:
    """The surest first. Those beyond the bounds above are not looked at."""
    person = known(person_of(candidate))
    met = met_under([hashed(key) for key in keys_of(person)], besides=candidate.pk)
    others = records(met)
    odds = odds_for(person, list(others.values()))
    found = []
    for key, other in others.items():
        bits, levels = odds.weigh(*sorted((person, other), key=lambda each: int(each.id)))
        if probability(bits) >= POSSIBLE:
            found.append(Found(key, round(probability(bits), 4), levels))
    return sorted(found, key=lambda each: (-each.probability, each.candidate))


def met_under(keys: Sequence[int], *, besides: int) -> list[int]:
    """Who shares a key, whoever shares the most first; a key of very many says nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked.key, held.candidate_id FROM unnest(%s::bigint[]) AS asked(key)"
            " CROSS JOIN LATERAL (SELECT candidate_id FROM candidates_matchkey"
            "  WHERE key = asked.key LIMIT %s) AS held",
            [list(keys), LARGEST + 1],
        )
        pairs = cursor.fetchall()
    sizes = Counter(key for key, _ in pairs)
    shared = Counter(who for key, who in pairs if sizes[key] <= LARGEST and who != besides)
    return [who for who, _ in sorted(shared.items(), key=lambda each: (-each[1], each[0]))][
        :COMPARED
    ]


def odds_for(person: Known, others: Sequence[Known]) -> Odds:
    """By the documented priors, and by how common this person's names are here."""
    people = about_how_many()
    share = min(BEGINNING, EXPECTED / max(1, people))
    held = {name: " ".join(getattr(person, name)) for name in NAMES}
    return Odds(
        people=people,
        holders={name: Counter({value: counted(name, value)}) for name, value in held.items()},
        crowds=count_crowds([person, *others]),
        share=share,
        families=share / 4,
    )


def counted(name: str, value: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM"
            " (SELECT 1 FROM candidates_matchkey WHERE key = %s LIMIT %s) AS held",
            [hashed(f"{name}={value}"), COUNTED],
        )
        (count,) = cursor.fetchone()
    return int(count)


def about_how_many() -> int:
    """By the database's own estimate: counting a million people would take longer than all else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT greatest(reltuples, 0)::bigint FROM pg_class"
            " WHERE oid = 'candidates_candidate'::regclass"
        )
        (estimate,) = cursor.fetchone()
    return int(estimate)

"""Possible duplicates: looked for as people arrive, and dismissed by a person."""

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates.actions.merge import merge_candidates
from candidates.dedupe.people import known
from candidates.dedupe.words import codes
from candidates.enums import DuplicateStatus
from candidates.models import Candidate, MatchKey, PossibleDuplicate
from candidates.queries.duplicates import Found, match_keys, others_like, person_of


@transaction.atomic
def look_for_duplicates(candidate: Candidate, *, by: Actor) -> int:
    """Write down under which keys they are found, and who may be the same person.

    How many were found. What was dismissed stays dismissed. It may run twice and late.
    """
    candidate = Candidate.objects.select_for_update(no_key=True).get(pk=candidate.pk)
    if candidate.merged_into_id:
        MatchKey.objects.filter(candidate=candidate).delete()
        return 0
    keep_keys(candidate)
    Candidate.objects.filter(pk=candidate.pk).update(matched_at=clock.now())
    found = others_like(candidate)
    pairs = PossibleDuplicate.objects.about(candidate).filter(status=DuplicateStatus.OPEN)
    kept = [write_down(candidate, each, by).pk for each in found]
    pairs.exclude(pk__in=kept).exclude(first__merged_into__isnull=False).exclude(
        second__merged_into__isnull=False
    ).delete()
    return len(found)


def keep_keys(candidate: Candidate) -> None:
    wanted = match_keys(known(person_of(candidate)))
    mine = MatchKey.objects.filter(candidate=candidate)
    mine.exclude(key__in=wanted).delete()
    rows = [MatchKey(candidate=candidate, key=key) for key in sorted(wanted)]
    MatchKey.objects.bulk_create(rows, ignore_conflicts=True)


def write_down(candidate: Candidate, found: Found, by: Actor) -> PossibleDuplicate:
    first, second = sorted((candidate.pk, found.candidate))
    said = {"probability": found.probability, "reasons": codes(found.levels)}
    pair, is_new = PossibleDuplicate.objects.get_or_create(
        first_id=first, second_id=second, defaults={**said, "found_at": clock.now()}
    )
    if is_new:
        record("duplicate.found", pair.first, pair.second, by=by, duplicate=pair)
    else:
        PossibleDuplicate.objects.filter(pk=pair.pk).update(**said)
    return pair


@transaction.atomic
def merge_duplicates(duplicate: PossibleDuplicate, *, survivor: Candidate, by: Actor) -> Candidate:
    """The other of the two becomes part of `survivor`."""
    others = {duplicate.first_id: duplicate.second, duplicate.second_id: duplicate.first}
    if survivor.pk not in others:
        raise Invalid("survivor", "Choose one of the two. Nothing was changed.")
    return merge_candidates(survivor, other=others[survivor.pk], by=by)


@transaction.atomic
def dismiss_duplicate(duplicate: PossibleDuplicate, *, by: Actor) -> PossibleDuplicate:
    """Not the same person: nobody is asked about these two again."""
    duplicate = lock(duplicate)
    if duplicate.status == DuplicateStatus.DISMISSED:
        raise DomainError("This was dismissed before. Nothing was changed.", code="dismissed")
    duplicate.status, duplicate.dismissed_at = DuplicateStatus.DISMISSED, clock.now()
    duplicate.dismissed_by = by.user
    duplicate.save(update_fields=["status", "dismissed_at", "dismissed_by"])
    people = (duplicate.first, duplicate.second)
    record("duplicate.dismissed", *people, by=by, duplicate=duplicate)
    return duplicate

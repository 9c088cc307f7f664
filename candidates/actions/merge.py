"""Two records of one person become one; the journal lets it be taken back."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from ats import clock
from ats.errors import Blocked
from ats.events.actors import Actor
from ats.events.log import record
from candidates.models import Application, Candidate, Merge
from candidates.models.merging import MOVING, MovingRule
from candidates.queries.merging import (
    differences,
    merge_blockers,
    moved_applications,
    name_of,
    newest,
    rows_of,
    undo_blockers,
)


@transaction.atomic
def merge_candidates(survivor: Candidate, *, other: Candidate, by: Actor) -> Candidate:
    """Everything of the other becomes the survivor's; the other id answers with the survivor.

    Raises `Blocked` with what has to be solved first; then nothing was changed.
    """
    survivor, other = hold(survivor, other)
    if found := merge_blockers(survivor, other):
        raise Blocked([*found, "Nothing was changed."])
    merge = Merge.objects.create(
        survivor=survivor,
        other=other,
        merged_at=clock.now(),
        merged_by=by.user,
        newest=newest(),
        differed=differences(survivor, other),
    )
    # From here on whatever arrives for the other goes to the survivor.
    other.merged_into = survivor
    other.save(update_fields=["merged_into"])
    merge.moved = [move(rule, other, survivor) for rule in MOVING.values()]
    merge.save(update_fields=["moved"])
    take_over(survivor, merge)
    record("candidate.merged", survivor, by=by, other=other, merge=merge)
    return survivor


def hold(*people: Candidate) -> list[Candidate]:
    """Their applications first, as every verb of an application does, then they themselves, each
    in the order of their keys: whoever adds a row for one of them waits."""
    keys = [person.pk for person in people]
    mine = Application.objects.filter(candidate__in=keys).order_by("pk")
    list(mine.select_for_update(of=("self",)).values_list("pk"))
    rows = Candidate.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    held = {row.pk: row for row in rows}
    return [held[key] for key in keys]


def move(rule: MovingRule, other: Candidate, survivor: Candidate) -> dict[str, Any]:
    """All at once; one by one where the survivor has the equal of some, which then stay.

    `was` keeps, per flag that a move resets, the rows in which it was set.
    """
    rows = rows_of(rule, other)
    if rule.once:
        rows = rows.exclude(**{f"{rule.once}__in": rows_of(rule, survivor).values(rule.once)})
    keys = list(rows.values_list("pk", flat=True))
    was = {
        c: list(rows.exclude(**{c: v}).values_list("pk", flat=True)) for c, v in rule.resets.items()
    }
    into = {rule.column: name_of(rule, survivor), **rule.resets}
    moved = changed(rule.model._base_manager.filter(pk__in=keys), into)
    return {"rule": rule.key, "rows": moved, "was": was}


def changed(rows: QuerySet[Any], into: dict[str, Any]) -> list[int]:
    """The keys of those that could be changed."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    try:
        with transaction.atomic():
            rows.update(**into)
            return keys
    except IntegrityError:
        if len(keys) == 1:
            return []
    return [
        found for key in keys for found in changed(rows.model._base_manager.filter(pk=key), into)
    ]


def take_over(survivor: Candidate, merge: Merge) -> None:
    """What the survivor has none of; both values stay in the journal."""
    for column, (_, _, becomes) in merge.differed.items():
        setattr(survivor, column, becomes)
    fields = {Candidate._meta.get_field(column).name for column in merge.differed}
    survivor.save(update_fields=fields)


@transaction.atomic
def undo_merge(merge: Merge, *, by: Actor) -> Merge:
    """Two people again, each with what was theirs; what came later stays with the survivor.

    Raises `Blocked` with the reason; then nothing was changed.
    """
    hold(merge.survivor, merge.other)
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if found := undo_blockers(merge):
        raise Blocked([*found, "Nothing was changed."])
    survivor, other = merge.survivor, merge.other
    other.merged_into = None
    other.save(update_fields=["merged_into"])
    # A table that is no more has nothing to give back.
    for each in filter(lambda each: each["rule"] in MOVING, merge.moved):
        give_back(MOVING[each["rule"]], merge, each)
    give_values_back(survivor, merge)
    merge.undone_at, merge.undone_by = clock.now(), by.user
    merge.save(update_fields=["undone_at", "undone_by"])
    record("candidate.merge_undone", survivor, by=by, other=other, merge=merge)
    return merge


def give_back(rule: MovingRule, merge: Merge, journal: dict[str, Any]) -> None:
    """The rows that moved and are still there, and those that go with an application."""
    here = rows_of(rule, merge.survivor)
    rows = here.filter(pk__in=journal["rows"])
    if rule.follows:
        rows |= here.filter(**{f"{rule.follows}__in": moved_applications(merge)})
    keys = changed(rows, {rule.column: name_of(rule, merge.other)})
    for column, was in journal["was"].items():
        back = rule.model._base_manager.filter(pk__in=set(was) & set(keys))
        back.update(**{column: not rule.resets[column]})


def give_values_back(survivor: Candidate, merge: Merge) -> None:
    """Where the survivor still has what the merge made; what somebody wrote since stays."""
    restored = []
    for column, (mine, _, made) in merge.differed.items():
        field = Candidate._meta.get_field(column)
        if getattr(survivor, column) == field.to_python(made):  # type: ignore[union-attr]
            setattr(survivor, column, field.to_python(mine))  # type: ignore[union-attr]
            restored.append(field.name)
    survivor.save(update_fields=restored)

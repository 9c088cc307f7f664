"""What becomes of the rows of somebody who is merged into another: a rule for every relation.

    moves(Parcel, called="parcels", clash=parcels_that_cannot_meet, follows="order")
    stays(Receipt, "buyer", because="it says who bought it then")

Each app says so when it is ready; a test fails while a relation to Candidate has no rule. Rows
that arrive on the one who is gone, however late, go to the survivor: `FollowsMerges` sees to it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pgtrigger
from django.db.models import Model

Clash = Callable[[Any, Any], list[str]]


@dataclass(frozen=True)
class MovingRule:
    """`called` is what recruiters call such rows, "" where they are not told of them.

    `clash(survivor, other)` says in sentences what has to be solved by a person first; without
    it, a row whose equal the survivor has already stays where it is. `resets` are the columns
    that change on the way. `follows` is the column of an application that the row always goes
    with. `once` is the column of what a person has one answer to: where the survivor has one, all
    of the other's stay. `by_id`: the column holds the public id.
    """

    model: type[Model]
    column: str
    called: str
    clash: Clash | None = None
    resets: Mapping[str, Any] = field(default_factory=dict)
    follows: str = ""
    once: str = ""
    by_id: bool = False

    @property
    def key(self) -> str:
        return f"{self.model._meta.label_lower}.{self.column}"


MOVING: dict[str, MovingRule] = {}
STAYING: dict[str, str] = {}


def moves(
    model: type[Model], column: str = "candidate", *, called: str = "", **options: Any
) -> None:
    rule = MovingRule(model, column, called, **options)
    MOVING[rule.key] = rule


def stays(model: type[Model], *columns: str, because: str) -> None:
    for column in columns:
        STAYING[f"{model._meta.label_lower}.{column}"] = because


class FollowsMerges(pgtrigger.Trigger):  # type: ignore[misc]
    """A new row for somebody who was merged belongs to the survivor; a merge that is under way is
    waited for."""

    name = "rows_follow_a_merge"
    when = pgtrigger.Before
    operation = pgtrigger.Insert
    declare = [("heir", "bigint")]
    func = """
        LOOP
            SELECT merged_into_id INTO heir FROM candidates_candidate
            WHERE id = NEW.candidate_id FOR KEY SHARE;
            EXIT WHEN heir IS NULL;
            NEW.candidate_id = heir;
        END LOOP;
        RETURN NEW;
    """


def relations_to(model: type[Model]) -> list[str]:
    """Every foreign key to it, of whatever app, hidden ones too: `app.table.column`."""
    found = model._meta.get_fields(include_hidden=True)
    keys = [each for each in found if each.auto_created and not each.concrete]
    return sorted(
        f"{each.related_model._meta.label_lower}.{each.field.name}"  # type: ignore[union-attr]
        for each in keys
        if each.one_to_many or each.one_to_one
    )

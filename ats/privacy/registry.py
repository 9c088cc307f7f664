"""Personal data, by registration: every app declares, table by table, what it keeps about a person.

    holds(Order, of="customer", erase=emptied("note", answers={}), keeps={"number": "ours alone"})
    holds(Parcel, of="order__customer", erase=deleted)
    holds_nothing(Color, because="the shop's own words")

Each app does this in its `personal_data.py`, children before parents: erasure walks in this order.
A test compares it with every table and every column that could hold something about somebody.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Case, Model, Q, QuerySet, TextField, Value, When

from ats.base import Row

Rows = QuerySet[Any]
ERASED = "Erased."


@dataclass(frozen=True)
class Erasing:
    """What becomes of the rows; `covers` are the columns that it empties, None the whole row.

    It may run twice, and again over a restored copy: the second time changes nothing.
    """

    run: Callable[[Rows], object]
    covers: frozenset[str] | None = field(default=frozenset())


@dataclass(frozen=True)
class Holding:
    """One table: whose its rows are, what erasure does to them, what an export leaves out."""

    model: type[Model]
    rows: Callable[[Row, Iterable[UUID]], Rows]
    erase: Erasing
    keeps: Mapping[str, str]
    untold: str | Mapping[str, str]
    is_own: bool
    tells: Callable[[Rows, Row], Rows] | None = None


HOLDINGS: dict[type[Model], Holding] = {}
NOTHING: dict[type[Model], str] = {}
# The people themselves, by kind.
PEOPLE: dict[str, type[Row]] = {}


def are_people(model: type[Row]) -> None:
    """Each row of this table is a person who may ask for an export or an erasure."""
    PEOPLE[str(model._meta.model_name)] = model


def holds(
    model: type[Model],
    *,
    of: str | Callable[[Row], Rows] = "",
    names: Sequence[str] = (),
    erase: Erasing,
    keeps: Mapping[str, str] | None = None,
    untold: str | Mapping[str, str] = "",
    tells: Callable[[Rows, Row], Rows] | None = None,
) -> None:
    """`of` leads to the person: a look-up ("order__customer"), or a function to their rows.

    `names`, in its place, are columns that hold the public id of the person or of one of their
    rows ("subject_id"), or several ("about__overlap"). `keeps` says, per column that erasure
    leaves, why that may stay. `untold` says why an export leaves out these columns, or the whole
    table; `tells` narrows the rows of the table that an export may tell.
    """
    finder = named(model, names) if names else found(model, of)
    HOLDINGS[model] = Holding(
        model, finder, erase, keeps or {}, untold, is_own=not names, tells=tells
    )


def holds_nothing(*models: type[Model], because: str) -> None:
    """No row of these says anything about a person from outside; `because` is for reviewers."""
    NOTHING.update(dict.fromkeys(models, because))


def found(
    model: type[Model], of: str | Callable[[Row], Rows]
) -> Callable[[Row, Iterable[UUID]], Rows]:
    if callable(of):
        return lambda person, ids: of(person)
    return lambda person, ids: model._default_manager.filter(**{of: person.pk})


def named(model: type[Model], columns: Sequence[str]) -> Callable[[Row, Iterable[UUID]], Rows]:
    def rows(person: Row, ids: Iterable[UUID]) -> Rows:
        wanted = Q(pk__in=[])
        for column in columns:
            lookup = column if column.endswith("__overlap") else f"{column}__in"
            wanted |= Q(**{lookup: list(ids)})
        mine = model._default_manager.filter(wanted).values("pk")
        return model._default_manager.filter(pk__in=mine)

    return rows


def ids_of(person: Row) -> list[UUID]:
    """The public ids of the person and of all rows about them: what other tables know them by."""
    found = {person.public_id}
    for holding in HOLDINGS.values():
        if holding.is_own and issubclass(holding.model, Row):
            found.update(holding.rows(person, ()).values_list("public_id", flat=True))
    return sorted(found)


deleted = Erasing(lambda rows: rows.delete(), None)
kept = Erasing(lambda rows: None)


def emptied(*texts: str, **values: Any) -> Erasing:
    """`texts` say "Erased." where they said something; `values` are what other columns become."""
    new = {**{name: wiped(name) for name in texts}, **values}
    return Erasing(lambda rows: rows.update(**new), frozenset(new))


def wiped(column: str) -> Case:
    """Not the empty text: that a reason was given stays true, and so do the table's fences."""
    empty = When(**{column: ""}, then=Value(""))
    return Case(empty, default=Value(ERASED), output_field=TextField())


def changed(*columns: str, by: Callable[[Any], object]) -> Erasing:
    """Row by row: `by` sets the columns, which are then saved."""

    def run(rows: Rows) -> None:
        for row in rows.select_for_update(of=("self",)):
            by(row)
            row.save(update_fields=columns)

    return Erasing(run, frozenset(columns))

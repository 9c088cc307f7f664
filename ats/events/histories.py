"""Whose history can be read, by whom: the kernel asks here who may see a row that it only names."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

Readable = Callable[[Any], QuerySet[Any]]

HISTORIES: dict[str, Readable] = {}
GUARDED: dict[str, Readable] = {}


def history_of(kind: str, rows: type[Model] | Readable) -> None:
    """Each app names, when it is ready, the kinds whose history can be read, and by whom:
    a model with `visible_to(user)`, or a function from a user to the rows they may see."""

    def visible(user: Any) -> QuerySet[Any]:
        return rows._default_manager.all().visible_to(user)  # type: ignore[union-attr,no-any-return]

    HISTORIES[kind] = visible if isinstance(rows, type) else rows


def guard_ids(*verbs: str, rows: Readable) -> None:
    """What these events carry is told only to those who find a subject of theirs among `rows`."""
    GUARDED.update(dict.fromkeys(verbs, rows))


def unseen(user: Any, kind: str, object_id: str) -> Q:
    """Rows whose columns `kind` and `object_id` name something that exists and that this reader
    may not see. Each kind is asked for by its unique id, so that a long list stays cheap."""
    hidden = Q(pk__in=[])
    for name, rows in HISTORIES.items():
        seen = rows(user).order_by()
        named = {"public_id": OuterRef(object_id)}
        there = Exists(seen.model._base_manager.filter(**named))
        hidden |= Q(**{kind: name}) & there & ~Exists(seen.filter(**named))
    return hidden

"""Searches that are kept: by name for whoever uses them again, and on record for the law."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates.actions.names import check_name_of
from candidates.enums import SearchedFrom
from candidates.models import SavedSearch, SearchRecord
from candidates.queries.search.people import Search, read_search

Asked = Mapping[str, Sequence[str]]
MOST = 10_000


def keep_on_record(search: Search, *, shown: int, came_from: SearchedFrom) -> None:
    """Who was shown how many people for what: a row is all that there is to it."""
    SearchRecord.objects.create(
        by=search.user, at=clock.now(), asked=search.params, shown=shown, came_from=came_from
    )


@transaction.atomic
def save_search(*, name: str, asked: Asked, is_shared: bool = False, by: Actor) -> SavedSearch:
    """`asked` are parameters of the list of candidates. Raises `Invalid` for what cannot be
    asked."""
    if by.user is None:
        raise DomainError("A saved search belongs to somebody: only a person can keep one.")
    name = check_name_of("name", name)
    check_asked(by.user, asked)
    if SavedSearch.objects.filter(owner=by.user, name=name).exists():
        raise Invalid("name", f"You have a search called {name} already.")
    saved = SavedSearch.objects.create(
        owner=by.user, name=name, asked=asked, is_shared=is_shared, created_at=clock.now()
    )
    record("saved_search.added", saved, by=by)
    return saved


@transaction.atomic
def edit_saved_search(saved: SavedSearch, *, by: Actor, **fields: Any) -> SavedSearch:
    """`name`, `asked` and `is_shared`."""
    saved = lock(saved)
    if "name" in fields:
        fields["name"] = check_name_of("name", fields["name"])
        others = SavedSearch.objects.filter(owner=saved.owner, name=fields["name"])
        if others.exclude(pk=saved.pk).exists():
            raise Invalid("name", f"You have a search called {fields['name']} already.")
    if "asked" in fields:
        check_asked(saved.owner, fields["asked"])
    for name, value in fields.items():
        setattr(saved, name, value)
    saved.save(update_fields=sorted(fields))
    record("saved_search.edited", saved, by=by, fields=sorted(fields))
    return saved


@transaction.atomic
def delete_saved_search(saved: SavedSearch, *, by: Actor) -> None:
    """For everybody with whom it was shared, too."""
    record("saved_search.deleted", saved, by=by)
    saved.delete()


def check_asked(user: Any, asked: Asked) -> None:
    """Raises `Invalid("asked/<parameter>", ...)`."""
    if not asked:
        raise Invalid("asked", "A search asks for something.")
    if sum(len(text) for values in asked.values() for text in values) > MOST:
        raise Invalid("asked", "This search is longer than anybody reads.")
    if problems := read_search(user, asked).problems:
        name, sentence = problems[0]
        raise Invalid(f"asked/{name}", sentence)

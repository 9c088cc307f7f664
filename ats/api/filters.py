"""An unknown filter or sort is a 400 that names the possible ones, never an empty list."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

import django_filters
from django.db import models
from django.db.models import QuerySet
from django_filters.filterset import FILTER_FOR_DBFIELD_DEFAULTS
from django_filters.rest_framework import DjangoFilterBackend
from django_filters.widgets import SuffixedMultiWidget
from rest_framework.request import Request

from ats.api.errors import QueryError

PAGING = ("count", "cursor", "limit", "sort")


class RefFilter(django_filters.UUIDFilter):  # type: ignore[misc]
    """`order = RefFilter("order")` keeps the rows of the one with that public id."""

    def __init__(self, field_name: str | None = None, **kwargs: Any) -> None:
        super().__init__(field_name and f"{field_name}__public_id", **kwargs)


class BoolFilter(django_filters.TypedChoiceFilter):  # type: ignore[misc]
    """`true` or `false`; the library's own takes anything else for "do not filter"."""

    def __init__(self, field_name: str | None = None, **kwargs: Any) -> None:
        choices = (("true", "true"), ("false", "false"))
        super().__init__(field_name, choices=choices, coerce="true".__eq__, **kwargs)


class Filters(django_filters.FilterSet):  # type: ignore[misc]
    """The base of every `filterset_class`: relations go by public id, booleans are strict."""

    FILTER_DEFAULTS = {
        **FILTER_FOR_DBFIELD_DEFAULTS,
        models.BooleanField: {"filter_class": BoolFilter},
        models.ForeignKey: {"filter_class": RefFilter},
        models.OneToOneField: {"filter_class": RefFilter},
    }


class StrictFilterBackend(DjangoFilterBackend):  # type: ignore[misc]
    """`filterset_class` on the view declares the filters; `sorts` declares the orders."""

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: Any
    ) -> QuerySet[Any]:
        filterset = self.get_filterset(request, queryset, view)
        names = dict(parameters(filterset)) if filterset else {}
        check_names(request, names)
        if filterset is None:
            return queryset
        if not filterset.is_valid():
            name, problems = next(iter(filterset.errors.get_json_data().items()))
            raise QueryError(name, problems[0]["message"], problems[0]["code"] or "invalid")
        rows: QuerySet[Any] = filterset.qs
        return rows


def parameters(filterset: django_filters.FilterSet) -> Iterator[tuple[str, bool]]:
    """Each name in the query string, and whether it may be given more than once.

    A range has a name for each end.
    """
    for name, field in filterset.form.fields.items():
        widget = field.widget
        if isinstance(widget, SuffixedMultiWidget):
            yield from ((widget.suffixed(name, suffix), False) for suffix in widget.suffixes)
        else:
            yield name, getattr(widget, "allow_multiple_selected", False)


def check_names(request: Request, names: dict[str, bool]) -> None:
    possible = sorted([*names, *PAGING])
    for name, values in request.query_params.lists():
        if name not in possible:
            near = get_close_matches(name, possible, n=1)
            hint = f"Did you mean {near[0]!r}? " if near else ""
            raise QueryError(
                name, f"There is no such parameter. {hint}Possible: {', '.join(possible)}."
            )
        if "" in values:
            raise QueryError(name, "This is empty. Leave it out to get everything.", "blank")
        if len(values) > 1 and not names.get(name):
            raise QueryError(name, "Give this once.")

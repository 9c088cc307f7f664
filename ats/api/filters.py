"""An unknown filter or sort is a 400 that names the possible ones, never an empty list."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

import django_filters
from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from django_filters.widgets import SuffixedMultiWidget
from rest_framework.request import Request

from ats.api.errors import QueryError

PAGING = ("count", "cursor", "limit", "sort")


class Filters(django_filters.FilterSet):  # type: ignore[misc]
    """The base of every `filterset_class`."""


class RefFilter(django_filters.UUIDFilter):  # type: ignore[misc]
    """`requisition = RefFilter("requisition")` keeps the rows of the one with that public id."""

    def __init__(self, field_name: str | None = None, **kwargs: Any) -> None:
        super().__init__(field_name and f"{field_name}__public_id", **kwargs)


class StrictFilterBackend(DjangoFilterBackend):  # type: ignore[misc]
    """`filterset_class` on the view declares the filters; `sorts` declares the orders."""

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: Any
    ) -> QuerySet[Any]:
        filterset = self.get_filterset(request, queryset, view)
        names = list(parameters(filterset)) if filterset else []
        check_names(request, names)
        if filterset is None:
            return queryset
        if not filterset.is_valid():
            name, problems = next(iter(filterset.errors.get_json_data().items()))
            raise QueryError(name, problems[0]["message"], problems[0]["code"] or "invalid")
        rows: QuerySet[Any] = filterset.qs
        return rows


def parameters(filterset: django_filters.FilterSet) -> Iterator[str]:
    """The names in the query string; a range has one for each end."""
    for name, field in filterset.form.fields.items():
        if isinstance(field.widget, SuffixedMultiWidget):
            yield from (field.widget.suffixed(name, suffix) for suffix in field.widget.suffixes)
        else:
            yield name


def check_names(request: Request, names: list[str]) -> None:
    possible = sorted([*names, *PAGING])
    for name in request.query_params:
        if name not in possible:
            near = get_close_matches(name, possible, n=1)
            hint = f"Did you mean {near[0]!r}? " if near else ""
            raise QueryError(
                name, f"There is no such parameter. {hint}Possible: {', '.join(possible)}."
            )

"""What lists share: named views of their rows, in place of a box of filters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest

Narrow = Callable[[Any, Any], QuerySet[Any]]


@dataclass(frozen=True)
class View:
    """`narrow(rows, user)`; the home page counts with the same function that the list uses."""

    label: str
    narrow: Narrow


def by_status(label: str, *states: str) -> View:
    return View(label, lambda rows, user: rows.filter(status__in=states))


class ViewFilter(SimpleListFilter):
    """`?view=...`: one of the named views of this list."""

    title = "view"
    parameter_name = "view"

    def __init__(self, request: Any, params: Any, model: Any, model_admin: Any) -> None:
        self.views: Mapping[str, View] = model_admin.views
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, view.label) for name, view in self.views.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        view = self.views.get(self.value() or "")
        return view.narrow(queryset, request.user) if view else None


class OfOne(SimpleListFilter):
    """Only the rows of one thing, as linked from its page: `?requisition=7`."""

    field = ""

    def __init__(self, request: Any, params: Any, model: Any, model_admin: Any) -> None:
        self.title = str(self.parameter_name)
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("", "")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        value = self.value()
        if not value:
            return None
        if not value.isdecimal() or len(value) > 18:
            return queryset.none()
        return queryset.filter(**{self.field or f"{self.parameter_name}_id": int(value)})


def of_one(name: str, field: str = "") -> type[OfOne]:
    return type(f"Of{name.title()}", (OfOne,), {"parameter_name": name, "field": field})

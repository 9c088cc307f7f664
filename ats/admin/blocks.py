"""What apps contribute: blocks to the home page, panels to the pages of the apps below."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet, Window
from django.http import HttpRequest

from ats.accounts.models import User

SHOWN = 5


@dataclass(frozen=True)
class Line:
    title: str
    detail: str
    url: str
    at: Any = None


@dataclass(frozen=True)
class Block:
    """`count` is how many rows the list behind `url` shows; `lines` are the first of them."""

    title: str
    icon: str
    url: str
    count: int
    lines: list[Line]
    empty: str
    tone: str = ""


@dataclass(frozen=True)
class Panel:
    """A part of a row's page; `place` is main or aside."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    place: str = "main"


BlockOf = Callable[[User], Block | None]
PanelOf = Callable[[HttpRequest, Any], Panel | None]


def block(title: str, rows: QuerySet[Any], line: Callable[[Any], Line], **look: Any) -> Block:
    """One query: the first rows, each with the number of all of them."""
    first = list(rows.annotate(found=Window(Count("*")))[:SHOWN])
    count = first[0].found if first else 0
    return Block(title=title, count=count, lines=[line(row) for row in first], **look)


def panels_of(contributed: Iterable[PanelOf], request: HttpRequest, row: Any) -> list[Panel]:
    found = (panel(request, row) for panel in contributed)
    return [panel for panel in found if panel is not None]

"""Which nouns have custom fields. Each app names its own when it is ready."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Noun:
    """`values` is the noun's own table of values, `owner` its relation to the noun's row.

    Fields for recruiters only are shown on the rows that `restricted(user)` gives, and their
    definitions to those for whom `is_insider(user)` holds.
    """

    values: type[Model]
    owner: str
    restricted: Callable[[Any], QuerySet[Any]]
    is_insider: Callable[[Any], bool]


NOUNS: dict[str, Noun] = {}


def has_custom_fields(name: str, noun: Noun) -> None:
    NOUNS[name] = noun


def insider_of(user: Any) -> list[str]:
    return [name for name, noun in NOUNS.items() if noun.is_insider(user)]

"""How words are compared: functions of the database, as expressions."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models


def folded(words: Any) -> models.Func:
    """Small letters without accents: `Café` and `CAFE` are the same."""
    return models.Func(words, function="folded", output_field=models.TextField())


def digits(words: Any) -> models.Func:
    """A phone number without all that people write between."""
    blank = (models.Value(r"\D"), models.Value(""), models.Value("g"))
    return models.Func(words, *blank, function="regexp_replace", output_field=models.TextField())


def pieces(words: Any, name: str) -> GinIndex:
    """Finds any three letters in a row, and what is nearly the same."""
    return GinIndex(OpClass(words, "gin_trgm_ops"), name=name)

"""What every row that people can name has in common."""

from typing import TypeVar

from django.db import models


class Row(models.Model):
    """An integer key that stays inside, and an opaque, time-ordered id for the world outside."""

    public_id = models.UUIDField(
        unique=True,
        editable=False,
        db_default=models.Func(function="uuidv7", output_field=models.UUIDField()),
    )

    class Meta:
        abstract = True


R = TypeVar("R", bound=Row)


def lock(row: R) -> R:
    """The row as it is now, nobody else's until the transaction ends."""
    # Not type(row): the user of a request is a lazy stand-in that only says so.
    return row.__class__._default_manager.select_for_update(of=("self",)).get(pk=row.pk)

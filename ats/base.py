"""What every row that people can name has in common."""

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

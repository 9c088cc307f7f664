"""The integers of the public job board, which are no keys of ours."""

from django.db import models

from ats.base import Row

SEQUENCE = "board_numbers"


class Numbered(Row):
    """What the job board API names by an integer: one sequence for all kinds, never used again."""

    board_number = models.BigIntegerField(
        unique=True,
        editable=False,
        db_default=models.Func(
            models.Value(SEQUENCE), function="nextval", output_field=models.BigIntegerField()
        ),
    )

    class Meta:
        abstract = True

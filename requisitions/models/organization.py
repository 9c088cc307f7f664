"""Where the company is, and how it is divided."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.expressions import RawSQL

from requisitions.models.numbered import Numbered


class DepartmentSet(models.QuerySet["Department"]):
    def under(self, key: int | None) -> "DepartmentSet":
        """That department and all that are part of it, however deep."""
        return self.filter(pk__in=RawSQL(UNDER, [key]))  # noqa: S611 - the key is a parameter


UNDER = """
    WITH RECURSIVE part (id) AS (
        SELECT id FROM requisitions_department WHERE id = %s
        UNION SELECT d.id FROM requisitions_department d JOIN part ON d.parent_id = part.id
    ) SELECT id FROM part
"""
# One move at a time, or two harmless ones could make a circle together.
NO_CIRCLE = """
    IF NEW.parent_id IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext('requisitions.department'));
        IF EXISTS (
            WITH RECURSIVE above (id) AS (
                SELECT NEW.parent_id
                UNION SELECT d.parent_id FROM requisitions_department d JOIN above USING (id)
                WHERE d.parent_id IS NOT NULL
            ) SELECT 1 FROM above WHERE above.id = NEW.id
        ) THEN
            RAISE EXCEPTION 'a department is not part of itself'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_department_is_not_part_of_itself';
        END IF;
    END IF;
    RETURN NEW;
"""


class Department(Numbered):
    name = models.CharField(max_length=200)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    head = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = DepartmentSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="one_department_per_name_and_parent",
                nulls_distinct=False,
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="a_department_is_not_part_of_itself",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id"),
                when=pgtrigger.Before,
                func=NO_CIRCLE,
            )
        ]

    def __str__(self) -> str:
        return self.name


class Office(Numbered):
    name = models.CharField(max_length=200, unique=True)
    city = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1, two letters")
    timezone = models.CharField(max_length=64, default="UTC", help_text="IANA zone")

    def __str__(self) -> str:
        return self.name

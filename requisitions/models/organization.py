"""Where the company is, and how it is divided."""

from django.conf import settings
from django.db import models

from requisitions.models.numbered import Numbered


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

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="one_department_per_name_and_parent",
                nulls_distinct=False,
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

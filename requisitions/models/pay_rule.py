"""The table of pay transparency laws: shipped with sources, and open to correction."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ats.base import Row
from requisitions.enums import PayRuleAsks, PayRuleWhen


def things() -> Any:
    return models.CharField(max_length=12, choices=PayRuleAsks.choices)


class PayRule(Row):
    key = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=100, help_text="the place: Colorado")
    law = models.CharField(max_length=200, help_text="as it is called in a sentence")
    citation = models.CharField(max_length=300)
    source_url = models.URLField(max_length=500)
    checked_on = models.DateField(
        null=True, blank=True, help_text="when somebody last compared this with the source"
    )
    country = models.CharField(max_length=2, help_text="ISO 3166-1, or EU")
    region = models.CharField(max_length=3, blank=True, help_text="a state or province: CO")
    city = models.CharField(max_length=100, blank=True)
    when = models.CharField(max_length=16, choices=PayRuleWhen.choices)
    asks = ArrayField(things(), help_text="what the law asks for")
    blocks = ArrayField(things(), default=list, blank=True, help_text="what refuses to publish")
    min_employees = models.PositiveIntegerField(default=1)
    covers_remote = models.BooleanField(default=True)
    covers_internal = models.BooleanField(default=True)
    widest = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    exempt_above = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    effective_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    is_shipped = models.BooleanField(default=False)
    edited_at = models.DateTimeField(null=True, blank=True)
    off_at = models.DateTimeField(null=True, blank=True)
    off_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(off_at=None, off_reason="")
                | Q(off_at__isnull=False) & ~Q(off_reason=""),
                name="a_pay_rule_is_switched_off_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=models.F("effective_on")),
                name="a_pay_rule_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(blocks__contained_by=models.F("asks")),
                name="a_pay_rule_blocks_only_what_it_asks_for",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.law}"

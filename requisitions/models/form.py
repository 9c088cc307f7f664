"""The application form: what is asked beside name, address and resume."""

from typing import Any

from django.db import models
from django.db.models import Q

from requisitions.enums import CHOICES, MARKABLE, QuestionKind
from requisitions.models.numbered import Numbered
from requisitions.models.requisition import Requisition


class QuestionSet(models.QuerySet["Question"]):
    def visible_to(self, user: Any) -> "QuestionSet":
        return self.filter(requisition__in=Requisition.objects.visible_to(user))

    def asked(self) -> "QuestionSet":
        """Those that the form asks now, in their order."""
        return self.filter(retired_at=None)


class Question(Numbered):
    """Answers keep its words as they were asked; it is retired and never deleted."""

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=12, choices=QuestionKind.choices)
    label = models.CharField(max_length=500)
    description = models.CharField(max_length=2000, blank=True, help_text="shown under it")
    is_required = models.BooleanField(default=False)
    options = models.JSONField(default=list, blank=True, help_text="the answers to choose from")
    knock_out = models.JSONField(
        default=list, blank=True, help_text="the answers that are marked for a person to look at"
    )
    position = models.PositiveSmallIntegerField()
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionSet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=QuestionKind.values), name="question_kind_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=CHOICES) & ~Q(options=[]))
                | (~Q(kind__in=CHOICES) & Q(options=[])),
                name="a_question_with_a_choice_has_options",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MARKABLE) | Q(knock_out=[]),
                name="only_chosen_answers_are_marked",
            ),
        ]

    def __str__(self) -> str:
        return self.label

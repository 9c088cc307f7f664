"""What somebody agreed to, in which words, until when."""

from django.db import models
from django.db.models import F, Q

from ats.accounts.models import User
from ats.base import Row
from candidates.enums import ConsentKind
from candidates.models.application import Application
from candidates.models.candidate import Candidate
from candidates.models.merging import FollowsMerges


class ConsentTextSet(models.QuerySet["ConsentText"]):
    def visible_to(self, user: User) -> "ConsentTextSet":
        return self

    def in_force(self) -> "ConsentTextSet":
        return self.filter(replaced_at=None)


class ConsentText(Row):
    """One version of the words; a new one replaces it, and what was agreed to keeps its own."""

    kind = models.CharField(max_length=12, choices=ConsentKind.choices)
    language = models.CharField(max_length=12, default="en")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    created_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentTextSet.as_manager()

    class Meta:
        ordering = ["kind", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language", "version"], name="consent_texts_are_numbered"
            ),
            models.UniqueConstraint(
                fields=["kind", "language"],
                condition=Q(replaced_at=None),
                name="one_consent_text_in_force_per_language",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_consent_text_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.language}, version {self.version}"


class ConsentSet(models.QuerySet["Consent"]):
    def visible_to(self, user: User) -> "ConsentSet":
        return self.filter(candidate__in=Candidate.objects.visible_to(user))


class Consent(Row):
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="consents")
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=ConsentKind.choices)
    # Null: the words of the form itself, which the application keeps as it was sent.
    text = models.ForeignKey(
        ConsentText, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    asked_again_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentSet.as_manager()

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(kind="application"),
                name="one_consent_per_application",
            ),
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(kind="talent_pool", withdrawn_at=None),
                name="one_consent_to_be_kept_per_candidate",
            ),
            models.CheckConstraint(
                condition=(Q(kind="application") & Q(application__isnull=False))
                | (Q(kind="talent_pool") & Q(application=None)),
                name="a_consent_belongs_to_what_it_is_for",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("given_at")),
                name="a_consent_ends_after_it_was_given",
            ),
        ]
        indexes = [
            # reader: tasks.ask_for_renewals
            models.Index(
                fields=["ends_at"],
                name="consents_that_end",
                condition=Q(withdrawn_at=None, asked_again_at=None, ends_at__isnull=False),
            )
        ]
        triggers = [FollowsMerges()]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.given_at:%Y-%m-%d}"

"""What search reads: the words of people and resumes, saved searches, and who searched for what."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from ats.accounts.models import User
from ats.base import Row
from candidates.enums import SearchedFrom
from candidates.models.application import Application
from candidates.models.candidate import Candidate
from candidates.models.document import Resume


class SearchWordsSet(models.QuerySet["SearchWords"]):
    def visible_to(self, user: User) -> "SearchWordsSet":
        """The profile's for everybody who sees the person; a resume's for whoever may read it."""
        read = Q(application__in=Application.objects.visible_to(user).values("pk"))
        return self.filter(Q(resume=None) | read)


class SearchWords(models.Model):
    """One row for the person, and one for each resume, in which the profile stands as well: a word
    of the one and a word of the other are found together.

    A table of its own and no generated column: a list of people never drags it along, and a row
    can hold words of two tables. Triggers keep it, so that no import, merge or erasure forgets it.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    resume = models.ForeignKey(Resume, null=True, on_delete=models.CASCADE, related_name="+")
    application = models.ForeignKey(
        Application, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    words = SearchVectorField()

    objects = SearchWordsSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(resume=None),
                name="the_words_of_a_person_once",
            ),
            models.UniqueConstraint(
                fields=["resume"],
                condition=Q(resume__isnull=False),
                name="the_words_of_a_resume_once",
            ),
        ]
        indexes = [
            # reader: queries.search, who has these words?
            GinIndex(fields=["words"], name="people_by_words")
        ]

    def __str__(self) -> str:
        return f"words of {self.candidate_id}"


class SavedSearchSet(models.QuerySet["SavedSearch"]):
    def visible_to(self, user: User) -> "SavedSearchSet":
        """One's own and those that colleagues share. What they find depends on who looks."""
        return self.filter(Q(owner=user) | Q(is_shared=True))


class SavedSearch(Row):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    asked = models.JSONField(help_text="{parameter: [values]}, as in the query string")
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = SavedSearchSet.as_manager()

    class Meta:
        verbose_name_plural = "saved searches"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"], name="a_saved_search_has_a_name_of_its_own"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SearchRecordSet(models.QuerySet["SearchRecord"]):
    def visible_to(self, user: User) -> "SearchRecordSet":
        return self.all() if user.is_site_admin else self.none()


# Erasing a person empties what was typed about them; everything else stays as it was.
ONLY_EMPTIED = """
    IF TG_OP = 'UPDATE' AND NEW.asked = '{}'::jsonb
        AND (to_jsonb(NEW) - 'asked') = (to_jsonb(OLD) - 'asked') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what was searched for stays on record';
"""


class SearchRecord(Row):
    """Who searched people for what: one row for each page that was shown.

    Kept as long as the company keeps its audit trail; the text is emptied with the person whose
    name is in it.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    asked = models.JSONField(help_text="{parameter: [values]}, as in the query string")
    shown = models.PositiveSmallIntegerField(help_text="how many people this page showed")
    came_from = models.CharField(max_length=10, choices=SearchedFrom.choices)

    objects = SearchRecordSet.as_manager()

    class Meta:
        # reader: the list of searches, newest first, and of one person
        indexes = [
            models.Index(fields=["-at", "-id"], name="searches_newest_first"),
            models.Index(fields=["by", "-at"], name="searches_of_somebody"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="searches_stay_on_record",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=ONLY_EMPTIED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.by}, {self.at:%Y-%m-%d %H:%M}"

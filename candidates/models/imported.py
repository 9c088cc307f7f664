"""A file of people that somebody brings in: what it says is kept until it is taken over."""

from django.conf import settings
from django.db import models

from ats.accounts.models import User
from ats.base import Row
from candidates.models.application import Application
from requisitions.models import Requisition


class PeopleImportSet(models.QuerySet["PeopleImport"]):
    def visible_to(self, user: User) -> "PeopleImportSet":
        """One's own: a file may name people of requisitions that others must not see."""
        return self.filter(owner=user)


class PeopleImport(Row):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requisition = models.ForeignKey(
        Requisition, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    file_name = models.CharField(max_length=255)
    preset = models.CharField(max_length=20, blank=True)
    header = models.JSONField(help_text="the columns' names, in order")
    columns = models.JSONField(help_text="which columns say what: `{target: [name]}`")
    total = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)

    objects = PeopleImportSet.as_manager()

    def __str__(self) -> str:
        return self.file_name


class ImportedLineSet(models.QuerySet["ImportedLine"]):
    def visible_to(self, user: User) -> "ImportedLineSet":
        return self.filter(people_import__owner=user)


class ImportedLine(models.Model):
    """`fault` says why it cannot be taken over; once it is, only the application is left."""

    people_import = models.ForeignKey(PeopleImport, on_delete=models.CASCADE, related_name="lines")
    place = models.PositiveIntegerField()
    line = models.PositiveIntegerField(help_text="in the file")
    cells = models.JSONField()
    fault = models.TextField(blank=True)
    application = models.ForeignKey(
        Application, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ImportedLineSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["people_import", "place"], name="one_line_per_place_in_a_file"
            )
        ]
        indexes = [
            # reader: the lines that cannot be taken over
            models.Index(
                fields=["people_import", "place"],
                name="lines_with_a_fault",
                condition=~models.Q(fault=""),
            )
        ]

    def __str__(self) -> str:
        return f"line {self.line}"

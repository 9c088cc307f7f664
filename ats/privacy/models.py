"""Receipts of erasures, files that are still to be deleted, and archives for those who ask."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from ats.base import Row
from ats.privacy.enums import EXPORT, Because, ExportState


class ErasureSet(models.QuerySet["Erasure"]):
    def visible_to(self, user: Any) -> "ErasureSet":
        return self if user.is_site_admin else self.none()


class Erasure(Row):
    """A receipt: that somebody was erased, and how many rows of what. Ids and numbers only."""

    person_kind = models.CharField(max_length=40)
    person_id = models.UUIDField()
    because = models.CharField(max_length=10, choices=Because.choices)
    erased_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    counts = models.JSONField(help_text="rows by table")
    # What other tables knew the person by: letters that are written late are found by these.
    ids = ArrayField(models.UUIDField(), default=list)
    in_ledger_at = models.DateTimeField(null=True)
    repeated_at = models.DateTimeField(null=True, help_text="when it was last gone over again")

    objects = ErasureSet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person_kind", "person_id"], name="one_receipt_per_person"
            )
        ]
        indexes = [
            # reader: ledger.write_missing
            models.Index(
                fields=["id"],
                name="erasures_not_in_the_ledger",
                condition=models.Q(in_ledger_at=None),
            )
        ]
        triggers = [
            pgtrigger.Protect(name="receipts_are_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="receipts_are_never_rewritten",
                fields=["person_kind", "person_id", "because", "erased_at", "actor_kind", "counts"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_kind} erased on {self.erased_at:%Y-%m-%d}"


class DoomedFile(models.Model):
    """A stored file that nobody's row names any more; this row goes with it."""

    name = models.CharField(max_length=200, unique=True)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        # reader: files.delete_doomed
        indexes = [models.Index(fields=["due_at", "id"], name="doomed_files_by_due_time")]

    def __str__(self) -> str:
        return self.name


class ExportSet(models.QuerySet["Export"]):
    def visible_to(self, user: Any) -> "ExportSet":
        return self if user.is_site_admin else self.none()


class Export(Row):
    """Everything that is held about one person, as an archive, for some days."""

    person_kind = models.CharField(max_length=40)
    person_id = models.UUIDField()
    state = models.CharField(max_length=8, choices=ExportState.choices, default=ExportState.WAITING)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    file = models.FileField(upload_to="exports", max_length=120, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()

    objects = ExportSet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ExportState.values), name="export_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["person_kind", "person_id"],
                condition=models.Q(state="waiting"),
                name="one_waiting_export_per_person",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ready")
                | (models.Q(expires_at__isnull=False) & ~models.Q(file="")),
                name="a_ready_export_expires",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="export_follows_its_lifecycle", field="state", transitions=EXPORT.edges()
            )
        ]

    def __str__(self) -> str:
        return f"export, {self.state}"

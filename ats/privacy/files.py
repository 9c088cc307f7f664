"""Stored files that have to go: written down with the erasure, deleted after it, tried again."""

import logging
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models, transaction

from ats import clock
from ats.privacy.models import DoomedFile

log = logging.getLogger(__name__)

LONGEST_WAIT = timedelta(hours=1)
# A file is stored a moment before the transaction that names it commits.
ORPHAN_AFTER = timedelta(days=1)


def doom(names: Iterable[str]) -> None:
    """In the transaction that forgets them; an erasure that is rolled back keeps its files."""
    at = clock.now()
    DoomedFile.objects.bulk_create(
        [DoomedFile(name=name, due_at=at) for name in names], ignore_conflicts=True
    )


def delete_doomed() -> int:
    """How many files are gone now."""
    gone = 0
    while (was_deleted := delete_next()) is not None:
        gone += was_deleted
    return gone


@transaction.atomic
def delete_next() -> bool | None:
    """Whether the next one could be deleted; None when nothing is due. One that could not waits."""
    at = clock.now()
    due = DoomedFile.objects.filter(due_at__lte=at).order_by("due_at", "id")
    doomed = due.select_for_update(skip_locked=True).first()
    if doomed is None:
        return None
    try:
        default_storage.delete(doomed.name)
    except OSError as trouble:
        doomed.attempts += 1
        doomed.last_error = type(trouble).__name__
        doomed.due_at = at + min(timedelta(seconds=2 ** min(doomed.attempts, 12)), LONGEST_WAIT)
        doomed.save(update_fields=["attempts", "last_error", "due_at"])
        log.warning("the file %s could not be deleted yet", doomed.name)
        return False
    doomed.delete()
    return True


def doom_orphans() -> int:
    """Files of a transaction that never committed, which no row has ever named."""
    cutoff = clock.now() - ORPHAN_AFTER
    orphans = [name for name in unnamed() if default_storage.get_modified_time(name) < cutoff]
    doom(orphans)
    return len(orphans)


def unnamed() -> Iterator[str]:
    columns: dict[str, list[models.FileField]] = {}
    for model in apps.get_models():
        for column in model._meta.fields:
            if isinstance(column, models.FileField):
                columns.setdefault(str(column.upload_to), []).append(column)
    for folder, fields in columns.items():
        if default_storage.exists(folder):
            held = {f"{folder}/{name}" for name in default_storage.listdir(folder)[1]}
            yield from sorted(held - named_by(fields))


def named_by(fields: Iterable[models.FileField]) -> set[str]:
    rows = (field.model._default_manager.values_list(field.name, flat=True) for field in fields)
    return {name for names in rows for name in names}

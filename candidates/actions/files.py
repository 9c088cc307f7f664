"""Files that come with an application: kept under random names, whatever they are."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, TypeVar

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models

from ats.errors import Invalid
from candidates.enums import ResumeStatus
from candidates.models import Application, Attachment, Resume
from candidates.resumes.kinds import MAX_BYTES, kind_of_file
from candidates.resumes.sandbox import Reading, refused
from requisitions.models import Question

File = TypeVar("File", Resume, Attachment)
# No transaction takes that long.
SETTLED = timedelta(hours=2)
BATCH = 1000


@dataclass(frozen=True)
class FileIn:
    name: str
    data: bytes


def check_file(field: str, given: FileIn | None) -> dict[str, str] | None:
    """Its name and hash, as the application keeps them. Raises `Invalid`."""
    if given is None:
        return None
    if not given.data:
        raise Invalid(field, "This file is empty. Choose it again, or another one.")
    if len(given.data) > MAX_BYTES:
        raise Invalid(field, "This file is larger than 10 MiB. Choose a smaller one.")
    return {"name": inert(given.name), "sha256": sha256(given.data).hexdigest()}


def keep_resume(application: Application, given: FileIn, at: datetime) -> Resume:
    """What cannot be read is kept too, and says so."""
    said = facts(given, at)
    refusal = refused(said["content_type"]) or Reading(ResumeStatus.WAITING)
    state = {"status": refusal.status, "problem": refusal.problem}
    resume = Resume(candidate=application.candidate, application=application, **state, **said)
    return stored(resume, given)


def keep_attachment(
    application: Application,
    given: FileIn,
    at: datetime,
    *,
    purpose: str,
    question: Question | None = None,
) -> Attachment:
    """An answer names its question."""
    about = {"purpose": purpose, "question": question}
    return stored(Attachment(application=application, **about, **facts(given, at)), given)


def facts(given: FileIn, at: datetime) -> dict[str, Any]:
    return {
        "original_name": inert(given.name),
        "content_type": kind_of_file(given.data)[:100],
        "size": len(given.data),
        "sha256": sha256(given.data).hexdigest(),
        "uploaded_at": at,
    }


def stored(row: File, given: FileIn) -> File:
    row.file.save(secrets.token_hex(16), ContentFile(given.data), save=False)
    row.save(force_insert=True)
    return row


def remove_orphans(at: datetime) -> int:
    """Files that no row names: their transaction was rolled back, or its process ended.

    Younger ones may belong to a transaction that has yet to commit. Returns how many went.
    """
    files = [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField) and isinstance(field.upload_to, str)
    ]
    ours = {str(row._meta.get_field("file").upload_to) for row in (Resume, Attachment)}
    removed = 0
    for folder in sorted(ours):
        named = [field for field in files if field.upload_to == folder]
        removed += sweep(folder, named, at - SETTLED)
    return removed


def sweep(folder: str, fields: list[models.FileField], before: datetime) -> int:
    removed = 0
    for some in batched(names_in(folder), BATCH):
        named = {
            name
            for field in fields
            for name in field.model._base_manager.filter(**{f"{field.name}__in": some}).values_list(
                field.name, flat=True
            )
        }
        for name in set(some) - named:
            if default_storage.get_modified_time(name) < before:
                default_storage.delete(name)
                removed += 1
    return removed


def names_in(folder: str) -> list[str]:
    try:
        return [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
    except FileNotFoundError:
        return []


def batched(names: list[str], size: int) -> Iterator[list[str]]:
    for at in range(0, len(names), size):
        yield names[at : at + size]


def inert(name: str) -> str:
    """A file name without a path and without anything that is not a visible character."""
    base = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in base if sign.isprintable())[-300:] or "resume"

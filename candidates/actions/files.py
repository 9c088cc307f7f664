"""Files that come with an application: kept under random names, whatever they are."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeVar

from django.core.files.base import ContentFile

from ats.errors import Invalid
from candidates.enums import ResumeStatus
from candidates.models import Application, Attachment, Resume
from candidates.resumes.kinds import MAX_BYTES, READABLE, kind_of_file

File = TypeVar("File", Resume, Attachment)


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
    is_readable = said["content_type"] in READABLE
    status = ResumeStatus.WAITING if is_readable else ResumeStatus.NOT_READ
    candidate = application.candidate
    resume = Resume(candidate=candidate, application=application, status=status, **said)
    return stored(resume, given)


def keep_attachment(
    application: Application, given: FileIn, at: datetime, *, purpose: str
) -> Attachment:
    return stored(Attachment(application=application, purpose=purpose, **facts(given, at)), given)


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


def inert(name: str) -> str:
    """A file name without a path and without anything that is not a visible character."""
    base = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in base if sign.isprintable())[-300:] or "resume"

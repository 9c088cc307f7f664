"""Everything that is held about one person, as an archive that a person and a program can read."""

import json
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import PurePosixPath
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils.crypto import get_random_string

from ats import clock
from ats.base import Row
from ats.events.actors import Actor
from ats.events.log import kind_of
from ats.privacy.enums import EXPORT, ExportState
from ats.privacy.files import doom
from ats.privacy.models import Export
from ats.privacy.registry import HOLDINGS, PEOPLE, Holding, ids_of

KEPT_FOR = timedelta(days=7)
ATTEMPTS = 3
# Keys, hashes and search words are made from the rest and say nothing of their own.
MACHINERY = ("BinaryField", "SearchVectorField", "GeneratedField")


class Spoken(DjangoJSONEncoder):
    """A range is its two ends; whatever else JSON has no word for is told as a text."""

    def default(self, o: Any) -> Any:
        try:
            return super().default(o)
        except TypeError:
            return [o.lower, o.upper] if hasattr(o, "lower_inc") else str(o)


def ask_export(person: Row, *, by: Actor) -> Export:
    """The archive that is being made, or a new one; a worker makes it."""
    about = {"person_kind": kind_of(person), "person_id": person.public_id}
    waiting = Export.objects.filter(**about, state=ExportState.WAITING).first()
    at = clock.now()
    return waiting or Export.objects.create(**about, asked_at=at, due_at=at, asked_by=by.user)


def make_due() -> list[Export]:
    """Every archive that waits; those that are ready now."""
    due = Export.objects.filter(state=ExportState.WAITING, due_at__lte=clock.now())
    return [made for export in due.order_by("due_at", "pk") if (made := make(export))]


@transaction.atomic
def make(export: Export) -> Export | None:
    """Under its lock, so that an erasure waits and then takes the archive along."""
    held = Export.objects.select_for_update(skip_locked=True).filter(pk=export.pk)
    found = held.filter(state=ExportState.WAITING).first()
    if found is None:
        return None
    try:
        with transaction.atomic():
            return finish(found)
    except OSError:
        postpone(found)
        return None


def finish(export: Export) -> Export:
    person = PEOPLE[export.person_kind]._default_manager.get(public_id=export.person_id)
    at = clock.now()
    with tempfile.TemporaryFile() as archive:
        write(archive, person)
        export.size = archive.tell()
        archive.seek(0)
        export.file.save(f"{get_random_string(32)}.zip", File(archive), save=False)
    export.state = EXPORT.next(export.state, "finish")
    export.ready_at, export.expires_at = at, at + KEPT_FOR
    export.save(update_fields=["size", "file", "state", "ready_at", "expires_at"])
    return export


def postpone(export: Export) -> None:
    export.attempts += 1
    export.due_at = clock.now() + timedelta(minutes=export.attempts)
    if export.attempts >= ATTEMPTS:
        export.state = EXPORT.next(export.state, "give_up")
    export.save(update_fields=["attempts", "due_at", "state"])


@transaction.atomic
def expire_due() -> int:
    """Archives past their day: the file goes, the row stays to say so."""
    ready = Export.objects.filter(state=ExportState.READY, expires_at__lte=clock.now())
    over = list(ready.select_for_update(skip_locked=True))
    for export in over:
        doom([str(export.file.name)])
        export.state, export.file = EXPORT.next(export.state, "expire"), ""
        export.save(update_fields=["state", "file"])
    return len(over)


def write(archive: IO[bytes], person: Row) -> None:
    """One JSON file per noun, the files themselves, and a page that explains both."""
    ids = ids_of(person)
    nouns = []
    with ZipFile(archive, "w", ZIP_DEFLATED) as pack:
        for holding in reversed(HOLDINGS.values()):
            rows = (
                []
                if isinstance(holding.untold, str) and holding.untold
                else told(holding, person, ids)
            )
            said = [row_in(holding, row, pack) for row in rows]
            if said:
                name = f"{slug(holding)}.json"
                text = json.dumps(said, cls=Spoken, indent=2, ensure_ascii=False)
                pack.writestr(name, text)
                nouns.append({"name": title(holding), "file": name, "rows": [*map(shown, said)]})
        page = {
            "company": settings.COMPANY_NAME,
            "person": person,
            "at": clock.now(),
            "nouns": nouns,
            "withheld": list(withheld()),
        }
        pack.writestr("index.html", render_to_string("privacy/archive.html", page))


def told(holding: Holding, person: Row, ids: Any) -> Iterator[Any]:
    rows = holding.rows(person, ids)
    if holding.tells:
        rows = holding.tells(rows, person)
    return rows.order_by("pk").iterator(chunk_size=500)


def row_in(holding: Holding, row: models.Model, pack: ZipFile) -> dict[str, Any]:
    """The row in its columns' names, without keys; a file goes in beside it, under its own name."""
    said: dict[str, Any] = {}
    for column in holding.model._meta.fields:
        if column.name in holding.untold or is_machinery(column):
            continue
        value = getattr(row, column.name)
        if isinstance(column, models.FileField):
            said[column.name] = packed(value.name, row, pack) if value else None
        elif isinstance(column, models.ForeignKey):
            said[column.name] = linked(value)
        else:
            said[column.name] = value
    return said


def is_machinery(column: Any) -> bool:
    is_user = isinstance(column, models.ForeignKey) and (
        column.related_model._meta.label == settings.AUTH_USER_MODEL
    )
    return column.primary_key or is_user or column.get_internal_type() in MACHINERY


def linked(value: models.Model | None) -> str | None:
    """Rows of theirs by their id, which stands in its own file; the company's words as they are."""
    if value is None:
        return None
    if type(value) in HOLDINGS and isinstance(value, Row):
        return str(value.public_id)
    return str(value)


def packed(name: str, row: models.Model, pack: ZipFile) -> str:
    """Where the file is in the archive; a file that is gone does not hold up the rest."""
    given = PurePosixPath(str(getattr(row, "original_name", ""))).name.lstrip(".")
    inside = f"files/{row.pk}-{given or PurePosixPath(name).name}"
    try:
        with default_storage.open(name) as held:
            pack.writestr(inside, held.read())
    except FileNotFoundError:
        return "(the file is gone)"
    return inside


def withheld() -> Iterator[tuple[str, str]]:
    """What an archive leaves out, and why: for the page, each reason once."""
    reasons: dict[str, list[str]] = {}
    for holding in HOLDINGS.values():
        if isinstance(holding.untold, str):
            if holding.untold:
                reasons.setdefault(holding.untold, []).append(title(holding))
        else:
            for column, why in holding.untold.items():
                spoken = f"{title(holding)}: {column.replace('_', ' ')}"
                reasons.setdefault(why, []).append(spoken)
    yield from ((", ".join(names), why) for why, names in reasons.items())


def shown(said: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (name.replace("_", " "), text if isinstance(text, str) else in_json(text))
        for name, text in said.items()
        if text not in (None, "", [], {})
    ]


def in_json(value: Any) -> str:
    return json.dumps(value, cls=Spoken, indent=2, ensure_ascii=False).strip('"')


def title(holding: Holding) -> str:
    return str(holding.model._meta.verbose_name_plural).capitalize()


def slug(holding: Holding) -> str:
    return title(holding).lower().replace(" ", "_").replace("-", "_")

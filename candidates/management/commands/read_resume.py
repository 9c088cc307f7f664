"""`manage.py read_resume FILE --json`: what a resume says, as described in docs/resumes.md."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from candidates.evidence import mentions, prepared
from candidates.resumes.kinds import MAX_BYTES
from candidates.resumes.sandbox import Reading, read_file
from requisitions.actions.competency import shipped_library
from requisitions.models import Competency


class Command(BaseCommand):
    help = "Print the text of a resume, its contacts and where it mentions competencies."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="PDF, DOCX, ODT, RTF or text, at most 10 MiB")
        parser.add_argument("--json", action="store_true", help="as described in docs/resumes.md")

    def handle(self, *, file: str, **options: Any) -> None:
        reading = read_file(content_of(Path(file)))
        if options["json"]:
            shown = json.dumps(as_json(reading), indent=2, ensure_ascii=False)
            self.stdout.write(shown.encode("utf-8", "replace").decode())
        else:
            self.stdout.write(reading.text)
        if reading.why:
            self.stderr.write(reading.why)


def content_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as problem:
        raise CommandError(f"{path} cannot be opened: {problem}") from problem


def as_json(reading: Reading) -> dict[str, Any]:
    return {
        "text": reading.text,
        "language": reading.language or None,
        "emails": reading.emails,
        "phones": reading.phones,
        "links": reading.links,
        "name": reading.name or None,
        "evidence": evidence_in(reading.text),
        "status": reading.status,
    }


def evidence_in(text: str) -> list[dict[str, Any]]:
    """For each competency that is mentioned, in the order of the library."""
    plain = prepared(text)
    found = [(name, mentions(plain, names)) for name, names in library() if text]
    return [
        {"competency": name, "mentions": [each.as_json() for each in said]}
        for name, said in found
        if said
    ]


def library() -> list[tuple[str, list[str]]]:
    """Name and names of the company's competencies; without a database, of the shipped ones."""
    try:
        rows = list(Competency.objects.filter(retired_at=None).values("name", "aliases"))
    except (Error, ImproperlyConfigured):
        rows = []
    known = rows or shipped_library()
    return [(row["name"], [row["name"], *row["aliases"]]) for row in known]

"""`manage.py measure_listings FOLDER`: precision and recall of the reader, field by field."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from requisitions.listing import NotAListing, decode, read_listing
from requisitions.listing.measure import Count, measure, total

Measured = dict[str, dict[str, Count]]


class Command(BaseCommand):
    help = "Read the listings of a folder and compare them with its expected.json."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", help="listings, and an expected.json that names them")
        parser.add_argument("--json", action="store_true", help="print everything as JSON")

    def handle(self, *, folder: str, **options: Any) -> None:
        measured = dict(measure_folder(Path(folder)))
        self.stdout.write(as_json(measured) if options["json"] else as_text(measured))


def measure_folder(folder: Path) -> Iterator[tuple[str, dict[str, Count]]]:
    for name, expected in entries(folder):
        try:
            listing = read_listing(decode((folder / name).read_bytes()))
        except (OSError, NotAListing) as problem:
            raise CommandError(f"{folder / name} cannot be measured: {problem}") from problem
        yield name, measure(listing.as_json(), expected)


def entries(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """(file, what is expected of it), from "listings" and "jsonld"."""
    try:
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        for entry in expected["listings"].values():
            yield Path(entry["file"]).name, entry
        yield from expected.get("jsonld", {}).items()
    except (OSError, ValueError, KeyError) as problem:
        raise CommandError(f"{folder}/expected.json cannot be read: {problem!r}") from problem


def as_text(measured: Measured) -> str:
    rows = [f"{'field':<22}{'right':>6}{'found':>7}{'there':>7}{'precision':>11}{'recall':>9}"]
    for name, count in total(measured.values()).items():
        figures = f"{count.right:>6}{count.found:>7}{count.there:>7}"
        rows.append(f"{name:<22}{figures}{count.precision:>11.1%}{count.recall:>9.1%}")
    misses = [
        f"{file}  {name}  {miss}"
        for file, counts in measured.items()
        for name, count in counts.items()
        for miss in count.misses
    ]
    heading = f"Misses in {len(measured)} listings" if misses else "No misses"
    return "\n".join([*rows, "", heading, *misses])


def as_json(measured: Measured) -> str:
    """{"fields": {field: figures}, "misses": {file: {field: [sentence]}}}"""
    fields = {name: figures(count) for name, count in total(measured.values()).items()}
    misses = {
        file: missed
        for file, counts in measured.items()
        if (missed := {name: count.misses for name, count in counts.items() if count.misses})
    }
    return json.dumps({"fields": fields, "misses": misses}, ensure_ascii=False, indent=2)


def figures(count: Count) -> dict[str, float]:
    return {
        "right": count.right,
        "found": count.found,
        "there": count.there,
        "precision": round(count.precision, 4),
        "recall": round(count.recall, 4),
    }

"""`manage.py find_duplicates --csv FILE`: groups of rows that are the same person, and why."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from candidates.dedupe.files import NAMES, People, UnreadableFile, read_people
from candidates.dedupe.find import THRESHOLD, Group, find_groups
from candidates.dedupe.words import sure


class Command(BaseCommand):
    help = "Print groups of rows of a CSV file that are the same person. Needs no database."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--csv", required=True, metavar="FILE", help="its first line: columns")
        for name in NAMES:
            parser.add_argument(
                f"--{name}",
                action="append",
                default=[],
                metavar="COLUMN",
                help="the column that holds it; may be repeated",
            )
        parser.add_argument(
            "--threshold",
            type=float,
            default=THRESHOLD,
            help="how likely two rows must be one person, from 0.5 to 1; %(default)s unless given",
        )
        parser.add_argument(
            "--json", action="store_true", help="as described in docs/duplicates.md"
        )

    def handle(self, *, csv: str, threshold: float, **options: Any) -> None:
        if not 0.5 <= threshold <= 1:
            raise CommandError("--threshold is a probability from 0.5 to 1.")
        try:
            content = Path(csv).read_bytes()
        except OSError as problem:
            raise CommandError(f"{csv} cannot be read: {problem.strerror}.") from problem
        try:
            read = read_people(content, {name: options[name] for name in NAMES})
        except UnreadableFile as problem:
            raise CommandError(str(problem)) from problem
        groups = find_groups(read.people, threshold)
        self.stdout.write(as_json(read, groups) if options["json"] else as_text(read, groups))


def as_json(read: People, groups: list[Group]) -> str:
    answer = {
        "people": len(read.people),
        "groups": [group_out(group) for group in groups],
        "skipped": read.skipped,
    }
    return json.dumps(answer, indent=2, ensure_ascii=False)


def group_out(group: Group) -> dict[str, Any]:
    return {
        "members": list(group.members),
        "probability": group.probability,
        "sure": sure(group.probability),
        "reasons": list(dict.fromkeys(said for link in group.links for said in link.reasons)),
        "links": [
            {
                "members": [link.one, link.two],
                "probability": link.probability,
                "reasons": list(link.reasons),
                "against": list(link.against),
            }
            for link in group.links
        ],
    }


def as_text(read: People, groups: list[Group]) -> str:
    lines = [f"{len(read.people)} people, {len(groups)} groups."]
    for group in groups:
        said = group_out(group)
        lines.append(f"{', '.join(group.members)}: {said['sure']}; {', '.join(said['reasons'])}")
    return "\n".join([*lines, *(f"! {sentence}" for sentence in read.skipped)])

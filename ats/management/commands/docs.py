from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ats.generated import DOCS, pages


class Command(BaseCommand):
    help = "Write the generated pages of docs/; with --check only say which are stale."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        stale = [
            name
            for name, text in pages().items()
            if not (DOCS / name).exists() or (DOCS / name).read_text() != text
        ]
        if options["check"] and stale:
            raise CommandError(f"Stale: {', '.join(stale)}. Run `make docs`.")
        for name in [] if options["check"] else stale:
            (DOCS / name).write_text(pages()[name])
            self.stdout.write(f"wrote docs/{name}")

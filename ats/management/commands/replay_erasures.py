from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ats.privacy import files, ledger


class Command(BaseCommand):
    help = "After a restore: erase once more whoever was erased since the backup was made."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ledger", type=Path, help="instead of the one of this installation")

    def handle(self, *args: Any, **options: Any) -> None:
        held = options["ledger"] or ledger.path()
        try:
            found, missing = ledger.replay(held)
        except OSError as trouble:
            raise CommandError(f"{held} cannot be read: {trouble.strerror}.") from None
        except ValueError as problem:
            raise CommandError(f"{problem} Those before it were erased.") from None
        deleted = files.delete_doomed()
        self.stdout.write(
            f"{found} people are erased, {missing} are not in this database;"
            f" {deleted} files were deleted."
        )

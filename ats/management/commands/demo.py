from typing import Any

from django.core.management import BaseCommand, CommandError

from ats.demo.people import PEOPLE, sign_ins
from ats.demo.seed import seed
from ats.errors import DomainError


class Command(BaseCommand):
    help = "Seed one believable, made-up company into an empty database; print its sign-ins."

    def handle(self, **_: Any) -> None:
        try:
            seeded = seed()
        except DomainError as refusal:
            raise CommandError(refusal.sentence) from None
        before = "" if seeded.is_new else "The demo company is here already; nothing was changed. "
        self.stdout.write(
            f"{before}Everybody in the demo company is made up: {len(PEOPLE)} colleagues,"
            f" {seeded.requisitions} requisitions, {seeded.people} candidates."
        )
        self.stdout.write(sign_ins())

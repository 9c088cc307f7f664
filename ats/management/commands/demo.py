from typing import Any

from django.core.management import BaseCommand, CommandError

from ats.demo.people import sign_ins
from ats.demo.seed import seed
from ats.errors import DomainError


class Command(BaseCommand):
    help = "Seed one believable, made-up company into an empty database; print its sign-ins."

    def handle(self, **_: Any) -> None:
        try:
            seeded = seed()
        except DomainError as refusal:
            raise CommandError(refusal.sentence) from None
        what = "was seeded" if seeded.is_new else "is here already; nothing was changed"
        self.stdout.write(
            f"The demo company {what}: {seeded.requisitions} requisitions and {seeded.people}"
            " candidates, all of them made up."
        )
        self.stdout.write(sign_ins())

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ats.events import chain
from ats.events.models import Checkpoint, Event


class Command(BaseCommand):
    help = "Walk the event chains and name the first row that is not what was recorded."

    def handle(self, *args: Any, **options: Any) -> None:
        if broken := chain.first_break():
            raise CommandError(broken)
        events, checkpoints = Event.objects.count(), Checkpoint.objects.count()
        self.stdout.write(f"{events} events and {checkpoints} checkpoints are as recorded.")

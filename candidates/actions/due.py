"""When a letter to a candidate leaves."""

from datetime import datetime

from ats.errors import Invalid
from ats.reminders.workdays import next_working_morning
from candidates.models import Application
from candidates.queries.applications import zone_of


def due_time(application: Application, letter: str, at: datetime) -> datetime | None:
    match letter:
        case "now":
            return at
        case "later":
            return next_working_morning(at, zone_of(application))
        case "never":
            return None
    raise Invalid("letter", "A letter goes now, later or never.")

"""Who is already in another interview: said without naming whose interview that is."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from ats.accounts.models import User
from candidates.models import Candidate
from interviews.enums import InterviewStatus
from interviews.models import Interview, PanelSeat


@dataclass(frozen=True)
class Wanted:
    """Who is to be together, when; `timezone` is the one to speak in."""

    name: str
    people: Sequence[User]
    starts: datetime
    ends: datetime
    timezone: str

    @property
    def during(self) -> DateTimeTZRange:
        return DateTimeTZRange(self.starts, self.ends)

    def spoken(self, starts: datetime, ends: datetime) -> str:
        zone = ZoneInfo(self.timezone)
        begin, end = starts.astimezone(zone), ends.astimezone(zone)
        return f"from {begin:%H:%M} to {end:%H:%M} {self.timezone} on {begin:%Y-%m-%d}"


def clashes(
    wanted: Collection[Wanted], candidate: Candidate, *, besides: Interview | None = None
) -> list[str]:
    """Sentences; none when everybody is free. `besides` is the interview that moves."""
    moving = besides.pk if besides else 0
    found = list(among(wanted))
    for one in wanted:
        found += [
            f"{seat.interviewer} is in another interview"
            f" {one.spoken(seat.during.lower, seat.during.upper)}."
            for seat in seats_taken(one, moving)
        ]
        found += [
            "The candidate is in another interview"
            f" {one.spoken(held.during.lower, held.during.upper)}."
            for held in interviews_of(candidate, one, moving)
        ]
    return found


def among(wanted: Collection[Wanted]) -> Iterator[str]:
    """The candidate is in all of them, so no two may overlap."""
    for one, other in combinations(wanted, 2):
        if one.starts < other.ends and other.starts < one.ends:
            both = [person for person in one.people if person in other.people]
            who = " and ".join([*map(str, both), "the candidate"])
            yield f"{one.name} and {other.name} overlap, and {who} would be in both."


def seats_taken(one: Wanted, moving: int) -> Iterator[PanelSeat]:
    taken = PanelSeat.objects.filter(
        is_live=True, interviewer__in=one.people, during__overlap=one.during
    )
    return taken.exclude(interview=moving).select_related("interviewer").order_by("pk").iterator()


def interviews_of(candidate: Candidate, one: Wanted, moving: int) -> Iterator[Interview]:
    held = Interview.objects.filter(
        candidate=candidate, status=InterviewStatus.SCHEDULED, during__overlap=one.during
    )
    return held.exclude(pk=moving).order_by("pk").iterator()

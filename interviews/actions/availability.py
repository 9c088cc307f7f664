"""When can you come? Asked by the team, given by the candidate, until the loop is booked."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from ats import clock
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates.emails import to_candidate
from candidates.models import Application
from interviews.actions.panel import refuse_closed
from interviews.enums import AVAILABILITY, AvailabilityStatus
from interviews.models import AvailableSpan, CandidateAvailability
from interviews.scheduling.wallclock import YEARS, instant_of, read_wall

LONGEST = timedelta(days=60)
# From the day after tomorrow, for two weeks, unless the team says otherwise.
FROM, DAYS = timedelta(days=2), timedelta(days=13)
SHORTEST = timedelta(minutes=30)
MOST_SPANS = 200
Spans = Sequence[Mapping[str, str]]


@transaction.atomic
def ask_availability(
    application: Application,
    *,
    first_day: date | None = None,
    last_day: date | None = None,
    message: str = "",
    by: Actor,
) -> CandidateAvailability:
    """A letter with a link to a page that needs no account. Asking again asks for the new days;
    what was given before stays on the page."""
    application = lock(application)
    refuse_closed(application)
    if to_candidate(application.candidate) is None:
        raise DomainError(
            "This candidate has no address that we may write to, so nobody was asked.",
            code="no_address",
        )
    now = clock.now()
    first = first_day or (now + FROM).date()
    last = last_day or first + DAYS
    check_days(first, last, now)
    availability, _ = CandidateAvailability.objects.exclude(
        status=AvailabilityStatus.CLOSED
    ).update_or_create(
        application=application,
        defaults={
            "first_day": first,
            "last_day": last,
            "message": message,
            "asked_at": now,
            "asked_by": by.user,
        },
    )
    record("availability.asked", availability, application, by=by)
    return availability


@transaction.atomic
def give_availability(
    availability: CandidateAvailability, *, timezone: str, spans: Spans, note: str = "", by: Actor
) -> CandidateAvailability:
    """`spans` are [{begins: "2026-12-01T10:00", ends: "2026-12-01T12:30"}] in that zone; they take
    the place of all that were given before."""
    availability = lock(availability)
    if availability.status == AvailabilityStatus.CLOSED:
        raise DomainError(
            "We have your times, or need none any more: nothing was changed. Answer our letter if"
            " something has come up.",
            code="availability_closed",
        )
    availability.status = AVAILABILITY.next(availability.status, "give")
    given = list(read_spans(availability, timezone, spans))
    availability.timezone, availability.note = timezone, note
    availability.given_at = clock.now()
    availability.save(update_fields=["status", "timezone", "note", "given_at"])
    availability.spans.all().delete()
    AvailableSpan.objects.bulk_create(
        AvailableSpan(availability=availability, during=during) for during in joined(given)
    )
    record("availability.given", availability, availability.application, by=by)
    return availability


@transaction.atomic
def close_availability(availability: CandidateAvailability, *, by: Actor) -> CandidateAvailability:
    """The link still shows what was given; it can no longer be changed."""
    availability = lock(availability)
    availability.status = AVAILABILITY.next(availability.status, "close")
    availability.save(update_fields=["status"])
    record("availability.closed", availability, availability.application, by=by)
    return availability


def check_days(first: date, last: date, now: datetime) -> None:
    if first.year not in YEARS:
        raise Invalid("first_day", f"The year {first.year} cannot be meant.")
    if last < first:
        raise Invalid("last_day", "The last day lies before the first one.")
    if last - first > LONGEST:
        raise Invalid("last_day", "Ask for at most 60 days.")
    if last < now.date():
        raise Invalid("last_day", "These days are over. Choose some that are to come.")


def read_spans(
    availability: CandidateAvailability, timezone: str, spans: Spans
) -> Iterator[tuple[datetime, datetime]]:
    """Raises `Invalid` for the field that cannot be meant: `spans/3/ends`."""
    if not spans:
        raise Invalid("spans", "Give at least one time at which you can come.")
    if len(spans) > MOST_SPANS:
        raise Invalid("spans", f"At most {MOST_SPANS} times can be given.")
    for at, span in enumerate(spans):
        begins, ends = (
            instant_at(f"spans/{at}/{name}", span[name], timezone) for name in ("begins", "ends")
        )
        if ends <= begins:
            raise Invalid(f"spans/{at}/ends", "This time ends before it begins.")
        if ends - begins < SHORTEST:
            raise Invalid(f"spans/{at}/ends", "A time of less than half an hour is too short.")
        days = [one.astimezone(ZoneInfo(timezone)).date() for one in (begins, ends)]
        if days[0] < availability.first_day or days[1] > availability.last_day + timedelta(days=1):
            raise Invalid(
                f"spans/{at}/begins",
                f"We ask for times from {availability.first_day} to {availability.last_day}.",
            )
        yield begins, ends


def instant_at(field: str, text: str, timezone: str) -> datetime:
    try:
        return instant_of(read_wall(text, timezone))
    except Invalid as problem:
        where = "timezone" if problem.field == "timezone" else field
        raise Invalid(where, problem.sentence) from None


def joined(spans: Sequence[tuple[datetime, datetime]]) -> list[DateTimeTZRange]:
    """Overlapping and touching ones are one."""
    result: list[tuple[datetime, datetime]] = []
    for begins, ends in sorted(spans):
        if result and begins <= result[-1][1]:
            result[-1] = (result[-1][0], max(ends, result[-1][1]))
        else:
            result.append((begins, ends))
    return [DateTimeTZRange(*span) for span in result]

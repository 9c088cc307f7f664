"""When people can be asked to interview: their hours without their pauses, what makes them busy,
their limits, and how much they are asked already. For any number of people in five queries."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from ats.accounts.models import User
from interviews.enums import InterviewStatus
from interviews.models import BusyBlock, InterviewerProfile, PanelSeat
from interviews.scheduling.problem import Person, Span

USUAL_WEEK = tuple((weekday, 9 * 60, 17 * 60) for weekday in range(5))
DAY = timedelta(days=1)
LOAD_OF = timedelta(days=30)
# A week of the weekly limit may begin before the horizon and end after it.
MARGIN = timedelta(days=8)


@dataclass(frozen=True)
class PersonTime:
    """`hours` are free of pauses; `busy` holds other people's words for nothing: only times."""

    user: User
    timezone: str
    hours: tuple[Span, ...]
    busy: tuple[Span, ...]
    buffer_minutes: int = 0
    daily_limit: int | None = None
    weekly_limit: int | None = None
    booked: dict[date, int] = field(default_factory=dict)
    load: int = 0

    def as_person(self) -> Person:
        """As the solver knows them."""
        return Person(
            id=str(self.user.public_id),
            name=self.user.name,
            timezone=self.timezone,
            hours=self.hours,
            busy=self.busy,
            buffer=self.buffer_minutes,
            daily_limit=self.daily_limit,
            weekly_limit=self.weekly_limit,
            booked=self.booked,
            load=self.load,
        )


def zone_of(user: User) -> str:
    """Where somebody works: as their profile says, else as their account does."""
    profile = InterviewerProfile.objects.filter(user=user).only("timezone").first()
    return profile.timezone if profile else user.timezone


def people_time(
    users: Collection[User], begins: datetime, ends: datetime, *, now: datetime
) -> list[PersonTime]:
    """In the order of `users`. `load` counts the interviews of the 30 days before `now` and of
    those to come, so that the same people are not always asked."""
    profiles = {
        one.user_id: one
        for one in InterviewerProfile.objects.filter(user__in=users).prefetch_related(
            "hours", "pauses"
        )
    }
    busy = busy_blocks(users, begins, ends)
    seats = seats_of(users, min(begins - MARGIN, now - LOAD_OF), ends + MARGIN)
    return [
        time_of(
            user,
            profiles.get(user.pk),
            busy.get(user.pk, []),
            seats.get(user.pk, []),
            begins,
            ends,
            now,
        )
        for user in users
    ]


def time_of(
    user: User,
    profile: InterviewerProfile | None,
    busy: list[Span],
    seats: list[Span],
    begins: datetime,
    ends: datetime,
    now: datetime,
) -> PersonTime:
    timezone = profile.timezone if profile else user.timezone
    zone = ZoneInfo(timezone)
    booked: dict[date, int] = {}
    for seat in seats:
        day = seat.begins.astimezone(zone).date()
        booked[day] = booked.get(day, 0) + 1
    held = [seat for seat in seats if seat.begins < ends and seat.ends > begins]
    return PersonTime(
        user=user,
        timezone=timezone,
        hours=tuple(working_hours(profile, zone, begins, ends)),
        busy=tuple(merged([*busy, *held])),
        buffer_minutes=profile.buffer_minutes if profile else 0,
        daily_limit=profile.daily_limit if profile else None,
        weekly_limit=profile.weekly_limit if profile else None,
        booked=booked,
        load=sum(1 for seat in seats if seat.begins >= now - LOAD_OF),
    )


def working_hours(
    profile: InterviewerProfile | None, zone: ZoneInfo, begins: datetime, ends: datetime
) -> Iterator[Span]:
    """Expanded day by day in the person's zone, clipped to the horizon; touching ones are one."""
    week: dict[int, list[tuple[int, int]]] = {}
    rows = [(one.weekday, one.begins, one.ends) for one in profile.hours.all()] if profile else []
    for weekday, first, last in rows if profile else USUAL_WEEK:
        week.setdefault(weekday, []).append((first, last))
    pauses = [(one.begins_on, one.ends_on) for one in profile.pauses.all()] if profile else []
    day = begins.astimezone(zone).date() - DAY
    found: list[Span] = []
    while day <= ends.astimezone(zone).date():
        if not any(first <= day <= last for first, last in pauses):
            found += [
                Span(at(day, first, zone), at(day, last, zone))
                for first, last in week.get(day.weekday(), ())
            ]
        day += DAY
    for span in merged(found):
        clipped = Span(max(span.begins, begins), min(span.ends, ends))
        if clipped.begins < clipped.ends:
            yield clipped


def at(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """That many minutes on the clock of the day; 24:00 is the next midnight."""
    extra, rest = divmod(minutes, 24 * 60)
    wall = datetime.combine(day + extra * DAY, time(*divmod(rest, 60)), tzinfo=zone)
    return wall.astimezone(ZoneInfo("UTC"))


def busy_blocks(users: Collection[User], begins: datetime, ends: datetime) -> dict[int, list[Span]]:
    rows = BusyBlock.objects.filter(
        user__in=users, during__overlap=DateTimeTZRange(begins, ends)
    ).values_list("user", "during")
    return by_user(rows)


def seats_of(users: Collection[User], begins: datetime, ends: datetime) -> dict[int, list[Span]]:
    """Interviews that were held or are to be; a cancelled one burdens nobody."""
    rows = PanelSeat.objects.filter(
        interviewer__in=users,
        is_live=True,
        interview__status__in=(InterviewStatus.SCHEDULED, InterviewStatus.COMPLETED),
        during__overlap=DateTimeTZRange(begins, ends),
    ).values_list("interviewer", "during")
    return by_user(rows)


def by_user(rows: Iterable[tuple[int, DateTimeTZRange]]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    for user, during in rows:
        found.setdefault(user, []).append(Span(during.lower, during.upper))
    return found


def merged(spans: Collection[Span]) -> list[Span]:
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.begins <= result[-1].ends:
            result[-1] = Span(result[-1].begins, max(result[-1].ends, span.ends))
        else:
            result.append(span)
    return result

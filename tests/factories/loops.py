"""Random loops to place: people with zones, meetings and limits, some of them impossible."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from interviews.scheduling.problem import (
    Candidate,
    Person,
    Problem,
    Room,
    Seat,
    Session,
    Span,
)

MONDAY = date(2026, 11, 30)
ZONES = ["Europe/Madrid", "Europe/London", "Europe/Athens", "America/New_York"]


def span(day: date, begins: time, ends: time, timezone: str = "UTC") -> Span:
    zone = ZoneInfo(timezone)
    return Span(
        datetime.combine(day, begins, tzinfo=zone).astimezone(UTC),
        datetime.combine(day, ends, tzinfo=zone).astimezone(UTC),
    )


def working_days(count: int, first: date = MONDAY) -> tuple[date, ...]:
    days = [first + timedelta(days=n) for n in range(count * 2)]
    return tuple(day for day in days if day.weekday() < 5)[:count]


def random_problem(
    seed: int, *, sessions: int = 5, people: int = 20, days: int = 10, busy: float = 0.4
) -> Problem:
    random = Random(seed)
    horizon = working_days(days)
    crowd = tuple(random_person(random, n, horizon, busy) for n in range(people))
    rooms = tuple(Room(f"r{n}", f"Room {n}", meetings(random, horizon, "UTC", 0.3)) for n in (1, 2))
    names = [f"s{n}" for n in range(sessions)]
    zone = random.choice(ZONES)
    begins, ends = random.choice([(9, 17), (8, 18), (10, 15)])
    return Problem(
        sessions=tuple(random_session(random, names, n, crowd) for n in range(sessions)),
        people=crowd,
        candidate=Candidate(
            timezone=zone,
            hours=tuple(
                span(day, time(begins), time(ends), zone)
                for day in horizon
                if random.random() < 0.8
            ),
            busy=meetings(random, horizon, zone, 0.1),
        ),
        days=horizon,
        per_day=random.choice([None, None, 2, 3, 4]),
        pause=random.choice([0, 0, 15]),
        together=((names[0], names[-1]),) if random.random() < 0.2 else (),
        rooms=rooms,
    )


def random_person(random: Random, n: int, horizon: tuple[date, ...], busy: float) -> Person:
    zone = random.choice(ZONES)
    return Person(
        id=f"p{n:02}",
        name=f"Person {n}",
        timezone=zone,
        hours=tuple(span(day, time(9), time(17, 30), zone) for day in horizon),
        busy=meetings(random, horizon, zone, busy),
        buffer=random.choice([0, 0, 15]),
        daily_limit=random.choice([None, 1, 2]),
        weekly_limit=random.choice([None, 3, 5]),
        booked={day: random.choice([0, 0, 1, 2]) for day in horizon},
        load=random.randrange(8),
    )


def meetings(
    random: Random, horizon: tuple[date, ...], zone: str, share: float
) -> tuple[Span, ...]:
    found = []
    for day in horizon:
        for half_hour in range(16, 36):
            if random.random() < share / 2:
                begins = time(half_hour // 2, 30 * (half_hour % 2))
                length = timedelta(minutes=random.choice([25, 30, 60]))
                whole = span(day, begins, begins, zone)
                found.append(Span(whole.begins, whole.begins + length))
    return tuple(found)


def random_session(random: Random, names: list[str], n: int, crowd: tuple[Person, ...]) -> Session:
    ids = [person.id for person in crowd]
    pools = [random.sample(ids, random.randint(min(2, len(ids)), min(8, len(ids))))]
    if random.random() < 0.3:
        pools.append(random.sample(ids, random.randint(2, min(8, len(ids)))))
    return Session(
        id=names[n],
        name=f"Session {n}",
        minutes=random.choice([30, 45, 60, 60, 50]),
        seats=tuple(Seat("interviewer", tuple(pool)) for pool in pools),
        after=(names[0],) if n and random.random() < 0.2 else (),
        rooms=("r1", "r2") if random.random() < 0.3 else (),
    )

"""When somebody interviews: hours, buffers, limits and pauses. Limits are hard."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from ats.accounts.models import User
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from interviews.models import InterviewerProfile, Pause, WorkingSpan
from interviews.models.people import DAY, LONGEST_PAUSE
from interviews.scheduling.wallclock import YEARS, zone_names

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Whoever says nothing else works at these times of their own zone.
USUAL = [{"weekday": day, "begins": "09:00", "ends": "17:00"} for day in WEEKDAYS[:5]]
MOST_SPANS = 70
LIMITS = {"buffer_minutes": (0, 120), "daily_limit": (1, 20), "weekly_limit": (1, 60)}
Hours = Sequence[Mapping[str, str]]


@transaction.atomic
def add_profile(
    user: User, *, timezone: str = "", hours: Hours | None = None, by: Actor, **fields: Any
) -> InterviewerProfile:
    """`hours` is [{weekday: "monday", begins: "09:00", ends: "17:00"}], several a day; usual ones
    if none are given. `fields` are buffer_minutes, daily_limit and weekly_limit."""
    user = lock(user)
    if InterviewerProfile.objects.filter(user=user).exists():
        raise DomainError("There is a profile already. Nothing was changed: edit that one.")
    zone = timezone or user.timezone
    check_profile(timezone=zone, **fields)
    profile = InterviewerProfile.objects.create(user=user, timezone=zone, **fields)
    keep_hours(profile, USUAL if hours is None else hours)
    record("profile.added", profile, user, by=by, user=user)
    return profile


@transaction.atomic
def edit_profile(
    profile: InterviewerProfile, *, hours: Hours | None = None, by: Actor, **fields: Any
) -> InterviewerProfile:
    """`hours` replaces all of them. What is booked stays booked."""
    profile = lock(profile)
    check_profile(**fields)
    for name, value in fields.items():
        setattr(profile, name, value)
    if fields:
        profile.save(update_fields=fields)
    if hours is not None:
        keep_hours(profile, hours)
    record("profile.edited", profile, profile.user, by=by, user=profile.user)
    return profile


@transaction.atomic
def pause_interviewing(
    profile: InterviewerProfile, *, begins_on: date, ends_on: date, reason: str = "", by: Actor
) -> Pause:
    """No new interviews on these dates, both included; what is booked stays booked."""
    profile = lock(profile)
    if begins_on.year not in YEARS:
        raise Invalid("begins_on", f"The year {begins_on.year} cannot be meant.")
    if ends_on < begins_on:
        raise Invalid("ends_on", "The pause ends before it begins.")
    if ends_on - begins_on >= timedelta(days=LONGEST_PAUSE):
        raise Invalid("ends_on", "A pause lasts at most a year. Choose an earlier end.")
    pause = Pause.objects.create(
        profile=profile, begins_on=begins_on, ends_on=ends_on, reason=reason
    )
    record(
        "interviewing.paused",
        *(profile, profile.user),
        by=by,
        user=profile.user,
        begins_on=begins_on,
        ends_on=ends_on,
    )
    return pause


@transaction.atomic
def end_pause(pause: Pause, *, by: Actor) -> None:
    profile = lock(pause.profile)
    pause.delete()
    record("interviewing.resumed", profile, profile.user, by=by, user=profile.user)


def check_profile(**fields: Any) -> None:
    zone = fields.get("timezone")
    if zone is not None and zone not in zone_names():
        raise Invalid(
            "timezone", f"There is no time zone {zone!r}. Use an IANA name like Europe/Madrid."
        )
    for name, (least, most) in LIMITS.items():
        value = fields.get(name)
        if value is not None and not least <= value <= most:
            raise Invalid(name, f"This is a number from {least} to {most}.")


def keep_hours(profile: InterviewerProfile, hours: Hours) -> None:
    spans = list(read_hours(hours))
    profile.hours.all().delete()
    WorkingSpan.objects.bulk_create(
        WorkingSpan(profile=profile, weekday=weekday, begins=begins, ends=ends)
        for weekday, begins, ends in spans
    )


def read_hours(hours: Hours) -> Iterator[tuple[int, int, int]]:
    """(weekday, begins, ends) in minutes. Raises `Invalid` for `hours/2/ends`, say."""
    if len(hours) > MOST_SPANS:
        raise Invalid("hours", f"A week has at most {MOST_SPANS} working times.")
    seen: list[tuple[int, int, int]] = []
    for at, one in enumerate(hours):
        weekday, begins, ends = read_span(f"hours/{at}", one)
        if any(day == weekday and begins < b and a < ends for day, a, b in seen):
            raise Invalid(f"hours/{at}", "These hours overlap others of the same day.")
        seen.append((weekday, begins, ends))
        yield seen[-1]


def read_span(path: str, one: Mapping[str, str]) -> tuple[int, int, int]:
    if one["weekday"] not in WEEKDAYS:
        raise Invalid(f"{path}/weekday", "This is no weekday: write monday, say.")
    begins, ends = (minutes(f"{path}/{name}", one[name]) for name in ("begins", "ends"))
    if ends <= begins:
        raise Invalid(f"{path}/ends", "These hours end before they begin.")
    return WEEKDAYS.index(one["weekday"]), begins, ends


def minutes(path: str, text: str) -> int:
    """Of a time of day from 00:00 to 24:00."""
    hour, colon, minute = text.partition(":")
    well = colon and len(hour) == len(minute) == 2 and (hour + minute).isascii()
    if well and (hour + minute).isdigit():
        total = int(hour) * 60 + int(minute)
        if int(minute) < 60 and total <= DAY:
            return total
    raise Invalid(path, "This is no time of day: write 09:30, say.")

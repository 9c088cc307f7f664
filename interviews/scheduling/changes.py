"""One change, made on the problem and said in words. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from interviews.scheduling.asks import Ask
from interviews.scheduling.grid import STEP, has_room, length
from interviews.scheduling.problem import Person, Placed, Problem, Span


def made(problem: Problem, ask: Ask, placed: Sequence[Placed]) -> tuple[str, Problem]:
    """The change that a loop needs which was found with this ask granted."""
    if ask.time_of:
        return given(problem, ask.time_of, placed)
    if ask.limits_of:
        return beyond(problem, ask.limits_of, placed)
    if ask.day:
        return extended(problem, ask.day, placed)
    return ask.rule, ask.drop(problem)


def given(problem: Problem, id_: str, placed: Sequence[Placed]) -> tuple[str, Problem]:
    """An interviewer gives the time of their interview; what they had then makes way."""
    person, span = seat_of(problem, id_, placed)
    kept = replace(
        person,
        hours=(*person.hours, span),
        busy=tuple(part for busy in person.busy for part in without(busy, span, person.buffer)),
    )
    return f"if {person.name} could give {spoken(span, person.timezone)}", swapped(problem, kept)


def beyond(problem: Problem, id_: str, placed: Sequence[Placed]) -> tuple[str, Problem]:
    """An interviewer takes one interview more than a limit of theirs allows."""
    person, span = seat_of(problem, id_, placed)
    day = span.begins.astimezone(ZoneInfo(person.timezone)).date()
    free, texts = person, []
    if not has_room(replace(person, weekly_limit=None), day):
        texts.append(f"without the daily limit of {person.daily_limit} for {person.name}")
        free = replace(free, daily_limit=None)
    if not has_room(replace(person, daily_limit=None), day):
        texts.append(f"without the weekly limit of {person.weekly_limit} for {person.name}")
        free = replace(free, weekly_limit=None)
    return f"{' and '.join(texts)} on {day_in_words(day)}", swapped(problem, free)


def extended(problem: Problem, day: date, placed: Sequence[Placed]) -> tuple[str, Problem]:
    """The candidate comes at more hours of one day."""
    candidate = problem.candidate
    zone = ZoneInfo(candidate.timezone)
    spans = [span_of(problem, each) for each in placed]
    more = [
        span
        for span in spans
        if span.begins.astimezone(zone).date() == day and not inside(span, candidate.hours)
    ]
    times = " and ".join(spoken(span, candidate.timezone) for span in joined(more))
    wider = replace(candidate, hours=(*candidate.hours, *more))
    return f"if the candidate could also come {times}", replace(problem, candidate=wider)


def seat_of(problem: Problem, id_: str, placed: Sequence[Placed]) -> tuple[Person, Span]:
    (person,) = (each for each in problem.people if each.id == id_)
    (seat,) = (each for each in placed if id_ in each.people)
    return person, span_of(problem, seat)


def span_of(problem: Problem, placed: Placed) -> Span:
    (session,) = (each for each in problem.sessions if each.id == placed.session)
    return Span(placed.starts, placed.starts + length(session) * STEP)


def without(busy: Span, span: Span, buffer: int) -> list[Span]:
    """What is left of a meeting, `buffer` minutes away from the span."""
    margin = timedelta(minutes=buffer)
    begins, ends = span.begins - margin, span.ends + margin
    parts = [Span(busy.begins, min(busy.ends, begins)), Span(max(busy.begins, ends), busy.ends)]
    return [part for part in parts if part.begins < part.ends]


def inside(span: Span, hours: Iterable[Span]) -> bool:
    at = span.begins
    for begins, ends in sorted(hours):
        if begins <= at < ends:
            at = ends
    return at >= span.ends


def joined(spans: Iterable[Span]) -> list[Span]:
    """Those that touch as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.begins <= found[-1].ends:
            found[-1] = Span(found[-1].begins, max(found[-1].ends, span.ends))
        else:
            found.append(span)
    return found


def swapped(problem: Problem, person: Person) -> Problem:
    people = (person if each.id == person.id else each for each in problem.people)
    return replace(problem, people=tuple(people))


def spoken(span: Span, timezone: str) -> str:
    begins, ends = (each.astimezone(ZoneInfo(timezone)) for each in span)
    return f"{begins:%H:%M} to {ends:%H:%M} on {day_in_words(begins.date())} ({timezone})"


def day_in_words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"

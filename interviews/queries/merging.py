"""Interviews of two people who become one."""

from candidates.models import Candidate
from candidates.models.merging import moves
from interviews.enums import InterviewStatus
from interviews.models import Interview


def interviews_at_once(survivor: Candidate, other: Candidate) -> list[str]:
    scheduled = Interview.objects.filter(status=InterviewStatus.SCHEDULED)
    taken = list(scheduled.filter(candidate=survivor))
    coming = scheduled.filter(candidate=other).order_by("pk")
    return [
        f"Both have an interview at {each.during.lower:%Y-%m-%d %H:%M} UTC:"
        " move or cancel one of them first."
        for each in coming
        if any(meet(each, held) for held in taken)
    ]


def meet(one: Interview, two: Interview) -> bool:
    return bool(one.during.lower < two.during.upper and two.during.lower < one.during.upper)


def register() -> None:
    moves(Interview, called="interviews", clash=interviews_at_once, follows="application")

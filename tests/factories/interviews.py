from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ats import clock
from ats.accounts.models import User
from ats.events.actors import Actor
from candidates.models import Application
from interviews.actions.loop import book_loop
from interviews.actions.plan import draft_plan
from interviews.actions.scorecard import submit_scorecard
from interviews.models import Interview, InterviewPlan, Loop, Scorecard
from requisitions.actions.team import join_hiring_team
from tests.factories.ats import UserFactory
from tests.factories.candidates import apply
from tests.factories.requisitions import Role, open_requisition


@dataclass(frozen=True)
class Heard:
    """A booked loop, one interview of an hour after the other, one interviewer in each."""

    role: Role
    application: Application
    plan: InterviewPlan
    loop: Loop
    interviewers: list[User]
    coordinator: User

    @property
    def interviews(self) -> list[Interview]:
        return list(self.loop.interviews.order_by("pk"))

    @property
    def interview(self) -> Interview:
        return self.interviews[0]

    def card(self, person: User) -> Scorecard:
        return Scorecard.objects.get(interview__loop=self.loop, interviewer=person)

    @property
    def by(self) -> Actor:
        return Actor.of(self.role.recruiter)


def plan(role: Role, interviews: int = 2, **fields: Any) -> InterviewPlan:
    """Every interview assesses every competency, in the stage for interviews."""
    asked = [
        {
            "name": f"Interview {number}",
            "kind": "video",
            "minutes": 60,
            "stage": role.stage("interview"),
            "focus": role.competencies,
            **fields,
        }
        for number in range(1, interviews + 1)
    ]
    return draft_plan(role.requisition, interviews=asked, by=Actor.of(role.recruiter))


def starts_in(days: int, hour: int = 10) -> str:
    """A local time in so many days, as the API takes it."""
    return f"{clock.now() + timedelta(days=days):%Y-%m-%d}T{hour:02}:00"


def asked_for(
    plan: InterviewPlan, interviewers: Sequence[User], days: int = 7, timezone: str = "UTC"
) -> list[dict[str, Any]]:
    return [
        {
            "planned": planned,
            "starts": starts_in(days, hour=10 + number),
            "timezone": timezone,
            "seats": [{"user": person}],
        }
        for number, (planned, person) in enumerate(
            zip(plan.interviews.all(), interviewers, strict=True)
        )
    ]


def heard(
    interviewers: Sequence[User] | int = 2,
    role: Role | None = None,
    application: Application | None = None,
    **when: Any,
) -> Heard:
    """Through the real actions: planned, and booked for an application."""
    if isinstance(interviewers, int):
        interviewers = UserFactory.create_batch(interviewers)
    role = role or open_requisition()
    by, coordinator = Actor.of(role.recruiter), UserFactory()
    join_hiring_team(role.requisition, user=coordinator, role="coordinator", by=by)
    application = application or apply(role)
    drafted = plan(role, len(interviewers))
    loop = book_loop(application, interviews=asked_for(drafted, interviewers, **when), by=by)
    return Heard(role, application, drafted, loop, list(interviewers), coordinator)


def ratings(
    card: Scorecard, value: int | None = 4, evidence: str = "Seen."
) -> list[dict[str, Any]]:
    return [
        {"competency": competency, "value": value, "evidence": evidence}
        for competency in card.interview.planned.focus.all()
    ]


def submit(card: Scorecard, value: int | None = 4, **said: Any) -> Scorecard:
    """By whom it belongs to; the same rating for everything."""
    said = {"recommendation": "yes", "ratings": ratings(card, value), **said}
    return submit_scorecard(card, **said, by=Actor.of(card.interviewer))

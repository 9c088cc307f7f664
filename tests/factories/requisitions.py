from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import factory
from factory.django import DjangoModelFactory

from ats.accounts.models import User
from ats.approvals.engine import StepSpec
from ats.events.actors import Actor
from requisitions.actions.competency import choose_competencies
from requisitions.actions.opening import add_opening
from requisitions.actions.pipeline import attach_pipeline
from requisitions.actions.posting import draft_posting, publish_posting
from requisitions.actions.requisition import (
    approve_requisition,
    draft_requisition,
    submit_requisition,
)
from requisitions.actions.team import join_hiring_team
from requisitions.enums import CompanyRoleKind, StageKind, TeamRole
from requisitions.models import (
    Competency,
    Department,
    JobPosting,
    Office,
    Opening,
    Requisition,
    Stage,
)
from tests.factories.ats import UserFactory

PAY = {"minimum": "90000", "maximum": "120000", "currency": "USD", "period": "year"}


class DepartmentFactory(DjangoModelFactory[Department]):
    class Meta:
        model = Department

    name = factory.Sequence(lambda n: f"Department {n}")


class OfficeFactory(DjangoModelFactory[Office]):
    class Meta:
        model = Office

    name = factory.Sequence(lambda n: f"Office {n}")
    city = "Redmond"
    region = "WA"
    country = "US"
    timezone = "America/Los_Angeles"


class CompetencyFactory(DjangoModelFactory[Competency]):
    class Meta:
        model = Competency

    name = factory.Sequence(lambda n: f"Competency {n}")
    definition = "What it means here."
    anchors = factory.LazyFunction(lambda: {"1": "Little", "3": "Enough", "5": "Much"})


class RecruiterFactory(UserFactory):
    """May start requisitions."""

    @factory.post_generation
    def role(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.company_roles.create(role=CompanyRoleKind.RECRUITER)


@dataclass(frozen=True)
class Role:
    """An open requisition with everything around it, as the real actions leave it."""

    requisition: Requisition
    posting: JobPosting
    openings: list[Opening]
    competencies: list[Competency]
    recruiter: User
    manager: User
    approver: User

    @property
    def opening(self) -> Opening:
        return self.openings[0]

    def stage(self, kind: str) -> Stage:
        return self.requisition.stages.get(kind=kind, retired_at=None)

    @property
    def stages(self) -> dict[str, Stage]:
        return {kind: self.stage(kind) for kind in StageKind.values}


def draft(recruiter: User | None = None, **fields: Any) -> Requisition:
    """With a pay range, so that it can be published once it is open."""
    recruiter = recruiter or RecruiterFactory()
    return draft_requisition(
        **{"title": "Data Engineer", "pay_ranges": [PAY], **fields}, by=Actor.of(recruiter)
    )


def approved(requisition: Requisition, approver: User | None = None) -> Requisition:
    """Asked for by its recruiter and approved by one person: open, and its openings too."""
    approver = approver or UserFactory()
    asker = Actor.of(requisition.created_by)  # type: ignore[arg-type]
    requisition = submit_requisition(requisition, steps=[StepSpec([approver])], by=asker)
    return approve_requisition(requisition, by=Actor.of(approver))


def open_requisition(
    recruiter: User | None = None,
    manager: User | None = None,
    *,
    interviewers: Sequence[User] = (),
    openings: int = 1,
    competencies: Sequence[Competency] | int = 3,
    publish: bool = True,
    **fields: Any,
) -> Role:
    """Through the real actions: drafted, staffed, approved, open, and published unless told not."""
    recruiter = recruiter or RecruiterFactory()
    manager, approver = manager or UserFactory(), UserFactory()
    by = Actor.of(recruiter)
    requisition = draft(recruiter, **fields)
    join_hiring_team(requisition, user=manager, role=TeamRole.MANAGER, is_responsible=True, by=by)
    for person in interviewers:
        join_hiring_team(requisition, user=person, role=TeamRole.INTERVIEWER, by=by)
    for _ in range(openings - 1):
        add_opening(requisition, by=by)
    attach_pipeline(requisition, by=by)
    if isinstance(competencies, int):
        competencies = CompetencyFactory.create_batch(competencies)
    choices = [{"competency": competency} for competency in competencies]
    choose_competencies(requisition, choices=choices, by=by)
    requisition = approved(requisition, approver)
    posting = draft_posting(requisition, by=by)
    if publish:
        why = "The board agreed to it." if requisition.is_confidential else ""
        posting = publish_posting(posting, confidential_reason=why, by=by)
    seats = list(requisition.openings.order_by("pk"))
    return Role(requisition, posting, seats, list(competencies), recruiter, manager, approver)

"""A requisition's own story: read from its listing, staffed, planned, approved, published."""

from dataclasses import dataclass, field

from ats.accounts.models import User
from ats.approvals.engine import StepSpec
from ats.demo.company import kit_for, listing_of
from ats.demo.courses import RoleData
from ats.demo.days import Days
from ats.demo.timeline import Story
from ats.events.actors import Actor
from interviews.actions.plan import draft_plan
from interviews.models import PlannedInterview
from requisitions.actions.competency import choose_competencies
from requisitions.actions.opening import add_opening
from requisitions.actions.pipeline import attach_pipeline
from requisitions.actions.posting import draft_posting, publish_posting
from requisitions.actions.requisition import (
    approve_requisition,
    edit_requisition,
    hold_requisition,
    return_requisition,
    submit_requisition,
)
from requisitions.actions.team import join_hiring_team
from requisitions.enums import TeamRole
from requisitions.imports import import_listing
from requisitions.models import (
    Competency,
    Department,
    JobPosting,
    Requisition,
    Stage,
)


@dataclass
class Role:
    """The rows of a requisition; there are none before its story has begun."""

    data: RoleData
    staff: dict[str, User]
    days: Days
    planned: list[PlannedInterview] = field(default_factory=list)
    stages: dict[str, Stage] = field(default_factory=dict)

    requisition: Requisition = field(init=False)
    posting: JobPosting = field(init=False)

    def actor(self, key: str) -> Actor:
        return Actor.of(self.staff[key])

    @property
    def recruiter(self) -> Actor:
        return self.actor(self.data.recruiter)

    @property
    def manager(self) -> Actor:
        return self.actor(self.data.manager)


def open_role(role: Role) -> Story:
    """Ready five working days after it was begun, before the first application."""
    data, days = role.data, role.days
    yield days.at(data.drafted, "08:40")
    write_down(role)
    yield days.at(data.drafted, "13:30")
    staff_it(role)
    plan_it(role)
    yield days.at(data.drafted + 1, "09:10")
    yield from approval(role)
    yield days.at(data.drafted + 4, "08:15")
    posting = draft_posting(role.requisition, by=role.recruiter)
    role.posting = publish_posting(posting, by=role.recruiter)
    if data.held is not None:
        yield days.at(data.held, "15:00", "Europe/Berlin")
        role.requisition = hold_requisition(role.requisition, by=role.recruiter)


def write_down(role: Role) -> None:
    data, by = role.data, role.recruiter
    requisition = import_listing(listing_of(data), by=by)
    department = Department.objects.get(name=data.department)
    workplace = requisition.workplace or "on_site"
    role.requisition = edit_requisition(
        requisition,
        title=data.title,
        department=department,
        level=data.level,
        workplace=workplace,
        by=by,
    )
    for _ in range(data.seats - 1):
        add_opening(requisition, by=by)
    attach_pipeline(requisition, by=by)
    role.stages = {stage.kind: stage for stage in requisition.stages.all()}


def staff_it(role: Role) -> None:
    members = [(role.data.manager, TeamRole.MANAGER), ("carlos", TeamRole.COORDINATOR)]
    members += [(key, TeamRole.INTERVIEWER) for key in role.data.interviewers]
    for key, duty in members:
        join_hiring_team(
            role.requisition,
            user=role.staff[key],
            role=duty,
            is_responsible=duty != TeamRole.INTERVIEWER,
            by=role.recruiter,
        )


def plan_it(role: Role) -> None:
    """Every must-have is assessed in two interviews."""
    library = {entry.name: entry for entry in Competency.objects.all()}
    wishes = [
        {"competency": library[name], "is_must_have": is_must_have}
        for name, is_must_have in role.data.wishes
    ]
    choose_competencies(role.requisition, choices=wishes, by=role.manager)
    interviews = [
        {
            "name": slot.name,
            "kind": slot.kind,
            "minutes": slot.minutes,
            "interviewers": len(slot.panel),
            "stage": role.stages["interview"],
            "focus": [library[name] for name in slot.focus],
            "kit": kit_for(slot),
        }
        for slot in role.data.plan
    ]
    plan = draft_plan(role.requisition, interviews=interviews, by=role.actor("carlos"))
    role.planned = list(plan.interviews.prefetch_related("focus"))


def approval(role: Role) -> Story:
    steps, by = [StepSpec([role.staff["dora"]])], role.manager
    role.requisition = submit_requisition(role.requisition, steps=steps, by=by)
    drafted, dora = role.data.drafted, role.actor("dora")
    if role.data.returned:
        yield role.days.at(drafted + 1, "16:20")
        return_requisition(role.requisition, comment=role.data.returned, by=dora)
        yield role.days.at(drafted + 2, "09:05")
        role.requisition = submit_requisition(role.requisition, steps=steps, by=by)
    yield role.days.at(drafted + 3, "11:45")
    role.requisition = approve_requisition(role.requisition, comment="Go ahead.", by=dora)

"""Who holds the roles that a step may name, and whom a department usually asks."""

from collections.abc import Mapping, Sequence
from typing import Any

from ats.accounts.models import User
from ats.approvals.engine import Holders, StepSpec
from ats.approvals.models import Approval
from requisitions.enums import ApproverRole, FlowKind, TeamRole
from requisitions.models import ApprovalFlow, Department, Requisition

OF_THE_TEAM = {
    ApproverRole.HIRING_MANAGER: TeamRole.MANAGER,
    ApproverRole.RECRUITER: TeamRole.RECRUITER,
    ApproverRole.COORDINATOR: TeamRole.COORDINATOR,
}


def holders_of(requisition: Requisition, asker: User | None) -> Holders:
    """A function from the name of a role to the active people who hold it here, now."""

    def holders(role: str) -> Sequence[User]:
        match ApproverRole(role):
            case ApproverRole.DEPARTMENT_HEAD:
                found = [head_of(requisition.department)]
            case ApproverRole.ASKERS_MANAGER:
                found = [asker.manager if asker else None]
            case team_role:
                return team_members(requisition, OF_THE_TEAM[team_role])
        return [person for person in found if person is not None]

    return holders


def team_members(requisition: Requisition, role: TeamRole) -> list[User]:
    """The responsible one, or everybody in that role where nobody is."""
    rows = requisition.team.filter(role=role, user__is_active=True).select_related("user")
    responsible = [member.user for member in rows if member.is_responsible]
    return responsible or [member.user for member in rows]


def head_of(department: Department | None) -> User | None:
    """The nearest active head, upwards."""
    for each in upwards(department):
        if each.head and each.head.is_active:
            return each.head
    return None


def upwards(department: Department | None) -> Sequence[Department]:
    """This department and those above it."""
    found: list[Department] = []
    while department is not None:
        found.append(department)
        department = department.parent
    return found


def usual_steps(
    requisition: Requisition, kind: FlowKind, before: Approval | None
) -> list[StepSpec]:
    """Whom to ask where nobody is named: as in the round before, else as the flow says."""
    if before is not None:
        return [again(step) for step in before.steps.order_by("order")]
    flow = flow_for(requisition, kind)
    return specs_of(flow.steps) if flow else []


def again(step: Any) -> StepSpec:
    seats = list(step.seats.select_related("user"))
    people = [seat.user for seat in seats if not seat.role]
    roles = list(dict.fromkeys(seat.role for seat in seats if seat.role))
    return StepSpec(people, step.needed, roles)


def flow_for(requisition: Requisition, kind: FlowKind) -> ApprovalFlow | None:
    """The flow of the nearest department upwards, or the company's."""
    flows = {flow.department_id: flow for flow in ApprovalFlow.objects.filter(kind=kind)}
    nearest = [flows.get(each.pk) for each in upwards(requisition.department)]
    return next((flow for flow in nearest if flow), flows.get(None))


def specs_of(steps: Sequence[Mapping[str, Any]]) -> list[StepSpec]:
    """People as rows. Who has left since is left out, and then asking says who is missing."""
    ids = {one for step in steps for one in step["people"]}
    known = User.objects.filter(public_id__in=ids, is_active=True)
    people = {str(user.public_id): user for user in known}
    return [
        StepSpec(
            [people[one] for one in step["people"] if one in people], step["needed"], step["roles"]
        )
        for step in steps
    ]

"""Who hires, in which role. Access follows at once: it is asked of these rows."""

from django.db import transaction

from ats.accounts.models import User
from ats.base import lock
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from requisitions.enums import CLOSED, TeamRole
from requisitions.models import HiringTeamMember, Requisition


@transaction.atomic
def join_hiring_team(
    requisition: Requisition,
    *,
    user: User,
    role: str,
    is_responsible: bool = False,
    by: Actor,
) -> HiringTeamMember:
    """Being made responsible takes over from whoever was. Holding the role already is fine."""
    requisition = lock(requisition)
    check_active(user)
    member, is_new = HiringTeamMember.objects.get_or_create(
        requisition=requisition, user=user, role=TeamRole(role)
    )
    if is_new:
        record("team.joined", requisition, member, by=by, user=user, role=member.role)
    if is_responsible:
        hand_over(member, is_new=is_new, by=by)
    return member


def check_active(user: User) -> None:
    if not user.is_active:
        raise Invalid("user", "This account is deactivated: name an active colleague.")


@transaction.atomic
def make_responsible(member: HiringTeamMember, *, by: Actor) -> HiringTeamMember:
    """Takes over from whoever was, in the same role; they stay on the team."""
    lock(member.requisition)
    member = lock(member)
    if not member.user.is_active:
        raise Blocked([f"The account of {member.user} is deactivated: choose somebody else."])
    hand_over(member, by=by)
    return member


def hand_over(member: HiringTeamMember, *, is_new: bool = False, by: Actor) -> None:
    """Whoever joins as the first responsible person takes over from nobody: that is no news."""
    if member.is_responsible:
        return
    requisition, role = member.requisition, member.role
    held = requisition.team.filter(role=role, is_responsible=True)
    replaced = held.update(is_responsible=False)
    member.is_responsible = True
    member.save(update_fields=["is_responsible"])
    if replaced or not is_new:
        record("team.responsible", requisition, member, by=by, user=member.user, role=role)


@transaction.atomic
def leave_hiring_team(member: HiringTeamMember, *, by: Actor) -> None:
    """They see it no more, unless another role, a vote or an interview lets them."""
    requisition = lock(member.requisition)
    member = lock(member)
    member.requisition = requisition
    if is_needed(member):
        raise DomainError(
            f"{member} is responsible here. Nothing was changed:"
            " make somebody else responsible first.",
            code="responsible",
        )
    record("team.left", requisition, member, by=by, user=member.user, role=member.role)
    member.delete()


def check_recruiter(requisition: Requisition) -> None:
    """Raises `Blocked` where nobody who can sign in would answer for it."""
    recruiters = requisition.team.filter(role=TeamRole.RECRUITER, is_responsible=True)
    if not recruiters.filter(user__is_active=True).exists():
        raise Blocked(["There is no responsible recruiter who can sign in: name one first."])


def is_needed(member: HiringTeamMember) -> bool:
    """What is not closed keeps a responsible recruiter."""
    is_recruiter = member.role == TeamRole.RECRUITER and member.is_responsible
    return is_recruiter and member.requisition.status not in CLOSED

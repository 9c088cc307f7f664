"""Who hires, in which role."""

from django.db import transaction

from ats.accounts.models import User
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from requisitions.enums import TeamRole
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
    if not user.is_active:
        raise Invalid("user", "This account is deactivated: name an active colleague.")
    if is_responsible:
        requisition.team.filter(role=role, is_responsible=True).exclude(user=user).update(
            is_responsible=False
        )
    member, is_new = HiringTeamMember.objects.get_or_create(
        requisition=requisition, user=user, role=TeamRole(role)
    )
    if is_responsible and not member.is_responsible:
        member.is_responsible = True
        member.save(update_fields=["is_responsible"])
    if is_new:
        record("team.joined", requisition, member, by=by, user=user, role=member.role)
    return member


@transaction.atomic
def leave_hiring_team(member: HiringTeamMember, *, by: Actor) -> None:
    requisition = lock(member.requisition)
    if member.is_responsible:
        raise DomainError(
            f"{member} is responsible here. Nothing was changed:"
            " make somebody else responsible first.",
            code="responsible",
        )
    record("team.left", requisition, member, by=by, user=member.user, role=member.role)
    member.delete()

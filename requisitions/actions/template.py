"""Copies of a role: at once, or saved to start from again and again."""

from django.db import transaction

from ats import clock
from ats.base import lock
from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from requisitions.actions.requisition import draft_requisition
from requisitions.actions.team import join_hiring_team
from requisitions.enums import TeamRole
from requisitions.models import Requisition, RequisitionTemplate
from requisitions.queries.role import ROLE, describe


@transaction.atomic
def clone_requisition(
    requisition: Requisition, *, title: str = "", with_team: bool = False, by: Actor
) -> Requisition:
    """A draft that says the same about the role, its pipeline and its form, with as many seats.

    Votes, hires and postings stay behind. A confidential one is copied as confidential.
    """
    requisition = lock(requisition)
    copy = draft_requisition(title=title, template=template_of(requisition), by=by)
    if with_team:
        copy_team(requisition, copy, by=by)
    return copy


def template_of(requisition: Requisition) -> RequisitionTemplate:
    return RequisitionTemplate(
        requisition=requisition,
        content=describe(requisition, ROLE),
        is_confidential=requisition.is_confidential,
    )


def copy_team(source: Requisition, copy: Requisition, *, by: Actor) -> None:
    """Whoever copies is the responsible recruiter; everybody else keeps their part."""
    for member in source.team.filter(user__is_active=True).exclude(
        user=by.user, role=TeamRole.RECRUITER
    ):
        leads = member.is_responsible and member.role != TeamRole.RECRUITER
        join_hiring_team(copy, user=member.user, role=member.role, is_responsible=leads, by=by)


@transaction.atomic
def save_requisition_template(
    requisition: Requisition, *, name: str, by: Actor
) -> RequisitionTemplate:
    """What the requisition says now, to start others from."""
    template = template_of(lock(requisition))
    template.name = name
    template.created_by, template.created_at = by.user, clock.now()
    check_name(template)
    template.save(force_insert=True)
    record("requisition_template.saved", template, requisition, by=by)
    return template


@transaction.atomic
def rename_requisition_template(
    template: RequisitionTemplate, *, name: str, by: Actor
) -> RequisitionTemplate:
    template = lock(template)
    template.name = name
    check_name(template)
    template.save(update_fields=["name"])
    record("requisition_template.renamed", template, by=by)
    return template


@transaction.atomic
def retire_requisition_template(template: RequisitionTemplate, *, by: Actor) -> RequisitionTemplate:
    """Nobody starts from it any more; what was started stays."""
    template = lock(template)
    if template.retired_at is not None:
        raise DomainError(f"{template.name} is retired already.", code="retired")
    template.retired_at = clock.now()
    template.save(update_fields=["retired_at"])
    record("requisition_template.retired", template, by=by)
    return template


def check_name(template: RequisitionTemplate) -> None:
    """Names of confidential templates may repeat: a refusal would tell that one is there."""
    template.name = " ".join(template.name.split())
    if not template.name:
        raise Invalid("name", "A template has a name.")
    others = RequisitionTemplate.objects.filter(retired_at=None, is_confidential=False)
    known = others.filter(name__iexact=template.name).exclude(pk=template.pk)
    if not template.is_confidential and known.exists():
        raise Invalid("name", f"There is a template called {template.name} already.")


@transaction.atomic
def draft_from_template(
    template: RequisitionTemplate, *, title: str = "", by: Actor
) -> Requisition:
    """As `draft_requisition`; the title is the template's unless there is another."""
    return draft_requisition(title=title, template=template, by=by)

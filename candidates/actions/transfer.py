"""Considering a person for another requisition: moved there whole, or taken in as a prospect."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from ats import clock
from ats.base import lock
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from candidates.actions.application import check_stage, close
from candidates.actions.visits import enter
from candidates.enums import ApplicationStatus
from candidates.models import Application, Attachment, Candidate, Resume, Source
from requisitions.enums import CLOSED
from requisitions.models import Requisition, Stage
from requisitions.queries.stages import first_stage

THERE_ALREADY = "This person has an active application there already."
NOT_COPIED = {"id", "public_id", "application"}


@transaction.atomic
def transfer_application(
    application: Application, *, requisition: Requisition, stage: Stage | None = None, by: Actor
) -> Application:
    """The new application, in `stage` or where applications arrive; the old one is closed.

    What was submitted and its files go along. Notes, scorecards and visits stay with the old one:
    they were made for that requisition, for its team. Raises `Blocked` and `Invalid`.
    """
    if requisition.pk == application.requisition_id:
        raise Invalid("requisition", "It is in this requisition already: move it there.")
    requisition = open_to_people(requisition)
    # The order in which applying locks: requisition, candidate, application.
    lock(application.candidate)
    application = lock(application)
    at = clock.now()
    close(application, "transfer", at)
    application.save(update_fields=["status", "closed_at", "needs_attention"])
    made = take_in(
        application.candidate,
        requisition,
        stage,
        at,
        by,
        source=application.source,
        submitted=application.submitted,
        applied_at=application.applied_at,
        transferred_from=application,
    )
    for kind in (Resume, Attachment):
        copy_files(kind, application, made)
    record("application.transferred", application, application.candidate, by=by)
    record("application.transferred_here", made, made.candidate, by=by)
    return made


@transaction.atomic
def convert_prospect(
    candidate: Candidate,
    *,
    requisition: Requisition,
    stage: Stage | None = None,
    source: Source | None = None,
    by: Actor,
) -> Application:
    """Somebody whom we know and who has not applied here: nothing was submitted, so no letter
    says that it was received."""
    requisition = open_to_people(requisition)
    candidate = lock(candidate)
    at = clock.now()
    return take_in(
        candidate, requisition, stage, at, by, source=source, submitted={}, applied_at=at
    )


def open_to_people(requisition: Requisition) -> Requisition:
    """As it is now; nobody fills or cancels it before this is done."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM requisitions_requisition WHERE id = %s FOR SHARE", [requisition.pk]
        )
    requisition = Requisition.objects.get(pk=requisition.pk)
    if requisition.status in CLOSED:
        said = requisition.get_status_display().lower()
        raise Invalid("requisition", f"{requisition.number} is {said}: nobody is hired there.")
    return requisition


def take_in(
    candidate: Candidate,
    requisition: Requisition,
    stage: Stage | None,
    at: datetime,
    by: Actor,
    **facts: Any,
) -> Application:
    """Under the locks of both."""
    mine = Application.objects.filter(candidate=candidate, requisition=requisition)
    if mine.filter(status=ApplicationStatus.ACTIVE).exists():
        raise Blocked([THERE_ALREADY])
    made = Application(candidate=candidate, requisition=requisition, **facts)
    made.stage = check_stage(made, stage or arrival(requisition))
    made.save(force_insert=True)
    enter(made, made.stage, at, by)
    record("application.added", made, candidate, by=by, source=made.source)
    return made


def arrival(requisition: Requisition) -> Stage:
    try:
        return first_stage(requisition)
    except Stage.DoesNotExist:
        raise DomainError(
            f"{requisition.number} has no pipeline yet: attach one first. Nothing was changed."
        ) from None


def copy_files(kind: type[Resume] | type[Attachment], old: Application, new: Application) -> None:
    """Rows of their own for the other team, of the same stored files."""
    names = [
        field.attname
        for field in kind._meta.concrete_fields
        if field.name not in NOT_COPIED and not field.generated
    ]
    for row in kind.objects.filter(application=old).order_by("pk"):
        copied = {name: getattr(row, name) for name in names}
        kind(application=new, **copied).save(force_insert=True)

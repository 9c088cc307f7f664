"""The verbs of an application: where it stands, and how it ends."""

from datetime import datetime

from django.db import connection, transaction

from ats import clock
from ats.base import lock
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from ats.outbox.letters import cancel_delivery
from candidates import emails
from candidates.actions.due import due_time
from candidates.actions.letters import NOT_SENT_YET, latest_letter, take_back_if_waiting
from candidates.actions.offer import rescind
from candidates.actions.visits import enter, leave
from candidates.enums import APPLICATION, ApplicationStatus, RejectionKind
from candidates.models import Application, RejectionReason
from candidates.queries.applications import blockers, live_offer
from requisitions.actions.opening import fill_opening, reopen_opening
from requisitions.models import Opening, Stage
from requisitions.queries.stages import stage_in_use


@transaction.atomic
def move_application(
    application: Application,
    *,
    stage: Stage,
    from_stage: Stage | None = None,
    by: Actor,
    depth: int = 0,
) -> Application:
    """To any other stage of its requisition. `depth` counts the stage rules that led here.

    Raises `DomainError` (code `moved_meanwhile`) when it is no longer in `from_stage`.
    """
    application = lock(application)
    check_active(application)
    before = application.stage
    if from_stage is not None and from_stage != before:
        raise DomainError(
            f"The application was moved to {before} meanwhile. Nothing was done: look again.",
            code="moved_meanwhile",
        )
    stage = check_stage(application, stage)
    if stage == before:
        return application
    at = clock.now()
    leave(application, at)
    enter(application, stage, at, by)
    application.stage, application.needs_attention = stage, ""
    application.save(update_fields=["stage", "needs_attention"])
    record(
        "application.moved",
        application,
        application.candidate,
        by=by,
        from_stage=before,
        to_stage=stage,
        depth=depth,
    )
    return application


def check_active(application: Application) -> None:
    if application.status != ApplicationStatus.ACTIVE:
        said = application.get_status_display().lower()
        can = ", ".join(APPLICATION.possible(application.status)).replace("_", " ")
        raise DomainError(
            f"Cannot move while {said}. Possible from here: {can}.", code="transition_not_allowed"
        )


def check_stage(application: Application, stage: Stage) -> Stage:
    """The stage as it is now; nobody retires it before this move is done."""
    stage = share(stage)
    check_fits(application, stage)
    return stage


def check_fits(application: Application, stage: Stage) -> None:
    if stage.requisition_id != application.requisition_id:
        raise Invalid("stage", "This stage belongs to another requisition.")
    if stage.retired_at is not None:
        raise Invalid("stage", f"The stage {stage} was retired: choose one that is in use.")


def share(stage: Stage) -> Stage:
    """A shared lock: those who enter do not wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM requisitions_stage WHERE id = %s FOR SHARE", [stage.pk])
    stage.refresh_from_db(fields=["name", "target_days", "retired_at"])
    return stage


@transaction.atomic
def reject_application(
    application: Application,
    *,
    reason: RejectionReason,
    note: str = "",
    letter: str = "later",
    by: Actor,
) -> Application:
    """`letter`: now, later (nine o'clock on the next working morning where the job is) or never."""
    application = lock(application)
    check_reason(reason, RejectionKind.WE_REJECTED)
    at = clock.now()
    due = due_time(application, letter, at)
    close(application, "reject", at)
    application.rejection_reason, application.rejection_note = reason, note
    application.save(
        update_fields=[
            "status",
            "closed_at",
            "needs_attention",
            "rejection_reason",
            "rejection_note",
        ]
    )
    event = record(
        "application.rejected",
        application,
        application.candidate,
        by=by,
        reason=reason,
        letter_due=due,
    )
    if due is not None:
        emails.rejection(application, event=event, due_at=due)
    return application


def close(application: Application, verb: str, at: datetime) -> None:
    """Out of the pipeline; the caller saves. Raises `TransitionNotAllowed` or `Blocked`."""
    application.status = APPLICATION.next(application.status, verb)
    if found := blockers(application, verb):
        raise Blocked(found)
    application.closed_at, application.needs_attention = at, ""
    leave(application, at)


def check_reason(reason: RejectionReason | None, kind: RejectionKind) -> None:
    if reason is not None and reason.kind != kind:
        said = RejectionKind(reason.kind).label
        raise Invalid("reason", f"“{reason}” is a reason of the kind “{said}”.")


@transaction.atomic
def take_back_rejection_letter(application: Application, *, by: Actor) -> Application:
    """Before it leaves. The application stays rejected; `reactivate` is another verb."""
    application = lock(application)
    letter = latest_letter(application, emails.REJECTION)
    if letter is None:
        raise DomainError("No rejection letter waits here.", code="no_letter")
    if letter.state not in NOT_SENT_YET:
        raise DomainError(
            f"The letter is {letter.get_state_display().lower()}: it cannot be taken back.",
            code="letter_has_left",
        )
    cancel_delivery(letter, by=by)
    record("rejection_letter.taken_back", application, application.candidate, by=by)
    return application


@transaction.atomic
def withdraw_application(
    application: Application, *, reason: RejectionReason | None = None, by: Actor
) -> Application:
    """The candidate does not want it any more: an offer that is alive goes with it."""
    application = lock(application)
    check_reason(reason, RejectionKind.THEY_WITHDREW)
    close(application, "withdraw", clock.now())
    application.rejection_reason = reason
    application.save(update_fields=["status", "closed_at", "needs_attention", "rejection_reason"])
    if offer := live_offer(application):
        rescind(offer, by)
    record("application.withdrawn", application, application.candidate, by=by, reason=reason)
    return application


@transaction.atomic
def reactivate_application(application: Application, *, by: Actor) -> Application:
    """Back in the stage that it left; a rejection letter that has not left never will."""
    application = lock(application)
    application.status = APPLICATION.next(application.status, "reactivate")
    if found := blockers(application, "reactivate"):
        raise Blocked(found)
    take_back_if_waiting(application, emails.REJECTION, by)
    reopen(application, by)
    record("application.reactivated", application, application.candidate, by=by)
    return application


def reopen(application: Application, by: Actor) -> None:
    """In the stage that it left, or the nearest before it where that was retired meanwhile."""
    application.closed_at, application.rejection_reason = None, None
    application.rejection_note = ""
    application.stage = stage_in_use(share(application.stage))
    application.save(
        update_fields=["status", "stage", "closed_at", "rejection_reason", "rejection_note"]
    )
    enter(application, application.stage, clock.now(), by)


@transaction.atomic
def hire_application(application: Application, *, by: Actor) -> Application:
    """Take the seat of the accepted offer. Of two hires into one seat, one is refused."""
    application = lock(application)
    close(application, "hire", clock.now())
    application.save(update_fields=["status", "closed_at", "needs_attention"])
    offer = live_offer(application)
    assert offer is not None
    # A seat that is moved in this very moment is noticed by its not being here any more.
    offer.opening.requisition = application.requisition
    fill_opening(offer.opening, application=application.public_id, by=by)
    record(
        "application.hired",
        application,
        application.candidate,
        by=by,
        offer=offer,
        opening=offer.opening,
    )
    return application


@transaction.atomic
def undo_hire(application: Application, *, by: Actor) -> Application:
    """Give the seat back. The offer stays accepted: rescind it, or hire again."""
    application = lock(application)
    application.status = APPLICATION.next(application.status, "undo_hire")
    if found := blockers(application, "undo_hire"):
        raise Blocked(found)
    opening = Opening.objects.get(filled_by=application.public_id)
    reopen_opening(opening, application=application.public_id, by=by)
    application.handed_off_at = None
    application.save(update_fields=["handed_off_at"])
    reopen(application, by)
    record("application.hire_undone", application, application.candidate, by=by, opening=opening)
    return application


@transaction.atomic
def ask_to_decide(application: Application, *, because: str, by: Actor) -> Application:
    """A person has to look, and reads why; moving or closing the application answers it."""
    application = lock(application)
    if application.status == ApplicationStatus.ACTIVE and application.needs_attention != because:
        application.needs_attention = because[:300]
        application.save(update_fields=["needs_attention"])
        record("application.flagged", application, application.candidate, by=by)
    return application

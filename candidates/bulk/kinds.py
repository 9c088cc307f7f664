"""What each bulk action does with one application, and how it is taken back."""

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.base import lock
from ats.errors import DomainError
from ats.events.actors import Actor
from ats.events.models import Event
from ats.jobs.enums import Outcome
from ats.jobs.models import Job, JobItem
from ats.jobs.registry import Done, Kind
from ats.outbox.enums import DeliveryState
from ats.outbox.letters import cancel_delivery
from ats.outbox.models import Delivery
from candidates.actions.after_fill import KIND
from candidates.actions.application import (
    move_application,
    reactivate_application,
    reject_application,
)
from candidates.actions.letters import NOT_SENT_YET, write_letter
from candidates.actions.pool import add_to_pool, remove_from_pool
from candidates.actions.tag import tag, untag
from candidates.bulk.deciding import check_letter, check_move, check_tag
from candidates.bulk.planning import TWICE
from candidates.bulk.selection import names, own
from candidates.models import Application, RejectionReason, Tag, TalentPool
from requisitions.enums import RequisitionStatus, TeamRole
from requisitions.models import Requisition, Stage


def move(job: Job, item: JobItem, *, by: Actor) -> Done:
    """From where it was when the preview was looked at, or not at all."""
    application = own(item, "move_application", by)
    stage = Stage.objects.get(public_id=job.params["stage"])
    check_move(application, stage)
    before = Stage.objects.get(public_id=item.result["from_stage"])
    move_application(application, stage=stage, from_stage=before, by=by)
    return Done(f"Moved from {before} to {stage}.")


def move_back(job: Job, item: JobItem, *, by: Actor) -> Done:
    application = own(item, "move_application", by)
    stage = Stage.objects.get(public_id=job.params["stage"])
    before = Stage.objects.get(public_id=item.result["from_stage"])
    move_application(application, stage=before, from_stage=stage, by=by)
    return Done(f"Moved back to {before}.")


def reject(job: Job, item: JobItem, *, by: Actor) -> Done:
    application = own(item, "reject_application", by)
    reason = RejectionReason.objects.get(public_id=job.params["reason"])
    how = {"note": job.params["note"], "letter": job.params["letter"]}
    reject_application(application, reason=reason, **how, by=by)
    event = rejection_of(application)
    letter = Delivery.objects.filter(event=event).first()
    said = f"The letter leaves {letter.due_at:%Y-%m-%d %H:%M} UTC." if letter else "No letter."
    return Done(f"Rejected. {said}", {"event": str(event.public_id)})


def rejection_of(application: Application) -> Event:
    """The latest."""
    stream = f"application:{application.public_id}"
    return Event.objects.filter(stream=stream, verb="application.rejected").latest("seq")


def unreject(job: Job, item: JobItem, *, by: Actor) -> Done:
    """Active again, unless they may have read the letter: then a person decides."""
    application = lock(own(item, "reactivate_application", by))
    event = rejection_of(application)
    if str(event.public_id) != item.result["event"]:
        raise DomainError("It was rejected again since, by another decision: it stays rejected.")
    refuse_sent(Delivery.objects.select_for_update().filter(event=event).first())
    reactivate_application(application, by=by)
    return Done("Active again; no letter was sent.")


def refuse_sent(letter: Delivery | None) -> None:
    if letter and letter.state not in (*NOT_SENT_YET, DeliveryState.CANCELLED):
        when = f" {letter.sent_at:%Y-%m-%d %H:%M} UTC" if letter.sent_at else ""
        said = letter.get_state_display().lower()
        raise DomainError(f"The letter is {said}{when}: it cannot be taken back.")


def mail(job: Job, item: JobItem, *, by: Actor) -> Done:
    application = own(item, "write_letter", by)
    check_letter(application)
    theirs = Application.objects.filter(candidate=application.candidate_id).values("public_id")
    if job.items.filter(outcome=Outcome.DONE, subject_id__in=theirs).exists():
        raise DomainError(TWICE)
    words = {name: job.params[name] for name in ("subject", "body", "when")}
    letter = write_letter(application, **words, by=by)
    said = f"The letter leaves {letter.due_at:%Y-%m-%d %H:%M} UTC."
    return Done(said, {"letter": str(letter.public_id)})


def unmail(job: Job, item: JobItem, *, by: Actor) -> Done:
    """Locks what `write_letter` locks, in its order: the application, then the letter."""
    lock(own(item, "write_letter", by))
    letter = Delivery.objects.select_for_update().get(public_id=item.result["letter"])
    refuse_sent(letter)
    if letter.state != DeliveryState.CANCELLED:
        cancel_delivery(letter, by=by)
    return Done("The letter was taken back before it left.")


def reject_after_fill(job: Job, item: JobItem, *, by: Actor) -> Done:
    """Unless it is open again, whatever became of the job that should have stopped."""
    filled = Requisition.objects.filter(status=RequisitionStatus.FILLED)
    if not filled.filter(public_id=str(job.about_id)).exists():
        raise DomainError("The requisition is open again: they stay as they are.")
    done = reject(job, item, by=by)
    if not job.params["pool"]:
        return done
    pool = TalentPool.objects.get(public_id=job.params["pool"])
    candidate = own(item, "view_application", by).candidate
    joined = not candidate.pooled.filter(pool=pool).exists()
    add_to_pool(candidate, pool=pool, by=by)
    return Done(f"{done.detail} In the pool {pool}.", {**done.result, "joined": joined})


def undo_after_fill(job: Job, item: JobItem, *, by: Actor) -> Done:
    done = unreject(job, item, by=by)
    if item.result.get("joined"):
        pool = TalentPool.objects.get(public_id=job.params["pool"])
        remove_from_pool(own(item, "view_application", by).candidate, pool=pool, by=by)
    return done


def mark(job: Job, item: JobItem, *, by: Actor) -> Done:
    application, marked = own(item, "tag", by), tag_of(job)
    check_tag(application, marked, wanted=True)
    tag(application.candidate, tag=marked, by=by)
    return Done(f"Tagged {marked}.")


def unmark(job: Job, item: JobItem, *, by: Actor) -> Done:
    application, marked = own(item, "untag", by), tag_of(job)
    check_tag(application, marked, wanted=False)
    untag(application.candidate, tag=marked, by=by)
    return Done(f"{marked} was taken off.")


def tag_of(job: Job) -> Tag:
    return Tag.objects.get(public_id=job.params["tag"])


def led_by(user: User) -> QuerySet[Requisition]:
    return Requisition.objects.worked_on_by(user, TeamRole.RECRUITER, TeamRole.MANAGER)


BULK_KINDS = (
    Kind(KIND, "Reject the others", reject_after_fill, undo_after_fill, names, led_by),
    Kind("bulk_move", "Move applications", move, move_back, names),
    Kind("bulk_reject", "Reject applications", reject, unreject, names),
    Kind("bulk_tag", "Tag candidates", mark, unmark, names),
    Kind("bulk_untag", "Take a tag off candidates", unmark, mark, names),
    Kind("bulk_mail", "Write to candidates", mail, unmail, names),
)

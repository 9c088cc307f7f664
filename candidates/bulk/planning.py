"""Look first: what a bulk action would do with each application, frozen as a draft of a job.

Every verb takes the selected applications' ids; a foreign one is "not found", never revealed.
`start_job` confirms what the preview showed. `by` is whose roles decide, then and per item.
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from ats.errors import DomainError, Invalid
from ats.events.actors import Actor
from ats.jobs.actions import Item, draft_job
from ats.jobs.models import Job
from candidates.actions.application import check_reason
from candidates.actions.letters import WHEN, check_words
from candidates.bulk.deciding import check_held, check_letter, check_move, check_reject
from candidates.bulk.selection import NOT_FOUND, NOT_YOURS, Allowed, check_selection, selected
from candidates.enums import RejectionKind
from candidates.models import Application, CandidateTag, RejectionReason, Tag
from requisitions.models import Stage

Ids = Iterable[UUID]
Check = Callable[[Application], None]
TWICE = "They get this letter already, for another application."


def bulk_move(*, applications: Ids, stage: Stage, by: Actor) -> Job:
    """To a stage of one requisition; what is moved meanwhile by somebody else stays there."""

    def check(application: Application) -> None:
        check_move(application, stage)

    params = {"stage": str(stage.public_id), "stage_name": stage.name}
    return plan("bulk_move", "move_application", applications, check, params, by)


def bulk_reject(
    *,
    applications: Ids,
    reason: RejectionReason,
    note: str = "",
    letter: str = "later",
    by: Actor,
) -> Job:
    """`letter`: now, later (the next working morning where each job is) or never."""
    check_reason(reason, RejectionKind.WE_REJECTED)
    check_when("letter", letter, *WHEN, "never")
    params = {
        "reason": str(reason.public_id),
        "reason_name": reason.name,
        "note": note,
        "letter": letter,
    }
    return plan("bulk_reject", "reject_application", applications, check_reject, params, by)


def bulk_tag(*, applications: Ids, tag: Tag, by: Actor) -> Job:
    """Mark the people behind these applications."""
    if tag.retired_at is not None:
        raise Invalid("tag", f"{tag} is retired: choose another tag.")
    return plan_tags("bulk_tag", "tag", applications, tag, by, wanted=True)


def bulk_untag(*, applications: Ids, tag: Tag, by: Actor) -> Job:
    """Take the mark off those who have it."""
    return plan_tags("bulk_untag", "untag", applications, tag, by, wanted=False)


def plan_tags(kind: str, verb: str, ids: Ids, tag: Tag, by: Actor, *, wanted: bool) -> Job:
    ids = check_selection(ids)
    people = Application.objects.filter(public_id__in=ids).values("candidate")
    marked = CandidateTag.objects.filter(tag=tag, candidate__in=people)
    held = set(marked.values_list("candidate", flat=True))

    def check(application: Application) -> None:
        """A person with two applications is marked once."""
        check_held(application.candidate_id in held, tag, wanted=wanted)
        held.symmetric_difference_update({application.candidate_id})

    params = {"tag": str(tag.public_id), "tag_name": tag.name}
    return plan(kind, verb, ids, check, params, by)


def bulk_mail(*, applications: Ids, subject: str, body: str, when: str = "now", by: Actor) -> Job:
    """One's own words, with tokens such as `{{ candidate_name }}`: one letter to each person."""
    check_words(subject, body)
    check_when("when", when, *WHEN)
    written_to: set[int] = set()

    def check(application: Application) -> None:
        check_letter(application)
        if application.candidate_id in written_to:
            raise DomainError(TWICE)
        written_to.add(application.candidate_id)

    params = {"subject": subject, "body": body, "when": when}
    return plan("bulk_mail", "write_letter", applications, check, params, by)


def check_when(field: str, when: str, *possible: str) -> None:
    if when not in possible:
        raise Invalid(field, f"A letter goes {' or '.join(possible)}.")


def plan(kind: str, verb: str, ids: Ids, check: Check, params: dict[str, Any], by: Actor) -> Job:
    assert by.user is not None, "a bulk action is somebody's"
    chosen = check_selection(ids)
    held, allowed = selected(chosen, by.user), Allowed(by.user, verb)

    def item(public_id: UUID) -> Item:
        application = held.get(public_id)
        if application is None:
            return Item(public_id, NOT_FOUND)
        known = {"from_stage": str(application.stage.public_id)}
        return Item(public_id, why_not(application, allowed, check), known)

    return draft_job(kind, items=[item(each) for each in chosen], params=params, by=by)


def why_not(application: Application, allowed: Allowed, check: Check) -> str:
    if not allowed(application):
        return NOT_YOURS
    try:
        check(application)
    except DomainError as refusal:
        return refusal.sentence
    return ""

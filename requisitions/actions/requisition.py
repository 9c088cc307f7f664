"""The verbs of a requisition."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from ats import clock
from ats.approvals.engine import StepSpec, ask, vote, withdraw
from ats.approvals.enums import ApprovalState, Decision
from ats.base import lock
from ats.custom_fields.actions import write_values
from ats.custom_fields.queries import missing
from ats.errors import Blocked, DomainError, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from requisitions.actions.approval import restart_approval
from requisitions.actions.change import note_changes
from requisitions.actions.opening import (
    WAITING,
    add_opening,
    approve_and_open_all,
    check_reason,
    close,
    reopen,
    vacate,
)
from requisitions.actions.posting import hold_all, put_back_all, unpublish_all
from requisitions.actions.role import fields_from, furnish
from requisitions.actions.team import check_recruiter, join_hiring_team
from requisitions.enums import (
    CLOSED,
    REQUISITION,
    FlowKind,
    RequisitionStatus,
    TeamRole,
)
from requisitions.models import (
    PayRange,
    Qualification,
    Requisition,
    RequisitionChange,
    RequisitionTemplate,
)
from requisitions.queries.approvers import holders_of, usual_steps
from requisitions.queries.role import describe

COLUMNS = {
    "title",
    "department",
    "locations",
    "workplace",
    "employment_type",
    "level",
    "is_confidential",
    "summary",
    "highlights",
    "responsibilities",
    "benefits",
    "topics",
    "guidance",
    "faq",
    "advertised_pay",
}
READING = {"listing", "reading"}
PARTS = {"offices", "pay_ranges", "qualifications", "custom"}
# What is approved: a change to it starts the approval again, and so does one more seat.
TERMS = {"title": "title", "level": "level", "advertised_pay": "pay", "pay_ranges": "pay"}
PAY = ("scope", "minimum", "maximum", "currency", "period")


@transaction.atomic
def draft_requisition(
    *, title: str = "", template: RequisitionTemplate | None = None, by: Actor, **fields: Any
) -> Requisition:
    """With a number, one seat, and its creator as the responsible recruiter.

    `pay_ranges` and `qualifications` are rows as mappings; `offices` are rows; `custom` is
    values by key. What is not given is as the template says.
    """
    role = template.content if template else {}
    fields = begin_with(role, fields)
    given = fields.pop("title", "")
    title = title or given
    if not title.strip():
        raise Invalid("title", "A requisition has a title.")
    check_names(fields, COLUMNS | READING | PARTS)
    parts = {name: fields.pop(name) for name in PARTS & set(fields)}
    at = clock.now()
    requisition = Requisition.objects.create(
        number=next_number(at.year), title=title, created_by=by.user, **fields
    )
    write_parts(requisition, parts)
    record("requisition.drafted", requisition, by=by)
    if by.user:
        join_hiring_team(
            requisition, user=by.user, role=TeamRole.RECRUITER, is_responsible=True, by=by
        )
    add_opening(requisition, by=by)
    furnish(requisition, role, by=by)
    return requisition


def begin_with(role: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """What came from a confidential role stays confidential."""
    said = fields_from(role)
    custom = {**said.get("custom", {}), **fields.get("custom", {})}
    secret = said.get("is_confidential", False) or fields.get("is_confidential", False)
    return {**said, **fields, "custom": custom, "is_confidential": secret}


def check_names(fields: Mapping[str, Any], known: set[str]) -> None:
    if unknown := set(fields) - known:
        raise TypeError(f"a requisition has no {sorted(unknown)}")


def next_number(year: int) -> str:
    """`REQ-2026-0001`. The counter's row stays locked to the end of the transaction: no gaps."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO requisitions_requisitioncounter AS counter (year, last) VALUES (%s, 1)"
            " ON CONFLICT (year) DO UPDATE SET last = counter.last + 1 RETURNING last",
            [year],
        )
        (last,) = cursor.fetchone()
    return f"REQ-{year}-{last:04d}"


def write_parts(requisition: Requisition, parts: Mapping[str, Any]) -> None:
    """Replace the lists that are given."""
    if "offices" in parts:
        requisition.offices.set(parts["offices"])
    if "custom" in parts:
        write_values("requisition", requisition, parts["custom"])
    if "pay_ranges" in parts:
        requisition.pay_ranges.all().delete()
        PayRange.objects.bulk_create(
            PayRange(requisition=requisition, **row) for row in parts["pay_ranges"]
        )
    if "qualifications" in parts:
        requisition.qualifications.all().delete()
        Qualification.objects.bulk_create(
            Qualification(requisition=requisition, position=place, **row)
            for place, row in enumerate(parts["qualifications"], start=1)
        )


@transaction.atomic
def edit_requisition(requisition: Requisition, *, by: Actor, **fields: Any) -> Requisition:
    """A change of title, level or pay starts the approval again, asked for or given.

    What becomes confidential is no longer posted.
    """
    check_names(fields, COLUMNS | PARTS)
    requisition = lock(requisition)
    if requisition.status in CLOSED:
        raise DomainError("A closed requisition is not edited: reopen it first.")
    parts = {name: fields.pop(name) for name in PARTS & set(fields)}
    before = describe(requisition, [*fields, *names_of(parts)])
    if fields.get("is_confidential") and not requisition.is_confidential:
        unpublish_all(requisition, by=by)
    for name in fields:
        setattr(requisition, name, fields[name])
    write_parts(requisition, parts)
    changes = note_changes(requisition, before, by=by)
    changed = [change.field for change in changes]
    requisition.save(update_fields=[*fields])
    if changes:
        record("requisition.edited", requisition, by=by, fields=nouns(changed), changes=changes)
    terms = changed_terms(changes)
    if terms and requisition.status != RequisitionStatus.DRAFT:
        restart_approval(requisition, because=terms, by=by)
    return requisition


def changed_terms(changes: Sequence[RequisitionChange]) -> list[str]:
    """Which of the things that are approved are not what they were, in words."""
    known = [change for change in changes if change.field in TERMS]
    return sorted({TERMS[each.field] for each in known if money(each.old) != money(each.new)})


def money(value: Any) -> Any:
    """Pay ranges whatever their order and their notes; anything else as it is."""
    if not isinstance(value, list):
        return value
    return sorted([pay[name] for name in PAY] for pay in value)


def names_of(parts: Mapping[str, Any]) -> list[str]:
    """As the history calls them: each custom field is a field of its own."""
    custom = [f"custom.{key}" for key in parts.get("custom", ())]
    return [*custom, *(name for name in parts if name != "custom")]


def nouns(changed: Sequence[str]) -> list[str]:
    """What the event says: the keys of custom fields may be for recruiters only."""
    return sorted({name.partition(".")[0] for name in changed})


@transaction.atomic
def submit_requisition(
    requisition: Requisition, *, steps: Sequence[StepSpec] = (), by: Actor
) -> Requisition:
    """Ask these people and roles for approval, step after step.

    Without `steps` whoever was asked the last time, or else the department's approval flow.
    """
    requisition = lock(requisition)
    requisition.status = REQUISITION.next(requisition.status, "submit")
    if not requisition.openings.filter(status__in=WAITING).exists():
        raise Blocked(["There is no opening to approve: add one."])
    if blanks := missing("requisition", requisition):
        raise Blocked(blanks)
    check_recruiter(requisition)
    before = requisition.approval
    requisition.approval = ask(
        steps or usual_steps(requisition, FlowKind.REQUISITION, before),
        after=before,
        holders=holders_of(requisition, by.user),
        by=by,
    )
    requisition.save(update_fields=["status", "approval"])
    record("requisition.submitted", requisition, by=by, approval=requisition.approval)
    return requisition


@transaction.atomic
def approve_requisition(
    requisition: Requisition, *, comment: str = "", asked: UUID | None = None, by: Actor
) -> Requisition:
    """One person's yes. The last one opens the requisition and its openings.

    `asked` is the round that they read: a newer one takes no answer to an older.
    """
    requisition = lock(requisition)
    after = REQUISITION.next(requisition.status, "approve")
    assert requisition.approval is not None
    requisition.approval = vote(
        requisition.approval, by=by, decision=Decision.APPROVE, comment=comment, asked=asked
    )
    if requisition.approval.state != ApprovalState.APPROVED:
        return requisition
    requisition.status = after
    requisition.opened_at = requisition.opened_at or clock.now()
    requisition.save(update_fields=["status", "opened_at"])
    record("requisition.approved", requisition, by=by)
    approve_and_open_all(requisition, by=by)
    return requisition


@transaction.atomic
def return_requisition(
    requisition: Requisition, *, comment: str, asked: UUID | None = None, by: Actor
) -> Requisition:
    """Back to draft, with what has to change. Whoever read of it in public cannot apply now."""
    requisition = lock(requisition)
    requisition.status = REQUISITION.next(requisition.status, "return")
    assert requisition.approval is not None
    requisition.approval = vote(
        requisition.approval, by=by, decision=Decision.RETURN, comment=comment, asked=asked
    )
    requisition.save(update_fields=["status"])
    record("requisition.returned", requisition, by=by)
    unpublish_all(requisition, by=by)
    return requisition


@transaction.atomic
def hold_requisition(requisition: Requisition, *, by: Actor) -> Requisition:
    """Pause: the postings come down; applications and their people stay where they are."""
    requisition = _change(requisition, "hold", "requisition.held", by)
    hold_all(requisition, by=by)
    return requisition


@transaction.atomic
def resume_requisition(requisition: Requisition, *, by: Actor) -> Requisition:
    """Open again, and so are the postings that the hold took down."""
    requisition = _change(requisition, "resume", "requisition.resumed", by)
    put_back_all(requisition, by=by)
    return requisition


def _change(requisition: Requisition, verb: str, event: str, by: Actor) -> Requisition:
    requisition = lock(requisition)
    requisition.status = REQUISITION.next(requisition.status, verb)
    requisition.save(update_fields=["status"])
    record(event, requisition, by=by)
    return requisition


@transaction.atomic
def cancel_requisition(requisition: Requisition, *, reason: str, by: Actor) -> Requisition:
    """Close without a hire: seats close, postings come down, nobody has to approve any more."""
    requisition = lock(requisition)
    check_reason(reason)
    was, requisition.status = requisition.status, REQUISITION.next(requisition.status, "cancel")
    if was == RequisitionStatus.PENDING_APPROVAL and requisition.approval:
        requisition.approval = withdraw(requisition.approval, by=by)
    requisition.closed_at, requisition.close_reason = clock.now(), reason
    requisition.save(update_fields=["status", "closed_at", "close_reason"])
    record("requisition.cancelled", requisition, by=by)
    unpublish_all(requisition, by=by)
    for opening in requisition.openings.filter(status__in=WAITING).select_for_update():
        was_approved = opening.approved_at is not None
        close(opening, requisition, reason=reason, with_requisition=was_approved, by=by)
    return requisition


@transaction.atomic
def reopen_requisition(requisition: Requisition, *, by: Actor) -> Requisition:
    """Take a cancellation back: the seats that it closed are open again.

    A filled requisition opens with one of its seats: a hire is undone, or one that was given up
    is taken back. One that never was approved does not open by this door.
    """
    requisition = lock(requisition)
    REQUISITION.next(requisition.status, "reopen")
    if not requisition.approval or requisition.approval.state != ApprovalState.APPROVED:
        raise Blocked(
            ["As it stands this was never approved: draft a new requisition and ask for approval."]
        )
    closed = list(requisition.openings.filter(closed_with_requisition=True).select_for_update())
    if not closed:
        raise Blocked(
            ["Every seat is filled or was given up: undo a hire, or reopen one of the seats."]
        )
    reopen(requisition, by=by)
    for opening in closed:
        vacate(opening, requisition, by=by)
    return requisition

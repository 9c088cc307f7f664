"""What stands in the way of publishing, and what is published."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings

from ats.accounts.models import User
from requisitions.enums import OpeningStatus, RequisitionStatus, StageKind
from requisitions.models import JobPosting, PayRange, Requisition
from requisitions.queries.pay_gate import is_pay_shown, pay_advice, pay_blockers, said_in
from requisitions.queries.places import locations_of
from requisitions.queries.schema_org import shortfalls
from requisitions.queries.stages import open_stage

# What a posting may say in its own words, in place of the requisition's.
WORDS = (
    "summary",
    "highlights",
    "responsibilities",
    "required",
    "preferred",
    "benefits",
    "guidance",
    "faq",
)


def publish_blockers(posting: JobPosting) -> list[str]:
    """What has to be done first, in sentences; empty when the posting can go out."""
    said = said_in(words_of(posting.requisition) | posting.words)
    return [*_missing(posting.requisition), *pay_blockers(posting, said)]


def _missing(requisition: Requisition) -> Iterator[str]:
    if requisition.status != RequisitionStatus.OPEN:
        said = requisition.get_status_display().lower()
        yield f"The requisition is {said}: only an open one can be published."
    if not requisition.openings.filter(status=OpeningStatus.OPEN).exists():
        yield "No opening is open: there would be no seat to hire into."
    if open_stage(requisition, StageKind.APPLIED) is None:
        yield "There is no pipeline: attach one, so that applications have a stage to arrive in."
    yield from _unclear_pay(requisition.pay_ranges.all())


def _unclear_pay(ranges: Iterable[PayRange]) -> Iterator[str]:
    """Wherever the work is done: a closed range (the table's own rule), currency and period."""
    for pay in ranges:
        lacks = [name for name in ("currency", "period") if not getattr(pay, name)]
        if lacks:
            where = f" for {pay.scope}" if pay.scope else ""
            yield f"The pay range {str(pay).strip()}{where} has no {' and no '.join(lacks)}."


def publish_warnings(posting: JobPosting) -> list[str]:
    """What somebody should look at before it goes out; none of it stands in the way."""
    return list(_doubts(posting))


def _doubts(posting: JobPosting) -> Iterator[str]:
    if posting.requisition.is_confidential:
        yield "The requisition is confidential: everything in this preview can be read by others."
    yield from pay_advice(posting, said_in(words_of(posting.requisition) | posting.words))
    if not posting.is_internal:
        yield from shortfalls(content_of(posting))
    theirs = words_of(posting.requisition)
    borrowed = [name for name in WORDS if theirs[name] and name not in posting.words]
    if borrowed and posting.words:
        yield f"Still in the requisition's words, whatever the language: {', '.join(borrowed)}."


def content_of(posting: JobPosting) -> dict[str, Any]:
    """What the public reads, as plain JSON: kept with every published version."""
    requisition = posting.requisition
    words = words_of(requisition) | posting.words
    return {
        "title": posting.title,
        "language": posting.language,
        "company": settings.COMPANY_NAME,
        "department": department_of(requisition),
        "board": board_of(requisition),
        "locations": locations_of(requisition),
        "workplace": requisition.workplace,
        "employment_type": requisition.employment_type,
        "summary": words["summary"],
        "highlights": words["highlights"],
        "responsibilities": words["responsibilities"],
        "qualifications": {"required": words["required"], "preferred": words["preferred"]},
        "benefits": words["benefits"],
        "topics": requisition.topics,
        "guidance": words["guidance"],
        "faq": words["faq"],
        "competencies": [
            row.competency.name for row in requisition.competencies.select_related("competency")
        ],
        "pay_ranges": [pay_of(pay) for pay in requisition.pay_ranges.order_by("pk")],
        "questions": [
            {
                "id": str(question.public_id),
                "kind": question.kind,
                "label": question.label,
                "is_required": question.is_required,
                "options": question.options,
            }
            for question in requisition.questions.asked()
        ],
    }


def preview_of(posting: JobPosting, user: User) -> dict[str, Any]:
    """`content` that publishing now would show, `changes` since the last version, `blockers` and
    `warnings`. What it pays, and sentences that may tell it, are None for whom the rules do not
    show it to."""
    found: dict[str, Any] = {"content": content_of(posting), "changes": changes(posting)}
    if not is_pay_shown(posting.requisition, user):
        found["content"]["pay_ranges"] = None
        return found | {"blockers": None, "warnings": None}
    said = {"blockers": publish_blockers(posting), "warnings": publish_warnings(posting)}
    return found | said


def board_of(requisition: Requisition) -> dict[str, Any]:
    """{department, offices}: where the job board lists it, by their numbers there."""
    offices = requisition.offices.order_by("name").values_list("board_number", flat=True)
    department = None if requisition.is_confidential else requisition.department
    return {
        "department": department.board_number if department else None,
        "offices": list(offices),
    }


def words_of(requisition: Requisition) -> dict[str, Any]:
    """The requisition's text by the names of `WORDS`."""
    qualifications = list(requisition.qualifications.all())
    return {
        "summary": requisition.summary,
        "highlights": requisition.highlights,
        "responsibilities": requisition.responsibilities,
        "required": [each.text for each in qualifications if each.is_required],
        "preferred": [each.text for each in qualifications if not each.is_required],
        "benefits": requisition.benefits,
        "guidance": requisition.guidance,
        "faq": requisition.faq,
    }


def department_of(requisition: Requisition) -> str:
    """Not of a confidential one: where somebody is to be replaced is what nobody should guess."""
    if requisition.is_confidential or requisition.department is None:
        return ""
    return str(requisition.department.name)


def changes(posting: JobPosting) -> list[str]:
    """What a new version would say differently from the last one, by the names of the content."""
    last = posting.versions.filter(number=posting.version).first()
    if last is None:
        return []
    now = content_of(posting)
    return sorted(name for name in now if now[name] != last.content.get(name))


def pay_of(pay: PayRange) -> dict[str, str]:
    return {
        "scope": pay.scope,
        "minimum": f"{pay.minimum:f}",
        "maximum": f"{pay.maximum:f}",
        "currency": pay.currency,
        "period": pay.period,
        "note": pay.note,
    }

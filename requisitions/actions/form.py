"""The questions of the application form. What was answered once keeps the words it was asked in."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from ats import clock
from ats.base import lock
from ats.errors import Blocked, Invalid
from ats.events.actors import Actor
from ats.events.log import record
from requisitions.enums import CHOICES, CLOSED, YES_OR_NO, QuestionKind
from requisitions.models import Question, Requisition
from requisitions.pay_history import asks_for_pay_history

MOST = 100


@transaction.atomic
def add_question(
    requisition: Requisition,
    *,
    kind: str,
    label: str,
    description: str = "",
    is_required: bool = False,
    options: Sequence[str] = (),
    knock_out: Sequence[str] = (),
    by: Actor,
) -> Question:
    """At the end of the form. Raises `Invalid` where it asks for pay history.

    Whoever gives an answer in `knock_out` is marked for a person to look at, never rejected by it.
    """
    requisition = changeable(requisition)
    if requisition.questions.asked().count() >= MOST:
        raise Invalid("label", f"A form asks at most {MOST} questions. Retire one first.")
    question = Question(
        requisition=requisition,
        kind=kind,
        label=label,
        description=description,
        is_required=is_required,
        options=list(options),
        knock_out=list(knock_out),
        position=last_position(requisition) + 1,
    )
    check_question(question)
    question.save(force_insert=True)
    record("question.added", requisition, question, by=by, question=question)
    return question


@transaction.atomic
def edit_question(question: Question, *, by: Actor, **fields: Any) -> Question:
    """`label`, `description`, `is_required`, `options`, `knock_out`; not its kind."""
    requisition = changeable(question.requisition)
    question = in_use(question)
    changed = sorted(name for name, value in fields.items() if getattr(question, name) != value)
    for name, value in fields.items():
        setattr(question, name, value)
    check_question(question)
    question.save(update_fields=[*fields])
    if changed:
        record("question.edited", requisition, question, by=by, question=question, fields=changed)
    return question


@transaction.atomic
def move_question(question: Question, *, after: Question | None = None, by: Actor) -> Question:
    """Behind `after`; without it to the beginning."""
    requisition = changeable(question.requisition)
    question = in_use(question)
    rest = [each for each in requisition.questions.asked() if each != question]
    if after is not None and after not in rest:
        raise Invalid("after", "This question is not another one of the same form.")
    rest.insert(rest.index(after) + 1 if after else 0, question)
    for place, each in enumerate(rest, start=1):
        each.position = place
    Question.objects.bulk_update(rest, ["position"])
    record("question.moved", requisition, question, by=by, question=question)
    return question


@transaction.atomic
def retire_question(question: Question, *, by: Actor) -> Question:
    """It is asked no more; the answers that came in keep it as it was asked."""
    requisition = changeable(question.requisition)
    question = lock(question)
    if question.retired_at is None:
        question.retired_at = clock.now()
        question.save(update_fields=["retired_at"])
        record("question.retired", requisition, question, by=by, question=question)
    return question


def changeable(requisition: Requisition) -> Requisition:
    requisition = lock(requisition)
    if requisition.status in CLOSED:
        raise Blocked(["The requisition is closed: reopen it first."])
    return requisition


def in_use(question: Question) -> Question:
    question = lock(question)
    if question.retired_at is not None:
        raise Blocked(["This question was retired: add it again to ask it."])
    return question


def last_position(requisition: Requisition) -> int:
    return requisition.questions.aggregate(last=Max("position"))["last"] or 0


def check_question(question: Question) -> None:
    """Raises `Invalid`."""
    if not question.label.strip():
        raise Invalid("label", "Write what is asked.")
    check_options(question)
    check_knock_out(question)
    texts = {"label": question.label, "description": question.description}
    texts |= {f"options/{place}": text for place, text in enumerate(question.options)}
    for field, text in texts.items():
        if words := asks_for_pay_history(text):
            raise Invalid(
                field,
                f"“{words}” asks what somebody earns or earned, which may not decide about a job"
                " and is forbidden in many places. Ask what they expect to earn.",
            )


def check_options(question: Question) -> None:
    options = question.options
    if question.kind not in CHOICES and options:
        said = QuestionKind(question.kind).label
        raise Invalid("options", f"A question of the kind “{said}” has no answers to choose from.")
    if question.kind in CHOICES and len(options) < 2:
        raise Invalid("options", "Give at least two answers to choose from.")
    if len({option.strip().casefold() for option in options}) < len(options):
        raise Invalid("options", "Two of the answers are the same.")


def check_knock_out(question: Question) -> None:
    is_yes_no = question.kind == QuestionKind.YES_NO
    answers = YES_OR_NO if is_yes_no else tuple(question.options)
    for marked in question.knock_out:
        if marked not in answers:
            possible = ", ".join(answers) or "none: such a question is answered in free words"
            raise Invalid(
                "knock_out", f"“{marked}” is not one of the answers to choose from ({possible})."
            )

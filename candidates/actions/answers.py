"""What the application form asked, and whether it was answered."""

import math
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from ats.errors import Invalid
from candidates.actions.files import FileIn, check_file
from requisitions.enums import QuestionKind
from requisitions.models import Question, Requisition

LONGEST = {QuestionKind.SHORT_TEXT: 500, QuestionKind.LONG_TEXT: 10_000, QuestionKind.URL: 2000}
EMPTY: tuple[Any, ...] = (None, "", [])


def check_answers(requisition: Requisition, given: dict[str, Any]) -> list[dict[str, Any]]:
    """The answers in the form's order as `{question, label, value}`, with the words as asked.

    The value of a file is its name, beside its `sha256`.

    Whoever began before a question was retired may still have answered it: nothing is lost.
    Raises `Invalid("answers", ...)` that names the question.
    """
    if not isinstance(given, dict):
        raise Invalid("answers", "Answers are given by the question's id.")
    questions = list(requisition.questions.all())
    if set(given) - {str(question.public_id) for question in questions}:
        raise Invalid("answers", "One of the answers belongs to no question of this form.")
    return [
        {"question": str(question.public_id), "label": question.label, **kept(value)}
        for question in questions
        if (value := check(question, given.get(str(question.public_id)))) not in EMPTY
    ]


def check(question: Question, value: Any) -> Any:
    if value in EMPTY:
        if question.is_required and question.retired_at is None:
            raise Invalid("answers", f"“{question.label}” still needs an answer.")
        return None
    wish = CHECKS[QuestionKind(question.kind)](question, value)
    if wish:
        raise Invalid("answers", f"“{question.label}”: {wish}")
    return value


def kept(value: Any) -> dict[str, Any]:
    if not isinstance(value, FileIn):
        return {"value": value}
    said = check_file("answers", value) or {}
    return {"value": said["name"], "sha256": said["sha256"]}


def file(question: Question, value: Any) -> str:
    if not isinstance(value, FileIn):
        return "choose a file."
    try:
        check_file("answers", value)
    except Invalid as problem:
        return problem.sentence
    return ""


def text(question: Question, value: Any) -> str:
    most = LONGEST[QuestionKind(question.kind)]
    if not isinstance(value, str) or "\x00" in value or not storable(value):
        return "write some text."
    return f"write at most {most} characters." if len(value) > most else ""


def storable(value: str) -> bool:
    return not any(0xD800 <= ord(sign) <= 0xDFFF for sign in value)


def url(question: Question, value: Any) -> str:
    if wish := text(question, value):
        return wish
    try:
        parts = urlsplit(value)
    except ValueError:
        return "this is no web address."
    is_web = parts.scheme in ("http", "https") and bool(parts.netloc)
    return "" if is_web else "a web address begins with https://."


def yes_no(question: Question, value: Any) -> str:
    return "" if value in (True, False, "yes", "no") else "answer yes or no."


def single(question: Question, value: Any) -> str:
    return "" if value in question.options else "choose one of the answers on offer."


def multiple(question: Question, value: Any) -> str:
    is_list = isinstance(value, list) and all(item in question.options for item in value)
    return "" if is_list else "choose among the answers on offer."


def number(question: Question, value: Any) -> str:
    try:
        return "" if math.isfinite(float(value)) and len(str(value)) < 40 else "give a number."
    except (TypeError, ValueError, OverflowError):
        return "give a number."


def day(question: Question, value: Any) -> str:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return "give a date as 2026-12-31."
    return ""


CHECKS: dict[QuestionKind, Callable[[Question, Any], str]] = {
    QuestionKind.SHORT_TEXT: text,
    QuestionKind.LONG_TEXT: text,
    QuestionKind.URL: url,
    QuestionKind.YES_NO: yes_no,
    QuestionKind.SINGLE: single,
    QuestionKind.MULTIPLE: multiple,
    QuestionKind.NUMBER: number,
    QuestionKind.DATE: day,
    QuestionKind.FILE: file,
}

"""Answers that the form marks for a person to look at. They reject nobody by themselves."""

from collections.abc import Iterator
from typing import Any

from candidates.models import Application


def marked_answers(application: Application) -> Iterator[str]:
    """`“May you work here?”: no`, for each answer that its question marks."""
    marked = application.requisition.questions.exclude(knock_out=[])
    by_id = {str(question.public_id): question for question in marked}
    for answer in application.submitted.get("answers", ()):
        question = by_id.get(answer["question"])
        said = sorted(set(words_of(answer["value"])) & set(question.knock_out if question else ()))
        if said:
            yield f"“{answer['label']}”: {', '.join(said)}"


def words_of(value: Any) -> list[str]:
    """As they are chosen: a yes may have been sent as true."""
    many = value if isinstance(value, list) else [value]
    return [{True: "yes", False: "no"}[each] if each in (True, False) else each for each in many]

"""The application form in the words of the job board API, and its answers back again."""

from typing import Any
from zlib import crc32

from requisitions.enums import QuestionKind
from requisitions.models import Question

Row = dict[str, Any]
TYPES = {
    QuestionKind.LONG_TEXT: "textarea",
    QuestionKind.YES_NO: "multi_value_single_select",
    QuestionKind.SINGLE: "multi_value_single_select",
    QuestionKind.MULTIPLE: "multi_value_multi_select",
    QuestionKind.FILE: "input_file",
}
YES_NO = {0: "no", 1: "yes"}


def form(questions: list[Question]) -> Row:
    """What `questions=true` adds. We ask for no place, and nothing about equal opportunity."""
    return {
        "questions": [*standard(), *(custom(question) for question in questions)],
        "location_questions": [],
        "compliance": None,
        "demographic_questions": None,
    }


def standard() -> list[Row]:
    """People with a single name leave the last name empty."""
    return [
        asked("First Name", True, field("first_name")),
        asked("Last Name", False, field("last_name")),
        asked("Email", True, field("email")),
        asked("Phone", False, field("phone")),
        asked("Resume/CV", False, *file_fields("resume")),
        asked("Cover Letter", False, *file_fields("cover_letter")),
    ]


def asked(label: str, is_required: bool, *fields: Row, description: str | None = None) -> Row:
    return {
        "required": is_required,
        "label": label,
        "description": description,
        "fields": list(fields),
    }


def field(name: str, type_: str = "input_text", values: list[Row] | None = None) -> Row:
    return {"name": name, "type": type_, "values": values or []}


def file_fields(name: str) -> tuple[Row, Row]:
    return field(name, "input_file"), field(f"{name}_text", "textarea")


def custom(question: Question) -> Row:
    shape = field(name_of(question), TYPES.get(QuestionKind(question.kind), "input_text"), [])
    shape["values"] = [
        {"value": value, "label": label} for value, label in values_of(question).items()
    ]
    return asked(
        question.label, question.is_required, shape, description=question.description or None
    )


def name_of(question: Question) -> str:
    """`question_4000017`, and `question_4000017[]` where several answers may be given."""
    many = "[]" if question.kind == QuestionKind.MULTIPLE else ""
    return f"question_{question.board_number}{many}"


def values_of(question: Question) -> dict[int, str]:
    if question.kind == QuestionKind.YES_NO:
        return {value: label.capitalize() for value, label in YES_NO.items()}
    return {number_of_option(option): option for option in question.options}


def number_of_option(option: str) -> int:
    """From its words alone: an answer never means another option because the list was changed."""
    return crc32(option.encode())

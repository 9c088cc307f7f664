"""What the job board API is sent, as the arguments of `submit_application`."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from ats.errors import Invalid
from candidates.actions.files import FileIn
from candidates.queries.origins import BOARD_API
from requisitions.api.boards.questions import YES_NO, values_of
from requisitions.enums import QuestionKind
from requisitions.models import Question
from requisitions.queries.job_board import education

Said = Mapping[str, Any]
LONGEST = 255
FILE_PARTS = ("", "_content", "_content_filename", "_text")
LINK = ("://", "www.")
NO = ("false", "0", "no", "")
MOST = 50
CONSENT = ("gdpr_consent_given", "gdpr_processing_consent_given")
SCHOOL = {"school_name_id": "schools", "degree_id": "degrees", "discipline_id": "disciplines"}
PLACE = ("location", "latitude", "longitude")


def application_in(said: Said, questions: list[Question]) -> dict[str, Any]:
    """Raises `Invalid` per field. What nobody asked for (gender, race and the like) is not kept."""
    first, last = line(said, "first_name"), line(said, "last_name", is_required=False)
    return {
        "name": f"{first} {last}".strip(),
        "email": line(said, "email"),
        "phone": line(said, "phone", is_required=False),
        "resume": file_in(said, "resume"),
        "cover_letter": file_in(said, "cover_letter"),
        "answers": answers_in(said, questions),
        "details": dict(details_in(said)),
        "consent": consents(said.get("data_compliance")),
        "via": line(said, "mapped_url_token", is_required=False),
        "source": BOARD_API,
    }


def line(said: Said, field: str, *, is_required: bool = True) -> str:
    value = said.get(field)
    text = str(value).strip() if isinstance(value, str | int) else ""
    if value not in (None, "") and not isinstance(value, str | int):
        raise Invalid(field, "Send text.")
    if is_required and not text:
        raise Invalid(field, "This is required.")
    if len(text) > LONGEST:
        raise Invalid(field, f"Send at most {LONGEST} characters.")
    if field != "email" and any(part in text.lower() for part in LINK):
        raise Invalid(field, "Send no web address here.")
    return text


def consents(said: Any) -> bool:
    """Whoever holds the key asks the applicant; a "no" that is passed on is a no."""
    if not isinstance(said, Mapping):
        return True
    return not any(str(said[name]).lower() in NO for name in CONSENT if name in said)


def file_in(said: Said, field: str) -> FileIn | None:
    """As an upload, as base64 with a name, or as plain text; the first that is given."""
    upload = said.get(field)
    if isinstance(upload, UploadedFile):
        return FileIn(str(upload.name), upload.read())
    if content := said.get(f"{field}_content"):
        name = said.get(f"{field}_content_filename")
        return FileIn(name if isinstance(name, str) else field, decoded(field, content))
    text = said.get(f"{field}_text")
    if text and not isinstance(text, str):
        raise Invalid(f"{field}_text", "Send text.")
    return FileIn(f"{field}.txt", text.encode()) if text else None


def decoded(field: str, content: Any) -> bytes:
    try:
        return base64.b64decode("".join(content.split()), validate=True)
    except (AttributeError, ValueError, binascii.Error):
        raise Invalid(f"{field}_content", "Send the file in base64.") from None


def answers_in(said: Said, questions: list[Question]) -> dict[str, Any]:
    """By the question's public id, in the words of our own form."""
    known = {f"question_{question.board_number}": question for question in questions}
    files = {name: each for name, each in known.items() if each.kind == QuestionKind.FILE}
    found: dict[str, Any] = {
        str(each.public_id): file_in(said, name) for name, each in files.items()
    }
    parts = {f"{name}{part}" for name in files for part in FILE_PARTS}
    for field, value in said.items():
        if not field.startswith("question_") or field in parts:
            continue
        question = known.get(field.removesuffix("[]"))
        if question is None:
            raise Invalid(field, "This form has no such question: read it again.")
        found[str(question.public_id)] = answer(question, value)
    return found


def answer(question: Question, value: Any) -> Any:
    """Options by their values or their words; the action says whether they are on offer."""
    labels = {str(number): label for number, label in values_of(question).items()}
    match question.kind:
        case QuestionKind.MULTIPLE:
            many = value if isinstance(value, list) else [value]
            return [labels.get(str(each), each) for each in many if each not in (None, "")]
        case QuestionKind.SINGLE:
            return labels.get(str(value), value)
        case QuestionKind.YES_NO:
            words = {str(number): word for number, word in YES_NO.items()}
            text = str(value).lower() if value is not None else ""
            return {**words, "true": "yes", "false": "no"}.get(text, text)
        case QuestionKind.NUMBER:
            return value
    return str(value) if isinstance(value, int | float) else value


def details_in(said: Said) -> Iterator[tuple[str, Any]]:
    """What our own form does not ask. A link to a file is kept; nothing is fetched from it."""
    yield "sent_through", "Job Board API"
    for field in (*PLACE, "mapped_url_token", "resume_url", "cover_letter_url"):
        if said.get(field) not in (None, ""):
            yield field, str(said[field])[:2000]
    for field, read in (("educations", school), ("employments", employment)):
        rows = said.get(field) or []
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            raise Invalid(field, "Send a list of objects.")
        if len(rows) > MOST:
            raise Invalid(field, f"Send at most {MOST}.")
        if found := [read(f"{field}/{place}", row) for place, row in enumerate(rows)]:
            yield field, found


def school(field: str, row: Said) -> dict[str, str]:
    found = {
        name.removesuffix("_id"): choice(f"{field}/{name}", row[name], education()[kind])
        for name, kind in SCHOOL.items()
        if row.get(name) not in (None, "")
    }
    return found | dates(field, row)


def choice(field: str, value: Any, known: Mapping[int, str]) -> str:
    text = known.get(int(value)) if str(value).isdecimal() and len(str(value)) < 10 else None
    if text is None:
        raise Invalid(field, "This id is not in the board's list.")
    return text


def employment(field: str, row: Said) -> dict[str, str]:
    found = {}
    for name in ("company_name", "title"):
        found[name] = line(row, name, is_required=False)
        if not found[name]:
            raise Invalid(f"{field}/{name}", "This is required.")
    return found | dates(field, row)


def dates(field: str, row: Said) -> dict[str, str]:
    """`8/2012`; the end may not lie before the start."""
    found = {
        name: month(f"{field}/{name}", row[name])
        for name in ("start_date", "end_date")
        if row.get(name)
    }
    if len(found) == 2 and found["end_date"] < found["start_date"]:
        raise Invalid(f"{field}/end_date", "The end lies before the start.")
    return {name: f"{at[1]}/{at[0]}" for name, at in found.items()}


def month(field: str, said: Any) -> tuple[int, int]:
    """(2012, 8)."""
    try:
        year, month_ = int(said["year"]), int(said.get("month") or 1)
    except (TypeError, ValueError, KeyError, AttributeError):
        raise Invalid(field, "Send a month and a year as numbers.") from None
    if not (1900 <= year <= 2200 and 1 <= month_ <= 12):
        raise Invalid(field, "Send a month and a year as numbers.")
    return year, month_

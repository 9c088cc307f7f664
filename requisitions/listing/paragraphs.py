"""A section of sentences, of questions with answers, or of what no field has."""

import re
from collections.abc import Sequence
from dataclasses import replace

from requisitions.listing import dates, fields, header, headings, items
from requisitions.listing.blocks import Section, is_prose
from requisitions.listing.draft import Draft
from requisitions.listing.lines import Line
from requisitions.listing.lists import credit_heading
from requisitions.listing.model import FaqItem

_QUESTION = re.compile(r"(?i)^(?:q(?:uestion)?\s?\d*\s?[:.)]\s*)")
_BOTH = re.compile(r"([^?]{8,200}\?) (\S[^?]*)")
_ANSWER = re.compile(r"(?i)^(?:a(?:nswer)?\s?\d*\s?[:.)]\s*)")
_ABOUT_THE_JOB = re.compile(
    r"(?i)\b(?:job|role|position|opportunity|poste|puesto|vaga|stelle|functie|tjänsten"
    r"|stillingen)\b"
)


def read_questions(draft: Draft, section: Section) -> None:
    credit_heading(draft, section, fields.FAQ)
    question: str | None = None
    answer: list[str] = []

    def finish() -> None:
        if question is not None:
            draft.faq.append(FaqItem(question, "\n".join(answer)))

    for line in [part for whole in section.lines for part in _asked_and_answered(whole)]:
        if line.text.rstrip("”\"' ").endswith(("?", "？")) or _QUESTION.match(line.text):
            finish()
            question, answer = _QUESTION.sub("", line.text), []
        elif question is None or line.furniture:
            draft.leave(line)
            continue
        elif line.mark != "subheading":
            answer.append(_ANSWER.sub("", line.text))
        draft.credit(fields.FAQ, line, 0.95)
    finish()


def _asked_and_answered(line: Line) -> list[Line]:
    """ "Do you sponsor visas? No." is a question and its answer."""
    found = None if line.furniture else _BOTH.fullmatch(line.text[:2000])
    return (
        [replace(line, text=found[1]), replace(line, text=found[2], mark="")] if found else [line]
    )


def read_paragraphs(draft: Draft, section: Section) -> None:
    field = section.subject or fields.SUMMARY
    if section.heading is not None:
        draft.credit(field, section.heading, section.confidence)
    ended = False
    duties = _lists_duties(section) if field == fields.SUMMARY else ""
    for line in section.lines:
        ended = ended or (line.gap and line is not section.lines[0] and _is_one_answer(section))
        if line.furniture:
            draft.leave(line)
        elif ended:
            header.read_lines(draft, [line])
        elif line.text == draft.company:
            draft.credit(fields.COMPANY, line, 0.8)
        elif duties and line.text.endswith(":"):
            draft.credit(fields.RESPONSIBILITIES, line, 0.6)
        elif duties and (line.item or duties == "lines"):
            draft.add_text(fields.RESPONSIBILITIES, line.text, line, 0.6)
        elif _is_labelled(line) and header.read_line(draft, line):
            continue
        elif _states_another_thing(line):
            draft.leave(line)
        else:
            draft.add_text(field, line.text, line, min(section.confidence, 0.9))


def _is_one_answer(section: Section) -> bool:
    """ "Interviews: 3 May": what comes after the next blank line is something else."""
    heading = section.heading.text if section.heading else ""
    return section.subject == fields.APPLY and headings.label(heading) is not None


def _lists_duties(section: Section) -> str:
    """ "items" or "lines" where those beneath "Job description" are what the job consists of."""
    heading = section.heading.text if section.heading else ""
    if not _ABOUT_THE_JOB.search(heading):
        return ""
    if sum(line.item for line in section.lines) > 1:
        return "items"
    texts = [line.text for line in section.lines if not line.furniture]
    plain = len(texts) > 2 and not any(map(is_prose, texts))
    return "lines" if plain and items.subject(texts) == fields.RESPONSIBILITIES else ""


def _states_another_thing(line: Line) -> bool:
    """ "Grade: 7" within paragraphs: a short value under a label that no field has."""
    short = not line.item and line.text.count(" ") < 12 and not line.text.endswith((".", "!"))
    return short and headings.unknown_label(line.text)


def read_others(draft: Draft, section: Section) -> None:
    """Under a heading that no field has: what states a fact is read, the rest stays unplaced."""
    if section.heading is not None and not header.read_heading(draft, section.heading):
        draft.leave(section.heading)
    read_or_leave(draft, section.lines)


def read_or_leave(draft: Draft, lines: Sequence[Line]) -> None:
    for line in lines:
        if line.furniture or not (_is_labelled(line) and header.read_line(draft, line)):
            draft.leave(line)


def _is_labelled(line: Line) -> bool:
    found = headings.label(line.text)
    scalar = found is not None and found[0] in fields.SCALARS
    return scalar or dates.is_closed(line.text) or header.flat_label(line.text) is not None

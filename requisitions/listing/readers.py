"""One reader per kind of section: lists, questions and answers, paragraphs, single values."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from requisitions.listing import dates, fields, header, headings, items, pay
from requisitions.listing.asides import is_aside
from requisitions.listing.blocks import Section, is_prose
from requisitions.listing.draft import Draft
from requisitions.listing.lines import Line
from requisitions.listing.model import FaqItem
from requisitions.listing.placeholders import is_blank
from requisitions.listing.qualifications import is_only_preferred, read_qualification

_AND_MORE = re.compile(
    r"(?i)\W*(?:and|plus|und)?\s*(?:(?:so )?much |many |viele?s? )?(?:more|mehr)\W*"
)
_JOINT = re.compile(r"(?i)\W*(?:and|or|und|oder|and/or)\W*")
_QUESTION = re.compile(r"(?i)^(?:q(?:uestion)?\s?\d*\s?[:.)]\s*)")
_ANSWER = re.compile(r"(?i)^(?:a(?:nswer)?\s?\d*\s?[:.)]\s*)")
_REQUIRED_TAG = re.compile(r"(?i)[(\[]\s*(?:required|must[- ]have|essential)\s*[)\]]\W*$")
_ABOUT_THE_JOB = re.compile(
    r"(?i)\b(?:job|role|position|opportunity|poste|puesto|vaga|stelle|functie|tjänsten"
    r"|stillingen)\b"
)
_BEING = re.compile(
    r"(?i)\W*(?:have|has|be|is|are|hold|holds|possess|possesses|demonstrate|bring|show)\b"
)
_OF_A_PERSON = re.compile(r"(?i)\b(?:candidate|applicant|post ?holder|you will)(?: will)?\W*$")
_DURATION = re.compile(r"(?i)\d+\+?(?: ?(?:-|–|to) ?\d+\+?)? ?(?:years?|yrs?|months?)\b")
_LINK = re.compile(r"https?://|www\.")
_TERMINAL = (".", "!", "?", "…")
_SMALL_FIELDS = {fields.COMPETENCIES, fields.TOPICS}


def read_section(draft: Draft, section: Section) -> None:
    subject = section.subject
    if subject in fields.LISTS:
        _list(draft, section, _subject_of_list(section))
    elif subject in fields.SCALARS:
        _scalar(draft, section)
    elif subject == fields.FAQ:
        _faq(draft, section)
    elif subject in (fields.SUMMARY, fields.APPLY):
        _paragraphs(draft, section)
    else:
        _other(draft, section)


def _subject_of_list(section: Section) -> str:
    """ "Key skills" may head tags or whole sentences; sentences are qualifications."""
    subject = section.subject or fields.OTHER
    long = [line for line in section.lines if line.text.count(" ") >= 8 and "," not in line.text]
    being = [line for line in section.lines if _BEING.match(line.text)]
    heading = section.heading.text if section.heading else ""
    if subject == fields.RESPONSIBILITIES and _OF_A_PERSON.search(heading):
        return fields.REQUIRED if len(being) * 2 > len(section.lines) else subject
    if subject == fields.COMPETENCIES and len(long) * 2 > len(section.lines):
        return fields.REQUIRED
    return subject


def _head(draft: Draft, section: Section, field: str) -> None:
    if section.heading is not None:
        draft.credit(field, section.heading, section.confidence)
    for line in section.subheadings:
        draft.credit(field, line, 0.6)


def _list(draft: Draft, section: Section, field: str) -> None:
    _head(draft, section, field)
    lines = [line for line in section.lines if line.mark != "subheading"]
    lines = [_measured(x, section) for x in lines if not _aside(draft, x, section)]
    chosen = _bulleted(lines) if any(line.item for line in lines) else _runs(lines, field)
    confidence = min(section.confidence, 0.95 if any(line.item for line in lines) else 0.85)
    known = {_key(text) for text in _texts(draft, field)}
    before = True
    for line, role in zip(lines, chosen, strict=True):
        if role == "item":
            before = False
            _item(draft, field, line, confidence, known)
        elif role == "more":
            _extend(draft, field, line, confidence)
        elif role == "structure":
            draft.credit(field, line, 0.7)
        elif before and field == fields.RESPONSIBILITIES and not line.furniture:
            draft.add_text("summary", line.text, line, 0.6)
        else:
            draft.leave(line)


def _measured(line: Line, section: Section) -> Line:
    """ "1 year" beneath "Experience" says nothing without its heading."""
    heading = section.heading.text.partition(":")[0].strip() if section.heading else ""
    if _DURATION.match(line.text) and line.text.count(" ") < 4 and "xperience" in heading:
        return replace(line, text=f"{heading}: {line.text}")
    return line


def _aside(draft: Draft, line: Line, section: Section) -> bool:
    """A line within a list that states something else, such as a label with the pay."""
    if line.furniture:
        draft.leave(line)
        return True
    if line.item or line is section.heading:
        return False
    if dates.is_closed(line.text):
        draft.close(line)
        return True
    labelled = section.heading is not None and headings.label(section.heading.text) is not None
    if labelled and line.text != section.lines[0].text and headings.unknown_label(line.text):
        draft.leave(line)
        return True
    found = headings.label(line.text)
    if found is not None and found[0] == fields.CLOSES:
        if not header.read_label(draft, found, line, 0.85):
            draft.leave(line)
        return True
    within = found is not None and found[0] in fields.SCALARS - {fields.TITLE, fields.COMPANY}
    return within and found is not None and header.read_label(draft, found, line, 0.85)


def _bulleted(lines: Sequence[Line]) -> list[str]:
    roles: list[str] = []
    for line in lines:
        if line.item:
            roles.append("item")
        elif _JOINT.fullmatch(line.text) or line.text.endswith(":"):
            roles.append("structure")
        elif roles and roles[-1] in ("item", "more") and not line.gap and _goes_on(line):
            roles.append("more")
        else:
            roles.append("prose")
    return roles


def _goes_on(line: Line) -> bool:
    return line.indent > 0 or line.text[:1].islower()


def _runs(lines: Sequence[Line], field: str) -> list[str]:
    """A list without bullets: a run of lines, or else paragraphs of one line each."""
    runs: list[list[int]] = []
    for at, line in enumerate(lines):
        if not runs or line.gap or lines[at - 1].text.endswith(":"):
            runs.append([])
        runs[-1].append(at)
    lists = [run for run in runs if len(run) >= 3]
    apart = sum(len(run) == 1 and not is_prose(lines[run[0]].text) for run in runs)
    if apart > sum(map(len, lists)):
        lists = []
    roles = ["prose"] * len(lines)
    if not lists:
        return _single_lines(lines, field)
    style = _ends(lines, lists[0])
    for run in lists:
        if _ends(lines, run) == style:
            for at in run:
                roles[at] = "item"
    return [_plain_role(line, role) for line, role in zip(lines, roles, strict=True)]


def _ends(lines: Sequence[Line], run: Sequence[int]) -> bool:
    """Whether most lines of the run end as sentences."""
    ended = sum(lines[at].text.endswith(_TERMINAL) for at in run)
    return ended * 2 > len(run)


def _single_lines(lines: Sequence[Line], field: str) -> list[str]:
    """Paragraphs; in a list of short ones, the first long one ends it."""
    short = [not is_prose(line.text) for line in lines]
    listing = sum(short) >= 3
    roles: list[str] = []
    ended = False
    for line, is_short in zip(lines, short, strict=True):
        kept = field == fields.REQUIRED and roles.count("item") < 4
        ended = ended or (listing and not is_short and "item" in roles and not kept)
        roles.append(_plain_role(line, "prose" if ended else "item"))
    return roles


def _plain_role(line: Line, role: str) -> str:
    if is_aside(line.text):
        return "prose"
    if _JOINT.fullmatch(line.text) or (line.text.endswith(":") and line.text.count(" ") < 20):
        return "structure"
    return "prose" if _LINK.search(line.text) else role


def _item(draft: Draft, field: str, line: Line, confidence: float, known: set[str]) -> None:
    text = line.text
    if is_blank(text):
        draft.credit(field, line, confidence)
        draft.warn(f"A section holds only “{text[:80]}”: nothing was read from it.")
    elif _AND_MORE.fullmatch(text) or _JOINT.fullmatch(text) or _key(text) in known:
        draft.credit(field, line, confidence)
    elif field in _SMALL_FIELDS and not line.item and len(_tags(text)) > 1:
        for tag in _tags(text):
            draft.add_text(field, tag, line, confidence)
    elif field in (fields.REQUIRED, fields.PREFERRED):
        _qualification(draft, field, line, confidence)
    else:
        draft.add_text(field, text, line, confidence)


def _tags(text: str) -> list[str]:
    return [tag.strip(" .") for tag in re.split(r"[,;•·|]", text) if tag.strip(" .")]


def _qualification(draft: Draft, field: str, line: Line, confidence: float) -> None:
    text = line.text
    if field == fields.REQUIRED and is_only_preferred(text):
        field = fields.PREFERRED
    elif field == fields.PREFERRED and _REQUIRED_TAG.search(text[-60:]):
        field = fields.REQUIRED
    chosen = draft.required if field == fields.REQUIRED else draft.preferred
    chosen.append(read_qualification(text))
    draft.credit(field, line, confidence)


def _extend(draft: Draft, field: str, line: Line, confidence: float) -> None:
    """A wrapped line goes on with the item above it."""
    if field in (fields.REQUIRED, fields.PREFERRED):
        chosen = draft.required if field == fields.REQUIRED else draft.preferred
        if chosen and len(chosen[-1].text) < 4000:
            chosen[-1] = read_qualification(f"{chosen[-1].text} {line.text}")
            draft.credit(field, line, confidence)
        else:
            draft.leave(line)
        return
    texts = draft.texts.get(field, [])
    if texts and len(texts[-1]) < 4000:
        texts[-1] = f"{texts[-1]} {line.text}"
        draft.credit(field, line, confidence)
    else:
        draft.leave(line)


def _texts(draft: Draft, field: str) -> list[str]:
    if field == fields.REQUIRED:
        return [item.text for item in draft.required]
    if field == fields.PREFERRED:
        return [item.text for item in draft.preferred]
    return draft.texts.get(field, [])


def _key(text: str) -> str:
    return text.casefold().rstrip(". ")


def _scalar(draft: Draft, section: Section) -> None:
    """A heading such as "Location": its value is the first line or the list beneath."""
    heading, field = section.heading, section.subject or fields.OTHER
    lines = [line for line in section.lines if line.mark != "subheading"]
    values = _leading(lines) if field in (fields.LOCATIONS, fields.PAY) else lines[:1]
    if field == fields.PAY:
        values += [line for line in lines if line not in values and _is_range(line)]
    elif field == fields.LOCATIONS and (address := _address(lines)):
        lines = [address, *lines[len(address.numbers) :]]
        values = lines[:1]
    read = [line for line in values if _value(draft, field, line, heading)]
    _head(draft, section, field)
    done = set(map(id, read))
    remaining = [line for line in lines if id(line) not in done]
    if field == fields.PAY and _adds_benefits(remaining):
        _list(draft, replace(section, subject=fields.BENEFITS, lines=remaining), fields.BENEFITS)
        return
    if draft.texts.get(fields.RESPONSIBILITIES) or draft.required:
        _read_or_leave(draft, remaining)
    else:
        header.read_lines(draft, remaining)


def _adds_benefits(lines: Sequence[Line]) -> bool:
    """Under "Compensation", a list goes on with leave, insurance and the like."""
    listed = [line.text for line in lines if line.item]
    return sum(map(items.gives, listed)) > 1


def _is_range(line: Line) -> bool:
    found = pay.read_pay(line.text, labelled=True) if len(line.text) < 200 else []
    return any(not each.single and each.range.currency for each in found)


def _address(lines: Sequence[Line]) -> Line | None:
    """The lines of a postal address as one: some line has a house number or a postcode."""
    rows: list[Line] = []
    for line in lines[:6]:
        if line.item or (rows and line.gap) or len(line.text) > 50 or ":" in line.text:
            break
        rows.append(line)
    numbered = any(any(letter.isdigit() for letter in row.text) for row in rows)
    if len(rows) < 2 or not numbered or any(len(row.numbers) > 1 for row in rows):
        return None
    text = ", ".join(row.text.rstrip(" ,") for row in rows)
    return replace(rows[0], text=text, numbers=tuple(row.numbers[0] for row in rows))


def _leading(lines: Sequence[Line]) -> list[Line]:
    end = next(
        (at for at, (one, two) in enumerate(pairwise(lines), 1) if one.item and not two.item),
        len(lines),
    )
    listed = [line for line in lines[:end] if line.item]
    return list(lines[:end]) if listed else list(lines[:1])


def _value(draft: Draft, field: str, line: Line, heading: Line | None) -> bool:
    if line.furniture or len(line.text) > 400 or headings.label(line.text):
        return False
    if field != fields.PAY and is_prose(line.text):
        return False
    name = heading.text if heading else ""
    named = Line(line.numbers, f"{name}: {line.text}", line.mark)
    return header.read_label(draft, (field, line.text), named, 0.9)


def _faq(draft: Draft, section: Section) -> None:
    _head(draft, section, fields.FAQ)
    question: str | None = None
    answer: list[str] = []

    def finish() -> None:
        if question is not None:
            draft.faq.append(FaqItem(question, "\n".join(answer)))

    for line in section.lines:
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


def _paragraphs(draft: Draft, section: Section) -> None:
    field = section.subject or fields.SUMMARY
    if section.heading is not None:
        draft.credit(field, section.heading, section.confidence)
    ended = False
    duties = field == fields.SUMMARY and _lists_duties(section)
    for line in section.lines:
        ended = ended or (line.gap and line is not section.lines[0] and _is_one_answer(section))
        if line.furniture:
            draft.leave(line)
        elif ended:
            header.read_lines(draft, [line])
        elif duties and line.item:
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


def _lists_duties(section: Section) -> bool:
    """Two items or more beneath "Job description" are what the job consists of."""
    heading = section.heading.text if section.heading else ""
    items = [line for line in section.lines if line.item]
    return len(items) > 1 and _ABOUT_THE_JOB.search(heading) is not None


def _states_another_thing(line: Line) -> bool:
    """ "Grade: 7" within paragraphs: a short value under a label that no field has."""
    short = not line.item and line.text.count(" ") < 12 and not line.text.endswith((".", "!"))
    return short and headings.unknown_label(line.text)


def _is_labelled(line: Line) -> bool:
    found = headings.label(line.text)
    scalar = found is not None and found[0] in fields.SCALARS
    return scalar or dates.is_closed(line.text) or header.flat_label(line.text) is not None


def _other(draft: Draft, section: Section) -> None:
    """Under a heading that no field has: what states a fact is read, the rest stays unplaced."""
    if section.heading is not None and not header.read_heading(draft, section.heading):
        draft.leave(section.heading)
    _read_or_leave(draft, section.lines)


def _read_or_leave(draft: Draft, lines: Sequence[Line]) -> None:
    for line in lines:
        if line.furniture or not (_is_labelled(line) and header.read_line(draft, line)):
            draft.leave(line)

"""A section that is a list: duties, requirements, benefits and the like."""

import re
from collections.abc import Sequence
from dataclasses import replace

from requisitions.listing import dates, fields, header, headings, pay
from requisitions.listing.asides import is_aside
from requisitions.listing.blocks import Section, is_prose
from requisitions.listing.draft import Draft
from requisitions.listing.lines import Line
from requisitions.listing.placeholders import is_blank
from requisitions.listing.qualifications import is_only_preferred, read_qualification

_AND_MORE = re.compile(
    r"(?i)\W*(?:and|plus|und)?\s*(?:(?:so )?much |many |viele?s? )?(?:more|mehr)\W*"
)
_JOINT = re.compile(r"(?i)\W*(?:and|or|und|oder|and/or)\W*")
_REQUIRED_TAG = re.compile(r"(?i)[(\[]\s*(?:required|must[- ]have|essential)\s*[)\]]\W*$")
_BEING = re.compile(
    r"(?i)\W*(?:have|has|be|is|are|hold|holds|possess|possesses|demonstrate|bring|show)\b"
)
_OF_A_PERSON = re.compile(r"(?i)\b(?:candidate|applicant|post ?holder|you will)(?: will)?\W*$")
_DURATION = re.compile(r"(?i)\d+\+?(?: ?(?:-|–|to) ?\d+\+?)? ?(?:years?|yrs?|months?)\b")
_LINK = re.compile(r"https?://|www\.")
_TERMINAL = (".", "!", "?", "…")
_SMALL_FIELDS = {fields.COMPETENCIES, fields.TOPICS}


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


def credit_heading(draft: Draft, section: Section, field: str) -> None:
    if section.heading is not None:
        draft.credit(field, section.heading, section.confidence)
    for line in section.subheadings:
        draft.credit(field, line, 0.6)


def read_list(draft: Draft, section: Section) -> None:
    field = _subject_of_list(section)
    credit_heading(draft, section, field)
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
        elif before and field == fields.RESPONSIBILITIES and line.text.count(" ") < 4:
            draft.credit(field, line, 0.6)
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
    if is_aside(line.text) or _states_pay(line.text):
        return "prose"
    if _JOINT.fullmatch(line.text) or (line.text.endswith(":") and line.text.count(" ") < 20):
        return "structure"
    return "prose" if _LINK.search(line.text) else role


def _states_pay(text: str) -> bool:
    """A sentence such as "The base pay range for this role is $90,000 - $120,000"."""
    if text.count(" ") < 8:
        return False
    return any(not each.single for each in pay.read_pay(text, labelled=False))


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

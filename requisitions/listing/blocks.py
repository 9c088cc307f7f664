"""Logical lines to sections: a heading, the field that it heads, and the lines beneath."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from requisitions.listing import fields, headings, items, pay, places, terms
from requisitions.listing.asides import asks_to_apply
from requisitions.listing.lines import BOLD, PLAIN, Line
from requisitions.listing.names import names_a_job

_SENTENCE_END = re.compile(r"[.!?…]['\")\]]?$")
_TWO_SENTENCES = re.compile(r"[.!?] +[A-ZÀ-Þ]")
_INTRODUCES = re.compile(
    r"\bfollowing (?:\w+ ){0,3}(?:requirements|qualifications|criteria|skills|experience"
    r"|responsibilities"
    r"|duties|tasks|benefits)\b|\b(?:benefits|perks)\b[^.]{0,30} listed below\b"
)
_ABOUT = re.compile(r"About (?:the )?[A-Z][\w&.'’-]*(?: [A-Z&][\w&.'’-]*){0,3}")
_WHY = re.compile(r"\W*(?:Why|Reasons to join|Life at|Working at|WHY|What.s great about)\b")
_SCREENS = re.compile(
    r"(?i)(?:please )?(?:select|check|choose|tick|indicate|mark)\b.{3,80}"
    r"\b(?:from the list|list below|below|that apply|options?|boxes)\b"
    r"|(?:your )?application (?:form )?will include the following"
)
# Headings speak to the reader, where the items of a list name things.
_SPEAKS = re.compile(
    r"(?i)\W*(?:what|who|why|how|about|our|your|you|we|it|if|bonus|would|nice|was|wer|warum|wie|wir|das|dies\w*|unser\w*"
    r"|deine?|ihre?|über|nos|notre|votre|vos|ton|ta|tes|ce que|pourquoi|qui|wat|wie|waarom|hoe"
    r"|over|ons|onze|wij|jouw|je|dit|qué|lo que|por qué|tu|tus|nuestr\w+|o que|nossos?|cosa"
    r"|chi|il tuo|le tue|vad|vem|hvad|hvem|vi|vår\w*|din|dina|dine)\b"
)
_QUESTIONS = re.compile(r"(?i)\b(?:questions|q ?& ?a|fragen|preguntas|vragen)\b")
_DECORATED = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF]\uFE0F?\s*$")
# What Ashby's pages have above the text.
_TABS = ("Overview", "Application")
_BRACKETED = re.compile(r"\([^()]*\)")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass
class Section:
    """`subject` is None for the lines before the first heading and under unknown ones."""

    heading: Line | None
    subject: str | None
    confidence: float
    level: int = 0
    lines: list[Line] = field(default_factory=list)
    subheadings: list[Line] = field(default_factory=list)


def sections(lines: Sequence[Line], title: Line | None = None) -> list[Section]:
    """The title's own line is never a heading of a section."""
    current = Section(None, None, 1.0)
    found, above = [current], [current]
    tabs = {id(two) for one, two in pairwise(lines) if (one.text, two.text) == _TABS}
    lines = [
        replace(x, furniture=True) if id(x) in tabs or _is_chrome(x, title) else x for x in lines
    ]
    titled = next((at for at, line in enumerate(lines) if line is title), 0)
    for at, line in enumerate(lines):
        after = next((x for x in lines[at + 1 : at + 4] if not x.furniture), None)
        start = None if line is title else _start(line, after, current)
        if current.subject == fields.FAQ and line.text.endswith("?"):
            start = None
        if start is not None and start.subject is None and at < titled:
            start = None
        if start is None:
            current.lines.append(line)
        elif _is_subheading(start, current, after):
            current.subheadings.append(line)
            current.lines.append(replace(line, mark="subheading"))
        else:
            above = [section for section in above if section.level < start.level]
            current = _inherit(start, above)
            above.append(current)
            found.append(current)
            if current.heading is None:
                current.lines.append(line)
    return [_by_items(_with_reasons(each)) for section in found for each in _untitled(section)]


def _untitled(section: Section) -> list[Section]:
    """A list of three items or more beneath no heading at all, apart from what is around it."""
    marked = [at for at, line in enumerate(section.lines) if line.item and not line.furniture]
    if section.heading is not None or len(marked) < 3:
        return [section]
    first, last = marked[0], marked[-1] + 1
    if last - first != len(marked) or first == 0:
        return [section]
    found = items.subject([line.text for line in section.lines[first:last]])
    if found is None:
        return [section]
    listed = Section(None, found, 0.6, lines=section.lines[first:last])
    before, after = section.lines[:first], section.lines[last:]
    return [replace(section, lines=before), listed, replace(section, lines=after)]


def _by_items(section: Section) -> Section:
    """What a heading does not say, its items may."""
    if section.subject in (fields.TITLE, fields.APPLY, None, fields.OTHER):
        section = _by_form(section)
    told = section.subject is not None and section.confidence > 0.6
    if section.heading is None or told:
        return section
    texts = [line.text for line in section.lines if line.item and not line.furniture]
    subject = items.subject(texts)
    return replace(section, subject=subject, confidence=0.6) if subject else section


def _by_form(section: Section) -> Section:
    """ "Role" above a list tells no title, and "Questions" may come with their answers."""
    lines = [line for line in section.lines if not line.furniture]
    heading = section.heading.text if section.heading else ""
    if section.subject == fields.TITLE and lines and lines[0].item:
        return replace(section, subject=fields.RESPONSIBILITIES, confidence=0.8)
    asked = sum("?" in line.text[:200] for line in lines)
    if _QUESTIONS.search(heading) and asked > 1:
        return replace(section, subject=fields.FAQ, confidence=0.9)
    return section


def _with_reasons(section: Section) -> Section:
    """ "Why Acme" heads benefits where a list follows."""
    items = sum(line.item for line in section.lines)
    reasons = section.heading is not None and _WHY.match(section.heading.text) is not None
    if section.subject in (None, fields.SUMMARY, fields.OTHER) and reasons and items > 1:
        return replace(section, subject=fields.BENEFITS, confidence=0.7)
    return section


def _is_chrome(line: Line, title: Line | None) -> bool:
    return (
        line is not title
        and line.mark in ("", "item")
        and headings.is_chrome(line.text, item=line.item)
    )


def _inherit(start: Section, above: Sequence[Section]) -> Section:
    """An unknown heading of a page's outline divides the known section that contains it."""
    parent = above[-1] if above else None
    outlined = start.heading is not None and start.heading.mark == "heading"
    if parent and parent.subject == fields.BENEFITS and start.subject == fields.PREFERRED:
        return replace(start, subject=fields.BENEFITS) if outlined else start
    if start.subject or not outlined or parent is None or parent.heading is None:
        return start
    return replace(start, subject=parent.subject, confidence=0.6 if parent.subject else 0.3)


def is_prose(text: str) -> bool:
    """Sentences rather than an item of a list."""
    words = text.count(" ") + 1
    return words > 30 or (words > 9 and _TWO_SENTENCES.search(text) is not None)


def _start(line: Line, after: Line | None, current: Section) -> Section | None:
    """The section that this line opens, if it does."""
    if line.furniture:
        return None
    if _SCREENS.match(line.text):
        return _section(line, fields.OTHER, 0.7, min(line.level, PLAIN))
    if line.mark == "label":
        return _labelled(line) or (Section(None, None, 1.0) if current.heading else None)
    if line.mark == "heading":
        return _marked(line)
    if line.item:
        known = headings.exact(line.text) if line.text.endswith(":") else None
        return _section(line, known, 0.8, line.level) if known in fields.LISTS else None
    level = PLAIN if line.gap or line.text.endswith(":") else PLAIN + 1
    if known := _known(line, after, current):
        return _section(line, known, 0.9, PLAIN)
    if labelled := _labelled(line):
        return None if _is_named_item(line, labelled, after, current) else labelled
    return _section(line, None, 0.3, level) if _unknown(line, after) else None


def _section(line: Line, subject: str | None, confidence: float, level: int) -> Section:
    return Section(line, subject, confidence if subject else 0.3, level)


def _marked(line: Line) -> Section | None:
    labelled = _labelled(line)
    if labelled:
        return labelled
    if headings.label(line.text):
        return None
    exact = headings.exact(line.text) is not None
    titled = line.level == 1 and not exact and names_a_job(line.text)
    known = None if titled else headings.likely(line.text)
    return _section(line, known, 0.95 if exact else 0.8, line.level)


def _labelled(line: Line) -> Section | None:
    """A label of a whole section ("Requirements: five years ...") opens it with a first line."""
    found = headings.label(line.text)
    if found is None or found[0] in fields.SCALARS or found[0] == fields.OTHER:
        return None
    subject, value = found
    level = PLAIN if line.mark != "heading" else line.level
    section = _section(line, subject, 0.9, level)
    section.lines.append(replace(line, text=value, mark=""))
    return section


def _known(line: Line, after: Line | None, current: Section) -> str | None:
    """A heading without any mark: by its exact words, or by its colon or capitals."""
    text = line.text
    subject = headings.exact(text)
    if subject in (fields.WORKPLACE, fields.EMPLOYMENT) and any(terms.is_only(text)):
        return subject if after is not None and _is_value(subject, after.text) else None
    if subject and not text.endswith((".", ",", ";")):
        return subject if _fits_here(subject, line, after, current) else None
    words = _words(text)
    if _is_slogan(line, after) and (told := headings.stemmed(text)) in fields.LISTS:
        return told
    if text.endswith((":", "：")) and words <= 16:
        return headings.likely(text) if words <= 10 or _opens_list(line, after) else None
    if after is not None and not after.item and _ABOUT.fullmatch(text):
        return fields.SUMMARY
    listed = after is not None and (after.item or "listed below" in text)
    if listed and _INTRODUCES.search(text) and words <= 30:
        return headings.likely(text)
    if _opens_list(line, after) and line.gap and words <= 20 and not _SENTENCE_END.search(text):
        told = headings.stemmed(text)
        if told == fields.PREFERRED:
            return told
    if text.isupper() and 2 <= words <= 8:
        return headings.likely(text)
    if headings.unknown_label(text):
        return None
    if words > 8 or not line.gap or after is None or _SENTENCE_END.search(text.rstrip("?!")):
        return None
    block = not after.gap and after.text[:1].isupper() and _SPEAKS.match(text) is not None
    if _opens_list(line, after) or is_prose(after.text) or after.gap or block:
        subject = headings.likely(text)
        return subject if subject and _reads_as_heading(line, subject, current) else None
    return None


def _is_named_item(line: Line, start: Section, after: Line | None, current: Section) -> bool:
    """ "Experience: four years ..." in a list whose every item has such a name before it."""
    if start.subject != current.subject or current.heading is None:
        return False
    beside = after if not current.lines else current.lines[-1]
    opened = headings.label(current.heading.text) is None
    return opened and beside is not None and not beside.item and headings.unknown_label(beside.text)


def _words(text: str) -> int:
    """The words of a heading, without what stands in brackets and the picture at its end."""
    return len(_DECORATED.sub("", _BRACKETED.sub("", text)).split())


def _is_slogan(line: Line, after: Line | None) -> bool:
    """ "Das bringst du mit." above its list: a short sentence that lines follow at once."""
    short = line.text.count(" ") < 6 and line.text.endswith((".", "…", "!"))
    return short and line.gap and after is not None and (not after.gap or after.item)


def _fits_here(subject: str, line: Line, after: Line | None, current: Section) -> bool:
    """Some phrases may also be an item of a list without bullets, a button, or a value."""
    words = headings.normal(line.text)
    if line.text.endswith(":"):
        return True
    if words in headings.BUTTONS:
        opened = after is not None and len(after.text) > 40
        asked = after is not None and asks_to_apply(after.text)
        return asked if current.heading is None and subject == fields.APPLY else opened
    if words not in headings.AMBIGUOUS and subject not in fields.SCALARS:
        return True
    if subject in fields.SCALARS or subject == fields.OTHER:
        stands = current.subject not in fields.LISTS or " " in line.text or line.text.isupper()
        if after is not None and line.gap and _is_value(subject, after.text):
            return True
        return after is not None and stands and not headings.exact(after.text)
    if after is None or line.gap or _opens_list(line, after):
        return True
    return headings.exact(after.text) in fields.LISTS or current.subject not in fields.LISTS


def _is_value(subject: str, text: str) -> bool:
    """Whether a line can be what a heading such as "Compensation" or "Location" announces."""
    if subject == fields.PAY:
        return bool(pay.read_pay(text, labelled=True))
    if subject == fields.LOCATIONS:
        return places.is_place(text)
    if subject == fields.WORKPLACE:
        return len(text) < 60 and terms.workplace(text) is not None
    if subject == fields.EMPLOYMENT:
        return len(text) < 60 and terms.employment(text) is not None
    return False


def _reads_as_heading(line: Line, subject: str, current: Section) -> bool:
    """Inside a list without bullets, words such as "experience" alone prove nothing."""
    if _DECORATED.search(line.text):
        return subject not in fields.SCALARS
    if current.subject in fields.LISTS and not any(each.item for each in current.lines):
        return _SPEAKS.match(line.text) is not None
    return subject not in fields.SCALARS


def _opens_list(line: Line, after: Line | None) -> bool:
    return after is not None and after.item and not line.item


def _unknown(line: Line, after: Line | None) -> bool:
    """A short line that heads something, though no table knows it."""
    text = line.text
    words = _words(text)
    if after is None or words > 8 or not _LETTER.search(text) or headings.label(text):
        return False
    if text.endswith(":"):
        return True
    if not line.gap or _SENTENCE_END.search(text.rstrip("?!")) or text.endswith((",", ";")):
        return False
    if pay.read_pay(text, labelled=False):
        return False
    if (text.isupper() and len(text) >= 7) or _DECORATED.search(text):
        return True
    return text[0].isupper() and (is_prose(after.text) or (_opens_list(line, after) and words > 1))


def _introduces(start: Section, current: Section) -> bool:
    """A sentence right beneath the heading of a list: "We will assess these behaviours ...:"."""
    if current.lines or current.subject not in fields.LISTS or start.heading is None:
        return False
    text = start.heading.text
    return text.endswith(":") and _words(text) > 5 and not headings.exact(text) and not start.lines


def _is_subheading(start: Section, current: Section, after: Line | None) -> bool:
    """Whether an unknown heading only divides the section that it stands in."""
    if _introduces(start, current):
        return True
    if start.subject is not None or start.heading is None or current.heading is None:
        return False
    if start.level > current.level:
        return True
    ends = start.heading.text.endswith(":")
    if ends and not current.lines and current.subject in fields.LISTS and after is not None:
        return after.item
    inside = current.subject in fields.LISTS and not start.heading.gap
    return ends and inside and start.level >= BOLD and after is not None and after.item

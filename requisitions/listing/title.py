"""The line that is the job's title, and what stands in it beside the title."""

import re
from collections.abc import Sequence
from itertools import pairwise

from requisitions.listing import dates, fields, header, headings, names, pay, places, terms
from requisitions.listing.draft import Draft
from requisitions.listing.gazetteer import CITIES
from requisitions.listing.lines import Line

_ASIDES = re.compile(r"[(\[]([^()\[\]]{3,60})[)\]]|(?<=\s[–—-]\s)[^–—()\[\]-]{4,24}(?:-time)?$")
_INTERNSHIP = re.compile(
    r"(?i)\b(?:internship|intern|praktikum|praktikant\w*|werkstudent\w*"
    r"|stagiaire)\b"
)
_LEADING_KIND = re.compile(
    r"(?i)\W*(?:part[- ]time|full[- ]time|seasonal|temporary|casual|freelance|fixed[- ]term"
    r"|per diem)\b"
)
_REST_OF_TITLE = re.compile(r"\s*(?:[|·•,()\[\]／]|\s[–—-]\s)\s*")
_LEADING_ASIDE = re.compile(r"^\[([^\[\]]{2,40})\]\s*")
_BEHIND_TITLE = re.compile(r"(.{3,80}?)\s+[–—|·-]\s+(.{3,80})")
_LETTERS = re.compile(r"[^\W\d_]{2}|[\u3040-\u9fff]")
_LOOK = 60


def find_title(lines: Sequence[Line], page_title: Line | None) -> Line | None:
    """The line that is the job's title, unless a label gives it."""
    top = [line for line in lines[:_LOOK] if not line.furniture]
    opened = len(_above_lists(top))
    strong = any(names.names_a_job(line.text) for line in top[:1])
    headed = [line for line in top if line.mark == "heading" and line.level == 1]
    if len(headed) == 1 and names.names_a_job(headed[0].text) and _may_be_title(headed[0]):
        return headed[0]
    near = top[:opened] if strong else top
    beside = pairwise([*near, *top[-1:]])
    if any(_is_title_label(line, after, strong=strong) for line, after in beside):
        return None
    candidates = [line for line in _above_lists(top) if _may_be_title(line)]
    for chosen in (
        [line for line in candidates if line.mark == "heading" and line.level == 1],
        [line for line in candidates[:8] if names.names_a_job(line.text)],
        candidates[:1],
    ):
        if chosen:
            return chosen[0]
    return page_title


def _above_lists(lines: Sequence[Line]) -> Sequence[Line]:
    lists = (at for at, x in enumerate(lines) if headings.exact(x.text) in fields.LISTS)
    return lines[: next(lists, len(lines))]


def _is_title_label(line: Line, after: Line, *, strong: bool) -> bool:
    found = headings.label(line.text)
    if found:
        return found[0] == fields.TITLE and _LETTERS.search(found[1]) is not None
    if strong and "title" not in line.text.lower():
        return False
    return not line.item and not after.item and headings.exact(line.text) == fields.TITLE


def _may_be_title(line: Line) -> bool:
    text = line.text
    if line.item or line.mark == "label" or headings.exact(text) or headings.label(text):
        return False
    if not names.looks_like_title(text) or dates.is_closed(text):
        return False
    if len(header.BARS.split(text)) > 2:
        return False
    if names.names_a_job(text):
        return True
    if headings.likely(text) in (*fields.LISTS, fields.SUMMARY):
        return False
    return not (pay.alone(text) or any(terms.is_only(text)) or places.is_place(text))


def read_title(draft: Draft, line: Line) -> None:
    strong = line.level == 1 or names.names_a_job(line.text)
    text = _without_asides(draft, line)
    title, company = names.split_title(text, draft.text)
    draft.set_title(title, line, 0.95 if strong else 0.6)
    if company:
        draft.set_company(company, line, 0.8)
    if _INTERNSHIP.search(title):
        draft.set_employment("intern", line, 0.8)
    elif leading := _LEADING_KIND.match(title):
        draft.set_employment(terms.employment(leading[0]) or "temporary", line, 0.8)
    for part in _REST_OF_TITLE.split(line.text.replace(title, " | ", 1)):
        if part and any(terms.is_only(part)):
            header.chip(draft, part, line)
        elif part in CITIES:
            draft.add_places([places.locate(part)], line, 0.8)
    for aside in _ASIDES.findall(line.text):
        workplace, kind = terms.workplace(aside), terms.employment(aside)
        if workplace:
            draft.set_workplace(workplace, line, 0.8)
        if kind:
            draft.set_employment(kind, line, 0.8)


def _without_asides(draft: Draft, line: Line) -> str:
    """The title without "[Remote]" before it, and without the employer and place behind it."""
    text = _LEADING_ASIDE.sub("", line.text) or line.text
    aside = _LEADING_ASIDE.match(line.text)
    if aside and text != line.text:
        header.chip(draft, aside[1], line)
    found = _BEHIND_TITLE.fullmatch(text)
    if found is None or not names.names_a_job(found[1]) or names.names_a_job(found[2]):
        return text
    if places.is_place(found[2]) and "," in found[2]:
        return found[1] if _place_behind(draft, found[2], line) else text
    name, comma, place = found[2].partition(", ")
    known = name.startswith("The ") or names.names_an_organization(name)
    if not comma or not known or header.PROPER_NAME.fullmatch(place) is None:
        return text
    draft.set_company(name, line, 0.8)
    draft.add_places([places.locate(place)], line, 0.7)
    return found[1]


def _place_behind(draft: Draft, place: str, line: Line) -> bool:
    if header.named_with_place(draft, place):
        return header.company_and_place(draft, Line(line.numbers, place))
    return header.location(draft, place, line, 0.8)

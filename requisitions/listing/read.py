"""A listing's text to a Listing: the steps, in order."""

import re
from collections.abc import Sequence
from itertools import pairwise

from requisitions.listing import (
    addresses,
    asides,
    blocks,
    dates,
    fields,
    header,
    headings,
    jsonld,
    mentions,
    names,
    pay,
    places,
    terms,
)
from requisitions.listing.cv import reads_as_cv
from requisitions.listing.document import Document, read_document
from requisitions.listing.draft import ADVERTISED, LAYOUT, Draft
from requisitions.listing.encoding import MAX_BYTES
from requisitions.listing.lines import Line, clean
from requisitions.listing.model import Listing, NotAListing, Unplaced
from requisitions.listing.readers import read_section
from requisitions.listing.settle import settle
from requisitions.listing.title import find_title, read_title
from requisitions.listing.warnings import warn

_TAGS = re.compile(r"<[^<>]*>")
_EVIDENCE = (*fields.LISTS, fields.FAQ, fields.PAY, ADVERTISED)


def read_listing(text: str) -> Listing:
    """What a job listing says, and where it says it.

    Takes plain text, Markdown (with front matter), HTML, or JSON-LD. Raises
    NotAListing where nothing of a listing is found, or the text is too long.
    """
    source = text.splitlines()
    _refuse(text, source)
    document = read_document(source)
    draft = Draft()
    if document.posting:
        document.body = _with_posting(draft, document)
    _read_sections(draft, document)
    _refuse_cv(draft.text)
    _read_facts(draft, document.front + document.body)
    unplaced = _place_loose(draft, source)
    _check(draft, source)
    settle(draft)
    warn(draft)
    _account(draft, source, unplaced)
    return draft.finish(unplaced)


def _refuse(text: str, source: Sequence[str]) -> None:
    if len(text) > MAX_BYTES:
        raise NotAListing(
            f"The text has {len(text):,} characters; a listing may have at most {MAX_BYTES:,}. "
            "Nothing was read. Paste only the listing itself."
        )
    if not any(clean(line) for line in source[:50_000]):
        raise NotAListing("The text is empty. Paste the whole listing, its title included.")


def _refuse_cv(text: str) -> None:
    if reads_as_cv(text):
        raise NotAListing(
            "This reads as a person's CV, not as a job listing: years of work beneath headings "
            "such as Experience and Education, and nothing that asks anybody to apply. "
            "Nothing was kept. "
            "Add it to a candidate instead, or paste the listing."
        )


def _with_posting(draft: Draft, document: Document) -> list[Line]:
    """Linked data comes first; a page around it that says the same adds nothing new."""
    lines = jsonld.fill(draft, document.posting)
    sections = [line for line in lines if not line.furniture]
    said = {line.text.casefold() for line in sections}
    if sum(len(line.text) for line in sections) < 400:
        said = set()
    for line in document.body:
        if not said:
            lines.append(line)
        elif line.text == draft.title:
            draft.credit("title", line, 0.9)
        elif line.text.casefold() in said:
            draft.credit(fields.SUMMARY, line, 0.5)
        else:
            draft.leave(line)
    return lines


def _read_sections(draft: Draft, document: Document) -> None:
    lines = document.front + document.body
    draft.text = "\n".join(line.text for line in lines if not line.furniture)
    title = None if draft.title else find_title(lines, document.title)
    if title is not None:
        read_title(draft, title)
    elif draft.title and document.title and draft.title in document.title.text:
        draft.credit("title", document.title, 0.8)
    sections = blocks.sections(document.front, title) + blocks.sections(document.body, title)
    for section in sections:
        if section.heading is None and section.subject is None:
            header.read_lines(draft, section.lines, title)
        else:
            _note_empty(draft, section, sections)
            read_section(draft, section)
    _name_employer(draft, lines)


def _note_empty(draft: Draft, section: blocks.Section, others: Sequence[blocks.Section]) -> None:
    """A heading with nothing beneath, unless it only opens the next one."""
    if section.lines or section.subject is None or section.heading is None:
        return
    after = next((b for a, b in pairwise(others) if a is section), None)
    opens = after is not None and (
        after.level > section.level
        or (section.subject != fields.GUIDANCE and _family(after) == _family(section))
    )
    if not opens:
        draft.warn(f"The heading “{section.heading.text[:80]}” has nothing beneath it.")


def _family(section: blocks.Section) -> str:
    return (section.subject or "").partition(".")[0]


def _name_employer(draft: Draft, lines: Sequence[Line]) -> None:
    read = [line for line in lines if not line.furniture]
    for line in read:
        sought = names.seeking(line.text) if draft.title is None or draft.company is None else None
        if sought is not None:
            company, title = sought
            if draft.title is None:
                draft.set_title(title, line, 0.6)
            if draft.company is None:
                draft.set_company(company, line, 0.7)
    name = None if draft.company else names.employer((x.text for x in read), draft.title)
    name = name or (None if draft.company else addresses.employer_in(draft.text))
    if name:
        named = next((line for line in read if name in line.text), None)
        if named is not None:
            draft.set_company(name, named, 0.6)


def _read_facts(draft: Draft, lines: Sequence[Line]) -> None:
    """Pay, place and terms that stand in sentences."""
    lists = draft.credited(fields.RESPONSIBILITIES, fields.REQUIRED, fields.PREFERRED)
    scanned = draft.credited(fields.PAY, ADVERTISED)
    placed, workplace, employment = (
        draft.location_stated or bool(draft.places),
        draft.workplace,
        draft.employment,
    )
    stated: list[tuple[pay.Pay, Line]] = []
    for line in lines:
        if line.furniture or (len(line.numbers) == 1 and line.numbers[0] in lists):
            continue
        if not (len(line.numbers) == 1 and line.numbers[0] in scanned):
            stated += [(each, line) for each in pay.read_pay(line.text, labelled=False)]
        if not placed and (found := mentions.read_prose(line.text)):
            draft.add_places(found, line, 0.6)
            placed = True
        if workplace is None and draft.workplace is None:
            _workplace(draft, line)
        if employment is None and (kind := terms.employment_in_prose(line.text)):
            draft.set_employment(kind, line, 0.6)
    _add_pay(draft, stated)
    if not draft.places and not draft.location_stated:
        _read_aside(draft, [line for line in lines if not line.furniture])
    _read_addresses(draft, lines)


def _read_aside(draft: Draft, lines: Sequence[Line]) -> None:
    place = mentions.read_aside([line.text for line in lines])
    named = next((line for line in lines if place and place.text in line.text), None)
    if place and named:
        draft.add_places([place], named, 0.5)


def _read_addresses(draft: Draft, lines: Sequence[Line]) -> None:
    for line in lines if not draft.places and not draft.location_stated else ():
        place = addresses.place_in(line.text) if "://" in line.text else None
        if place and not draft.places:
            draft.add_places([places.locate(place)], line, 0.5)


def _workplace(draft: Draft, line: Line) -> None:
    if workplace := terms.workplace_in_prose(line.text):
        draft.set_workplace(workplace, line, 0.6)


def _add_pay(draft: Draft, stated: Sequence[tuple[pay.Pay, Line]]) -> None:
    """A lone figure in a sentence says little beside a range."""
    ranges = bool(draft.ranges) or any(not each.single for each, _ in stated)
    for each, line in stated:
        if not (each.single and (ranges or draft.singles)):
            draft.add_pay(each, line, 0.8)


def _place_loose(draft: Draft, source: Sequence[str]) -> list[Unplaced]:
    """Lines that no section took: the ones about applying have a field, the rest have none."""
    pay_lines = draft.credited(fields.PAY, ADVERTISED)
    unplaced: list[Unplaced] = []
    unique = {(line.numbers, line.text): line for line in draft.loose}
    for line in unique.values():
        short = line.text.count(" ") < 25
        if line.furniture:
            unplaced.append(_unplaced(draft, line))
        elif short and len(line.numbers) == 1 and line.numbers[0] in pay_lines:
            continue
        elif (
            (line.text.count(" ") > 3 or (not line.text.isascii() and len(line.text) > 12))
            and asides.asks_to_apply(line.text)
            and (not headings.unknown_label(line.text) or asides.asks_for_mail(line.text))
        ):
            draft.add_text(fields.APPLY, line.text, line, 0.7)
        else:
            unplaced.append(_unplaced(draft, line))
    _find_deadline(draft, source, {each.line for each in unplaced})
    return sorted(unplaced, key=lambda each: each.line)


def _find_deadline(draft: Draft, source: Sequence[str], unplaced: set[int]) -> None:
    if draft.closes_on:
        return
    for number in sorted(draft.credited(fields.APPLY, fields.SUMMARY, fields.FAQ) | unplaced):
        text = _TAGS.sub(" ", source[number - 1][:4000])
        if day := dates.deadline(clean(text)):
            draft.set_closing(day, Line((number,), text), 0.7)
            return
        if not draft.doubtful and (doubtful := dates.doubtful_deadline(clean(text))):
            draft.doubt_closing(doubtful, Line((number,), text))


def _unplaced(draft: Draft, line: Line) -> Unplaced:
    """One entry for a paragraph, however many source lines it takes."""
    first, *further = line.numbers
    if further:
        draft.credit(LAYOUT, Line(tuple(further), ""), 1.0)
    return Unplaced(first, line.text)


def _check(draft: Draft, source: Sequence[str]) -> None:
    """A text in which nothing of a listing was found is none."""
    certain = draft.title is not None and (
        names.names_a_job(draft.title)
        or (bool(draft.credited(fields.APPLY)) and bool(draft.places) and bool(draft.employment))
    )
    if certain or draft.credited(*_EVIDENCE) or (draft.company and draft.places and draft.title):
        return
    written = [text for line in source if (text := clean(line))]
    raise NotAListing(
        f"This does not read as a job listing: {len(written)} "
        f"{'line' if len(written) == 1 else 'lines'} of text, beginning “{written[0][:60]}”, "
        "but no job title, no section such as Responsibilities or Requirements, and no pay. "
        "Nothing was kept. Paste the whole listing, its title and headings included."
    )


def _account(draft: Draft, source: Sequence[str], unplaced: Sequence[Unplaced]) -> None:
    """Markup, rules and hidden text are accounted for as layout."""
    seen = draft.credited() | {each.line for each in unplaced}
    for number, raw in enumerate(source, 1):
        if raw.strip() and number not in seen:
            draft.credit(LAYOUT, Line((number,), ""), 1.0)

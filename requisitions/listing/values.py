"""A section that is a value or two: a place, a pay, a kind of employment."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from requisitions.listing import fields, header, headings, items, pay
from requisitions.listing.blocks import Section, is_prose
from requisitions.listing.draft import Draft
from requisitions.listing.lines import Line
from requisitions.listing.lists import credit_heading, read_list
from requisitions.listing.paragraphs import read_or_leave


def read_values(draft: Draft, section: Section) -> None:
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
    credit_heading(draft, section, field)
    done = set(map(id, read))
    remaining = [line for line in lines if id(line) not in done]
    if field == fields.PAY and _adds_benefits(remaining):
        read_list(draft, replace(section, subject=fields.BENEFITS, lines=remaining))
        return
    if draft.texts.get(fields.RESPONSIBILITIES) or draft.required:
        read_or_leave(draft, remaining)
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

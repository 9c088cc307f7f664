"""Tables that say more than a label beside its value.

One kind tells in its columns what is essential and what is desirable; another
has a row of labels above its values.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest

from requisitions.listing import fields, headings
from requisitions.listing.lines import BOLD, Line

_CRITERIA = r"(?: (?:criteria|requirements?|skills?|attributes|qualities|qualifications))?"
_KINDS = (
    (fields.REQUIRED, re.compile(rf"(?i)(?:essential|required|must[- ]have|e){_CRITERIA}")),
    (fields.PREFERRED, re.compile(rf"(?i)(?:desirable|preferred|nice[- ]to[- ]have|d){_CRITERIA}")),
)
_EITHER = re.compile(r"(?i)(?:essential|e) ?(?:/|or) ?(?:desirable|d)")
_MARK = re.compile(r"(?i)[x✓✔✅☑√●•*■]\ufe0f?|y|yes|e|d|essential|desirable|required|preferred")
_BLANK = re.compile(r"(?i)[-–—\s]*|n/?a|none|no")
_TITLES = {fields.REQUIRED: "Essential", fields.PREFERRED: "Desirable"}


def spread(lines: Sequence[Line]) -> list[Line]:
    """The lines, each such table as the lists or labelled values that it stands for."""
    rows = list(_rows(lines))
    found: list[Line] = []
    at = 0
    while at < len(rows):
        head, own = rows[at]
        at += 1
        columns = _columns(head) if len(head.cells) > 1 else {}
        if not columns and not _labels(head):
            found += own
            continue
        start = at
        while at < len(rows) and _continues(rows[at][0], rows[at + 1 : at + 2]):
            at += 1
        below = [row for row, _ in rows[start:at]]
        found += (_lists(head, columns, below) if columns else _values(head, below)) or own
    return found


def _rows(lines: Sequence[Line]) -> Iterator[tuple[Line, list[Line]]]:
    """(a row as one line, its own lines), a row of HTML may have several lines."""
    for row, group in groupby(enumerate(lines), lambda each: each[1].row or -each[0] - 1):
        own = [line for _, line in group]
        yield (own[0] if row < 0 or len(own) == 1 else _merged(own)), own


def _continues(row: Line, after: Sequence[tuple[Line, list[Line]]]) -> bool:
    """A row, or a name above rows."""
    if len(row.cells) > 1:
        return True
    named = not row.mark and row.text.count(" ") < 4
    return named and bool(after) and len(after[0][0].cells) > 1


def _merged(own: Sequence[Line]) -> Line:
    cells: list[str] = []
    for line in own:
        filled = [at for at, cell in enumerate(line.cells) if cell]
        for at in filled:
            cells += [""] * (at + 1 - len(cells))
            text = line.text if len(filled) == 1 else line.cells[at]
            cells[at] = f"{cells[at]}\n{text}".strip("\n")
    numbers = sorted({number for line in own for number in line.numbers})
    return replace(own[0], cells=(*cells, ""), numbers=tuple(numbers))


def _columns(head: Line) -> dict[int, str]:
    """The field of each column; OTHER where the row itself says which of the two it is."""
    kinds = {
        at: field
        for at, cell in enumerate(head.cells)
        for field, pattern in _KINDS
        if pattern.fullmatch(cell)
    }
    if len(set(kinds.values())) == 2:
        return kinds
    return {at: fields.OTHER for at, cell in enumerate(head.cells) if _EITHER.fullmatch(cell)}


def _lists(head: Line, columns: dict[int, str], rows: Sequence[Line]) -> list[Line]:
    told = [each for row in rows if not _columns(row) for each in _items(row, columns)]
    found: list[Line] = []
    for field, title in _TITLES.items():
        items = [item for kind, item in told if kind == field]
        if items:
            heading = replace(head, text=title, mark="heading", level=BOLD, cells=(), row=0)
            found += [heading, *items]
    return found


def _items(row: Line, columns: dict[int, str]) -> Iterator[tuple[str, Line]]:
    """(field, item) of a row: marks beside one text, or texts beneath the columns' heads."""
    cells = row.cells or (row.text,)
    beside = [cell for at, cell in enumerate(cells) if at not in columns and cell]
    item = replace(row, mark="item", cells=(), row=0)
    used = False
    for at, column in columns.items():
        cell = cells[at] if at < len(row.cells) else ""
        if _BLANK.fullmatch(cell):
            continue
        used = True
        field = column
        if column == fields.OTHER:
            field = fields.PREFERRED if cell[:1] in "DdPp" else fields.REQUIRED
        texts = beside[:1] if _MARK.fullmatch(cell) else cell.split("\n")
        yield from ((field, replace(item, text=text)) for text in texts if text.strip())
    if not used and beside:
        yield fields.REQUIRED, replace(item, text=" ".join(beside), mark="subheading")


def _labels(head: Line) -> bool:
    known = [headings.exact(cell) for cell in head.cells if cell]
    return len(known) > 2 and sum(field in fields.SCALARS for field in known) * 2 > len(known)


def _values(head: Line, rows: Sequence[Line]) -> list[Line]:
    return [
        replace(row, text=(f"{label}: {cell}" if label else cell).replace("\n", " "), cells=())
        for row in rows
        for label, cell in zip_longest(head.cells, row.cells, fillvalue="")
        if cell
    ]

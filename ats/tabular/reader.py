"""A file of rows as text cells: CSV in any usual dress, or the first sheet of an XLSX."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import python_calamine

SEPARATORS = ",;\t|"
WIDEST = 1000
LONGEST_CELL = 100_000
# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
# What an XLSX may unpack to: a bomb says so in its own directory.
MOST_UNPACKED = 500_000_000


class UnreadableTable(Exception):
    """In words: what is wrong with the file, and what would do."""


@dataclass(frozen=True)
class Table:
    """`rows` are (line in the file, cells), as wide as the header, without empty ones."""

    header: list[str]
    rows: Iterator[tuple[int, list[str]]]


def read_table(content: bytes) -> Table:
    """By content, not by name. Raises `UnreadableTable`, also while the rows are read."""
    lines = sheet_rows(content) if content.startswith(b"PK\x03\x04") else csv_rows(content)
    header = [cell.strip() for cell in next(lines, (1, []))[1]]
    while header and not header[-1]:
        header.pop()
    if not header:
        raise UnreadableTable("The file is empty: its first line has to name the columns.")
    if len(header) > WIDEST:
        raise UnreadableTable(f"The file has {len(header)} columns: at most {WIDEST} can be read.")
    return Table(header, filled(lines, len(header)))


def filled(lines: Iterator[tuple[int, list[str]]], width: int) -> Iterator[tuple[int, list[str]]]:
    for line, cells in lines:
        if any(cell.strip() for cell in cells):
            kept = [cell[:LONGEST_CELL].strip() for cell in cells[:width]]
            yield line, kept + [""] * (width - len(kept))


def csv_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(10_000_000)
    text = decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text))
    line = 1
    try:
        for cells in reader:
            yield line, [as_typed(cell) for cell in cells]
            # A quoted cell may span lines: the next row begins after all of them.
            line = reader.line_num + 1
    except csv.Error as problem:
        raise UnreadableTable(
            f"Line {reader.line_num} is no CSV that can be read ({problem}). Save it as CSV with"
            " UTF-8, or as XLSX, and try again."
        ) from problem


def as_typed(cell: str) -> str:
    """Without the apostrophe by which a writer kept a spreadsheet from computing."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell


def decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252; never with NUL signs."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", "replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
    return text.replace("\0", "")


def separator_of(text: str) -> str:
    """The one that the first line has most of."""
    first = next(filter(str.strip, text[:100_000].splitlines()), "")
    return max(SEPARATORS, key=first.count)


def sheet_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    check_archive(content)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
    except (python_calamine.CalamineError, IndexError, OSError) as problem:
        raise UnreadableTable("This is no XLSX file that can be read. Is it complete?") from problem
    first = sheet.start[0] if sheet.start else 0
    for line, cells in enumerate(sheet.iter_rows(), start=1 + first):
        yield line, [spoken(cell) for cell in cells]


def check_archive(content: bytes) -> None:
    """Before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as problem:
        raise UnreadableTable("This is no XLSX file that can be read. Is it complete?") from problem
    if size > MOST_UNPACKED:
        raise UnreadableTable("The file unpacks to more than 500 MB. Split it, and try again.")


def spoken(cell: Any) -> str:
    """As a person would have typed it."""
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time().isoformat() != "00:00:00" else str(cell.date())
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell).replace("\0", "")

"""Rows as CSV, XLSX or JSON, streamed: a cell never becomes a formula."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter

from ats.tabular.reader import FORMULA

CHUNK = 64 * 1024
Rows = Iterable[Sequence[Any]]


class Echo:
    """A file for `csv.writer` that hands back what is written."""

    def write(self, text: str) -> str:
        return text


def csv_lines(header: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """With the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(Echo())
    yield b"\xef\xbb\xbf" + writer.writerow([inert(cell) for cell in header]).encode()
    for row in rows:
        yield writer.writerow([inert(cell) for cell in row]).encode()


def inert(cell: Any) -> str:
    """As text that no spreadsheet computes; a number stays one."""
    if cell is None:
        return ""
    text = str(cell)
    is_number = isinstance(cell, int | float)
    return f"'{text}" if text.startswith(FORMULA) and not is_number else text


def json_lines(header: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """One array of objects, a line each."""
    opening = b"[\n"
    for row in rows:
        said = dict(zip(header, row, strict=True))
        yield opening + json.dumps(said, ensure_ascii=False, default=str).encode()
        opening = b",\n"
    yield b"\n]\n" if opening != b"[\n" else b"[]\n"


def xlsx_bytes(header: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """Texts are written as texts: nothing is taken for a formula, a number or a link."""
    with TemporaryFile() as file:
        write_xlsx(file, header, rows)
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


def write_xlsx(file: IO[bytes], header: Sequence[str], rows: Rows) -> None:
    # Row by row: a hundred thousand of them never lie in memory together.
    with xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, header, book.add_format({"bold": True}))
        for line, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, int | float) and not isinstance(cell, bool):
                    sheet.write_number(line, place, cell)
                elif cell not in (None, ""):
                    sheet.write_string(line, place, str(cell)[:32_767])


Writer = Callable[[Sequence[str], Rows], Iterator[bytes]]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What can be asked for: how it is written, and as what it is sent.
FORMATS: dict[str, tuple[Writer, str]] = {
    "csv": (csv_lines, "text/csv; charset=utf-8"),
    "xlsx": (xlsx_bytes, XLSX),
    "json": (json_lines, "application/json"),
}

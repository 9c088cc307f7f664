"""Rows in, rows out: whatever program wrote them, nothing is lost and nothing is computed."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from ats.tabular.reader import LONGEST_CELL, UnreadableTable, read_table
from ats.tabular.writer import FORMATS, csv_lines, inert, xlsx_bytes

PEOPLE = "Name;E-mail;Ort\nZoë Ångström;zoe@mail.example;Köln\n\nBob;b@mail.example;\n"


def rows(content: bytes) -> list[list[str]]:
    table = read_table(content)
    return [table.header, *(cells for _, cells in table.rows)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_csv_is_read_in_any_dress(encoding: str, separator: str, ends: str) -> None:
    text = PEOPLE.replace(";", separator).replace("\n", ends)
    assert rows(text.encode(encoding)) == [
        ["Name", "E-mail", "Ort"],
        ["Zoë Ångström", "zoe@mail.example", "Köln"],
        ["Bob", "b@mail.example", ""],
    ]


def test_lines_are_those_of_the_file() -> None:
    table = read_table(b'Name,Note\n\nAnn,"two\nlines"\nBob,x\n')
    assert list(table.rows) == [(3, ["Ann", "two\nlines"]), (5, ["Bob", "x"])]


def test_ragged_rows_are_as_wide_as_the_header() -> None:
    assert rows(b"A,B,,\n1\n1,2,3,4\n") == [["A", "B"], ["1", ""], ["1", "2"]]


def sheet(*lines: list[object], first: int = 0) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet()
        form = book.add_format({"num_format": "yyyy-mm-dd"})
        for line, row in enumerate(lines, start=first):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(line, place, cell, form)
                else:
                    page.write(line, place, cell)
    return file.getvalue()


def test_a_sheet_is_read_as_it_would_be_typed() -> None:
    content = sheet(
        ["Name", "Phone", "On"],
        ["Ann", 491701234567.0, datetime(2026, 3, 4, tzinfo=UTC).replace(tzinfo=None)],
        [1.5],
    )
    assert rows(content) == [
        ["Name", "Phone", "On"],
        ["Ann", "491701234567", "2026-03-04"],
        ["1.5", "", ""],
    ]


def test_a_time_of_day_is_kept() -> None:
    content = sheet(["On"], [datetime(2026, 3, 4, 9, 30, tzinfo=UTC).replace(tzinfo=None)])
    assert rows(content)[1] == ["2026-03-04 09:30:00"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b",,,\n1,2,3\n", "empty"),
        (b"PK\x03\x04 is not all there is", "XLSX"),
        (b",".join(b"c%d" % n for n in range(1_000_000)), "1000000 columns"),
    ],
)
def test_what_cannot_be_read_is_said(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableTable, match=said):
        rows(content)


def test_an_archive_that_is_no_sheet_is_said() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(UnreadableTable, match="XLSX"):
        rows(file.getvalue())


def test_a_bomb_is_not_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(6):
            archive.writestr(f"{number}.xml", bytes(100_000_000))
    with pytest.raises(UnreadableTable, match="500 MB"):
        rows(file.getvalue())


def test_a_cell_without_end_is_an_error_and_a_long_one_is_cut() -> None:
    assert len(rows(b'A\n"' + b"x" * 200_000 + b'"\n')[1][0]) == LONGEST_CELL
    with pytest.raises(UnreadableTable, match="Line"):
        rows(b'A\n"' + b"x" * 11_000_000)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    try:
        read = rows(content)
    except UnreadableTable:
        return
    assert {len(row) for row in read} == {len(read[0])}


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "＝1"])
def test_a_cell_never_becomes_a_formula(cell: str) -> None:
    assert inert(cell) == f"'{cell}"
    written = b"".join(csv_lines(["A"], [[cell]])).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(written, newline="")))[1] == [f"'{cell}"]
    assert rows(written.encode())[1] == [cell.strip()]
    assert rows(b"".join(xlsx_bytes(["A"], [[cell]])))[1] == [cell.strip()]


def test_numbers_stay_numbers() -> None:
    assert [inert(-2), inert(None), inert(True)] == ["-2", "", "True"]
    assert rows(b"".join(xlsx_bytes(["A", "B", "C"], [[-2, None, True]])))[1] == ["-2", "", "True"]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_every_format_holds_every_row(count: int) -> None:
    held = [[f"Zoë {n}", n] for n in range(count)]
    for name, (write, _) in FORMATS.items():
        content = b"".join(write(["name", "n"], held))
        if name == "json":
            assert json.loads(content) == [{"name": a, "n": b} for a, b in held]
        else:
            assert rows(content)[1:] == [[a, str(b)] for a, b in held]

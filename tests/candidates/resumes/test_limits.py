"""Bytes to text, in a process that cannot do harm."""

import pytest

from candidates.resumes import kinds
from candidates.resumes.kinds import DOCX, ODT, PDF, RTF, TXT, kind_of_file
from candidates.resumes.sandbox import read_apart, read_file
from tests.candidates.resumes.archives import archive, docx, odt, p
from tests.candidates.resumes.pdfs import text_pdf as pdf

EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(200)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pdf("Hello"), PDF),
        (docx(p("Hello")), DOCX),
        (odt("<text:p>Hello</text:p>"), ODT),
        (rb"{\rtf1 Hello}", RTF),
        ("Zoë, 工程师".encode(), TXT),
        ("Zoë".encode("cp1252"), TXT),
        ("Zoë".encode("utf-16"), TXT),
        (archive({"something.else": "x"}), "application/zip"),
        (bytes(range(256)), kinds.UNKNOWN),
        (b"PK\x03\x04 and then nothing", kinds.UNKNOWN),
    ],
)
def test_a_file_is_what_it_holds(data: bytes, kind: str) -> None:
    assert kind_of_file(data) == kind


def test_a_program_is_no_resume_whatever_it_is_called() -> None:
    assert kind_of_file(EXE) not in kinds.READABLE


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (pdf("Kubernetes and InfiniBand"), "Kubernetes and InfiniBand"),
        (docx(p("First line") + p("Second & last")), "First line\nSecond & last"),
        (odt("<text:p>Before<text:span> inside</text:span> end</text:p>"), "Before inside end"),
        (
            rb"{\rtf1{\fonttbl{\f0 Arial;}}\f0 Caf\'e9 \u263?\par next\line \{x\}}",
            "Café ć\nnext\n{x}",
        ),
        (b"  plain\r\n\r\n  text ", "plain\ntext"),
        ("Zoë".encode("utf-16"), "Zoë"),
    ],
)
def test_the_text_is_read(data: bytes, text: str) -> None:
    reading = read_file(data)
    assert (reading.status, reading.text) == ("read", text)


def bomb() -> bytes:
    return archive({"word/document.xml": b"<a>" + bytes(150 * 1024 * 1024)})


def overlapping() -> bytes:
    """The second entry's directory record points into the first."""
    data = archive({"word/document.xml": "<a>x</a>" * 50, "other": "y" * 100})
    place = data.rindex(b"PK\x01\x02")
    return data[: place + 42] + (5).to_bytes(4, "little") + data[place + 46 :]


@pytest.mark.parametrize(
    "data",
    [
        bomb(),
        overlapping(),
        archive({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        archive({"word/document.xml": "<a><b></a>"}),
        archive({"word/document.xml": "<a/>", **{f"n{number}": "" for number in range(2001)}}),
    ],
    ids=["bomb", "overlap", "entities", "broken", "entries"],
)
def test_a_hostile_archive_is_not_read(data: bytes) -> None:
    assert read_apart(data, DOCX).status == "not_read"


def test_a_broken_or_locked_pdf_is_not_read() -> None:
    assert read_apart(b"%PDF-1.4 and nothing else", PDF).problem == "broken"


def test_a_deeply_nested_document_is_no_trouble() -> None:
    deep = archive({"word/document.xml": "<a>" * 100_000 + "</a>" * 100_000})
    assert read_apart(deep, DOCX).status == "no_text"


def test_a_reader_that_takes_too_long_is_ended() -> None:
    reading = read_apart(pdf("slow"), PDF, seconds=0.001)
    assert (reading.status, reading.problem, reading.is_final) == ("not_read", "too_slow", False)
